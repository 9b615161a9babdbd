internal import PageraceKit
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
  static func open(
    _ path: String, options: [String: String] = [:], console: Console
  ) -> OpenModel? {
    let model: Model
    do {
      model = try Model(path: path)
    } catch {
      console.complain(error.description)
      return nil
    }
    let (plain, found) = model.analyze(Configuration())
    guard let plain else {
      console.show(model.diagnostics + found, in: model.catalog)
      return nil
    }
    let names = plain.options.map(\.name)
    if let wrong = options.keys.sorted().first(where: { !names.contains($0) }) {
      console.complain("'\(path)' has no option '\(wrong)'" + console.hint(wrong, among: names))
      return nil
    }
    if !options.isEmpty {
      let (program, wrong) = model.analyze(Configuration(options: options))
      guard program != nil else {
        console.show(wrong, in: model.catalog)
        return nil
      }
    }
    return OpenModel(
      model: model, program: plain, warnings: (model.diagnostics + found).uniqued())
  }

  /// Returns the check with the given name, or all that are not large.
  ///
  /// Returns nil after saying that there is none.
  func checks(named name: String?, includingLarge: Bool, console: Console) -> [Check]? {
    let names = program.checks.map(\.name)
    if names.isEmpty {
      console.complain("'\(model.path)' has no check")
      return nil
    }
    guard let name else { return program.checks.filter { includingLarge || !$0.isLarge } }
    if let check = program.checks.first(where: { $0.name == name }) { return [check] }
    let hint = console.hint(name, among: names)
    console.complain(
      "'\(model.path)' has no check '\(name)'"
        + (hint.isEmpty ? "; it has \(names.joined(separator: ", "))" : hint))
    return nil
  }

  /// Returns the ids of the bugs with the given ids or names, or nil after saying which one there is not.
  func bugs(_ words: [String], console: Console) -> [String]? {
    var ids: [String] = []
    for word in words {
      let bug = program.bugs.first { $0.id == word } ?? program.bugs.first { $0.name == word }
      guard let bug else {
        let names = program.bugs.flatMap { [$0.id, $0.name] }
        console.complain(
          "'\(model.path)' has no bug '\(word)'" + console.hint(word, among: names))
        return nil
      }
      ids.append(bug.id)
    }
    return ids
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
