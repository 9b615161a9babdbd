import TestSupport
import Testing
import Tool

@Suite struct ExitStatusTests {
  @Test("the documented numbers do not drift")
  func numbers() throws {
    let table = ExitStatus.allCases.map { "\($0.rawValue) \($0)\n" }.joined()
    try expectGolden(table, "Golden/exit-status.txt")
  }

  @Test("of several statuses the worst one wins")
  func combination() {
    #expect(ExitStatus.combined([]) == .holds)
    #expect(ExitStatus.combined([.holds, .vacuous]) == .vacuous)
    #expect(ExitStatus.combined([.vacuous, .inconclusive]) == .inconclusive)
    #expect(ExitStatus.combined([.inconclusive, .violated]) == .violated)
    #expect(ExitStatus.combined([.violated, .rejected]) == .rejected)
    #expect(ExitStatus.combined([.rejected, .internalError]) == .internalError)
  }
}
