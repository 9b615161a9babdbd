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

  /// Where what is wrong in the end stands: the code that fails, or the property, or who waits.
  var violationSpan: SourceSpan? {
    switch finding.cause {
    case .failure(let id, _): SourcePlace.own(system[id].span, system[id].frames)
    case .property(let id), .propertyFailure(let id, _, _): system[id].span
    case .deadlock: blocked.first.map { SourcePlace.own($0.location.span, $0.frames) }
    }
  }
}
