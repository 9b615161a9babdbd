/// Rumur on one thread, without symmetry reduction.
package struct Rumur: Checker {
  /// What it is called in tables.
  package let name = "Rumur"
  let id = "rumur"

  func takes(_ system: BenchmarkSystem) -> Bool { system.forms != nil }

  func prepare(
    _ system: BenchmarkSystem, in folder: String, of workshop: Workshop
  ) throws(BenchError) -> any PreparedChecker {
    guard let forms = system.forms else { throw .missingModels(folder: workshop.models) }
    let rumur = try workshop.find("rumur", remedy: "apt-get install rumur")
    let text = try workshop.text(of: "rumur/\(forms.family).m")
    let start = "const \(forms.parameter): "
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map {
      $0.hasPrefix(start) ? start + "\(forms.size);" : String($0)
    }
    try workshop.write(lines.joined(separator: "\n"), to: "\(folder)/model.m")
    // Where all tasks have ended nothing moves, and that is no error.
    let generation = try workshop.run(
      rumur,
      [
        "--symmetry-reduction", "off", "--deadlock-detection", "off", "--threads", "1",
        "--output", "model.c", "model.m",
      ], in: folder)
    let seconds = try CCompiler(workshop).compile(
      "model.c", to: "model", ["-std=c11", "-mcx16"], in: folder, libraries: ["-lpthread"])
    return CompiledChecker(
      workshop: workshop, program: "\(folder)/model", arguments: [], folder: folder,
      buildSeconds: generation.wallSeconds + seconds, read: Self.read)
  }

  /// Reads `81 states, 216 rules fired in 0s.`; nil if an error was found.
  package static func read(_ output: String) -> Reading? {
    guard output.contains("No error found"),
      let match = output.firstMatch(of: /(\d+) states, (\d+) rules fired in/),
      let states = Int(match.1), let transitions = Int(match.2)
    else { return nil }
    return Reading(states: states, transitions: transitions)
  }
}
