internal import Reports
internal import Semantics
internal import SourceText

/// What the comments of one module tell the catalogue.
struct CatalogueSource {
  /// What is said about an id.
  struct Saying {
    /// The id.
    var id: String
    /// How it is said.
    var keyword: Keyword
    /// What is said.
    var statement: CatalogueEntry.Statement
  }

  /// How something is said about an id.
  enum Keyword {
    case bug, claim, open
  }

  /// What is said, in the order of the text: bugs, checks, and the module itself.
  private(set) var sayings: [Saying] = []
  /// The table of pairs that the module's checks belong in; nil if it names none.
  private(set) var pairs: String?
  /// What is wrong with the remarks.
  private(set) var diagnostics: [Diagnostic] = []

  /// Reads the comments of the module at `index`.
  init(_ program: Program, module index: Int) {
    for bug in program.bugs where bug.module == program.name {
      add(bug, module: index)
    }
    for check in program.checks {
      let statement = CatalogueEntry.Statement(
        module: index, name: check.name, isCheck: true, sentence: "")
      add(
        Remarks(check.documentation), owner: "the check '\(check.name)'", at: check.span, statement,
        allowed: [.claim, .open])
    }
    guard let span = program.nameSpan else { return }
    let statement = CatalogueEntry.Statement(module: index, name: "", isCheck: false, sentence: "")
    add(
      Remarks(program.documentation), owner: "the module", at: span, statement,
      allowed: [.open, .pairs])
    let isPair = { (check: Check) in CatalogueMatrix.Pair(check: check.name, row: 0) != nil }
    if pairs != nil, !program.checks.contains(where: isPair) {
      diagnostics.append(
        .misplacedRemark(
          .pairs, in: "the module", reason: "no check here is called '<one>_with_<other>'", at: span
        ))
    }
  }

  /// Says where a remark belongs.
  private static func home(of keyword: Remarks.Keyword) -> String {
    keyword == .pairs
      ? "it stands in the comment of a module" : "it stands in the comment of a check"
  }

  private mutating func add(_ bug: BugDeclaration, module: Int) {
    let remarks = Remarks(bug.documentation)
    let owner = "the bug '\(bug.id)'"
    noteDoubtful(remarks, owner, bug.span)
    for remark in remarks.remarks where remark.keyword.namesID || remark.keyword == .pairs {
      diagnostics.append(
        .misplacedRemark(
          remark.keyword, in: owner, reason: Self.home(of: remark.keyword), at: bug.span))
    }
    sayings.append(
      Saying(
        id: bug.id, keyword: .bug,
        statement: .init(
          module: module, name: bug.name, isCheck: false, sentence: bug.sentence,
          prose: remarks.prose, sources: remarks.texts(.source), answers: remarks.texts(.answer),
          liveness: remarks.texts(.liveness))))
  }

  /// Adds the claims and open ids of a comment; other remarks belong to the one before them.
  private mutating func add(
    _ remarks: Remarks, owner: String, at span: SourceSpan, _ empty: CatalogueEntry.Statement,
    allowed: [Remarks.Keyword]
  ) {
    var isFirst = true
    noteDoubtful(remarks, owner, span)
    for remark in remarks.remarks {
      if remark.keyword.namesID || remark.keyword == .pairs {
        guard allowed.contains(remark.keyword) else {
          let reason = Self.home(of: remark.keyword)
          diagnostics.append(.misplacedRemark(remark.keyword, in: owner, reason: reason, at: span))
          continue
        }
        if remark.keyword == .pairs {
          pairs = remark.text
          continue
        }
        var statement = empty
        statement.sentence = remark.text
        sayings.append(
          Saying(
            id: remark.id, keyword: remark.keyword == .claim ? .claim : .open,
            statement: statement))
        isFirst = false
      } else if isFirst {
        let names = allowed.filter(\.namesID).map { "'\($0.rawValue) <id>:'" }.joined(
          separator: " or ")
        diagnostics.append(
          .misplacedRemark(
            remark.keyword, in: owner, reason: "here it belongs to the \(names) before it",
            at: span))
      } else {
        extend(with: remark)
      }
    }
  }

  private mutating func extend(with remark: Remarks.Remark) {
    let last = sayings.count - 1
    switch remark.keyword {
    case .source: sayings[last].statement.sources.append(remark.text)
    case .answer: sayings[last].statement.answers.append(remark.text)
    case .liveness: sayings[last].statement.liveness.append(remark.text)
    case .claim, .open, .pairs: break
    }
  }

  private mutating func noteDoubtful(_ remarks: Remarks, _ owner: String, _ span: SourceSpan) {
    for (found, meant) in remarks.doubtful {
      diagnostics.append(.unclearRemark(found, meant: meant, in: owner, at: span))
    }
  }
}
