import Foundation

/// A shell script that tests run in the place of some program.
package enum ExecutableScript {
  /// Writes a script that its owner can run.
  ///
  /// Another process writes it: a file that this one has open for writing is open in every child that
  /// another test starts in that moment too, and the system runs no file that somebody may write to.
  package static func write(_ text: String, to path: String) throws {
    let writer = try Process.run(
      URL(filePath: "/bin/sh"),
      arguments: [
        "-c", #"printf '#!/bin/sh\n%s\n' "$1" > "$2" && chmod 700 "$2""#, "sh", text, path,
      ])
    writer.waitUntilExit()
    guard writer.terminationStatus == 0 else { throw CocoaError(.fileWriteUnknown) }
  }
}
