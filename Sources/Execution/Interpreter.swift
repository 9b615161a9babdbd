internal import Machine

/// How a run of code ended.
enum RunEnd {
  /// It met a false `await`.
  case disabled
  /// It arrived, or finished the prelude.
  case arrived
  /// It failed; failure and value are in the context.
  case failed
  /// It has a result, which is the value in the context.
  case result
}

/// The memory that a run works on.
@safe
struct RunMemory {
  let operations: UnsafePointer<Operation>
  let fields: UnsafePointer<FieldEntry>
  let dispatchTable: UnsafePointer<Int32>
  let variableCount: Int
  let context: UnsafeMutablePointer<RunContext>

  /// Collects the memory for runs of `program`.
  init(_ program: Program, _ context: UnsafeMutablePointer<RunContext>) {
    unsafe operations = program.operations
    unsafe fields = program.fields
    unsafe dispatchTable = program.dispatchTable
    variableCount = program.variableCount
    unsafe self.context = context
  }
}

/// Runs code from the operation `start` on, changing `state`, until it ends.
///
/// A free function over pointers: nothing in it allocates, counts references or checks exclusivity.
/// Arithmetic wraps, because the lowering has proved that it does not overflow.
func run(
  from start: Int32, on state: UnsafeMutablePointer<UInt64>, in memory: borrowing RunMemory
) -> RunEnd {
  let code = unsafe memory.operations
  let context = unsafe memory.context
  let r = unsafe context.pointee.registers
  unsafe context.pointee.cycles.beginRun()
  var next = unsafe code + Int(start)
  while true {
    let operation = unsafe next
    unsafe next = operation + 1
    let a = unsafe Int(operation.pointee.a)
    let b = unsafe Int(operation.pointee.b)
    let c = unsafe Int(operation.pointee.c)
    switch unsafe operation.pointee.code {
    case .jump:
      unsafe next = code + a
    case .branch:
      unsafe next = code + (r[c] != 0 ? a : b)
    case .branchField:
      let bits = unsafe state[Int(operation.pointee.word)] & operation.pointee.mask
      unsafe next = code + (bits == operation.pointee.bits ? a : b)
    case .branchEqual:
      unsafe next = code + (r[c] == r[Int(operation.pointee.d)] ? a : b)
    case .branchLess:
      unsafe next = code + (r[c] < r[Int(operation.pointee.d)] ? a : b)
    case .branchLessOrEqual:
      unsafe next = code + (r[c] <= r[Int(operation.pointee.d)] ? a : b)
    case .dispatch:
      let location = unsafe operation.pointee.read(state)
      unsafe next = code + Int(memory.dispatchTable[a &+ Int(location)])
    case .choose:
      let count = unsafe operation.pointee.d
      if count <= 0 { return .disabled }
      unsafe r[c] = context.pointee.choose(count)
    case .backEdge:
      let isEndless = unsafe context.pointee.cycles.pass(
        edge: operation - code, state: state, registers: r)
      if isEndless {
        unsafe context.pointee.failure = Int32(a)
        unsafe context.pointee.value = 0
        return .failed
      }
    case .cover:
      unsafe context.pointee.covered[a] = true
    case .disabled:
      return .disabled
    case .fail:
      unsafe context.pointee.failure = Int32(a)
      unsafe context.pointee.value = r[c]
      return .failed
    case .arrived:
      return .arrived
    case .arriveAt:
      unsafe operation.pointee.replace(state)
      return .arrived
    case .result:
      unsafe context.pointee.value = r[c]
      return .result

    case .move:
      unsafe r[c] = r[a]
    case .load:
      unsafe r[c] = operation.pointee.read(state)
    case .loadIndexed:
      let field = unsafe memory.field(operation.pointee.d &+ r[a] &* Int64(b))
      let bits = unsafe (state[Int(field.pointee.word)] &>> UInt64(field.pointee.shift))
      unsafe r[c] = field.pointee.lower &+ Int64(bitPattern: bits & field.pointee.mask)
    case .store:
      unsafe operation.pointee.write(r[a], to: state)
    case .storeIndexed:
      let field = unsafe memory.field(operation.pointee.d &+ r[a] &* Int64(b))
      let bits = unsafe UInt64(bitPattern: r[c] &- field.pointee.lower)
      let mask = unsafe field.pointee.mask
      let shift = unsafe UInt64(field.pointee.shift)
      assert(bits & ~mask == 0, "a value does not fit its variable")
      let word = unsafe state + Int(field.pointee.word)
      unsafe word.pointee = (word.pointee & ~(mask &<< shift)) | ((bits & mask) &<< shift)
    case .storeConstant:
      unsafe operation.pointee.replace(state)
    case .fieldEqual:
      let bits = unsafe state[Int(operation.pointee.word)] & operation.pointee.mask
      unsafe r[c] = bits == operation.pointee.bits ? 1 : 0
    case .scale:
      unsafe r[c] = r[a] &* operation.pointee.d
    case .multiplyAdd:
      unsafe r[c] = r[a] &* operation.pointee.d &+ r[b]

    case .not: unsafe r[c] = r[a] == 0 ? 1 : 0
    case .negate: unsafe r[c] = 0 &- r[a]
    case .bit: unsafe r[c] = 1 &<< r[a]
    case .populationCount: unsafe r[c] = Int64(r[a].nonzeroBitCount)
    case .lowestBit: unsafe r[c] = Int64(r[a].trailingZeroBitCount)
    case .add: unsafe r[c] = r[a] &+ r[b]
    case .subtract: unsafe r[c] = r[a] &- r[b]
    case .multiply: unsafe r[c] = r[a] &* r[b]
    case .divide: unsafe r[c] = r[a].dividedReportingOverflow(by: r[b]).partialValue
    case .remainder:
      unsafe r[c] = r[a].remainderReportingOverflow(dividingBy: r[b]).partialValue
    case .equal: unsafe r[c] = r[a] == r[b] ? 1 : 0
    case .notEqual: unsafe r[c] = r[a] != r[b] ? 1 : 0
    case .less: unsafe r[c] = r[a] < r[b] ? 1 : 0
    case .lessOrEqual: unsafe r[c] = r[a] <= r[b] ? 1 : 0
    case .and, .bitAnd: unsafe r[c] = r[a] & r[b]
    case .or, .bitOr: unsafe r[c] = r[a] | r[b]
    case .bitAndNot: unsafe r[c] = r[a] & ~r[b]
    }
  }
}

extension RunMemory {
  /// Returns the entry of a variable whose index was computed.
  ///
  /// Code has tested its indexes, so the test here never fails; it keeps a mistake in the lowering
  /// from becoming an access to foreign memory.
  @inline(__always)
  fileprivate func field(_ index: Int64) -> UnsafePointer<FieldEntry> {
    precondition(UInt64(bitPattern: index) < UInt64(variableCount), "an index is out of range")
    return unsafe fields + Int(index)
  }
}

extension Operation {
  /// Returns the value of the operation's field.
  @inline(__always)
  fileprivate func read(_ state: UnsafeMutablePointer<UInt64>) -> Int64 {
    unsafe d &+ Int64(bitPattern: (state[Int(word)] &>> UInt64(shift)) & mask)
  }

  /// Stores a value in the operation's field.
  @inline(__always)
  fileprivate func write(_ value: Int64, to state: UnsafeMutablePointer<UInt64>) {
    let value = UInt64(bitPattern: value &- d)
    assert(value & ~mask == 0, "a value does not fit its variable")
    let word = unsafe state + Int(word)
    let shift = UInt64(shift)
    unsafe word.pointee = (word.pointee & ~(mask &<< shift)) | ((value & mask) &<< shift)
  }

  /// Stores the operation's constant bits.
  @inline(__always)
  fileprivate func replace(_ state: UnsafeMutablePointer<UInt64>) {
    let word = unsafe state + Int(word)
    unsafe word.pointee = (word.pointee & ~mask) | bits
  }
}
