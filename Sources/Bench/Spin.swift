/// SPIN: depth first, exact, without reductions, and without the optimisations that change the counts.
package struct Spin: Checker {
  /// What it is called in tables.
  package let name = "SPIN"
  let id = "spin"

  func takes(_ system: BenchmarkSystem) -> Bool { true }

  func prepare(
    _ system: BenchmarkSystem, in folder: String, of workshop: Workshop
  ) throws(BenchError) -> any PreparedChecker {
    let spin = try workshop.find("spin", remedy: "apt-get install spin")
    let (generation, options) = try write(system, in: folder, of: workshop)
    let generator = try workshop.run(
      spin, ["-a", "-o1", "-o2", "-o3"] + options + ["model.pml"], in: folder)
    let seconds = try CCompiler(workshop).compile(
      "pan.c", to: "pan", ["-DSAFETY", "-DNOREDUCE", "-DMEMLIM=20000"], in: folder)
    return CompiledChecker(
      workshop: workshop, program: "\(folder)/pan",
      arguments: ["-m\(Self.depth(of: system))", "-w\(system.tableLogarithm)"], folder: folder,
      buildSeconds: generation + generator.wallSeconds + seconds, read: Self.read)
  }

  /// Writes the model, and returns how long that took, in seconds, and the options for the system's size.
  private func write(
    _ system: BenchmarkSystem, in folder: String, of workshop: Workshop
  ) throws(BenchError) -> (seconds: Double, options: [String]) {
    let path = "\(folder)/model.pml"
    if let forms = system.forms {
      try workshop.write(try workshop.text(of: "spin/\(forms.family).pml"), to: path)
      return (0, ["-D\(forms.parameter)=\(forms.size)"])
    }
    let export = try workshop.run(
      workshop.executable,
      [
        "export", "--promela", "\(workshop.models)/\(system.path)", "--check", system.check,
        "--output", path,
      ])
    return (export.wallSeconds, [])
  }

  /// How long the way of the depth-first search can get.
  ///
  /// Philosophers who never end make it nearly as long as there are states; elsewhere the stack, for which
  /// memory is taken, can be shorter.
  private static func depth(of system: BenchmarkSystem) -> Int {
    system.forms?.family == "phil" ? max(1_000_000, system.known?.states ?? 0) : 1_000_000
  }

  /// Reads `81 states, stored`, `217 transitions` and `errors: 0`; nil if the search was cut.
  ///
  /// SPIN counts the way to the initial state as a transition.
  package static func read(_ output: String) -> Reading? {
    guard output.contains("errors: 0"), !output.contains("max search depth too small"),
      !output.contains("Search not completed"),
      let states = output.firstMatch(of: /([0-9]+) states, stored/).flatMap({ Int($0.1) }),
      let transitions = output.firstMatch(of: /([0-9]+) transitions \(/).flatMap({ Int($0.1) })
    else { return nil }
    return Reading(states: states, transitions: transitions - 1)
  }
}
