import Foundation

/// Whether there is time for everything: wherever tests are optimised, and with `LONG_TESTS` set.
///
/// A search that is not optimised takes fifty times as long; then a part is tested of whatever there
/// is much of.
package let isThorough: Bool = {
  #if DEBUG
  ProcessInfo.processInfo.environment["LONG_TESTS"] != nil
  #else
  true
  #endif
}()

extension Array {
  /// All elements if there is time for them, otherwise the first and every `stride`th after it.
  package func sample(every stride: Int) -> [Element] {
    if isThorough { return self }
    return indices.filter { $0.isMultiple(of: stride) }.map { self[$0] }
  }
}
