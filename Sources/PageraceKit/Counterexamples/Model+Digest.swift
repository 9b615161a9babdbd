internal import SourceText
internal import Syntax

extension Model {
  /// What tells whether the model has changed: a hash of the words of all its files.
  ///
  /// Comments and layout do not matter, nor do the places of the files.
  ///
  /// - Complexity: linear in the size of the files.
  public var digest: String {
    var hash = ContentHash()
    for (index, file) in catalog.files.enumerated() {
      for token in Lexer.tokens(of: file, as: FileID(index)).0.tokens {
        // Where a line begins, a statement may end.
        hash.add([token.startsLine ? 1 : 0])
        hash.add(Array(file.bytes[Int(token.lower)..<Int(token.upper)]) + [0xFF])
      }
      hash.add([0xFE])
    }
    return "sha256:" + hash.finish()
  }
}
