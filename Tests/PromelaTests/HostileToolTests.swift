import Exploration
import Foundation
import Machine
import PageraceKit
import SourceText
import TestSupport
import Testing

/// Programs that stand in for SPIN and the compiler, and do not what they should.
@Suite struct HostileToolTests {
  /// Compares with programs that are shell scripts, in a folder that is looked at afterwards.
  private func outcome(
    spin: String, compiler: String = "exit 0", timeout: Duration = .seconds(120),
    goesOn: @escaping () -> Bool = { true }
  ) throws -> Crosscheck.Outcome {
    let folder = FileManager.default.temporaryDirectory.appending(path: "promela-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, script) in [("spin", spin), ("cc", compiler)] {
      try ExecutableScript.write(script, to: folder.appending(path: name).path)
    }
    let work = folder.appending(path: "work").path
    try FileManager.default.createDirectory(atPath: work, withIntermediateDirectories: false)
    let tools = try SpinTools.find(
      searchPath: folder.path, compiler: nil, temporaryFolder: work)
    let system = TinySystems.philosophers(3)
    let crosscheck = Crosscheck(
      tools: tools, limits: SearchLimits(timeout: timeout), goesOn: goesOn)
    let outcome = crosscheck.compare(
      system, try Search(system).run(), title: "test", catalog: Spin.catalog)
    #expect(try FileManager.default.contentsOfDirectory(atPath: work).isEmpty)
    return outcome
  }

  /// A compiler whose verifier prints these numbers.
  private func compiler(states: Int, transitions: Int, errors: String = "0") -> String {
    """
    cat > pan <<'END'
    #!/bin/sh
    echo 'State-vector 20 byte, depth reached 9, errors: \(errors)'
    echo '   \(states) states, stored'
    echo '   \(transitions) transitions (= stored+matched)'
    END
    chmod +x pan
    """
  }

  @Test("other numbers are a difference, the same ones an agreement")
  func numbers() throws {
    let result = try Search(TinySystems.philosophers(3)).run().statistics
    let (states, transitions) = (result.states, result.transitions)
    let writes = "echo > pan.c"
    let same = compiler(states: states, transitions: transitions + 1)
    #expect(
      try outcome(spin: writes, compiler: same)
        == .agrees(.holds(states: states, transitions: transitions)))
    let more = compiler(states: states + 1, transitions: transitions + 1)
    #expect(
      try outcome(spin: writes, compiler: more)
        == .differs(.holds(states: states + 1, transitions: transitions)))
    let fewer = compiler(states: states, transitions: transitions)
    #expect(
      try outcome(spin: writes, compiler: fewer)
        == .differs(.holds(states: states, transitions: transitions - 1)))
  }

  @Test("a violation that only SPIN finds is a difference")
  func violation() throws {
    let lying =
      compiler(states: 5, transitions: 5, errors: "1")
      .replacing("echo 'State", with: "echo 'pan:1: invalid end state (at depth 3)'\necho 'State")
    #expect(
      try outcome(spin: "echo > pan.c", compiler: lying)
        == .differs(.violated("deadlock", steps: 3)))
  }

  @Test("programs that fail, crash, hang or say nothing prove nothing", .timeLimit(.minutes(5)))
  func failures() throws {
    let bad: [(spin: String, compiler: String)] = [
      ("echo 'spin: Error: no' >&2; exit 1", "exit 0"), ("kill -SEGV $$", "exit 0"),
      ("exit 0", "exit 0"), ("echo > pan.c", "echo 'pan.c: error' >&2; exit 1"),
      ("echo > pan.c", "exit 0"),
      ("echo > pan.c", "printf '#!/bin/sh\\nkill -ILL $$\\n' > pan; chmod +x pan"),
      ("echo > pan.c", "printf '#!/bin/sh\\nyes | head -c 9000000\\n' > pan; chmod +x pan"),
    ]
    for programs in bad {
      let outcome = try outcome(spin: programs.spin, compiler: programs.compiler)
      guard case .inconclusive = outcome else {
        Issue.record("\(programs): \(outcome)")
        continue
      }
    }
    #expect(
      try outcome(spin: "sleep 100", timeout: .milliseconds(200))
        == .inconclusive("SPIN: spin took longer than the time limit"))
  }

  @Test("nothing is left behind when somebody asks to stop", .timeLimit(.minutes(5)))
  func interruption() throws {
    var questions = 0
    let outcome = try outcome(spin: "sleep 100") {
      questions += 1
      return questions < 5
    }
    #expect(outcome == .inconclusive("SPIN: it was interrupted"))
  }

  @Test("missing programs are named, with the way to get them")
  func missing() {
    #expect(throws: SpinTools.Missing.spin) {
      try SpinTools.find(searchPath: "/nowhere", compiler: nil, temporaryFolder: "/tmp")
    }
    #expect(SpinTools.Missing.spin.advice.contains("apt-get install spin"))
    #expect(SpinTools.Missing.compiler(nil).advice.contains("apt-get install gcc"))
  }
}
