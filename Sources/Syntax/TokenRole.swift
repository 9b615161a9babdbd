/// What the formatter has to know about a token and cannot see by its kind.
enum TokenRole: UInt8 {
  /// Nothing.
  case plain
  /// A sign before its operand: no space follows.
  case prefix
  /// A bracket or question mark that belongs to the word before it: no space between them.
  case attached
  /// A word or sign in the middle of something: on a new line it is indented.
  case inner
  /// The start of a row of a check.
  case row
}
