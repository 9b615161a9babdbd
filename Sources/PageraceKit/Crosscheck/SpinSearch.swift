#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif
#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif
internal import NativeCode
internal import Promela

/// A search by SPIN: from a Promela model to its verifier's report.
struct SpinSearch {
  /// The programs.
  let tools: SpinTools
  /// The longest time for each of the programs.
  let timeout: Duration?
  /// The memory that the verifier may take, in megabytes.
  let memoryMegabytes: Int
  /// Asked many times a second whether to go on.
  let goesOn: () -> Bool

  /// What is known of the search before it begins.
  struct Plan {
    /// Whether to go breadth first, to the shortest violation.
    var isBreadthFirst: Bool
    /// The number of states to expect.
    var stateCount: Int
  }

  /// Why there is no report.
  struct Failure: Error, Hashable, Sendable {
    /// The reason, as a phrase.
    var reason: String
    /// Whether somebody asked to stop.
    var isCancelled = false
  }

  /// Runs SPIN, the compiler, and the verifier in a folder of their own, which is removed afterwards.
  func run(_ model: PromelaModel, _ plan: Plan) throws(Failure) -> PanReport {
    guard let folder = PrivateFiles.makeTemporaryFolder(in: tools.temporaryFolder) else {
      throw Failure(reason: "cannot make a folder in '\(tools.temporaryFolder)'")
    }
    defer { try? FileManager.default.removeItem(atPath: folder) }
    do {
      try model.text.write(toFile: folder + "/model.pml", atomically: false, encoding: .utf8)
    } catch {
      throw Failure(reason: "cannot write to '\(tools.temporaryFolder)'")
    }
    let spin = try perform("spin", tools.spin, spinArguments, in: folder)
    guard FileManager.default.fileExists(atPath: folder + "/pan.c"), !spin.contains("Error:") else {
      throw Failure(reason: "spin refuses the model: \(Self.firstLine(spin))")
    }
    _ = try perform("the compiler", tools.compiler, compilerArguments(model, plan), in: folder)
    let output = try perform("the verifier", folder + "/pan", panArguments(plan), in: folder)
    do {
      return try PanReport(output)
    } catch {
      throw Failure(reason: error.reason)
    }
  }

  /// The arguments that switch everything off that changes the numbers: optimisations of data flow (`-o1`),
  /// elimination of dead variables (`-o2`) and joining of statements (`-o3`).
  private var spinArguments: [String] {
    // SPIN gives its preprocessor to a shell.
    let isPlain = tools.compiler.allSatisfy {
      $0.isASCII && ($0.isLetter || $0.isNumber || "/._+-".contains($0))
    }
    let preprocessor = isPlain ? ["-P\(tools.compiler) -E -x c"] : []
    return preprocessor + ["-a", "-o1", "-o2", "-o3", "model.pml"]
  }

  private func compilerArguments(_ model: PromelaModel, _ plan: Plan) -> [String] {
    // A small search is over before a compiler has optimised.
    let optimization = plan.stateCount < 1_000_000 ? "-O0" : "-O2"
    var arguments = [
      optimization, "-w", "-DSAFETY", "-DNOREDUCE", "-DMEMLIM=\(memoryMegabytes)",
      "-DVECTORSZ=\(max(1024, (model.vectorSize * 2 + 7) / 8 * 8))",
      // Numbers are 64 bits wide here and 32 in SPIN: a sum that needs more must not pass unnoticed.
      "-fsanitize=signed-integer-overflow,shift", "-fsanitize-undefined-trap-on-error",
    ]
    if plan.isBreadthFirst { arguments.append("-DBFS") }
    return arguments + ["-o", "pan", "pan.c"]
  }

  private func panArguments(_ plan: Plan) -> [String] {
    // No way is longer than there are states; a step may be two of SPIN's.
    let depth = min(max(10_000, 2 * plan.stateCount + 1_000), 50_000_000)
    let bits = max(16, Int.bitWidth - (2 * plan.stateCount).leadingZeroBitCount)
    var arguments = ["-n", "-w\(min(bits, 30))"]
    if !plan.isBreadthFirst { arguments.append("-m\(depth)") }
    return arguments
  }

  private func perform(
    _ name: String, _ program: String, _ arguments: [String], in folder: String
  ) throws(Failure) -> String {
    let run = ExternalRun.perform(
      program, arguments, in: folder,
      environment: ["PATH": searchPath, "LC_ALL": "C", "TMPDIR": folder],
      deadline: timeout.map { .now + $0 }, goesOn: goesOn)
    switch run.end {
    case .exited(0): return run.output
    case .exited where name == "the verifier": return run.output
    case .exited(let status):
      throw Failure(reason: "\(name) fails with status \(status): \(Self.firstLine(run.output))")
    case .signalled(let signal) where signal == SIGILL || signal == SIGTRAP:
      throw Failure(reason: "a number in \(name) does not fit 32 bits")
    case .signalled(let signal): throw Failure(reason: "\(name) was ended by signal \(signal)")
    case .timedOut: throw Failure(reason: "\(name) took longer than the time limit")
    case .cancelled: throw Failure(reason: "it was interrupted", isCancelled: true)
    case .notStarted(let reason): throw Failure(reason: "\(name) cannot be started: \(reason)")
    }
  }

  /// The folders of the programs and the system's own, where SPIN and the compiler find theirs.
  private var searchPath: String {
    let own = [tools.spin, tools.compiler].map { FileAccess.folder(of: $0) }
    return (own + ["/usr/local/bin", "/usr/bin", "/bin"]).joined(separator: ":")
  }

  private static func firstLine(_ text: String) -> String {
    let line = text.split(whereSeparator: \.isNewline).first ?? "it says nothing"
    return String(line.filter { $0.isASCII && !$0.isNewline && $0 >= " " }.prefix(200))
  }
}
