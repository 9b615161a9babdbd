import Exploration
import Machine
import TestSupport
import Testing

@Suite struct RestTests {
  /// A task that raises a flag and ends, beside a daemon that waits for the flag to be lowered.
  static func daemon(isRest: Bool, isBlocked: Bool) -> TransitionSystem {
    var builder = SystemBuilder("daemon")
    let flag = builder.variable("flag", 0...1)
    let taskCounter = builder.programCounter("task", locations: 2)
    let raise = builder.emit(.assign(Place(flag), .constant(1)), .arrive(LocationID(1)))
    builder.process("task", counter: taskCounter, locations: [raise, nil])
    let counter = builder.programCounter("daemon", locations: 2)
    let wait = builder.emit(
      .await(.variable(flag, is: isBlocked ? 0 : 1)), .arrive(LocationID(0)))
    builder.process(
      "daemon", .daemon, counter: counter, locations: [wait, nil], rest: isRest ? [0] : [])
    builder.property("raised", .finally, .variable(flag, is: 1))
    return builder.build()
  }

  @Test("a daemon is at rest where it is blocked, and at a rest even if it could go on")
  func daemons() throws {
    for (isRest, isBlocked) in [(false, false), (false, true), (true, false), (true, true)] {
      let result = try Search(Self.daemon(isRest: isRest, isBlocked: isBlocked)).run()
      let isJudged = result.witnessed == [PropertyID(0)]
      #expect(isJudged == (isRest || isBlocked))
    }
  }

  /// A task that ends, and an interrupt that arrives once and may get stuck.
  static func interrupt(repeats: Bool, stuck: Bool) -> TransitionSystem {
    var builder = SystemBuilder("interrupt")
    let count = builder.variable("count", 0...1)
    let taskCounter = builder.programCounter("task", locations: 2)
    let counter = builder.programCounter("handler", locations: 3)
    let idle = Expression.unary(.not, .variable(counter, is: 1))
    let step = builder.emit(.arrive(LocationID(1)))
    builder.process("task", counter: taskCounter, readiness: idle, locations: [step, nil])
    let arrival = builder.emit(
      .await(.variable(count, is: 0)), .assign(Place(count), .constant(1)), .arrive(LocationID(1)))
    let handle = builder.emit(
      .await(.constant(stuck ? 0 : 1)), .arrive(LocationID(repeats ? 0 : 2)))
    builder.process(
      "handler", .interrupt(repeats: repeats), counter: counter, locations: [arrival, handle, nil])
    builder.property("handled", .finally, .variable(count, is: 1))
    return builder.build()
  }

  @Test("there is no rest while an interrupt can arrive or runs")
  func interrupts() throws {
    for repeats in [false, true] {
      let result = try Search(Self.interrupt(repeats: repeats, stuck: false)).run()
      guard case .holds = result.verdict else {
        Issue.record("the verdict is \(result.verdict)")
        return
      }
    }
  }

  @Test("a handler that cannot end is a deadlock, and blocks the task of its CPU")
  func stuckHandler() throws {
    let system = Self.interrupt(repeats: false, stuck: true)
    let result = try Search(system).run()
    guard case .violated(let finding) = result.verdict else {
      Issue.record("the verdict is \(result.verdict)")
      return
    }
    #expect(finding.cause == .deadlock)
    #expect(finding.trace.entries.map { Int($0.process.index) } == [1])
    #expect(finding.preemptions == 0)
    let values = try #require(finding.trace.entries.last).values
    let situations = SituationJudge(system)
    #expect(!situations.isReady(ProcessID(0), in: values))
    #expect(situations.isReady(ProcessID(1), in: values))
    #expect(!situations.isEnabled(ProcessID(1), in: values))
  }

  @Test("blocked tasks are a deadlock; a system that has ended is none")
  func deadlock() throws {
    for awaited in Int64(0)...1 {
      var builder = SystemBuilder("blocked")
      let flag = builder.variable("flag", 0...1)
      let counter = builder.programCounter("task", locations: 2)
      let wait = builder.emit(.await(.variable(flag, is: awaited)), .arrive(LocationID(1)))
      builder.process("task", counter: counter, locations: [wait, nil])
      let result = try Search(builder.build()).run()
      if case .violated(let finding) = result.verdict {
        #expect(awaited == 1 && finding.cause == .deadlock)
      } else {
        #expect(awaited == 0)
      }
    }
  }
}
