import Foundation
import TestSupport
import Testing

@Suite struct MistakeTests {
  @Test(
    "a mistake on the command line is named, with what was probably meant",
    arguments: [
      ("chekc a.race", "unknown command 'chekc'; did you mean 'check'?"),
      ("simulate a.race", "unknown command 'simulate'"),
      ("--verison", "unknown option '--verison'; did you mean '--version'?"),
      ("help fromat", "unknown command 'fromat'; did you mean 'format'?"),
      ("check a.race --bugs B01", "unknown option '--bugs'; did you mean '--bug'?"),
      ("check a.race -x", "unknown option '-x'"),
      ("check", "missing argument '<file>'"),
      ("check a.race --check", "'--check' needs a value: --check <name>"),
      ("check a.race --check=", "'--check' needs a value: --check <name>"),
      ("check a.race --json=yes", "'--json' takes no value"),
      ("check a.race --check a --check b", "'--check' is given more than once"),
      ("check a.race --timeout soon", "'soon' is no value for '--timeout'; expected a time,"),
      ("check a.race --timeout 0", "'0' is no value for '--timeout'"),
      ("check a.race --max-states -1", "'--max-states' needs a value"),
      ("check a.race --max-states 5X", "'5X' is no value for '--max-states'"),
      ("check a.race --max-memory 99999999999999999999", "is no value for '--max-memory'"),
      ("check a.race -D limit", "'limit' is no value for '-D'; expected an option with its value"),
      ("check a.race --color red", "'red' is no value for '--color'; expected auto, always, never"),
      ("check a.race --json --states", "'--json' and '--states' cannot be used together"),
      ("steps a.race b.race", "unexpected argument 'b.race'"),
      ("explain not-a-rule", "there is no rule 'not-a-rule'"),
      ("explain unknwon-name", "did you mean 'unknown-name'?"),
    ])
  func usage(_ line: String, _ message: String) throws {
    let words = line.split(separator: " ").map(String.init)
    let run = try ToolRun(words)
    #expect(run.status == 64)
    #expect(run.output == "")
    #expect(run.error.hasPrefix("pagerace: error: "))
    #expect(run.error.contains(message), "\(run.error)")
  }

  @Test(
    "a wrong name for something in a model is named too",
    arguments: [
      ("--check tow", "'counter.race' has no check 'tow'; did you mean 'two'?"),
      ("--check xyz", "'counter.race' has no check 'xyz'; it has two, limited"),
      ("--bug C03", "'counter.race' has no bug 'C03'; did you mean 'C01'?"),
      ("--bug load_and_stor", "did you mean 'load_and_store'?"),
      ("-D limti=3", "'counter.race' has no option 'limti'; did you mean 'limit'?"),
      ("-D limit=9", "limit"),
      ("-D limit=many", "limit"),
    ])
  func names(_ line: String, _ message: String) throws {
    let words = ["check", "counter.race"] + line.split(separator: " ").map(String.init)
    let run = try ToolRun(words, in: ToolRun.golden)
    #expect(run.status == 2)
    #expect(run.output == "")
    #expect(run.error.contains(message), "\(run.error)")
  }

  @Test("values can be attached or follow, and '--' ends the options")
  func forms() throws {
    let golden = ToolRun.golden
    let plain = try ToolRun(
      "check", "counter.race", "--check", "two", "-D", "limit=3", in: golden)
    #expect(plain.status == 0)
    let others = [
      ["check", "--check=two", "-Dlimit=3", "counter.race"],
      ["check", "--check=two", "-D=limit=3", "--", "counter.race"],
    ]
    for words in others { #expect(try ToolRun(words, in: golden).output == plain.output) }
  }
}
