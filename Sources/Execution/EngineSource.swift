/// Something that makes a faster engine while a search goes on with the evaluator.
///
/// Nothing waits: the search asks at the boundaries of its batches. What has been begun and is no
/// longer wanted is given up when the source goes away.
public protocol EngineSource: AnyObject {
  /// Begins to make the engine, unless that has been done.
  func begin()

  /// Returns how far things are, and does what has to be done now; cheap enough for every batch.
  func poll() -> EngineProgress

  /// Does the same, but waits a little if there is nothing to do: some milliseconds, so that whoever has
  /// nothing else to do can ask again and again.
  func wait() -> EngineProgress

  /// Whether there is a faster engine now than the one that ``poll()`` gave last; then it gives that one.
  ///
  /// As cheap as ``poll()``, and only of use once that has given an engine.
  func hasImproved() -> Bool

  /// One line about something that did not go as it should, although there may be an engine; nil if
  /// all is well.
  var remark: String? { get }
}

extension EngineSource {
  /// Nothing.
  public var remark: String? { nil }

  /// Returns false: the first engine is the last one.
  public func hasImproved() -> Bool { false }
}

/// How far an ``EngineSource`` is.
public enum EngineProgress {
  /// It was not begun, or is not ready.
  case pending
  /// The engine, for one worker; each call makes another.
  case ready(any StepEngine)
  /// There will be no engine; with one line that says why.
  case failed(String)
}
