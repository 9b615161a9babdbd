internal import PageraceKit
internal import Reports
internal import Semantics
internal import SourceText

/// A model that has been read and checked without bugs, ready for runs of its checks.
struct OpenModel {
  /// The model.
  let model: Model
  /// The model as it is without bugs and with the options' defaults; it names all checks.
  let program: Program
  /// What is wrong with it, though it can be checked.
  let warnings: [Diagnostic]

  /// Opens the model at `path`, or says what is wrong and returns nil.
  ///
  /// What is wrong is also handed to `reject`, for reports of all models.
  static func open(
    _ path: String, options: [String: String] = [:], console: Console,
    reject: (RejectedModel) -> Void = { _ in }
  ) -> OpenModel? {
    let model: Model
    do {
      model = try Model(path: path)
    } catch {
      console.complain(error.description)
      reject(
        RejectedModel(
          path: path, reason: error.description, diagnostics: [], catalog: SourceCatalog()))
      return nil
    }
    func refuse(_ reason: String, _ diagnostics: [Diagnostic] = []) -> OpenModel? {
      if diagnostics.isEmpty {
        console.complain(reason)
      } else {
        console.show(diagnostics, in: model.catalog)
      }
      reject(
        RejectedModel(
          path: path, reason: reason, diagnostics: diagnostics, catalog: model.catalog))
      return nil
    }
    let (plain, found) = model.analyze(Configuration())
    guard let plain else { return refuse("the model has errors", model.diagnostics + found) }
    let names = plain.options.map(\.name)
    if let wrong = options.keys.sorted().first(where: { !names.contains($0) }) {
      return refuse("'\(path)' has no option '\(wrong)'" + console.hint(wrong, among: names))
    }
    if !options.isEmpty {
      let (program, wrong) = model.analyze(Configuration(options: options))
      guard program != nil else { return refuse("the model has errors with these options", wrong) }
    }
    return OpenModel(
      model: model, program: plain, warnings: (model.diagnostics + found).uniqued())
  }

  /// The path of its file, as the user wrote it.
  var path: String { model.path }

  /// Returns the check with the given name, or without a name all, large ones only if they are included.
  func checks(named name: String?, includingLarge: Bool) -> [Check] {
    program.checks.filter { check in
      name.map { $0 == check.name } ?? (includingLarge || !check.isLarge)
    }
  }

  /// Returns a run of this model for reports.
  func reported(
    _ run: CheckRun, ending: ReportedRun.Ending, expectation: ReportedRun.Expectation? = nil
  ) -> ReportedRun {
    ReportedRun(
      model.description(of: run), ending: ending, catalog: model.catalog,
      expectation: expectation, row: run.span)
  }

  /// Says so if there is no check of the given name, or none at all; returns whether it did.
  func complains(aboutCheck name: String?, console: Console) -> Bool {
    let names = program.checks.map(\.name)
    guard let name else {
      if names.isEmpty { console.complain("'\(path)' has no check") }
      return names.isEmpty
    }
    if names.contains(name) { return false }
    let hint = console.hint(name, among: names)
    let list = names.isEmpty ? "" : "; it has \(names.joined(separator: ", "))"
    console.complain("'\(path)' has no check '\(name)'" + (hint.isEmpty ? list : hint))
    return true
  }

  /// Says so if there is not one of the bugs with the given ids or names; returns whether it did.
  func complains(aboutBugs words: [String], console: Console) -> Bool {
    guard let word = words.first(where: { program.bug($0) == nil }) else { return false }
    let names = program.bugs.flatMap { [$0.id, $0.name] }
    console.complain("'\(path)' has no bug '\(word)'" + console.hint(word, among: names))
    return true
  }
}

extension Console {
  /// Returns `; did you mean …?` if one of `names` resembles `word`, otherwise nothing.
  func hint(_ word: String, among names: [String]) -> String {
    Spelling.nearest(to: word, among: names).map { "; did you mean '\($0)'?" } ?? ""
  }
}

extension Sequence where Element: Hashable {
  /// The elements without those that occurred before, in order.
  func uniqued() -> [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
