/// A violation that needs no line in a model.
///
/// The raw value is the name that `expect` uses. A model may declare a violation of the same name,
/// to give it a message of its own or to name it in a `require`.
public enum BuiltinViolation: String, CaseIterable, Sendable {
  case deadlock
  case livelock
  case useAfterFree = "use_after_free"
  case doubleFree = "double_free"
  case nilDereference = "nil_dereference"
  case outOfRange = "out_of_range"
  case divisionByZero = "division_by_zero"
  case listChanged = "list_changed"
  case notOnList = "not_on_list"
  case poolExhausted = "pool_exhausted"
  case unguardedAccess = "unguarded_access"
  case lockInversion = "lock_inversion"
  case lockHeldAtEnd = "lock_held_at_end"
  case cpuPinnedAtEnd = "cpu_pinned_at_end"
  case interruptsOffAtEnd = "interrupts_off_at_end"
  case lockFreed = "lock_freed"
  case badUnlock = "bad_unlock"
  case recursiveLock = "recursive_lock"
  case referenceLeaked = "reference_leaked"
  case referenceNotOwned = "reference_not_owned"
  case endlessAtomic = "endless_atomic"
  case unreachableReached = "unreachable_reached"
  case wrongCase = "wrong_case"

  /// What the report says, in the manner of a kernel log.
  public var message: String {
    switch self {
    case .deadlock: "INFO: every task is blocked for good"
    case .livelock: "INFO: the tasks run for ever without progress"
    case .useAfterFree: "BUG: use after free"
    case .doubleFree: "BUG: double free"
    case .nilDereference: "BUG: nil pointer dereference"
    case .outOfRange: "BUG: a value is outside the range of the place it is stored into"
    case .divisionByZero: "divide error: division by zero"
    case .listChanged: "BUG: the list changed under the loop that walks it"
    case .notOnList: "list corruption: what is taken off the list is not on it"
    case .poolExhausted: "out of memory: the pool has no free object left"
    case .unguardedAccess: "WARNING: suspicious access without the guarding lock"
    case .lockInversion: "WARNING: possible circular locking dependency"
    case .lockHeldAtEnd: "BUG: the task ended with a lock held"
    case .cpuPinnedAtEnd: "BUG: the task ended with preemption disabled"
    case .interruptsOffAtEnd: "BUG: the task ended with interrupts off"
    case .lockFreed: "BUG: a held lock was freed"
    case .badUnlock: "WARNING: bad unlock: the task does not hold the lock"
    case .recursiveLock: "WARNING: possible recursive locking"
    case .referenceLeaked: "BUG: the task ended with a reference that nobody will put"
    case .referenceNotOwned: "BUG: a reference was put that the task does not own"
    case .endlessAtomic: "BUG: a loop inside an atomic section never ends"
    case .unreachableReached: "BUG: a statement was reached that is marked unreachable"
    case .wrongCase: "BUG: a field is accessed that the word's case does not have"
    }
  }
}
