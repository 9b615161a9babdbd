internal import Machine
internal import SourceText

/// Says what a step of a trace does, and where that stands in the model.
struct StepPlaces {
  private let analysis: TraceAnalysis
  private let catalog: SourceCatalog

  init(_ analysis: TraceAnalysis, catalog: SourceCatalog) {
    self.analysis = analysis
    self.catalog = catalog
  }

  /// Returns where and how a step wrote a variable: `page.race:12: page0.count = 1`.
  func writing(_ variable: VariableID, inStep number: Int) -> String {
    text(analysis.mark(ofStep: number, writing: variable), number)
  }

  /// Returns where and how a step read a variable.
  func reading(_ variable: VariableID, inStep number: Int) -> String {
    text(analysis.mark(ofStep: number, reading: variable), number)
  }

  /// Returns what a step does, and where.
  func acting(inStep number: Int) -> String {
    let record = analysis.records[number - 1]
    let mark = record.marks.first { analysis.system[$0.step].kind == .step }
    return text(mark.map { (analysis.system[$0.step], $0.text) }, number)
  }

  /// Returns where a step wrote a variable: `page.race:12`.
  func place(ofStep number: Int, writing variable: VariableID) -> String {
    if let step = analysis.mark(ofStep: number, writing: variable)?.step {
      return catalog.ownPlace(of: step.span, step.frames)
    }
    return catalog.shortPlace(of: analysis.location(of: analysis.records[number - 1]).span)
  }

  private func text(_ mark: (step: Step, text: String)?, _ number: Int) -> String {
    guard let mark else {
      let location = analysis.location(of: analysis.records[number - 1])
      return "\(catalog.shortPlace(of: location.span)): \(location.text)"
    }
    let place = catalog.ownPlace(of: mark.step.span, mark.step.frames)
    // What a function of a library does in many words has a shorter name: that of the function.
    if mark.text.hasPrefix("atomic "), let frame = mark.step.frames.last, analysis.isLibrary(frame)
    {
      return "\(place): \(analysis.text(of: frame, of: mark.step.process, in: number - 1))"
    }
    return "\(place): \(DiagramText.plain(mark.text, in: analysis, step: number - 1))"
  }
}
