internal import PageraceKit
internal import Reports

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// The documents that a command is making.
struct ReportSet {
  private struct Document {
    let request: ReportOutputs.Request
    var renderer: any ReportRenderer
  }

  private var documents: [Document]

  /// Begins empty documents.
  init(_ requests: [ReportOutputs.Request], _ context: ReportContext) {
    documents = requests.map { Document(request: $0, renderer: $0.format.renderer(context)) }
  }

  /// Finds out whether the files can be written and are none of `models`, and complains about the first that
  /// cannot or is.
  func areWritable(sparing models: [String], _ console: Console) -> Bool {
    documents.compactMap(\.request.path).allSatisfy { console.canWrite(to: $0, sparing: models) }
  }

  /// Adds a run to all of them.
  mutating func add(_ run: ReportedRun) {
    for index in documents.indices { documents[index].renderer.add(run) }
  }

  /// Adds a model of which nothing can be run to all of them.
  mutating func add(_ model: RejectedModel) {
    for index in documents.indices { documents[index].renderer.add(model) }
  }

  /// Adds a stored counterexample that is not what it was to all of them.
  mutating func add(_ problem: StoredProblem) {
    for index in documents.indices { documents[index].renderer.add(problem) }
  }

  /// Writes them, files first, and returns the exit status: `status`, unless one could not be written.
  ///
  /// A file is written whole or not at all.
  func write(_ status: ExitStatus, _ console: Console) -> ExitStatus {
    var status = status
    for document in documents {
      for omission in document.renderer.omissions {
        console.remark("\(document.request.format.name): \(omission)")
      }
      guard let path = document.request.path else { continue }
      do {
        try FileAccess.write(document.renderer.render(exitStatus: status.rawValue), to: path)
      } catch {
        console.complain(error.description)
        status = .combined([status, error.status])
      }
    }
    for document in documents where document.request.path == nil {
      console.print(document.renderer.render(exitStatus: status.rawValue))
    }
    return status
  }
}

extension ReportContext {
  /// Creates the context of a command, with what `pagerace explain` knows.
  init(command: String, hasMeasurements: Bool = false, showsStates: Bool = false) {
    self.init(
      command: command, toolVersion: Version.tool, hasMeasurements: hasMeasurements,
      showsStates: showsStates,
      pages: RulePage.all.filter { $0.kind == .violation }
        .map { ViolationPage(name: $0.name, summary: $0.summary, text: $0.text) },
      folder: FileManager.default.currentDirectoryPath)
  }
}
