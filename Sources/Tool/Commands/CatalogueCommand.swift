internal import Exploration
internal import PageraceKit
internal import Reports
internal import Semantics
internal import SourceText

/// `pagerace catalogue`: writes down which mistakes models know and what their checks find.
struct CatalogueCommand: Command {
  static let description = CommandDescription(
    name: "catalogue",
    overview: "Writes down which mistakes the models know and what their checks find.",
    discussion: [
      """
      Folders stand for all .race files below them; without a path it is Models. The words come from the \
      comments of bugs and checks, as docs/language.md describes; the numbers from running the rows of the \
      checks. Nothing is written if a row does not come out as it expects.
      """
    ],
    argument: .init(name: "<path>", help: "A model, or a folder with models.", count: 0...Int.max),
    options: [
      .option(
        "--output", "<file>",
        """
        The page to write, in Markdown, or '-' for standard output; docs/catalogue.md, if not given.
        """),
      .flag(
        "--check",
        "Write nothing; say whether the page is up to date, and exit with 1 if it is not."),
    ] + OptionDescription.limits + [.engine])

  private let paths: [String]
  private let output: String
  private let onlyChecks: Bool
  private let limits: SearchLimits
  private let engine: EngineSettings.Preference

  init(_ arguments: ParsedArguments) throws(UsageError) {
    paths = arguments.positionals.isEmpty ? ["Models"] : arguments.positionals
    output = arguments["--output"] ?? "docs/catalogue.md"
    onlyChecks = arguments.has("--check")
    limits = try arguments.limits()
    engine = try arguments.engine()
  }

  func run(_ console: Console) -> ExitStatus {
    do {
      let models = try FileAccess.models(in: paths)
      // The searches may take minutes.
      if !onlyChecks, output != "-", !console.canWrite(to: output, sparing: models) {
        return .rejected
      }
      guard let catalogue = open(models, console) else { return .rejected }
      let origin = output == "-" ? nil : output
      let link = { (path: String) in FileAccess.path(path, from: origin) }
      // What the page says without any search is compared first: that takes no time.
      let stored = onlyChecks ? String(decoding: try read(), as: UTF8.self) : nil
      if let stored {
        let outline = catalogue.document.markdown(measures: [:], link: link)
        let old = CatalogueDocument.outline(of: stored)
        if let line = Self.firstDifference(old, outline) { return reportDifference(line, console) }
      }
      let (measures, status) = measure(catalogue, console)
      guard status == .holds else { return status }
      let page = catalogue.document.markdown(measures: measures, link: link)
      if let stored {
        guard let line = Self.firstDifference(stored, page) else { return .holds }
        return reportDifference(line, console)
      }
      if output == "-" { console.print(page) } else { try FileAccess.write(page, to: output) }
      return .holds
    } catch {
      console.complain(error.description)
      return error.status
    }
  }

  private func read() throws(LoadError) -> [UInt8] {
    output == "-" ? try FileAccess.readStandardInput() : try FileAccess.read(output)
  }

  /// Reads the models at `paths`; says what is wrong with them, or with what they tell the catalogue.
  private func open(_ paths: [String], _ console: Console) -> Catalogue? {
    var parts: [Catalogue.Part] = []
    for path in paths {
      guard let open = OpenModel.open(path, console: console) else { continue }
      parts.append(Catalogue.Part(model: open.model, program: open.program))
    }
    guard parts.count == paths.count else { return nil }
    let catalogue = Catalogue(parts)
    for (index, part) in parts.enumerated() {
      let found = catalogue.diagnostics.filter { $0.part == index }.map(\.diagnostic)
      if !found.isEmpty { console.show(found, in: part.model.catalog) }
    }
    guard catalogue.diagnostics.isEmpty else { return nil }
    guard !catalogue.document.entries.isEmpty else {
      console.complain(
        "no comment says where a mistake is known from; docs/language.md describes how to")
      return nil
    }
    return catalogue
  }

  /// Runs all rows whose numbers are shown.
  private func measure(
    _ catalogue: Catalogue, _ console: Console
  ) -> ([Int: CatalogueRow.Measure], ExitStatus) {
    var measures: [Int: CatalogueRow.Measure] = [:]
    var statuses: [ExitStatus] = []
    for row in catalogue.document.measuredRows where !Interruption.isRequested {
      let (measure, status) = self.measure(catalogue.runs[row], of: catalogue, console)
      measures[row] = measure
      statuses.append(status)
    }
    if Interruption.isRequested { statuses.append(.inconclusive) }
    return (measures, .combined(statuses))
  }

  private func measure(
    _ run: Catalogue.Run, of catalogue: Catalogue, _ console: Console
  ) -> (CatalogueRow.Measure?, ExitStatus) {
    let model = catalogue.parts[run.part].model
    let performer = RunPerformer(limits: limits, engine: engine, console: console)
    let description = model.description(of: run.run)
    switch performer.perform(run.run, of: model) {
    case .rejected(let diagnostics):
      console.show(diagnostics, in: model.catalog)
      return (nil, .rejected)
    case .contradiction(let error):
      return (nil, performer.report(error, in: description))
    case .finished(let finished):
      let expectation = run.run.expectation ?? "pass"
      let outcome = RowOutcome(finished.result.verdict, expectation: expectation)
      if outcome == .asExpected { return (CatalogueRow.Measure(finished), .holds) }
      let line = TestLine.text(
        finished, outcome, expectation: expectation, paint: console.errorPaint,
        showsMeasurements: false)
      console.printError("\(model.path)\n\(line)")
      return (nil, outcome.status)
    }
  }

  private func reportDifference(_ line: Int, _ console: Console) -> ExitStatus {
    console.print("\(output):\(line): is not what the models say\n")
    return .violated
  }

  /// The number of the first line in which two texts differ; nil if they are the same.
  private static func firstDifference(_ first: String, _ second: String) -> Int? {
    let (a, b) = (Array(first.utf8), Array(second.utf8))
    if a == b { return nil }
    let common = zip(a, b).prefix { $0 == $1 }
    return 1 + common.count { $0.0 == UInt8(ascii: "\n") }
  }
}
