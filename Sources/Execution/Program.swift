internal import Machine

/// A system's code, compiled once and never changed, in memory that is cheap to read.
///
/// Operations name registers by number. Temporaries and scratch registers count up from zero;
/// constants count down from minus one, so that an operand is always one load.
@safe
final class Program: Sendable {
  let wordCount: Int
  /// The number of temporaries of the system.
  let temporaryCount: Int
  /// The number of temporaries and scratch registers.
  let registerCount: Int
  /// The constants: `constants[k]` is the value of register `-1 - k`.
  let constants: [Int64]
  /// The state in which every variable has its default.
  let defaults: [UInt64]
  /// The operation that the prelude starts at.
  let preludeEntry: Int

  let processCount: Int
  let propertyCount: Int
  let operationCount: Int
  let variableCount: Int
  let coverageCount: Int
  /// For each process, the operation that its step starts at: readiness, then the dispatch.
  nonisolated(unsafe) let stepEntries: UnsafePointer<Int32>
  /// For each process, the operation that tests its readiness.
  nonisolated(unsafe) let readinessEntries: UnsafePointer<Int32>
  /// For each property, the operation that it starts at.
  nonisolated(unsafe) let propertyEntries: UnsafePointer<Int32>
  /// Where to go on, for each process and location; see ``Opcode/dispatch``.
  nonisolated(unsafe) let dispatchTable: UnsafePointer<Int32>
  nonisolated(unsafe) let operations: UnsafePointer<Operation>
  /// The variables, for places with computed indexes.
  nonisolated(unsafe) let fields: UnsafePointer<FieldEntry>

  /// Compiles the code of `system`.
  init(_ system: TransitionSystem) {
    var builder = ProgramBuilder(system)
    builder.build()
    wordCount = system.wordCount
    temporaryCount = system.registerCount
    registerCount = builder.registerCount
    constants = builder.constants
    defaults = system.pack(system.defaults)
    preludeEntry = Int(builder.preludeEntry)
    processCount = system.processes.count
    propertyCount = system.properties.count
    operationCount = builder.operations.count
    variableCount = system.variables.count
    coverageCount = system.coverage.count
    unsafe stepEntries = Self.copy(builder.stepEntries)
    unsafe readinessEntries = Self.copy(builder.readinessEntries)
    unsafe propertyEntries = Self.copy(builder.propertyEntries)
    unsafe dispatchTable = Self.copy(builder.dispatchTable)
    unsafe operations = Self.copy(builder.operations)
    unsafe fields = Self.copy(
      system.variables.map {
        FieldEntry(
          mask: $0.field.mask, lower: $0.lower, word: Int32($0.field.word),
          shift: Int32($0.field.shift))
      })
  }

  deinit {
    unsafe stepEntries.deallocate()
    unsafe readinessEntries.deallocate()
    unsafe propertyEntries.deallocate()
    unsafe dispatchTable.deallocate()
    unsafe operations.deallocate()
    unsafe fields.deallocate()
  }

  /// Returns memory of its own that holds `elements`, which are trivial.
  private static func copy<Element: BitwiseCopyable>(
    _ elements: [Element]
  ) -> UnsafePointer<Element> {
    let memory = UnsafeMutableBufferPointer<Element>.allocate(
      capacity: max(1, elements.count))
    _ = unsafe memory.initialize(from: elements)
    return unsafe UnsafePointer(memory.baseAddress.unsafelyUnwrapped)
  }
}
