import Foundation
import Testing

/// `pagerace bench` with the peers that are installed.
@Suite struct BenchCommandTests {
  private static let models = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Models/bench")

  @Test("all checkers count the same states and transitions, and leave nothing behind")
  func counts() throws {
    let scratch = try Scratch()
    let run = try ToolRun(
      "bench", "--rounds", "2", "--model", "phil-4,filter-3", "--model", "pagemig-1",
      "--models",
      Self.models.path, environment: ["TMPDIR": scratch.folder.path])
    #expect(run.status == 0, "\(run.error)")
    #expect(run.output.contains("\nAll have counted the same states and transitions.\n"))
    for system in ["phil-4", "filter-3", "pagemig-1"] {
      #expect(run.output.contains("\n\(system) "))
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.folder.path) == [])
  }

  @Test("what is not installed is named, with what would install it, and left out")
  func missing() throws {
    let run = try ToolRun(
      "bench", "--rounds", "1", "--model", "phil-4", "--models", Self.models.path, "--json",
      environment: ["PATH": "/nowhere"])
    #expect(run.status == 0)
    #expect(
      run.error == """
        pagerace: note: left out: C by hand, because 'gcc' is not installed; apt-get install gcc
        pagerace: note: left out: SPIN, because 'spin' is not installed; apt-get install spin
        pagerace: note: left out: Rumur, because 'rumur' is not installed; apt-get install rumur

        """)
    let document = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
    #expect(document?["format"] as? String == "pagerace-bench")
    #expect((document?["complaints"] as? [String]) == [])
    #expect((document?["systems"] as? [Any])?.count == 1)
  }

  @Test("another number of states is found, and is no success")
  func different() throws {
    let scratch = try Scratch()
    let copy = scratch.folder.appending(path: "bench")
    try FileManager.default.copyItem(at: Self.models, to: copy)
    let model = copy.appending(path: "phil.race")
    let text = try String(contentsOf: model, encoding: .utf8)
    let change = "sits(2, 3) + sits(0, 3)"
    #expect(text.contains(change))
    try FileManager.default.removeItem(at: model)
    try Data(text.replacing(change, with: "sits(2, 3)").utf8).write(to: model)
    let run = try ToolRun(
      "bench", "--rounds", "1", "--model", "phil-4", "--models", copy.path,
      environment: ["PATH": "/nowhere"])
    #expect(run.status == 1)
    #expect(run.error.contains("error: phil-4, pagerace: "))
    #expect(run.error.contains("where there are 81 and 216"))
    #expect(!run.output.contains("All have counted"))
  }

  @Test("Ctrl-C ends what runs and takes the temporary files away")
  func interrupted() throws {
    let scratch = try Scratch()
    let run = try ToolRun(
      "bench", "--model", "pagemig-3", "--rounds", "1000", "--models", Self.models.path,
      environment: ["TMPDIR": scratch.folder.path]
    ) { process in
      // Once there is something to take away.
      for _ in 0..<1_000 {
        let found = try FileManager.default.contentsOfDirectory(atPath: scratch.folder.path)
        if !found.isEmpty { break }
        usleep(10_000)
      }
      kill(process, SIGINT)
    }
    #expect(run.status == 3, "\(run.error)")
    #expect(run.error.contains("interrupted"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.folder.path) == [])
  }

  @Test("models that are not there and options that make no sense are told")
  func mistakes() throws {
    let elsewhere = try ToolRun("bench")
    #expect(elsewhere.status == 2)
    #expect(elsewhere.error.contains("in 'Models/bench'; name it with --models"))
    let unknown = try ToolRun("bench", "--model", "pagemig-9")
    #expect(unknown.status == 64)
    #expect(unknown.error.contains("pagemig-4"))
    for rounds in ["0", "-1", "many", "1001"] {
      #expect(try ToolRun("bench", "--rounds", rounds).status == 64)
    }
    #expect(try ToolRun("bench", "--peer", "tlc").status == 64)
    #expect(try ToolRun("bench", "--json", "--markdown").status == 64)
    #expect(try ToolRun("bench", "phil.race").status == 64)
  }
}
