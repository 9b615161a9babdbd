internal import Exploration
internal import Machine
internal import SourceText

/// Says why something is wrong at the end of a trace.
struct Explanation {
  private let analysis: TraceAnalysis
  private let catalog: SourceCatalog

  /// The most values that are listed.
  private static let longestList = 8

  init(_ analysis: TraceAnalysis, catalog: SourceCatalog) {
    self.analysis = analysis
    self.catalog = catalog
  }

  private var system: TransitionSystem { analysis.system }

  /// What is wrong, as one line with the place where it happens.
  var headline: String {
    switch analysis.finding.cause {
    case .failure(let id, _):
      let failure = system[id]
      return "\(failure.message) at \(place(failure.span, failure.frames))"
    case .property(let id):
      let property = system[id]
      let place = catalog.shortPlace(of: property.span)
      return "\(property.kind.rawValue) '\(property.name)' (\(place)) is false"
    case .propertyFailure(let id, let failure, _):
      let property = system[id]
      return "\(property.kind.rawValue) '\(property.name)' cannot be judged: "
        + "\(system[failure].message) at \(catalog.shortPlace(of: system[failure].span))"
    case .deadlock:
      let names = analysis.blocked.map { system[$0.process].name }.joined(separator: ", ")
      return "deadlock: nothing can happen any more, and these have not ended: \(names)"
    }
  }

  /// The reasons: each a sentence, with the values that it is about.
  var reasons: [(sentence: String, values: [String])] {
    switch analysis.finding.cause {
    case .failure:
      let text = analysis.finding.text
      let values = valueTexts(analysis.decisive)
      return text.isEmpty && values.isEmpty ? [] : [(text, values)]
    case .property(let id):
      return analysis.falseParts(of: id).map { part, reads in
        ("\(oneLine(part.text)) is false", valueTexts(reads))
      }
    case .propertyFailure:
      return [(analysis.finding.text, valueTexts(analysis.decisive))]
    case .deadlock:
      return analysis.blocked.map { blocked in
        let place = place(blocked.location.span, blocked.frames)
        let name = system[blocked.process].name
        return ("\(name) waits at \(place): \(blocked.text)", valueTexts(blocked.reads))
      }
    }
  }

  /// Returns for each variable its value in the last state, and which step gave it.
  private func valueTexts(_ variables: [VariableID]) -> [String] {
    let shown = variables.filter { isTelling($0) }
    var texts = shown.prefix(Self.longestList).map { id in
      let text = local(id) ?? "\(system[id].name) is \(analysis.finalText(of: id))"
      guard let step = analysis.lastChange(of: id) else { return text + ", from the start" }
      let process = system[analysis.records[step - 1].process].name
      return
        "\(text), since step \(step) (\(process): \(analysis.text(ofStep: step, changing: id)))"
    }
    if shown.count > Self.longestList {
      texts.append("and \(shown.count - Self.longestList) more")
    }
    return texts
  }

  /// Returns the name and the value of a local where its process stands now; nil if it is none.
  ///
  /// Locals that are never needed at the same time share a variable, so its own name says little.
  private func local(_ id: VariableID) -> String? {
    guard case .local(let process) = system[id].role else { return nil }
    let counter = Int(analysis.finalValues[Int(system[process].programCounter.index)])
    let local = system[process].locations[counter].locals.first { $0.variable == id }
    guard let local else { return nil }
    let value = system.text(of: analysis.finalValues[Int(id.index)], as: local.format)
    return "\(system[process].name).\(local.name) is \(value)"
  }

  /// Whether a person wants to see the value: not where processes stand, nor that objects live.
  private func isTelling(_ id: VariableID) -> Bool {
    switch system[id].role {
    case .programCounter: false
    case .live: system[id].width > 0 && analysis.finalValues[Int(id.index)] == 0
    // Ledgers have a paragraph of their own.
    case .ledger: false
    case .local: local(id) != nil
    case .data, .ghost, .bookkeeping: true
    }
  }

  /// Returns the place of failing code: the call in the model itself, if a function of a library fails.
  private func place(_ span: SourceSpan, _ frames: [Step.Frame]) -> String {
    catalog.shortPlace(of: SourcePlace.own(span, frames))
  }

  private func oneLine(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}

/// Where a reader looks for a step: in the model itself rather than in a library.
enum SourcePlace {
  /// Returns `span`, or if that lies in an imported file, the innermost call in the model's own file.
  static func own(_ span: SourceSpan, _ frames: [Step.Frame]) -> SourceSpan {
    let root = FileID(0)
    if span.file == root { return span }
    return frames.last { $0.span.file == root }?.span ?? span
  }
}

extension SourceCatalog {
  /// Returns the file's name without its folders, and the line: `page.race:12`.
  func shortPlace(of span: SourceSpan) -> String {
    let place = place(of: span)
    return place.split(separator: "/").last.map(String.init) ?? place
  }
}
