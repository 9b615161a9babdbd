public import Machine

/// Systems with known numbers of states, built by hand.
public enum TinySystems {
  /// Dining philosophers, all but the last of whom take their left fork first, so that there is no
  /// deadlock; or all of them, and there is one.
  ///
  /// With `n` philosophers and the last one left-handed there are 3ⁿ states (each fork has three: free,
  /// or with one of its neighbours).
  public static func philosophers(_ count: Int, deadlock: Bool = false) -> TransitionSystem {
    var builder = SystemBuilder("philosophers")
    let notMine = builder.failure("fork_not_mine")
    let forks = (0..<count).map { builder.variable("fork\($0)", 0...Int64(count)) }
    for index in 0..<count {
      let counter = builder.programCounter("philosopher[\(index)]", locations: 4)
      let isLast = index == count - 1 && !deadlock
      let first = Place(forks[isLast ? 0 : index])
      let second = Place(forks[isLast ? index : (index + 1) % count])
      let me = Expression.constant(Int64(index + 1))
      func isMine(_ fork: Place) -> Expression { .binary(.equal, .read(fork), me) }
      func isFree(_ fork: Place) -> Expression { .binary(.equal, .read(fork), .constant(0)) }
      let locations = [
        builder.emit(
          .await(isFree(first)), .assign(first, me), .arrive(LocationID(1))),
        builder.emit(
          .await(isFree(second)), .assign(second, me), .arrive(LocationID(2))),
        builder.emit(
          .require(.binary(.and, isMine(first), isMine(second)), notMine, value: nil),
          .assign(first, .constant(0)), .arrive(LocationID(3))),
        builder.emit(
          .require(isMine(second), notMine, value: nil), .assign(second, .constant(0)),
          .arrive(LocationID(0))),
      ]
      builder.process("philosopher[\(index)]", counter: counter, locations: locations)
    }
    return builder.build()
  }

  /// Two tasks that each load a counter, add one and store it, as `x += 1` does; `finally` says that
  /// both additions count.
  public static func lostUpdate() -> TransitionSystem {
    var builder = SystemBuilder("lost update")
    let count = builder.variable("count", 0...2)
    for index in 0..<2 {
      let name = "adder[\(index)]"
      let process = ProcessID(index)
      let counter = builder.programCounter(name, locations: 3)
      let local = builder.variable(name + ".local", 0...2, role: .local(process))
      let load = builder.step(process, DisplayText("load count"))
      let store = builder.step(
        process,
        DisplayText([
          .literal("count = "),
          .value(.binary(.add, .variable(local), .constant(1)), .number),
        ]))
      let locations = [
        builder.emit(
          .mark(load), .assign(Place(local), .variable(count)), .arrive(LocationID(1))),
        builder.emit(
          .mark(store),
          .assign(Place(count), .binary(.add, .variable(local), .constant(1))),
          .assign(Place(local), .constant(0)), .arrive(LocationID(2))),
      ]
      builder.process(name, counter: counter, locations: locations + [nil])
    }
    builder.property("both_count", .finally, .variable(count, is: 2))
    builder.property("one_counts", .reachable, .variable(count, is: 1))
    return builder.build()
  }
}
