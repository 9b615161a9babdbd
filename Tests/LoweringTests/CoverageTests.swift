import Exploration
import Machine
import SourceText
import TestSupport
import Testing

/// Which statements a search counts as reached or not: language rule 15.
@Suite struct CoverageTests {
  /// The statements of a model that no state reaches.
  private func unreached(_ body: String) throws -> [String] {
    let runner = try #require(ModelRunner("module m\n\(body)\ncheck c = s { expect pass }"))
    let covered = try runner.search().covered
    let text = runner.catalog.files[0].bytes
    return runner.system.coverage.enumerated()
      .filter { !covered.contains($0.offset) }
      .map { String(decoding: text[Int($0.element.lower)..<Int($0.element.upper)], as: UTF8.self) }
  }

  @Test("a statement that nothing reaches is counted as such")
  func plain() throws {
    #expect(
      try unreached(
        """
        var n: 0..3
        scenario s {
            task a {
                if n == 2 { n = 3 }
                n = 1
            }
            task b { n = 0 }
        }
        """) == ["n = 3"])
  }

  @Test("an 'unreachable' that is not reached has what it promises")
  func unreachable() throws {
    #expect(
      try unreached(
        """
        word enum entry { none, one, two }
        var n: 0..3
        var e: entry
        scenario s {
            task a {
                if n == 2 { unreachable "nobody stores 2" }
                switch e {
                    case none, one { n = 1 }
                    case two { unreachable "nobody stores that" }
                }
                if n == 3 {
                    let seen = 3
                    unreachable "nor 3"
                }
            }
            task b {
                n = 0
                e = one
            }
        }
        """) == [])
  }

  @Test("what can stop in front of an 'unreachable' is a statement like others")
  func stopsBefore() throws {
    #expect(
      try unreached(
        """
        var n: 0..3
        scenario s {
            task a {
                if n == 2 {
                    await n == 1
                    unreachable "never"
                }
            }
            task b { n = 0 }
        }
        """) == ["await n == 1"])
  }
}
