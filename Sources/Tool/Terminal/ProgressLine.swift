internal import Exploration
internal import Reports

/// One line on a terminal that shows how far a search has come, once a second.
struct ProgressLine {
  private let title: String
  private let console: Console
  private var nextUpdate = Duration.seconds(1)
  private var isShown = false

  /// Creates a line that begins with `title`; it shows nothing before a second has passed.
  init(title: String, console: Console) {
    self.title = title
    self.console = console
  }

  /// Shows `statistics` if a second has passed since the last time.
  mutating func update(_ statistics: SearchStatistics) {
    guard console.showsProgress, statistics.elapsed >= nextUpdate else { return }
    nextUpdate = statistics.elapsed + .seconds(1)
    isShown = true
    let speed = Int(Double(statistics.states) / (statistics.elapsed / .seconds(1)))
    let text =
      "\(title): \(VerdictText.count(statistics.states, "state")), \(speed)/s, "
      + "depth \(statistics.depth), frontier \(statistics.frontier), "
      + VerdictText.size(statistics.memoryBytes)
    console.printError("\r\u{1B}[K" + text.prefix(79))
  }

  /// Removes the line again.
  func clear() {
    if isShown { console.printError("\r\u{1B}[K") }
  }
}
