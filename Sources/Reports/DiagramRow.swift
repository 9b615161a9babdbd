internal import Exploration
internal import Machine

/// One line of a diagram before it is laid out.
struct DiagramRow {
  /// What the line is.
  enum Kind {
    /// A step, or a part of one.
    case step
    /// The entry of a function: `buffer_migrate_page(page1, page0)`.
    case call
    /// `...` for steps that were left out.
    case elision
    /// What a process waits for when nothing can happen any more.
    case blocked
  }

  /// What the line is.
  var kind: Kind
  /// The process in whose column it stands.
  var process: ProcessID
  /// The steps of the trace that it stands for, by number; zero is the way to the initial state, and nil what
  /// a process would do next.
  var steps: ClosedRange<Int>?
  /// The number of calls around it.
  var depth: Int
  /// What happens.
  var text: String
  /// What changed by it, such as `page0.count 3 -> 2`.
  var changes: [String] = []
  /// What is remarkable about it, behind an arrow.
  var arrow: String?
}
