import Foundation
import Machine
import PageraceKit
import SourceText
import Testing

/// SPIN, where it is installed.
enum Spin {
  /// SPIN and a compiler; nil if one of them is missing.
  static let tools: SpinTools? = try? SpinTools.find(
    searchPath: ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", compiler: nil,
    temporaryFolder: NSTemporaryDirectory().trimmingSuffix("/"))

  /// Why tests that need it are left out.
  static let absence: Comment = "SPIN or a C compiler is not installed"

  /// A catalog that knows one file without text, which systems made by hand refer to.
  static var catalog: SourceCatalog {
    var catalog = SourceCatalog()
    _ = catalog.add(SourceFile(path: "test.race", text: ""))
    return catalog
  }
}

extension String {
  fileprivate func trimmingSuffix(_ suffix: String) -> String {
    hasSuffix(suffix) && count > suffix.count ? String(dropLast(suffix.count)) : self
  }
}
