internal import SourceText

/// What can be wrong with the remarks in comments.
extension Diagnostic {
  /// Returns an error: a remark stands in the comment of `owner`, where it says nothing.
  static func misplacedRemark(
    _ keyword: Remarks.Keyword, in owner: String, reason: String, at span: SourceSpan
  ) -> Diagnostic {
    Diagnostic(
      rule: "misplaced-remark",
      message: "'\(keyword.rawValue)' in the comment of \(owner) says nothing", span: span,
      help: reason)
  }

  /// Returns an error: a line of the comment of `owner` begins nearly like a remark.
  static func unclearRemark(
    _ found: String, meant: String, in owner: String, at span: SourceSpan
  ) -> Diagnostic {
    Diagnostic(
      rule: "unclear-remark",
      message: "'\(found)' in the comment of \(owner) is no remark", span: span,
      help: "did you mean '\(meant)'?")
  }
}
