/// The C compiler that makes the peers' programs.
struct CCompiler {
  private let workshop: Workshop
  private let path: String

  /// Finds it.
  init(_ workshop: Workshop) throws(BenchError) {
    self.workshop = workshop
    path = try workshop.find("gcc", remedy: "apt-get install gcc")
  }

  /// Compiles a file for this machine and returns how long that took, in seconds.
  func compile(
    _ file: String, to program: String, _ options: [String], in folder: String,
    libraries: [String] = []
  ) throws(BenchError) -> Double {
    try workshop.run(
      path, ["-O3", "-march=native"] + options + ["-o", program, file] + libraries, in: folder
    ).wallSeconds
  }
}
