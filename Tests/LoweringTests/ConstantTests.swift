import Machine
import TestSupport
import Testing

/// What the lowering takes out of the state because its value never changes.
@Suite struct ConstantTests {
  private let text = """
    module m
    task var mark: 0..3
    task var link: task?
    var sum: 0..3
    scenario s {
        task a { mark = 2; atomic sum += 1 }
        task b { atomic { choose t in task where t.mark == 2; t.link = nil; sum += 1 } }
        invariant marks { count(t in task where t.mark == 2) <= 1 }
        invariant links { all t in task: t.link == nil }
        finally both { sum == 2 }
    }
    check c = s { expect pass }
    """

  @Test("a variable to which only its default is stored needs no bits")
  func widths() throws {
    let system = try #require(ModelRunner(text)).system
    let widths = Dictionary(
      system.variables.map { ($0.name, $0.width) }, uniquingKeysWith: { first, _ in first })
    #expect(widths["a.mark"] == 2)
    #expect(widths["b.mark"] == 0)
    #expect(widths["a.link"] == 0)
    #expect(widths["b.link"] == 0)
    #expect(widths["sum"] == 2)
  }

  @Test("and reads as that default")
  func value() throws {
    let result = try #require(ModelRunner(text)).search()
    #expect(result.outcome == "holds")
    let wrong = text.replacing("t.mark == 2) <= 1", with: "t.mark == 0) <= 1")
    #expect(try #require(ModelRunner(wrong)).search().outcome == "marks")
  }
}
