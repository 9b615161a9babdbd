import Foundation
import TestSupport
import Testing

/// `pagerace catalogue`, run as its users run it.
@Suite struct CatalogueCommandTests {
  private let model = """
    /// Two tasks draw a number each.
    ///
    /// Open T03: A number that is drawn and never used. Nothing here
    /// uses numbers.
    /// Source: the manual, chapter 3.
    module two_numbers

    /// As posted. The next version had one step.
    ///
    /// Source: tickets V1, draw(); the *review* by A. N. Other.
    bug T01 load_and_store "The number is read | and written in two steps."

    bug S01 draws_nothing "No number is drawn."

    /// Source: tickets V1: found while reading.
    /// Answer: Yes, but nobody sees it. A task that draws twice is not modelled.
    bug T05 second_draw "The number is drawn again."

    option limit: 2..3 = 2 "how many numbers there are"

    var next: 0..3

    fn draw() {
        if draws_nothing { return }
        unless load_and_store { atomic next += 1 }
        else { next += 1 }
    }

    scenario two_tasks {
        task left { draw() }
        task right { draw() }

        finally all_are_different {
            // } of two numbers: one each
            next == 2
        }
    }

    /// Claim T02: Two tasks need no lock if a number is drawn in one step (T01).
    /// Source: tickets V2, a question in the review.
    check drawing = two_tasks {
        expect pass
        with limit = 3 expect pass
        T01 expect all_are_different
        T01 with limit = 3 expect all_are_different
        T05 expect pass
        S01 expect all_are_different
    }

    """

  private func scratch(_ text: String) throws -> Scratch {
    let scratch = try Scratch()
    try scratch.write(text, to: "Models/two_numbers.race")
    try scratch.write("", to: "docs/empty")
    return scratch
  }

  @Test("the page has words, numbers and links")
  func page() throws {
    let scratch = try scratch(model)
    let run = try ToolRun("catalogue", in: scratch.folder)
    #expect(run.transcript == "--- exit status 0\n")
    let url = scratch.folder.appending(path: "docs/catalogue.md")
    try expectGolden(try String(contentsOf: url, encoding: .utf8), "Golden/catalogue.md")
    let printed = try ToolRun(
      "catalogue", "Models/two_numbers.race", "--output", "-", in: scratch.folder)
    #expect(printed.status == 0)
    #expect(printed.output.contains("](Models/two_numbers.race)"))
    #expect(
      try ToolRun("catalogue", "--check", in: scratch.folder).transcript == "--- exit status 0\n")
  }

  @Test("a page that is not up to date is named, with the line, and is left alone")
  func outOfDate() throws {
    let scratch = try scratch(model)
    #expect(try ToolRun("catalogue", in: scratch.folder).status == 0)
    let url = scratch.folder.appending(path: "docs/catalogue.md")
    let page = try String(contentsOf: url, encoding: .utf8)
    for (old, new) in [("As posted", "As published"), (" 4 | 1 |", " 5 | 1 |"), ("\n\n", "\n")] {
      let changed = page.replacing(old, with: new, maxReplacements: 1)
      #expect(changed != page)
      try scratch.write(changed, to: "docs/catalogue.md")
      let run = try ToolRun("catalogue", "--check", in: scratch.folder)
      #expect(run.status == 1, "\(old)")
      #expect(
        run.output.wholeMatch(of: /docs\/catalogue\.md:\d+: is not what the models say\n/) != nil,
        "\(run.output)")
      #expect(try String(contentsOf: url, encoding: .utf8) == changed)
    }
    try FileManager.default.removeItem(at: url)
    #expect(try ToolRun("catalogue", "--check", in: scratch.folder).status == 2)
  }

  @Test("nothing is written if a row does not come out as it expects, or not at all")
  func differs() throws {
    let wrong = try scratch(
      model.replacing("T05 expect pass", with: "T05 expect all_are_different"))
    let run = try ToolRun("catalogue", in: wrong.folder)
    #expect(run.status == 1)
    #expect(run.error.contains("drawing with T05"), "\(run.error)")
    #expect(run.error.contains("expected all_are_different, but it is pass"), "\(run.error)")
    let right = try scratch(model)
    #expect(try ToolRun("catalogue", "--max-states", "2", in: right.folder).status == 3)
    for scratch in [wrong, right] {
      let url = scratch.folder.appending(path: "docs/catalogue.md")
      #expect(!FileManager.default.fileExists(atPath: url.path()))
    }
  }

  @Test(
    "what a comment says in vain is refused",
    arguments: [
      (
        "/// Source: tickets V1: found", "/// Sources: tickets V1: found",
        "'Sources:' in the comment of the bug 'T05' is no remark"
      ),
      (
        "/// Claim T02: Two", "/// Claim: Two",
        "'Claim:' in the comment of the check 'drawing' is no remark"
      ),
      (
        "/// As posted.", "/// Claim T04: As posted.",
        "'Claim' in the comment of the bug 'T01' says nothing"
      ),
      (
        "/// Open T03: A", "/// Claim T03: A",
        "'Claim' in the comment of the module says nothing"
      ),
      (
        "/// As posted.", "/// Pairs: As posted.",
        "'Pairs' in the comment of the bug 'T01' says nothing"
      ),
      (
        "/// Open T03: A", "/// Pairs: A",
        "'Pairs' in the comment of the module says nothing"
      ),
      (
        "/// Claim T02: Two", "/// Answer: Two",
        "'Answer' in the comment of the check 'drawing' says nothing"
      ),
    ])
  func remarks(_ old: String, _ new: String, _ message: String) throws {
    let text = model.replacing(old, with: new)
    #expect(text != model)
    let scratch = try scratch(text)
    let run = try ToolRun("catalogue", in: scratch.folder)
    #expect(run.status == 2)
    #expect(run.error.contains(message), "\(run.error)")
    // It matters to the catalogue alone.
    #expect(try ToolRun("test", "Models", in: scratch.folder).status == 0)
  }

  @Test("a place for the page that cannot be written is named before anything is explored")
  func place() throws {
    let wrong = try scratch(
      model.replacing("T05 expect pass", with: "T05 expect all_are_different"))
    let folder = try ToolRun("catalogue", "--output", "no/page.md", in: wrong.folder)
    #expect(
      folder.transcript == """
        --- standard error
        pagerace: error: cannot write 'no/page.md': there is no such folder
        --- exit status 2

        """)
    let path = "Models/two_numbers.race"
    let source = try ToolRun("catalogue", "--output", path, in: wrong.folder)
    #expect(source.status == 2)
    #expect(source.error.contains("it is the model '\(path)'"), "\(source.error)")
    if FileManager.default.fileExists(atPath: "/dev/full") {
      let right = try scratch(model)
      let lost = try ToolRun("catalogue", "--output", "/dev/full", in: right.folder)
      #expect(lost.status == 70, "\(lost.transcript)")
    }
  }

  @Test("what cannot be read, written or found is named")
  func files() throws {
    let scratch = try scratch(model)
    let folder = try ToolRun("catalogue", "--output", "nowhere/page.md", in: scratch.folder)
    #expect(folder.status == 2)
    #expect(folder.error.contains("there is no such folder"), "\(folder.error)")
    #expect(try ToolRun("catalogue", "nowhere", in: scratch.folder).status == 2)
    let broken = try scratch.write("module broken\nfn f( {\n", to: "Models/broken.race")
    #expect(try ToolRun("catalogue", in: scratch.folder).status == 2)
    try FileManager.default.removeItem(at: broken)
    try scratch.write(
      "module plain\nscenario s { task t { skip } }\ncheck c = s { expect pass }\n",
      to: "plain.race")
    let plain = try ToolRun("catalogue", "plain.race", in: scratch.folder)
    #expect(plain.status == 2)
    #expect(plain.error.contains("no comment says where a mistake is known from"), "\(plain.error)")
  }
}
