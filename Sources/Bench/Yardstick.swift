/// The search that was written by hand in C for just these systems.
package struct Yardstick: Checker {
  /// What it is called in tables.
  package let name = "C by hand"
  let id = "c"

  func takes(_ system: BenchmarkSystem) -> Bool { system.forms != nil }

  func prepare(
    _ system: BenchmarkSystem, in folder: String, of workshop: Workshop
  ) throws(BenchError) -> any PreparedChecker {
    guard let forms = system.forms else { throw .missingModels(folder: workshop.models) }
    let seconds = try CCompiler(workshop).compile(
      "\(workshop.models)/c/refmc.c", to: "\(folder)/refmc",
      ["-DMODEL=\(forms.macro)", "-DN=\(forms.size)", "-DEXACT", "-DBATCH=16", "-DHUGE"],
      in: folder)
    return CompiledChecker(
      workshop: workshop, program: "\(folder)/refmc", arguments: ["\(system.tableLogarithm)"],
      folder: folder, buildSeconds: seconds, read: Self.read)
  }

  /// Reads `states=81 transitions=216 s=0.001 …`.
  package static func read(_ output: String) -> Reading? {
    guard let match = output.firstMatch(of: /states=(\d+) transitions=(\d+) s=([0-9.]+)/),
      let states = Int(match.1), let transitions = Int(match.2), let seconds = Double(match.3)
    else { return nil }
    return Reading(
      states: states, transitions: transitions, searchSeconds: seconds > 0 ? seconds : nil)
  }
}
