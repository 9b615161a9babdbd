internal import PageraceKit
internal import Reports
internal import Semantics
internal import SourceText

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
  /// The numbers so far.
  private(set) var tally = StoredTally()
  /// The folders with counterexamples of the models so far, and for each the modules that were looked at.
  private var modules: [(folder: CounterexampleFolder, names: Set<String>)] = []

  /// Creates a keeper.
  init(folder: String?, records: Bool) {
    self.folder = folder.map { CounterexampleFolder(path: $0) }
    self.records = records
    if records { tally.recorded = (0, 0, 0) }
  }

  private func folder(of model: Model) -> CounterexampleFolder {
    folder ?? CounterexampleFolder(besideModel: model.path)
  }

  // MARK: - Recording

  /// Makes the folders for the models' counterexamples, if any are to be recorded.
  ///
  /// - Throws: `unwritable` with the system's reason.
  func prepare(for models: [Model]) throws(LoadError) {
    guard records else { return }
    for folder in models.map({ folder(of: $0) }).uniqued() { try folder.prepare() }
  }

  /// Records the violation that a run has found, if that is to be done.
  mutating func record(_ run: FinishedRun, of model: Model) -> [News] {
    guard records, let stored = StoredCounterexample(run, of: model) else { return [] }
    let folder = folder(of: model)
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
      return [.trouble(path: path, error.description, .internalError)]
    }
  }

  // MARK: - Replaying

  /// Replays all stored counterexamples of a model, and says which are not as they were.
  mutating func replay(_ open: OpenModel) -> [News] {
    let folder = folder(of: open.model)
    let module = open.model.modulePath
    note(module, in: folder)
    var news: [News] = []
    var known: Set<String> = []
    for path in folder.files(ofModule: module) {
      do {
        let stored = try StoredCounterexample(path: path)
        // Two modules may be called alike in different folders.
        if stored.module != module { continue }
        known.insert(stored.name)
        if let reason = staleness(of: stored, in: open, at: path) {
          news += drop(path, reason)
        } else {
          news += replay(stored, at: path, on: open.model)
        }
      } catch {
        tally.damaged += 1
        news.append(.trouble(path: path, error.description, .rejected))
      }
    }
    if !known.isEmpty {
      tally.missing += open.program.checks.filter { !$0.isLarge }.flatMap { check in
        check.rows.filter { $0.expectation != "pass" }
          .map { RowJob($0, of: check, in: open).storedName }
      }.count { !known.contains($0) }
    }
    return news
  }

  private mutating func note(_ module: String, in folder: CounterexampleFolder) {
    if let index = modules.firstIndex(where: { $0.folder == folder }) {
      modules[index].names.insert(module)
    } else {
      modules.append((folder, [module]))
    }
  }

  private mutating func replay(
    _ stored: StoredCounterexample, at path: String, on model: Model
  ) -> [News] {
    do throws(ReplayProblem) {
      let replay = try model.replay(stored, at: path)
      if replay.isSame {
        tally.same += 1
        return []
      }
      tally.changed += 1
      return [.changed(path: path, title: stored.title, replay.sentence)]
    } catch {
      // What errors a model has, the row itself has said.
      tally.changed += 1
      let reason = "cannot be replayed: \(error.sentence(about: model))"
      return [.changed(path: path, title: stored.title, reason)]
    }
  }

  /// Returns why no row asks for a counterexample any more; nil if one does.
  private func staleness(
    of stored: StoredCounterexample, in open: OpenModel, at path: String
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
      return [.trouble(path: path, error.description, .internalError)]
    }
  }

  // MARK: - Models that are gone

  /// Finds the counterexamples of models that are gone and would lie below one of `paths`, in the folders of
  /// the models so far.
  mutating func orphans(below paths: [String]) -> [News] {
    var news: [News] = []
    for (folder, names) in modules {
      for path in folder.files() {
        guard let stored = try? StoredCounterexample(path: path), !names.contains(stored.module),
          CounterexampleFolder.model(of: stored, at: path) == nil,
          folder.home(of: stored, liesBelow: paths)
        else { continue }
        news += drop(path, "its model '\(stored.model)' is gone")
      }
    }
    return news
  }
}

extension RowJob {
  /// What the files of the row's counterexample are called.
  var storedName: String { CounterexampleFolder.name(of: run) }
}
