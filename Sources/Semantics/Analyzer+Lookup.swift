internal import SourceText
internal import Syntax

/// Finding what a name at the top of a module stands for.
extension Analyzer {
  /// The declarations of a name that a module sees.
  func entries(_ name: String, _ namespace: Namespace, from module: Int) -> [SymbolEntry] {
    modules[module].visible.compactMap { modules[$0].entries[namespace]?[name] }
  }

  /// The declaration of a name, nil if there is none; more than one are reported.
  func find(_ name: Name, _ namespace: Namespace, from module: Int) -> SymbolEntry? {
    let found = entries(name.text, namespace, from: module)
    if found.count > 1 {
      report(.ambiguousName(name.text, at: name.span, declared: found.map(\.span)))
    }
    return found.first
  }

  /// The names of a kind that a module sees.
  func names(_ namespace: Namespace, from module: Int) -> [String] {
    modules[module].visible.flatMap {
      (modules[$0].entries[namespace] ?? [:]).keys.sorted()
    }
  }

  /// The cases of a name that a module sees.
  func cases(_ name: String, from module: Int) -> [CaseReference] {
    modules[module].visible.flatMap { modules[$0].cases[name] ?? [] }
  }

  /// Returns the name that was probably meant, or nil.
  ///
  /// A file with very many errors is no model with a slip of the pen: there is no search then.
  func nearestName(to name: String, among candidates: @autoclosure () -> [String]) -> String? {
    diagnostics.count < Limits.advisedDiagnostics
      ? Spelling.nearest(to: name, among: candidates()) : nil
  }

  /// Reports a name that nothing in sight has, with the best advice there is.
  func reportUnknown(
    _ name: Name, _ namespace: Namespace, from module: Int, what: String = "name",
    rule: String = "unknown-name", also others: [String] = []
  ) {
    let near = nearestName(to: name.text, among: others + names(namespace, from: module))
    if let near {
      return report(
        .unknownName(name.text, what: what, rule: rule, at: name.span, nearest: near))
    }
    for other in modules {
      if let entry = other.entries[namespace]?[name.text] {
        return report(
          .notImported(name.text, module: other.name, at: name.span, declared: entry.span))
      }
    }
    report(.unknownName(name.text, what: what, rule: rule, at: name.span, nearest: nil))
  }

  /// The violation of a name: a declared one, or a built-in one, which then gets an index.
  func violation(_ name: Name, from module: Int) -> Int {
    if let entry = find(name, .outcome, from: module) {
      if case .violation(let index) = entry.symbol { return index }
      report(
        .unknownName(
          name.text, what: "violation", rule: "unknown-violation", at: name.span, nearest: nil))
      return 0
    }
    if let builtin = BuiltinViolation(rawValue: name.text) {
      if let index = builtinViolations[builtin] { return index }
      builtinViolations[builtin] = program.violations.count
      program.violations.append(
        ViolationDeclaration(name: name.text, message: builtin.message, span: name.span))
      return program.violations.count - 1
    }
    reportUnknown(
      name, .outcome, from: module, what: "violation", rule: "unknown-violation",
      also: BuiltinViolation.allCases.map(\.rawValue))
    return 0
  }

  /// The word for a type in the form it is written.
  func text(_ type: Type) -> String {
    switch type {
    case .bool: "bool"
    case .integer(let range): "\(range.lowerBound)..\(range.upperBound)"
    case .enumeration(let id): program.enums[id.index].name
    case .reference(let pool, let isOptional, let holds):
      (holds ? "holds " : "") + program.pools[pool.index].name + (isOptional ? "?" : "")
    case .task(let isOptional): isOptional ? "task?" : "task"
    case .cpu: "cpu"
    case .set(let element): "set of \(text(element))"
    case .array(let element, .count(let count)): "\(text(element))[\(count)]"
    case .array(let element, .enumeration(let id)):
      "\(text(element))[\(program.enums[id.index].name)]"
    case .array(let element, .pool(let id)): "\(text(element))[\(program.pools[id.index].name)]"
    case .list(let element, let capacity): "list of \(text(element)) up to \(capacity)"
    case .structure(let id): program.structs[id.index].name
    case .none: "nothing"
    case .null: "nil"
    case .error: "unknown"
    }
  }

  /// The words for a type in a message.
  func describe(_ type: Type) -> String {
    switch type {
    case .bool: "a boolean"
    case .integer(let range) where range.count == 1: "the number \(range.lowerBound)"
    case .integer(let range): "a number in \(range.lowerBound)..\(range.upperBound)"
    case .none: "no value"
    case .null: "nil"
    default: "a value of type '\(text(type))'"
    }
  }

  /// Where a type is declared, as a note.
  func declaration(of type: Type) -> [Diagnostic.Note] {
    switch type {
    case .enumeration(let id):
      [.init(message: "'\(text(type))' is declared here", span: enumSpans[id.index])]
    case .structure(let id):
      [.init(message: "'\(text(type))' is declared here", span: structSpans[id.index])]
    default: []
    }
  }

  /// Whether values of the type are structs with locations of their own, arrays or lists.
  func isAggregate(_ type: Type) -> Bool {
    switch type {
    case .structure(let id): !program.structs[id.index].isWord
    case .array, .list: true
    default: false
    }
  }

  /// Whether the type is a word, and which.
  func word(_ type: Type) -> StructType? {
    guard case .structure(let id) = type, program.structs[id.index].isWord else { return nil }
    return program.structs[id.index]
  }
}
