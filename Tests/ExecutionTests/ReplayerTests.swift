import Execution
import Machine
import TestSupport
import Testing

@Suite struct ReplayerTests {
  /// A process that chooses one of two slots and fills it, and then fails.
  static func slots() -> TransitionSystem {
    var builder = SystemBuilder("slots")
    let first = builder.variable("slots[0]", 0...2, format: .reference(pool: "page"))
    _ = builder.variable("slots[1]", 0...2, format: .reference(pool: "page"))
    let choice = builder.register()
    let failure = builder.failure(
      "slot_full",
      text: DisplayText([.literal("slot holds "), .failureValue(.reference(pool: "page"))]))
    let counter = builder.programCounter("filler", locations: 3)
    let slot = Place(first, [.init(index: .register(choice), stride: 1, count: 2)])
    let step = builder.step(
      ProcessID(0),
      DisplayText([
        .literal("slots["), .value(.register(choice), .number), .literal("] = "),
        .value(.constant(2), .reference(pool: "page")), .literal(" by "),
        .value(.constant(1), .process),
      ]))
    let bad = Place(first, [.init(index: .constant(7), stride: 1, count: 2)])
    let odd = builder.step(
      ProcessID(0), DisplayText([.literal("look at "), .value(.read(bad), .number)]))
    let locations = [
      builder.emit(
        .choose(choice, count: 2), .mark(step), .assign(slot, .constant(2)),
        .arrive(LocationID(1))),
      builder.emit(
        .choose(choice, count: 2), .mark(odd),
        .require(
          .binary(.equal, .read(slot), .constant(0)), failure, value: .read(slot)),
        .arrive(LocationID(2))),
    ]
    builder.process("filler", counter: counter, locations: locations + [nil])
    builder.property("first_empty", .invariant, .variable(first, is: 0))
    return builder.build()
  }

  @Test("all ways of a step are found, with those that wait, and no more than asked for")
  func runs() {
    let system = Self.slots()
    let replayer = Replayer(system)
    let (ways, isCut) = replayer.runs(of: ProcessID(0), from: system.defaults, limit: 9)
    #expect(ways.map(\.choices) == [[0], [1]])
    #expect(ways.allSatisfy { $0.run.outcome == .arrived })
    #expect(!isCut)
    let few = replayer.runs(of: ProcessID(0), from: system.defaults, limit: 1)
    #expect(few.runs.map(\.choices) == [[0]])
    #expect(few.isCut)
    // In the next step the slot that was filled fails, and the other one does not.
    let next = replayer.runs(of: ProcessID(0), from: ways[0].run.values, limit: 9).runs
    #expect(next.map(\.choices) == [[0], [1]])
    #expect(next[1].run.outcome == .arrived)
    guard case .failed = next[0].run.outcome else {
      Issue.record("\(next[0].run.outcome)")
      return
    }
  }

  @Test("a step tells its marks, what it read and what it wrote")
  func step() {
    let replayer = Replayer(Self.slots())
    let start = replayer.start(choices: [])
    let run = replayer.step(ProcessID(0), choices: [1], from: start.values)
    #expect(run.outcome == .arrived)
    #expect(run.marks.map(\.text) == ["slots[1] = page1 by filler"])
    #expect(run.writes == [VariableID(1), VariableID(2)])
    #expect(run.values == [0, 2, 1])
    #expect(run.choiceCount == 1)
  }

  @Test("a failing step tells its text, and invalid places in texts do no harm")
  func failure() {
    let replayer = Replayer(Self.slots())
    let run = replayer.step(ProcessID(0), choices: [1], from: [0, 2, 1])
    #expect(run.outcome == .failed(FailureID(0), value: 2, text: "slot holds page1"))
    #expect(run.marks.map(\.text) == ["look at ?"])
    #expect(run.reads == [VariableID(1)])
  }

  @Test("a step without enough choices, with a wrong one, or at the end cannot be made")
  func infeasible() {
    let replayer = Replayer(Self.slots())
    let values = replayer.start(choices: []).values
    #expect(replayer.step(ProcessID(0), choices: [], from: values).outcome == .noSuchChoice)
    #expect(replayer.step(ProcessID(0), choices: [2], from: values).outcome == .noSuchChoice)
    #expect(replayer.step(ProcessID(0), choices: [], from: [0, 0, 2]).outcome == .disabled)
  }

  @Test("a property tells its value and the variables it depends on")
  func property() {
    let system = Self.slots()
    let run = Replayer(system).judge(system.properties[0].entry, in: [2, 0, 0])
    #expect(run.outcome == .result(0))
    #expect(run.reads == [VariableID(0)])
  }
}
