internal import PageraceKit
internal import Reports
internal import Semantics
internal import SourceText
internal import Threads

/// Records and replays the stored counterexamples of the models that `pagerace test` runs.
struct CounterexampleKeeper {
  /// Something to say about a stored counterexample.
  enum News {
    /// It does not fail any more as it did; with its path, and the row that it belongs to.
    case changed(path: String, title: String, String)
    /// It belongs to no row any more; with its path.
    case stale(path: String, String)
    /// Its file cannot be read, or written; with its path.
    case trouble(path: String, String, ExitStatus)
  }

  /// Whether violations that are expected are recorded.
  let records: Bool
  /// The folder that the user names; nil for the one beside each model.
  private let folder: CounterexampleFolder?
  /// How many are replayed at a time.
  private let jobCount: Int
  /// When the time for the whole run is over; nil if it has none.
  private let deadline: ContinuousClock.Instant?
  /// The numbers so far.
  private(set) var tally = StoredTally()
  /// The folders with counterexamples of the models so far, and for each the modules that were looked at, by
  /// the absolute paths of their files.
  private var modules: [(folder: CounterexampleFolder, names: [String: String])] = []

  /// Creates a keeper.
  init(folder: String?, records: Bool, jobCount: Int, deadline: ContinuousClock.Instant?) {
    self.folder = folder.map { CounterexampleFolder(path: $0) }
    self.records = records
    self.jobCount = jobCount
    self.deadline = deadline
    if records { tally.recorded = (0, 0, 0) }
  }

  private func folder(of model: Model) -> CounterexampleFolder {
    folder ?? CounterexampleFolder(besideModel: model.path)
  }

  // MARK: - Recording

  /// Makes the folders for the models' counterexamples, if any are to be recorded; otherwise, looks whether
  /// the folder that the user names is there.
  ///
  /// - Throws: `unwritable` or `unreadable` with the reason.
  func prepare(for models: [Model]) throws(LoadError) {
    guard records else {
      if let folder, !folder.exists {
        throw .unreadable(path: folder.path, reason: "there is no such folder")
      }
      return
    }
    for folder in models.map({ folder(of: $0) }).uniqued() { try folder.prepare() }
  }

  /// Records the violation that a run has found, if that is to be done.
  mutating func record(_ run: FinishedRun, of model: Model) -> [News] {
    guard records, case .violated = run.result.verdict else { return [] }
    let folder = folder(of: model)
    guard let stored = StoredCounterexample(run, of: model) else {
      let title = "\(model.path): \(run.description.title)"
      return [
        .trouble(
          path: model.path,
          "the counterexample of '\(title)' is not recorded: "
            + "a limit was reached before the best one was known",
          .inconclusive)
      ]
    }
    let path = folder.path(of: stored)
    var portable = run
    portable.description.stored = folder.portablePath(of: stored)
    do {
      if let owner = try? StoredCounterexample(path: path),
        owner.module != stored.module, CounterexampleFolder.model(of: owner, at: folder.path) != nil
      {
        return [
          .trouble(
            path: path,
            "'\(path)' belongs to the module '\(owner.module)', and "
              + "'\(stored.module)' would replace it; rename one of them", .rejected)
        ]
      }
      let isNew = try folder.store(stored, diagram: portable.report(model.catalog))
      tally.recorded?.all += 1
      if isNew { tally.recorded?.new += 1 }
      return []
    } catch {
      return [.trouble(path: path, error.description, error.status)]
    }
  }

  // MARK: - Replaying

  /// Replays all stored counterexamples of a model, and says which are not as they were.
  ///
  /// When the run is interrupted or its time is over, the rest is counted and left alone.
  mutating func replay(_ open: OpenModel) -> [News] {
    let folder = folder(of: open.model)
    let module = open.model.modulePath
    note(module, at: open.path, in: folder)
    let files = folder.files(ofModule: module)
    var news: [News] = []
    var known: Set<String> = []
    performInOrder(files.count, threadCount: min(jobCount, files.count)) { [deadline] index in
      Self.look(at: files[index], open, deadline)
    } deliver: { index, answer in
      if let name = answer.name { known.insert(name) }
      news += take(answer, of: files[index])
    }
    // A model that lies just anywhere below a repository has nothing to do with its counterexamples.
    let isAtHome = FileAccess.absolute(open.path).contains("/Models/")
    if !known.isEmpty || folder.exists && (isAtHome || self.folder != nil) {
      tally.missing += open.program.checks.filter { !$0.isLarge }.flatMap { check in
        check.rows.filter { $0.expectation != "pass" }
          .map { RowJob($0, of: check, in: open).storedName }
      }.count { !known.contains($0) }
    }
    return news
  }

  /// What a look at a stored counterexample has shown.
  private enum Answer: Sendable {
    case foreign
    case same(name: String)
    case changed(name: String, title: String, String)
    case stale(name: String, String)
    case damaged(String)
    case notReplayed(name: String)

    /// What the row's files are called, if it belongs to the module.
    var name: String? {
      switch self {
      case .foreign, .damaged: nil
      case .same(let name), .changed(let name, _, _), .stale(let name, _), .notReplayed(let name):
        name
      }
    }
  }

  private static func look(
    at path: String, _ open: OpenModel, _ deadline: ContinuousClock.Instant?
  ) -> Answer {
    do {
      let stored = try StoredCounterexample(path: path)
      // Two modules may be called alike in different folders.
      if stored.module != open.model.modulePath { return .foreign }
      let name = stored.name
      if let reason = staleness(of: stored, in: open) { return .stale(name: name, reason) }
      if Interruption.isRequested || deadline.map({ $0 <= .now }) ?? false {
        return .notReplayed(name: name)
      }
      do throws(ReplayProblem) {
        let replay = try open.model.replay(stored, at: path)
        return replay.isSame
          ? .same(name: name) : .changed(name: name, title: stored.title, replay.sentence)
      } catch {
        // What errors a model has, the row itself has said.
        let reason = "cannot be replayed: \(error.sentence(about: open.model))"
        return .changed(name: name, title: stored.title, reason)
      }
    } catch {
      return .damaged(error.description)
    }
  }

  /// Counts an answer, and returns what is to be said about it.
  private mutating func take(_ answer: Answer, of path: String) -> [News] {
    switch answer {
    case .foreign: return []
    case .same: tally.same += 1
    case .notReplayed: tally.notReplayed += 1
    case .changed(_, let title, let text):
      tally.changed += 1
      return [.changed(path: path, title: title, text)]
    case .stale(_, let reason): return drop(path, reason)
    case .damaged(let reason):
      tally.damaged += 1
      return [.trouble(path: path, reason, .rejected)]
    }
    return []
  }

  private mutating func note(_ module: String, at path: String, in folder: CounterexampleFolder) {
    let path = FileAccess.absolute(path)
    if let index = modules.firstIndex(where: { $0.folder == folder }) {
      modules[index].names[path] = module
    } else {
      modules.append((folder, [path: module]))
    }
  }

  /// Returns why no row asks for a counterexample any more; nil if one does.
  private static func staleness(
    of stored: StoredCounterexample, in open: OpenModel
  ) -> String? {
    guard let check = open.program.checks.first(where: { $0.name == stored.check }) else {
      return "there is no check '\(stored.check)' any more"
    }
    let rows = check.rows.filter { RowJob($0, of: check, in: open).storedName == stored.name }
    if rows.isEmpty { return "no row of '\(stored.check)' asks for it any more" }
    if rows.contains(where: { $0.expectation == stored.violation.name }) { return nil }
    return "its row expects \(rows[0].expectation) now, and not \(stored.violation.name)"
  }

  private mutating func drop(_ path: String, _ reason: String) -> [News] {
    guard records else {
      tally.stale += 1
      return [.stale(path: path, reason)]
    }
    do {
      try CounterexampleFolder.remove(path)
      tally.recorded?.removed += 1
      return []
    } catch {
      return [.trouble(path: path, error.description, error.status)]
    }
  }

  // MARK: - Models that are gone

  /// Finds the counterexamples of models that are gone and would lie below one of `paths`, and of models that
  /// are called otherwise now, in the folders of the models so far.
  mutating func orphans(below paths: [String]) -> [News] {
    var news: [News] = []
    for (folder, names) in modules {
      for path in folder.files() {
        guard let stored = try? StoredCounterexample(path: path),
          !names.values.contains(stored.module)
        else { continue }
        if let model = CounterexampleFolder.model(of: stored, at: path) {
          guard let module = names[FileAccess.absolute(model)] else { continue }
          news += drop(path, "its model '\(stored.model)' is the module '\(module)' now")
        } else if folder.home(of: stored, liesBelow: paths) {
          news += drop(path, "its model '\(stored.model)' is gone")
        }
      }
    }
    return news
  }
}

extension RowJob {
  /// What the files of the row's counterexample are called.
  var storedName: String { CounterexampleFolder.name(of: run) }
}
