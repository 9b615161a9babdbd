#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif
internal import NativeCode

/// A folder of its own for everything that is made on the way, and the programs that are run in it.
public struct Workshop: Sendable {
  /// One run of a program that has ended well.
  struct Run: Sendable {
    /// What it printed.
    let output: String
    /// The status with which it ended.
    let status: Int32
    /// From its start to its end.
    let wallSeconds: Double
    /// The time that it spent on processors, in the system too.
    let cpuSeconds: Double
    /// The most memory that was resident.
    let peakBytes: Int
  }

  /// Where the `.race` models lie, with the other checkers' models in folders beside them.
  let models: String
  /// The folder for temporary files; ``remove()`` takes it away.
  let folder: String
  /// The program that measures, which is the one to be measured too.
  let executable: String
  private let searchPath: String
  private let isCancelled: @Sendable () -> Bool

  /// Makes the folder.
  ///
  /// - Parameters:
  ///   - models: The folder with the models.
  ///   - systems: The systems that are needed; their models must be there.
  ///   - temporary: Where temporary files may be made.
  ///   - executable: The path of `pagerace`.
  ///   - searchPath: Where to look for programs: folders with colons between them.
  ///   - isCancelled: Asked again and again while a program runs; it is ended if the answer is yes.
  /// - Throws: ``BenchError/missingModels(folder:)``, ``BenchError/unwritable(path:)``.
  public init(
    models: String, systems: [BenchmarkSystem], temporary: String, executable: String,
    searchPath: String,
    isCancelled: @escaping @Sendable () -> Bool
  ) throws(BenchError) {
    let root = URL(filePath: models, directoryHint: .isDirectory).path
    for system in systems {
      guard FileManager.default.fileExists(atPath: "\(root)/\(system.path)") else {
        throw .missingModels(folder: models)
      }
    }
    self.models = root
    self.executable = executable
    self.searchPath = searchPath
    self.isCancelled = isCancelled
    folder = "\(temporary)/pagerace-bench-\(UUID().uuidString)"
    try make(folder)
  }

  /// Takes the folder away, with all that is in it.
  public func remove() { try? FileManager.default.removeItem(atPath: folder) }

  /// Makes a folder in the workshop, which only the user can enter, and returns its path.
  func makeFolder(_ name: String) throws(BenchError) -> String {
    let path = "\(folder)/\(name)"
    try make(path)
    return path
  }

  private func make(_ path: String) throws(BenchError) {
    do {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch { throw .unwritable(path: path) }
  }

  /// Returns the text of a model.
  func text(of path: String) throws(BenchError) -> String {
    guard let data = FileManager.default.contents(atPath: "\(models)/\(path)") else {
      throw .missingModels(folder: models)
    }
    return String(decoding: data, as: UTF8.self)
  }

  /// Writes a file.
  func write(_ text: String, to path: String) throws(BenchError) {
    guard FileManager.default.createFile(atPath: path, contents: Data(text.utf8)) else {
      throw .unwritable(path: path)
    }
  }

  /// Returns the path of a program.
  func find(_ program: String, remedy: String) throws(BenchError) -> String {
    guard let path = ProgramSearch.find(program, in: searchPath) else {
      throw .missingProgram(program, remedy: remedy)
    }
    return path
  }

  /// Runs a program to its end, in a folder if one is named, and measures it.
  ///
  /// - Throws: ``BenchError/failed(program:status:output:)`` if it ends with a status that is not `expected`.
  func run(
    _ program: String, _ arguments: [String], in folder: String? = nil,
    environment: [String: String] = [:], expected: Set<Int32> = [0]
  ) throws(BenchError) -> Run {
    if isCancelled() { throw .interrupted }
    let all = ["PATH": searchPath, "LC_ALL": "C", "TMPDIR": self.folder]
      .merging(environment, uniquingKeysWith: { $1 })
    let clock = ContinuousClock()
    let start = clock.now
    let child: ChildProcess
    do {
      child = try ChildProcess(
        program, arguments, in: folder, environment: all.map { "\($0)=\($1)" }.sorted(),
        outputLimit: 4 << 20)
    } catch { throw .failed(program: program, status: -1, output: error.message) }
    while true {
      child.poll()
      guard child.status == nil else { break }
      if isCancelled() {
        child.end()
        throw .interrupted
      }
      child.sleep(milliseconds: 50)
    }
    let wall = (clock.now - start) / .seconds(1)
    guard let status = child.status, expected.contains(status), let usage = child.usage else {
      if isCancelled() { throw .interrupted }
      throw .failed(program: program, status: child.status ?? -1, output: child.text)
    }
    return Run(
      output: child.text, status: status, wallSeconds: wall,
      cpuSeconds: usage.userSeconds + usage.systemSeconds,
      peakBytes: usage.peakBytes)
  }
}
