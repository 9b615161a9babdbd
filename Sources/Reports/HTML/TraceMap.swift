internal import Exploration
internal import Machine
internal import SourceText

/// Where the processes of a trace are in the source, step for step.
struct TraceMap {
  /// A way down through calls: each with the name of the code and where it goes on from there.
  struct Crumb: Encodable {
    let name: String
    let place: SourceShelf.Place
  }

  /// Where a process stands or a step happens.
  struct Stand: Encodable {
    /// The task, and the functions around, outermost first.
    let crumbs: [Crumb]
    /// Which of them a reader looks for: the innermost in the model's own file.
    let own: Int
  }

  private let analysis: TraceAnalysis
  private let catalog: SourceCatalog
  private var known: [ProcessID: [Int: Stand]] = [:]

  init(_ analysis: TraceAnalysis, catalog: SourceCatalog) {
    self.analysis = analysis
    self.catalog = catalog
  }

  private var system: TransitionSystem { analysis.system }

  /// Returns where the step with the given index happens.
  func stand(ofStep index: Int, on shelf: inout SourceShelf) -> Stand {
    let record = analysis.records[index]
    if case .failure(let id, _) = analysis.finding.cause, index == analysis.records.count - 1 {
      return stand(system[id].span, system[id].frames, of: record.process, on: &shelf)
    }
    if let mark = record.marks.first(where: { system[$0.step].kind == .step }) {
      let step = system[mark.step]
      return stand(step.span, step.frames, of: record.process, on: &shelf)
    }
    return stand(analysis.location(of: record).span, [], of: record.process, on: &shelf)
  }

  /// Returns where a process stands in a state; nil if it has ended.
  mutating func stand(
    of process: ProcessID, in values: [Int64], on shelf: inout SourceShelf
  ) -> Stand? {
    let counter = Int(values[Int(system[process].programCounter.index)])
    let location = system.location(of: process, in: values)
    guard let entry = location.entry else { return nil }
    if let stand = known[process]?[counter] { return stand }
    let steps = CodeSurvey(from: entry, in: system).marks.map { system[$0] }
    let step = steps.first { $0.kind == .step }
    let stand = stand(
      step?.span ?? location.span, step?.frames ?? [], of: process, on: &shelf)
    known[process, default: [:]][counter] = stand
    return stand
  }

  private func stand(
    _ span: SourceSpan, _ frames: [Step.Frame], of process: ProcessID, on shelf: inout SourceShelf
  ) -> Stand {
    // Systems that were not made from a text have no files.
    guard !catalog.files.isEmpty else { return Stand(crumbs: [], own: 0) }
    let names = [system[process].name] + frames.map(\.function)
    let spans = frames.map(\.span) + [span]
    let crumbs = zip(names, spans).map { name, span in
      Crumb(name: name, place: shelf.place(of: span, in: catalog))
    }
    let own = spans.lastIndex { $0.file == FileID(0) } ?? spans.count - 1
    return Stand(crumbs: crumbs, own: own)
  }
}
