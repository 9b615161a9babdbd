internal import Machine
internal import SourceText

/// Where a reader looks for a step: in the model itself rather than in a library.
enum SourcePlace {
  /// Returns `span`, or if that lies in an imported file, the innermost call in the model's own file.
  static func own(_ span: SourceSpan, _ frames: [Step.Frame]) -> SourceSpan {
    let root = FileID(0)
    if span.file == root { return span }
    return frames.last { $0.span.file == root }?.span ?? span
  }
}

extension SourceCatalog {
  /// Returns where a reader looks for a step: `page.race:12`.
  ///
  /// That is in the model's own file, or if it has no part in it, in another one of its folder, where the
  /// systems are of which it is made; a library is the last place.
  func ownPlace(of span: SourceSpan, _ frames: [Step.Frame]) -> String {
    let own = SourcePlace.own(span, frames)
    if own.file == FileID(0) || files.isEmpty { return shortPlace(of: own) }
    let home = folder(of: FileID(0))
    let near = (frames.map(\.span) + [span]).last { folder(of: $0.file) == home }
    return shortPlace(of: near ?? own)
  }

  private func folder(of file: FileID) -> Substring {
    let path = self[file].path
    return path[..<(path.lastIndex(of: "/") ?? path.startIndex)]
  }

  /// Returns the file's name without its folders, and the line: `page.race:12`.
  func shortPlace(of span: SourceSpan) -> String {
    let place = place(of: span)
    return place.split(separator: "/").last.map(String.init) ?? place
  }
}
