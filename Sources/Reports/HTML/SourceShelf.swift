internal import Exploration
internal import Machine
internal import SourceText

/// The source files that a page shows, each once however many runs need it.
struct SourceShelf {
  /// A file on the shelf.
  private struct Volume {
    var file: SourceFile
    /// The statements that a search of all states could have reached, and those that some search has.
    var known: Set<SourceSpan> = []
    var reached: Set<SourceSpan> = []
  }

  private var volumes: [Volume] = []

  /// Where something stands: file, first and last line.
  struct Place: Hashable, Encodable {
    let file: Int
    let line: Int
    let endLine: Int

    func encode(to encoder: any Encoder) throws {
      var list = encoder.unkeyedContainer()
      for number in [file, line, endLine] { try list.encode(number) }
    }
  }

  /// Returns the place of `span`, and takes its file onto the shelf.
  mutating func place(of span: SourceSpan, in catalog: SourceCatalog) -> Place {
    let file = catalog[span.file]
    let first = file.position(of: span.lower)
    let last = file.position(of: max(span.lower, span.upper > 0 ? span.upper - 1 : 0))
    return Place(file: index(of: file), line: first.line, endLine: max(first.line, last.line))
  }

  /// Notes what a run has reached of a model's own file.
  ///
  /// What a search that ended early has missed says nothing.
  mutating func note(_ result: SearchResult, of system: TransitionSystem, in catalog: SourceCatalog)
  {
    guard !catalog.files.isEmpty else { return }
    let isComplete =
      switch result.verdict {
      case .holds, .vacuous: true
      case .violated, .inconclusive: false
      }
    let volume = index(of: catalog[FileID(0)])
    for (index, span) in system.coverage.enumerated() where span.file == FileID(0) {
      if isComplete { volumes[volume].known.insert(span) }
      if result.covered.contains(index) { volumes[volume].reached.insert(span) }
    }
  }

  private mutating func index(of file: SourceFile) -> Int {
    let known = volumes.firstIndex { $0.file.path == file.path && $0.file.bytes == file.bytes }
    if let known { return known }
    volumes.append(Volume(file: file))
    return volumes.count - 1
  }

  // MARK: HTML

  /// Returns all files, folded; a script takes them out and puts them beside the steps.
  func markup() -> Markup {
    if volumes.isEmpty { return "" }
    let files = volumes.indices.map { index in
      let volume = volumes[index]
      let missed = missedLines(of: volume)
      let lines = (1...volume.file.lineCount).dropLast(lastLineIsEmpty(volume.file) ? 1 : 0).map {
        line($0, of: volume.file, file: index, isMissed: missed.contains($0))
      }
      return """
        <details class="file" data-file="\(index)"><summary>\(volume.file.path)</summary>
        <pre class="source" id="file-\(index)" data-path="\(volume.file.path)" tabindex="0">\(lines)</pre>
        </details>

        """ as Markup
    }
    let legend: Markup =
      volumes.contains { !$0.known.isSubset(of: $0.reached) }
      ? "<p class=\"legend\">beside a line: no run has come there</p>\n" : ""
    return """
      <section class="sources" id="sources" aria-labelledby="sources-title">
      <h2 id="sources-title">Source</h2>
      \(legend)\(files)</section>

      """
  }

  private func line(_ number: Int, of file: SourceFile, file index: Int, isMissed: Bool) -> Markup {
    let text = file.line(number)
    let code = text.prefix(Self.commentStart(in: text))
    let comment = text.dropFirst(code.count)
    let rest: Markup = comment.isEmpty ? "" : "<i>\(String(comment))</i>"
    let miss: Markup = isMissed ? " class=\"missed\" title=\"no run has reached this\"" : ""
    return "<span id=\"L\(index)-\(number)\"\(miss)><b>\(number)</b>\(String(code))\(rest)\n</span>"
  }

  /// Returns how many characters stand before the comment of a line.
  private static func commentStart(in line: String) -> Int {
    var isString = false
    var previous: Character = " "
    for (index, character) in line.enumerated() {
      if character == "\"" && previous != "\\" { isString.toggle() }
      if !isString && character == "/" && previous == "/" { return index - 1 }
      previous = character
    }
    return line.count
  }

  private func lastLineIsEmpty(_ file: SourceFile) -> Bool {
    file.lineCount > 1 && file.line(file.lineCount).isEmpty
  }

  /// The first lines of the statements that no run has reached.
  private func missedLines(of volume: Volume) -> Set<Int> {
    let missing = volume.known.subtracting(volume.reached)
    return Set(missing.map { volume.file.position(of: $0.lower).line })
  }
}
