import PageraceKit
import Testing

/// What has to be explained.
@Suite struct DocumentationTests {
  @Test("every public declaration says what it is")
  func publicDeclarations() {
    for file in Repository.files(in: "Sources", ending: ".swift") {
      for (index, line) in file.lines.enumerated() {
        let body = line.drop { $0 == " " }
        guard body.hasPrefix("public ") || body.hasPrefix("package "),
          !body.hasPrefix("public import"), !body.hasPrefix("package import"),
          // An extension has nothing to say that its members do not.
          !body.hasPrefix("public extension")
        else { continue }
        var above = index - 1
        while above >= 0, file.lines[above].drop(while: { $0 == " " }).hasPrefix("@") { above -= 1 }
        let comment = above >= 0 ? file.lines[above].drop { $0 == " " } : ""
        #expect(comment.hasPrefix("///"), "\(file):\(index + 1)")
      }
    }
  }

  /// The rules that diagnostics in the sources have, each with a file that has it.
  private var rules: [String: Repository.File] {
    var rules: [String: Repository.File] = [:]
    for file in Repository.files(in: "Sources", ending: ".swift")
    where !file.path.contains("/Rules/") {
      for line in file.lines where !line.drop(while: { $0 == " " }).hasPrefix("//") {
        for match in line.matches(of: /rule:(?: String =)? "([a-z-]+)"/) {
          rules[String(match.1)] = file
        }
      }
    }
    return rules
  }

  @Test("'pagerace explain' has a page for every rule")
  func pages() {
    for (rule, file) in rules {
      #expect(RulePage.named(rule)?.kind == .rule, "\(rule), which \(file) reports")
    }
  }

  @Test("no page explains a rule that is gone")
  func stalePages() {
    let rules = rules
    for page in RulePage.all where page.kind == .rule {
      #expect(rules[page.name] != nil, "\(page.name)")
    }
  }

  @Test("no two pages have the same name")
  func names() {
    #expect(Set(RulePage.all.map(\.name)).count == RulePage.all.count)
  }
}
