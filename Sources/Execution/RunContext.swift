internal import Machine

/// The scratch memory of an evaluator: registers, choices and what the last run came to.
///
/// It lies in memory of its own and is used through a pointer, because fields of a class that hot
/// loops change are checked for exclusive access, which costs more than the loop.
@safe
struct RunContext {
  /// The register zero; constants lie below it.
  let registers: UnsafeMutablePointer<Int64>
  private let registerMemory: UnsafeMutablePointer<Int64>

  /// The value of a result, or the number that came with a failure.
  var value: Int64 = 0
  /// The failure of the last run, if it failed.
  var failure: Int32 = 0

  /// The choices of this run: those that the odometer has set, then those met for the first time.
  private var choices: UnsafeMutablePointer<Choice>
  private var choiceCapacity = 16
  /// How many choices the odometer has set.
  private var plannedCount = 0
  /// How many choices this run has met.
  private var metCount = 0

  /// Which coverage points any run has reached.
  let covered: UnsafeMutablePointer<Bool>

  /// Finds loops that never end.
  var cycles: CycleDetector

  /// One number of the odometer.
  private struct Choice {
    var value: Int64
    var count: Int64
  }

  /// Creates the scratch memory for runs of `program`.
  init(_ program: Program) {
    let constantCount = program.constants.count
    let count = constantCount + program.registerCount + 1
    unsafe registerMemory = .allocate(capacity: count)
    unsafe registerMemory.initialize(repeating: 0, count: count)
    for (index, constant) in program.constants.enumerated() {
      unsafe registerMemory[constantCount - 1 - index] = constant
    }
    unsafe registers = registerMemory + constantCount
    unsafe choices = .allocate(capacity: choiceCapacity)
    unsafe covered = .allocate(capacity: program.coverageCount + 1)
    unsafe covered.initialize(repeating: false, count: program.coverageCount + 1)
    cycles = CycleDetector(wordCount: program.wordCount, registerCount: program.temporaryCount)
  }

  /// Frees the memory.
  func deallocate() {
    unsafe registerMemory.deallocate()
    unsafe choices.deallocate()
    unsafe covered.deallocate()
    cycles.deallocate()
  }

  /// Sets the odometer to zero.
  mutating func beginRuns() {
    plannedCount = 0
    metCount = 0
  }

  /// Returns the number that this run takes at its next choice, out of `0..<count`.
  mutating func choose(_ count: Int64) -> Int64 {
    if metCount == plannedCount {
      if plannedCount == choiceCapacity { growChoices() }
      unsafe choices[plannedCount] = Choice(value: 0, count: count)
      plannedCount += 1
    }
    defer { metCount += 1 }
    return unsafe choices[metCount].value
  }

  /// Moves the odometer on and returns false if all runs have been made.
  mutating func nextRun() -> Bool {
    metCount = 0
    while plannedCount > 0 {
      let last = plannedCount - 1
      if unsafe choices[last].value + 1 < choices[last].count {
        unsafe choices[last].value += 1
        return true
      }
      plannedCount = last
    }
    return false
  }

  /// The choices of the run that has just ended.
  var choicesMade: [Int] {
    (0..<metCount).map { unsafe Int(choices[$0].value) }
  }

  private mutating func growChoices() {
    let grown = UnsafeMutablePointer<Choice>.allocate(capacity: 2 * choiceCapacity)
    unsafe grown.update(from: choices, count: choiceCapacity)
    unsafe choices.deallocate()
    unsafe choices = grown
    choiceCapacity *= 2
  }
}
