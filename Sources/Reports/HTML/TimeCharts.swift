internal import Exploration
internal import Machine

/// What goes on over the time of a trace: who runs, who holds which lock, and how numbers change.
///
/// Every lane is a small drawing with a cell for each state: the initial one, and that after each step.
struct TimeCharts {
  /// A piece of a lane in which nothing changes.
  private struct Run {
    var start: Int
    var length: Int
    var value: Int64
  }

  private let analysis: TraceAnalysis
  private let processes: [ProcessID]
  private let values: [[Int64]]

  /// The most lanes with numbers.
  private static let mostNumbers = 16
  /// How high a lane with numbers is drawn.
  private static let height = 20.0

  /// Prepares the charts; `processes` have their colours by position.
  init(_ analysis: TraceAnalysis, processes: [ProcessID]) {
    self.analysis = analysis
    self.processes = processes
    values = [analysis.finding.trace.initialValues] + analysis.records.map(\.after)
  }

  private var system: TransitionSystem { analysis.system }

  /// Returns the charts.
  func markup() -> Markup {
    let groups: [(String, [Markup])] = [
      ("Who runs", running), ("Who holds what", locks), ("Numbers", numbers),
    ]
    let body = groups.filter { !$0.1.isEmpty }.map { title, lanes -> Markup in
      """
      <div class="lanes" role="group" aria-label="\(title)"><h4>\(title)</h4>
      \(lanes)</div>

      """
    }
    return """
      \(body)<div class="lane axis" aria-hidden="true"><span></span>\
      <span class="ends"><span>start</span><span>step \(analysis.records.count)</span></span>\
      <span></span></div>

      """
  }

  private func color(of process: Int) -> Int {
    (processes.firstIndex { Int($0.index) == process } ?? 0) % DiagramTable.colors
  }

  // MARK: Lanes

  private var running: [Markup] {
    processes.map { process in
      let moves = [Int64(0)] + analysis.records.map { $0.process == process ? 1 : 0 }
      let runs = Self.runs(moves).filter { $0.value == 1 }
      let bars = runs.map { bar($0, color: color(of: Int(process.index)), top: 0.2, bottom: 0.8) }
      let steps = runs.map { Self.range($0) }.joined(separator: ", ")
      return lane(
        system[process].name, bars.joined(), height: "1", label: "moves in steps \(steps)")
    }
  }

  /// A lane for each lock that is held at some time.
  private var locks: [Markup] {
    system.locks.compactMap { lock in
      var bars = Markup()
      var texts: [String] = []
      for process in system.processes.indices {
        let number = Int64(process)
        let whole = values.map { $0[Int(lock.holder.index)] == number + 1 ? Int64(1) : 0 }
        let shared = lock.readers.map { readers in
          values.map { $0[Int(readers.index)] >> number & 1 }
        }
        let held = Self.runs(whole).filter { $0.value == 1 }
        let read = Self.runs(shared ?? []).filter { $0.value == 1 }
        for run in held { bars += bar(run, color: color(of: process), top: 0.15, bottom: 0.85) }
        for run in read { bars += bar(run, color: color(of: process), top: 0.38, bottom: 0.62) }
        if !held.isEmpty || !read.isEmpty {
          let ranges = (held + read).map { Self.range($0) }.joined(separator: ", ")
          texts.append("\(system.processes[process].name) holds it after steps \(ranges)")
        }
      }
      if texts.isEmpty { return nil }
      let holders = Self.runs(values.map { $0[Int(lock.holder.index)] }).map { run in
        (start: run.start, text: holder(run.value))
      }
      return lane(
        lock.name, bars, height: "1", label: texts.joined(separator: "; "), values: holders)
    }
  }

  private func holder(_ value: Int64) -> String {
    let index = Int(value) - 1
    return system.processes.indices.contains(index) ? system.processes[index].name : ""
  }

  /// A lane for each number that changes: counts, ledgers, data.
  private var numbers: [Markup] {
    let owners = Set(system.processes.map(\.name) + system.cpuNames)
    let changing = system.variables.indices.filter { index in
      let variable = system.variables[index]
      guard variable.format == .number, values.contains(where: { $0[index] != values[0][index] })
      else { return false }
      switch variable.role {
      case .data, .ghost:
        // What tasks and CPUs have of their own is noise, unless it decides.
        let owner = variable.name.split(separator: ".").first.map(String.init) ?? ""
        return !owners.contains(owner) || analysis.decisive.contains(VariableID(index))
      case .ledger: return true
      case .local, .programCounter, .live, .bookkeeping: return false
      }
    }
    // The counts of objects come first; a trace with so many numbers is hard to look at anyway.
    let shown = changing.prefix(Self.mostNumbers).map { number(VariableID($0)) }
    if changing.count <= Self.mostNumbers { return shown }
    let rest: Markup = "<p class=\"more\">and \(changing.count - Self.mostNumbers) more</p>\n"
    return shown + [rest]
  }

  private func number(_ id: VariableID) -> Markup {
    let series = values.map { $0[Int(id.index)] }
    let low = series.min() ?? 0
    let high = max(series.max() ?? 1, low + 1)
    let scale = (Self.height - 6) / Double(high - low)
    let runs = Self.runs(series)
    var path = ""
    for run in runs {
      let y = Self.height - 3 - Double(run.value - low) * scale
      path += (run.start == 0 ? "M0 " : "V") + Self.decimal(y) + "H\(run.start + run.length)"
    }
    let label = runs.map { run in
      run.start == 0 ? "\(run.value)" : "\(run.value) from step \(run.start)"
    }.joined(separator: ", then ")
    let line: Markup = "<path class=\"line\" d=\"\(path)\"/>"
    return lane(
      system[id].name, line, height: Self.decimal(Self.height), label: label,
      values: runs.map { (start: $0.start, text: String($0.value)) })
  }

  // MARK: Drawing

  private func lane(
    _ name: String, _ drawing: Markup, height: String, label: String,
    values: [(start: Int, text: String)] = []
  ) -> Markup {
    let width = analysis.records.count + 1
    let value = values.last?.text ?? ""
    let list = values.map { "\($0.start):\($0.text)" }.joined(separator: " ")
    let data: Markup = list.isEmpty ? "" : " data-values=\"\(list)\""
    return """
      <div class="lane"><span class="name">\(name)</span>\
      <svg role="img" aria-label="\(name): \(label)" viewBox="0 0 \(width) \(height)" \
      preserveAspectRatio="none"><rect class="cursor" x="0" y="0" width="1" height="\(height)"/>\
      \(drawing)</svg><span class="value"\(data)>\(value)</span></div>

      """
  }

  private func bar(_ run: Run, color: Int, top: Double, bottom: Double) -> Markup {
    """
    <rect class="c\(color)" x="\(run.start)" y="\(Self.decimal(top))" width="\(run.length)" \
    height="\(Self.decimal(bottom - top))"/>
    """
  }

  /// Returns a number with at most two digits behind the point.
  private static func decimal(_ number: Double) -> String {
    let rounded = (number * 100).rounded() / 100
    return rounded == rounded.rounded() ? String(Int(rounded)) : String(rounded)
  }

  private static func range(_ run: Run) -> String {
    run.length == 1 ? "\(run.start)" : "\(run.start) to \(run.start + run.length - 1)"
  }

  /// Cuts a series where it changes.
  private static func runs(_ series: [Int64]) -> [Run] {
    var runs: [Run] = []
    for (index, value) in series.enumerated() {
      if let last = runs.indices.last, runs[last].value == value {
        runs[last].length += 1
      } else {
        runs.append(Run(start: index, length: 1, value: value))
      }
    }
    return runs
  }
}
