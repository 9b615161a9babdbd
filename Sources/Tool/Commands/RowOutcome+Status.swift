internal import PageraceKit

extension RowOutcome {
  /// The exit status that a row stands for on its own.
  var status: ExitStatus {
    switch self {
    case .asExpected: .holds
    case .different: .violated
    case .inconclusive: .inconclusive
    case .vacuous: .vacuous
    }
  }
}
