import Machine
import TestSupport
import Testing

/// The words that a system keeps for reports: texts of statements, and names of locals.
@Suite struct TextTests {
  private func system(_ body: String) throws -> TransitionSystem {
    try #require(ModelRunner("module m\n\(body)\ncheck c = s { expect pass }")).system
  }

  @Test("a long text is cut behind a statement")
  func cutStatements() throws {
    let system = try system(
      """
      var first: 0..3
      var second_name_that_is_long: 0..3
      scenario s {
          task a { atomic { first = 1; second_name_that_is_long = 2; first = 3; first = 2 } }
          task b { first = 2 }
      }
      """)
    #expect(
      system.steps.map(\.label).contains("atomic { first = 1; second_name_that_is_long = 2; ..."))
  }

  @Test("a long statement is cut between two words")
  func cutWords() throws {
    let system = try system(
      """
      var first: 0..3
      var second_name_that_is_long: 0..3
      scenario s {
          task a {
              await first == 1 || second_name_that_is_long == 2 || second_name_that_is_long == 3
          }
          task b { first = 1; second_name_that_is_long = 2 }
      }
      """)
    let labels = system.steps.map(\.label)
    #expect(labels.contains("await first == 1 || second_name_that_is_long == 2 || ..."))
    #expect(labels.allSatisfy { $0.count <= 60 })
  }

  @Test("a local has its own name, not that of what was loaded into it")
  func localNames() throws {
    let system = try system(
      """
      var n: 0..3
      fn add(amount: 0..1) {
          let known = n
          n = known + amount
      }
      scenario s {
          task a { add(1) }
          task b { add(1) }
      }
      """)
    let locals = system.processes.flatMap(\.locations).flatMap(\.locals)
    #expect(locals.map(\.name).contains("known"))
    #expect(!locals.map(\.name).contains("n"))
    #expect(locals.allSatisfy { $0.function == "add" })
  }
}
