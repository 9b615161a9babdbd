internal import Execution
internal import Machine

/// Why a task cannot take a recorded step.
enum Obstacle {
  /// The choices before the start are others today.
  case start
  /// There is no such task.
  case noTask(String)
  /// The task has ended.
  case ended(ProcessID)
  /// Its CPU does not let it run.
  case heldUp(ProcessID)
  /// It can go on in more ways than are looked at, and the recorded one is not among them.
  case manyWays(ProcessID)
  /// It stands at the statement and waits.
  case blocked(ProcessID, Replayer.Run)
  /// It stands at another statement; with what it would do, and whether the recorded one is nowhere in
  /// its code.
  case elsewhere(ProcessID, Replayer.Run?, isGone: Bool)
}
