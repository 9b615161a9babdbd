internal import PageraceKit
internal import Reports
internal import SourceText

/// `pagerace replay`: runs stored counterexamples again, on the models as they are today.
struct ReplayCommand: Command {
  static let description = CommandDescription(
    name: "replay",
    overview: "Runs stored counterexamples again, on the models as they are today.",
    discussion: [
      """
      Nothing is searched: the recorded schedule is followed, step by step, as far as the model still \
      has it. The answer is one of: it still fails with the same violation; it fails differently; it \
      now passes; or it is no longer feasible, and why. Of a single counterexample the diagram is shown.
      """,
      """
      The exit status is 1 if something fails, 0 if all pass, and 3 if one is no longer feasible or cannot \
      be judged. A schedule that passes proves nothing about others: 'pagerace check' does.
      """,
    ],
    argument: .init(
      name: "<file>", help: "A stored counterexample, or a folder with some.", count: 1...Int.max),
    options: [
      .option("--model", "<file>", "The model, if it is not where it was."),
      .flag("--states", "Show the whole state after each step, and every step."),
    ])

  private let paths: [String]
  private let model: String?
  private let showsStates: Bool

  init(_ arguments: ParsedArguments) throws(UsageError) {
    paths = arguments.positionals
    model = arguments["--model"]
    showsStates = arguments.has("--states")
  }

  func run(_ console: Console) -> ExitStatus {
    var models: [String: Model] = [:]
    var statuses: [ExitStatus] = []
    let files = paths.flatMap { path in
      let below = CounterexampleFolder.files(below: path)
      if below?.isEmpty == true {
        console.complain("there is no counterexample in the folder '\(path)'")
        statuses.append(.rejected)
      }
      return below ?? [path]
    }
    for file in files {
      if Interruption.isRequested {
        statuses.append(.inconclusive)
        break
      }
      statuses.append(replay(file, showsReport: files.count == 1, &models, console))
    }
    return .combined(statuses)
  }

  private func replay(
    _ file: String, showsReport: Bool, _ models: inout [String: Model], _ console: Console
  ) -> ExitStatus {
    do throws(CounterexampleError) {
      let stored = try StoredCounterexample(path: file)
      guard let model = findModel(of: stored, at: file, &models, console) else { return .rejected }
      do throws(ReplayProblem) {
        let replay = try model.replay(stored, at: file)
        show(replay, of: file, showsReport: showsReport, console)
        return Self.status(of: replay.answer)
      } catch {
        complain(error, about: file, model, console)
        return .rejected
      }
    } catch {
      console.complain(error.description)
      return .rejected
    }
  }

  /// Returns the model of a counterexample, read once; says so and returns nil if there is none.
  private func findModel(
    of stored: StoredCounterexample, at file: String, _ models: inout [String: Model],
    _ console: Console
  ) -> Model? {
    guard let path = model ?? CounterexampleFolder.model(of: stored, at: file) else {
      console.complain(
        "the model of '\(file)' is gone: there is no '\(stored.model)' in a folder above it; "
          + "if it has moved, name it with --model")
      return nil
    }
    if let known = models[path] { return known }
    do {
      let model = try Model(path: path)
      models[path] = model
      return model
    } catch {
      console.complain(error.description)
      return nil
    }
  }

  private func complain(
    _ problem: ReplayProblem, about file: String, _ model: Model, _ console: Console
  ) {
    if case .rejected(let diagnostics) = problem {
      console.show(diagnostics, in: model.catalog)
    } else {
      console.complain("'\(file)' cannot be replayed: \(problem.sentence(about: model))")
    }
  }

  private func show(
    _ replay: CounterexampleReplay, of file: String, showsReport: Bool, _ console: Console
  ) {
    let style: Paint.Style =
      switch replay.answer {
      case .same, .different: .bad
      case .passes: .good
      case .restless, .infeasible: .warning
      }
    // One line, however long, so that scripts find it.
    console.print(console.outputPaint("\(file): \(replay.sentence)", style) + "\n")
    if replay.hasChanged {
      let how = replay.changes.map { "; it was followed \($0)" } ?? ""
      console.print("  the model has changed since it was recorded\(how)\n")
    }
    if let detour = replay.detour { console.print("  \(detour)\n") }
    if replay.finding == nil {
      console.print("  another schedule may still fail: \(replay.description.command)\n")
    }
    let reportStyle = TextReport.Style(
      width: console.width, showsStates: showsStates, paint: console.outputPaint)
    if showsReport, let report = replay.report(style: reportStyle) { console.print("\n" + report) }
  }

  private static func status(of answer: CounterexampleReplay.Answer) -> ExitStatus {
    switch answer {
    case .same, .different: .violated
    case .passes: .holds
    case .restless, .infeasible: .inconclusive
    }
  }
}
