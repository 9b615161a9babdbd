import Machine
import PageraceKit
import Promela
import SourceText
import TestSupport
import Testing

@Suite struct ExportTests {
  private func model(_ system: TransitionSystem) throws(NotExportable) -> PromelaModel {
    try PromelaExporter(system) { _ in "test.race:1" }.export(title: "a test")
  }

  @Test("a small system is written like this")
  func golden() throws {
    try expectGolden(model(TinySystems.lostUpdate()).text, "Golden/lost_update.pml")
  }

  @Test("the same system gives the same text")
  func repeatable() throws {
    for seed in 0..<20 {
      let system = RandomSystem.make(seed: UInt64(seed))
      guard let first = try? model(system) else { continue }
      #expect(try model(system).text == first.text, "seed \(seed)")
    }
  }

  @Test("one way to start is SPIN's own start, several come after it")
  func offsets() throws {
    let one = try model(TinySystems.philosophers(3))
    #expect(one.extraStates == 0 && one.extraTransitions == 1)
    let several = try model(Self.start(ways: 3))
    #expect(several.extraStates == 1 && several.extraTransitions == 4)
  }

  @Test("words of the model stay in comments, whatever they are")
  func hostileWords() throws {
    var builder = SystemBuilder("*/ init { assert(false) } /*")
    let nasty =
      "*/ active proctype evil() { assert(false) }\n#include \"/etc/passwd\" /* \\ \u{1B}[31m"
    let value = builder.variable(nasty, 0...3)
    let failure = builder.failure(nasty)
    let counter = builder.programCounter(nasty, locations: 2)
    let start = builder.emit(
      .require(.variable(value, is: 0), failure, value: nil), .assign(Place(value), .constant(1)),
      .arrive(LocationID(1)))
    builder.process(nasty, counter: counter, locations: [start, nil])
    let text = try model(builder.build()).text
    #expect(text.utf8.allSatisfy { $0 == 10 || (32..<127).contains($0) })
    let code = Self.withoutComments(text)
    #expect(!code.contains("evil"))
    #expect(!code.contains("include"))
    #expect(!code.contains("init"))
  }

  @Test("what Promela has no numbers for is refused with a reason")
  func largeNumbers() {
    var builder = SystemBuilder("large")
    let value = builder.variable("large_one", 0...(1 << 40))
    let counter = builder.programCounter("p", locations: 2)
    let start = builder.emit(.assign(Place(value), .constant(1)), .arrive(LocationID(1)))
    builder.process("p", counter: counter, locations: [start, nil])
    #expect(
      throws: NotExportable("large_one needs more than the 32 bits of a Promela 'int'")
    ) { try model(builder.build()) }
  }

  @Test("too many ways to start are refused")
  func manyStarts() {
    #expect(throws: NotExportable("there are too many ways to start")) {
      try model(Self.start(ways: 5_000))
    }
  }

  @Test("a step that waits behind a loop of unknown length is refused")
  func waitBehindLoop() {
    var builder = SystemBuilder("loop")
    let value = builder.variable("value", 0...7)
    let endless = builder.failure("endless_atomic")
    let counter = builder.programCounter("p", locations: 2)
    let start = builder.here
    let less = Expression.binary(.less, .read(Place(value)), .constant(7))
    let more = Expression.binary(.add, .read(Place(value)), .constant(1))
    let next = Label(Int(start.index) + 2)
    builder.emit(
      .backEdge(endless), .branch(less, next, Label(Int(next.index) + 2)),
      .assign(Place(value), more), .jump(start), .await(.variable(value, is: 7)),
      .arrive(LocationID(1)))
    builder.process("p", counter: counter, locations: [start, nil])
    #expect(throws: NotExportable.self) { try model(builder.build()) }
  }

  /// A system that can start in several ways.
  private static func start(ways: Int) -> TransitionSystem {
    var builder = SystemBuilder("start")
    let value = builder.variable("value", 0...Int64(ways))
    let counter = builder.programCounter("p", locations: 2)
    let step = builder.emit(.assign(Place(value), .constant(0)), .arrive(LocationID(1)))
    builder.process("p", counter: counter, locations: [step, nil])
    let register = builder.register()
    let prelude = builder.emit(
      .choose(register, count: ways), .assign(Place(value), .register(register)), .done)
    builder.prelude(prelude)
    return builder.build()
  }

  private static func withoutComments(_ text: String) -> String {
    var code = ""
    var rest = text[...]
    while let start = rest.firstRange(of: "/*") {
      code += rest[..<start.lowerBound]
      guard let end = rest[start.upperBound...].firstRange(of: "*/") else { return code }
      rest = rest[end.upperBound...]
    }
    return code + rest
  }
}
