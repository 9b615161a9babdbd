extension TransitionSystem {
  /// Returns where a process stands in the state with the given values.
  ///
  /// - Precondition: the values are those of a state of this system.
  public func location(of process: ProcessID, in values: [Int64]) -> Location {
    self[process].locations[Int(values[Int(self[process].programCounter.index)])]
  }
}
