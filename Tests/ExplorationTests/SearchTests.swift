import Exploration
import Machine
import TestSupport
import Testing

@Suite struct SearchTests {
  /// Returns the finding of a search.
  static func finding(_ system: TransitionSystem) throws -> Finding {
    let result = try Search(system).run()
    guard case .violated(let finding) = result.verdict else {
      Issue.record("the verdict is \(result.verdict)")
      throw SearchError.lostViolation
    }
    return finding
  }

  @Test("a lost update is found with the fewest preemptions, and told in words")
  func lostUpdate() throws {
    let finding = try Self.finding(TinySystems.lostUpdate())
    #expect(finding.cause == .property(PropertyID(0)))
    #expect(finding.violation == "both_count")
    #expect(finding.preemptions == 1)
    #expect(finding.trace.entries.map { Int($0.process.index) } == [0, 1, 1, 0])
    #expect(
      finding.trace.entries.flatMap { $0.marks.map(\.text) } == [
        "load count", "load count", "count = 1", "count = 1",
      ])
    #expect(finding.trace.initialValues == [0, 0, 0, 0, 0])
  }

  @Test("a schedule replays to the same trace, and one that cannot be followed says where")
  func replay() throws {
    let system = TinySystems.lostUpdate()
    let finding = try Self.finding(system)
    let replayer = TraceReplayer(system)
    var moves = finding.trace.entries.map {
      TraceReplayer.Move(process: $0.process, choices: $0.choices)
    }
    let replay = replayer.replay(initialChoices: finding.trace.initialChoices, moves: moves)
    #expect(replay.end == .completed)
    #expect(replay.preemptions == 1)
    #expect(replay.trace.entries.map(\.values) == finding.trace.entries.map(\.values))
    let last = try #require(replay.trace.entries.last)
    #expect(SituationJudge(system).causes(in: last.values) == [finding.cause])
    let judgement = replayer.judge(system.properties[0].entry, in: last.values)
    #expect(judgement.value == 0)
    #expect(judgement.reads == [VariableID(0)])
    moves.append(moves[0])
    #expect(replayer.replay(initialChoices: [], moves: moves).end == .infeasible(4))
    moves[1].choices = [0]
    #expect(replayer.replay(initialChoices: [], moves: moves).end == .infeasible(1))
  }

  @Test("a violated prelude is a violation with an empty trace")
  func prelude() throws {
    var builder = SystemBuilder("prelude")
    let x = builder.variable("x", 0...3)
    let failure = builder.failure(
      "bad_setup", text: DisplayText([.literal("x is "), .failureValue(.number)]))
    let choice = builder.register()
    let start = builder.emit(
      .choose(choice, count: 3), .assign(Place(x), .register(choice)),
      .require(.unary(.not, .variable(x, is: 2)), failure, value: .variable(x)), .done)
    builder.prelude(start)
    let finding = try Self.finding(builder.build())
    #expect(finding.cause == .failure(FailureID(0), value: 2))
    #expect(finding.text == "x is 2")
    #expect(finding.trace.initialChoices == [2])
    #expect(finding.trace.initialValues == [2])
    #expect(finding.trace.entries.isEmpty)
    #expect(finding.isShortest && finding.hasFewestPreemptions)
  }

  @Test("a failing step comes before a property that is false after as many steps")
  func declarationOrder() throws {
    var builder = SystemBuilder("order")
    let x = builder.variable("x", 0...1)
    let failure = builder.failure("fails")
    for index in 0..<2 {
      let counter = builder.programCounter("p\(index)", locations: 2)
      let entry = builder.here
      if index == 1 { builder.emit(.require(.constant(0), failure, value: nil)) }
      builder.emit(.assign(Place(x), .constant(1)), .arrive(LocationID(1)))
      builder.process("p\(index)", counter: counter, locations: [entry, nil])
    }
    builder.property("x_is_0", .invariant, .variable(x, is: 0))
    let finding = try Self.finding(builder.build())
    #expect(finding.violation == "fails")
    #expect(finding.trace.entries.map { Int($0.process.index) } == [1])
  }

  @Test("reachables that are never true and finallys that are never judged make a check vacuous")
  func vacuous() throws {
    var builder = SystemBuilder("vacuous")
    let counter = builder.programCounter("spinner", locations: 2)
    let entry = builder.emit(.arrive(LocationID(0)))
    builder.process("spinner", counter: counter, locations: [entry, nil])
    builder.property("start", .reachable, .variable(counter, is: 0))
    builder.property("end", .reachable, .variable(counter, is: 1))
    builder.property("after", .finally, .constant(1))
    let result = try Search(builder.build()).run()
    guard case .vacuous(let unreached, let unjudged) = result.verdict else {
      Issue.record("the verdict is \(result.verdict)")
      return
    }
    #expect(unreached == [PropertyID(1)])
    #expect(unjudged == [PropertyID(2)])
    #expect(result.witnessed == [PropertyID(0)])
  }

  @Test("a failure inside a property is reported as that failure")
  func propertyFailure() throws {
    var builder = SystemBuilder("nil")
    let page = builder.variable("page", 0...1, format: .reference(pool: "page"))
    let failure = builder.failure("nil_dereference", text: DisplayText("page is nil"))
    let entry = builder.emit(
      .require(.variable(page, is: 1), failure, value: nil), .result(.constant(1)))
    builder.property("looks", .reachable, entry: entry)
    let finding = try Self.finding(builder.build())
    #expect(finding.cause == .propertyFailure(PropertyID(0), FailureID(0), value: 0))
    #expect(finding.violation == "nil_dereference")
    #expect(finding.text == "page is nil")
  }
}
