import Foundation
import TestSupport
import Testing

/// What somebody might hand to the tool: each gets a clear error, soon, and status 2.
@Suite struct HostileInputTests {
  private func check(_ data: Data, _ message: String, named name: String = "a.race") throws {
    let scratch = try Scratch()
    try scratch.write(data, to: name)
    for command in ["check", "format"] {
      let start = ContinuousClock.now
      let run = try ToolRun(command, name, in: scratch.folder)
      #expect(run.status == 2, "\(command): \(run.error.prefix(300))")
      #expect(run.output == "")
      #expect(run.error.contains(message), "\(run.error.prefix(300))")
      #expect(run.error.utf8.count < 20_000)
      // Debug builds on a busy machine; the point is that it ends.
      #expect(start.duration(to: .now) < .seconds(60))
    }
  }

  @Test("a missing file")
  func missing() throws {
    let run = try ToolRun("check", "nowhere.race")
    #expect(run.status == 2)
    #expect(run.error == "pagerace: error: there is no file 'nowhere.race'\n")
    #expect(try ToolRun("test", "nowhere").status == 2)
    #expect(try ToolRun("format", "nowhere").status == 2)
  }

  @Test("a folder")
  func folder() throws {
    let scratch = try Scratch()
    let run = try ToolRun("check", ".", in: scratch.folder)
    #expect(run.status == 2)
    #expect(run.error == "pagerace: error: '.' is a folder, but a model is a file\n")
    let test = try ToolRun("test", ".", in: scratch.folder)
    #expect(test.status == 2)
    #expect(test.error == "pagerace: error: there is no .race file in the folder '.'\n")
  }

  @Test("a device that never ends")
  func endless() throws {
    let run = try ToolRun("check", "/dev/zero")
    #expect(run.status == 2)
    #expect(run.error.contains("is larger than"))
  }

  @Test("an empty file")
  func empty() throws {
    let scratch = try Scratch()
    try scratch.write("", to: "a.race")
    #expect(try ToolRun("check", "a.race", in: scratch.folder).status == 2)
  }

  @Test("binary data")
  func binary() throws {
    var data = Data("module a\n".utf8)
    data.append(contentsOf: (0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ 128) })
    try check(data, "a.race:")
  }

  @Test("a line of ten megabytes")
  func longLine() throws {
    var text = "module a\nconst N = 1"
    text += String(repeating: " + 1", count: 10_000_000 / 4)
    try check(Data(text.utf8), "error")
  }

  @Test("a hundred thousand open braces")
  func openBraces() throws {
    let text = "module a\nfn f() " + String(repeating: "{", count: 100_000)
    try check(Data(text.utf8), "a.race:")
  }

  @Test("a hundred thousand open parentheses, and as many closing braces")
  func parentheses() throws {
    let text = "module a\nconst N = " + String(repeating: "(", count: 100_000)
    try check(Data(text.utf8), "a.race:")
    try check(Data(("module a\n" + String(repeating: "}", count: 100_000)).utf8), "a.race:")
  }

  @Test("a number of a thousand digits")
  func hugeNumber() throws {
    let text = "module a\nconst N = " + String(repeating: "9", count: 1_000) + "\n"
    try check(Data(text.utf8), "number")
  }

  @Test("imports that go in a circle")
  func cycle() throws {
    let scratch = try Scratch()
    try scratch.write("module a\nimport b\n", to: "a.race")
    try scratch.write("module b\nimport c\n", to: "b.race")
    try scratch.write("module c\nimport a\n", to: "c.race")
    let run = try ToolRun("check", "a.race", in: scratch.folder)
    #expect(run.status == 2)
    #expect(run.error.contains("c.race:2:8: error: imports go in a circle: a -> b -> c -> a"))
    #expect(run.error.contains("[import-cycle]"))
    try scratch.write("module d\nimport d\n", to: "d.race")
    #expect(try ToolRun("check", "d.race", in: scratch.folder).status == 2)
  }

  @Test("an unknown module says where it was looked for and what was meant")
  func unknownModule() throws {
    let scratch = try Scratch()
    try scratch.write("module a\nimport kernel.pgae\n", to: "Models/x/a.race")
    try scratch.write("module kernel.page\n", to: "Models/kernel/page.race")
    let run = try ToolRun("check", "Models/x/a.race", in: scratch.folder)
    #expect(run.status == 2)
    #expect(run.error.contains("there is no module 'kernel.pgae' [unknown-module]"))
    #expect(run.error.contains("did you mean 'kernel.page'?"))
    #expect(run.error.contains("looked for kernel/pgae.race in Models/x, Models"), "\(run.error)")
  }

  @Test("many errors are counted, not all shown")
  func manyErrors() throws {
    let text = "module a\n" + (0..<500).map { "const A\($0) = nothing\($0)\n" }.joined()
    let scratch = try Scratch()
    try scratch.write(text, to: "a.race")
    let run = try ToolRun("check", "a.race", in: scratch.folder)
    #expect(run.status == 2)
    #expect(run.error.contains("480 more errors not shown"))
  }

  @Test("an importing file finds modules whatever folder the tool runs in")
  func moduleSearch() throws {
    let scratch = try Scratch()
    let text =
      "module sys.a\nimport kernel.page_flags\ncheck c = s { expect pass }\n"
      + "scenario s { task t { skip } }\n"
    try scratch.write(text, to: "Models/sys/a.race")
    try scratch.write("module kernel.page_flags\n", to: "Models/kernel/page-flags.race")
    #expect(try ToolRun("check", "Models/sys/a.race", in: scratch.folder).status == 0)
    #expect(
      try ToolRun("check", "a.race", in: scratch.folder.appending(path: "Models/sys")).status == 0)
    let absolute = scratch.folder.appending(path: "Models/sys/a.race").path()
    #expect(try ToolRun("check", absolute).status == 0)
  }

  @Test("a folder that cannot be looked into is not passed over", arguments: ["test", "format"])
  func unreadableFolder(command: String) throws {
    let scratch = try Scratch()
    let model = "module a\nscenario s { task t { skip } }\ncheck c = s { expect pass }\n"
    try scratch.write(model, to: "Models/a.race")
    try scratch.write(model, to: "Models/sub/b.race")
    // Whoever is allowed everything cannot go into a folder whose path is too long, either.
    let run = try ToolRun(
      script: """
        chmod 0 Models/sub
        name=$(printf 'long%.0s' 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25)
        upper=Models/deep
        lower=below
        for level in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22
        do upper=$upper/$name; lower=$lower/$name; done
        mkdir -p $upper $lower && mv below $upper
        "$PAGERACE" \(command) Models
        status=$?
        chmod 700 Models/sub && rm -rf Models/deep
        exit $status
        """, in: scratch.folder)
    #expect(run.status == 2, "\(run.transcript.prefix(2_000))")
    #expect(run.error.contains("cannot read 'Models/"), "\(run.error.prefix(500))")
    #expect(try ToolRun(command, "Models", in: scratch.folder).status == 0)
  }

  @Test("a state that is far too large")
  func largeState() throws {
    let scratch = try Scratch()
    try scratch.write(
      """
      module big
      var rows: 0..65535[20][1000]
      scenario s { task t { choose i in 0..999; choose j in 0..19; rows[i][j] = 7 } }
      check wide = s { expect pass }

      """, to: "big.race")
    let run = try ToolRun("check", "big.race", in: scratch.folder)
    #expect(run.status == 2, "\(run.transcript.prefix(2_000))")
    #expect(run.output == "")
    #expect(
      run.error.hasPrefix(
        """
        big.race:4:7: error: a state of this check has 40008 bytes, but at most 32768 are possible \
        [state-too-large]
         4 | check wide = s { expect pass }
           |       ^~~~

        """), "\(run.error)")
    #expect(try ToolRun("explain", "state-too-large").status == 0)
  }
}
