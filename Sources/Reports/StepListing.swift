public import Machine
public import SourceText

/// What each process of a system does, step by step: the text of `pagerace steps`.
public struct StepListing {
  private let system: TransitionSystem
  private let catalog: SourceCatalog

  /// Creates the listing of a system.
  public init(_ system: TransitionSystem, catalog: SourceCatalog) {
    self.system = system
    self.catalog = catalog
  }

  /// Returns the steps of the given processes; it ends with a newline.
  ///
  /// Processes that run the same code are listed once.
  public func render(_ processes: [Process]) -> String {
    var seen: Set<Int> = []
    let listings = processes.filter { seen.insert($0.group).inserted }.map { first in
      render(first, sameAs: processes.filter { $0.group == first.group })
    }
    return VisibleText.of(listings.joined(separator: "\n"), keepingLines: true)
  }

  private func render(_ process: Process, sameAs group: [Process]) -> String {
    var text = group.map { heading(of: $0) + "\n" }.joined()
    let rows = process.locations.indices.map { row($0, of: process) }
    let placeWidth = rows.map(\.place.count).max() ?? 0
    let numberWidth = String(process.locations.count).count
    for row in rows {
      let number = String(row.number)
      let pad = String(repeating: " ", count: numberWidth - number.count)
      text += "  \(pad)\(number)  \(row.place.padded(to: placeWidth))  \(row.text)\n"
      let indent = String(repeating: " ", count: numberWidth + placeWidth + 8)
      for line in row.details { text += indent + line + "\n" }
    }
    return text
  }

  private struct Row {
    var number: Int
    var place: String
    var text: String
    var details: [String]
  }

  private func heading(of process: Process) -> String {
    let kind =
      switch process.kind {
      case .task: "task"
      case .daemon: "daemon task"
      case .interrupt(let repeats): repeats ? "interrupt" : "interrupt, arrives once"
      }
    let cpus = process.cpus.map { system.text(of: Int64($0), as: .cpu) }.joined(separator: ", ")
    return "\(process.name) (\(kind) on \(cpus)), \(catalog.place(of: process.span))"
  }

  private func row(_ index: Int, of process: Process) -> Row {
    let location = process.locations[index]
    guard let entry = location.entry else {
      return Row(
        number: index, place: catalog.shortPlace(of: location.span), text: "(end)", details: [])
    }
    let code = CodeSurvey(from: entry, in: system)
    let steps = code.marks.map { system[$0] }.filter { $0.kind == .step }
    let accesses = steps.flatMap(\.accesses).uniqued()
    let calls = steps.first?.frames.map(\.function).joined(separator: " > ") ?? ""
    var details: [String] = []
    if !calls.isEmpty { details.append("in \(calls)") }
    if !accesses.isEmpty {
      details += TextWrapping.lines(joining: accesses, width: 60)
    }
    if location.isRest { details.append("may rest here") }
    let targets = code.targets.map { String($0.index) }.joined(separator: ", ")
    if !targets.isEmpty { details.append("then \(targets)") }
    return Row(
      number: index, place: catalog.shortPlace(of: location.span), text: location.text,
      details: details)
  }
}
