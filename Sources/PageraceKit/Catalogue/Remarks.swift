internal import SourceText

/// What a `///` comment tells the catalogue: paragraphs that begin with a known word and a colon.
///
/// A remark ends at an empty line or where the next one begins; the rest of the comment is prose.
struct Remarks {
  /// What a remark is about.
  enum Keyword: String, CaseIterable {
    case source = "Source"
    case answer = "Answer"
    case liveness = "Liveness"
    case claim = "Claim"
    case open = "Open"
    case pairs = "Pairs"

    /// Whether it names an id: `Claim B17:`.
    var namesID: Bool { self == .claim || self == .open }
  }

  /// One paragraph.
  struct Remark {
    /// What it is about.
    var keyword: Keyword
    /// The id that it names; empty if none.
    var id: String
    /// What it says, in one line.
    var text: String
  }

  /// The paragraphs that are no remarks, each in one line.
  private(set) var prose: [String] = []
  /// The remarks, in order.
  private(set) var remarks: [Remark] = []
  /// What begins like a remark and is none, with what was probably meant.
  private(set) var doubtful: [(found: String, meant: String)] = []

  /// Reads a comment whose lines are joined by newlines.
  init(_ comment: String) {
    var isInRemark = false
    var isInProse = false
    for line in comment.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.isEmpty {
        (isInRemark, isInProse) = (false, false)
      } else if let remark = Self.head(of: line) {
        remarks.append(remark)
        (isInRemark, isInProse) = (true, false)
      } else if isInRemark {
        remarks[remarks.count - 1].text.append(contentsOf: " " + line)
      } else {
        noteDoubtful(line)
        if isInProse {
          prose[prose.count - 1].append(contentsOf: " " + line)
        } else {
          prose.append(String(line))
          isInProse = true
        }
      }
    }
  }

  /// The texts of all remarks of one kind.
  func texts(_ keyword: Keyword) -> [String] {
    remarks.filter { $0.keyword == keyword }.map(\.text)
  }

  /// Returns the remark that begins with `line`; nil if none does.
  private static func head(of line: Substring) -> Remark? {
    guard let (words, text) = label(of: line), let keyword = Keyword(rawValue: String(words[0])),
      words.count == (keyword.namesID ? 2 : 1)
    else { return nil }
    return Remark(
      keyword: keyword, id: keyword.namesID ? String(words[1]) : "", text: String(text))
  }

  /// Returns the one or two words before the first colon of `line`, and what comes behind it.
  private static func label(of line: Substring) -> (words: [Substring], text: Substring)? {
    guard let colon = line.firstIndex(of: ":") else { return nil }
    let words = line[..<colon].split(separator: " ")
    guard (1...2).contains(words.count) else { return nil }
    return (words, line[line.index(after: colon)...].drop { $0 == " " })
  }

  private mutating func noteDoubtful(_ line: Substring) {
    guard let (words, _) = Self.label(of: line) else { return }
    let word = String(words[0])
    let names = Keyword.allCases.map(\.rawValue)
    let meant = names.contains(word) ? word : Spelling.nearest(to: word, among: names)
    guard let meant, let keyword = Keyword(rawValue: meant) else { return }
    // Two words before a colon are a label only if the second is an id.
    if words.count == 2, CatalogueID(String(words[1])) == nil { return }
    doubtful.append(
      (words.joined(separator: " ") + ":", meant + (keyword.namesID ? " <id>:" : ":")))
  }
}
