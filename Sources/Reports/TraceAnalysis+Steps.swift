internal import Exploration
internal import Machine
internal import SourceText

extension TraceAnalysis {
  /// Returns the step of the source that a record performs, the first one if there are several.
  func source(of record: Record) -> Step? {
    record.marks.first { system[$0.step].kind == .step }.map { system[$0.step] }
  }

  /// Returns where the code of a record stands.
  func span(of record: Record) -> SourceSpan {
    source(of: record)?.span ?? location(of: record).span
  }

  /// Returns the functions that a record happens in, outermost first.
  func calls(of record: Record) -> [String] {
    source(of: record)?.frames.map(\.function) ?? []
  }

  /// Returns the step that gave the value with the given root what it is in the end, and the last one that
  /// wrote the same again if that was another process; nil if it is as it was from the start.
  func giving(_ root: VariableID) -> (step: Int, again: Int?)? {
    guard let written = lastWrite(of: root) else { return nil }
    // Of a local, whose place others use before and after, only the writing counts.
    if case .local = system[root].role { return (written, nil) }
    guard let changed = lastChange(of: root), changed != written else { return (written, nil) }
    let isOther = records[changed - 1].process != records[written - 1].process
    return (changed, isOther ? written : nil)
  }

  /// Where what is wrong in the end stands: the code that fails, or the property, or who waits.
  var violationSpan: SourceSpan? {
    switch finding.cause {
    case .failure(let id, _): SourcePlace.own(system[id].span, system[id].frames)
    case .property(let id), .propertyFailure(let id, _, _): system[id].span
    case .deadlock: blocked.first.map { SourcePlace.own($0.location.span, $0.frames) }
    }
  }
}
