/// What an ``Operation`` does.
///
/// `r` stands for the registers, `s` for the state. Operations that test something name both
/// places to go on at, so that the order of the code does not matter.
enum Opcode: UInt8 {
  // Control.

  /// Goes on at `a`.
  case jump
  /// Goes on at `a` if `r[c]` is not zero, otherwise at `b`.
  case branch
  /// Goes on at `a` if the bits of `s[word]` under `mask` are `bits`, otherwise at `b`.
  case branchField
  /// Goes on at `a` if `r[c] == r[d]`, otherwise at `b`.
  case branchEqual
  /// Goes on at `a` if `r[c] < r[d]`, otherwise at `b`.
  case branchLess
  /// Goes on at `a` if `r[c] <= r[d]`, otherwise at `b`.
  case branchLessOrEqual
  /// Goes on where the table at `a` says for the number in a field, a program counter.
  case dispatch
  /// Sets `r[c]` to a number below `d` and ends as disabled if there is none.
  case choose
  /// Ends as failed with failure `a` if this run was here before in the same state.
  case backEdge
  /// Notes that the coverage point `a` was reached.
  case cover
  /// Ends as disabled.
  case disabled
  /// Ends as failed with failure `a` and the value `r[c]`.
  case fail
  /// Ends with an arrival, a finished prelude, or a readiness that holds.
  case arrived
  /// Stores constant bits as ``storeConstant`` does, and ends with an arrival.
  case arriveAt
  /// Ends with the result `r[c]`.
  case result

  // Data. All but stores write `r[c]`.

  /// `r[a]`
  case move
  /// A field of the state.
  case load
  /// The variable `d + r[a]·b`.
  case loadIndexed
  /// Stores `r[a]` in a field.
  case store
  /// Stores `r[c]` in the variable `d + r[a]·b`.
  case storeIndexed
  /// Replaces the bits of `s[word]` under `mask` by `bits`.
  case storeConstant
  /// 1 if the bits of `s[word]` under `mask` are `bits`, otherwise 0.
  case fieldEqual
  /// `r[a]·d`
  case scale
  /// `r[a]·d + r[b]`
  case multiplyAdd

  // Operators on `r[a]` and, with two operands, `r[b]`.

  case not, negate, bit, populationCount, lowestBit
  case add, subtract, multiply, divide, remainder
  case equal, notEqual, less, lessOrEqual
  case and, or, bitAnd, bitOr, bitAndNot
}

/// One operation of the bytecode: 32 bytes, so that two of them fill a cache line.
///
/// Which of the numbers an operation uses, ``Opcode`` says.
struct Operation {
  var code: Opcode
  /// The number of bits below the field in its word.
  var shift: UInt8 = 0
  /// The index of the field's word.
  var word: UInt16 = 0
  var a: Int32 = 0
  var b: Int32 = 0
  var c: Int32 = 0
  /// The field's bits, moved down to bit zero; in place where `bits` is used.
  var mask: UInt64 = 0
  /// Bits in place, the field's lower bound, or a number.
  var bits: UInt64 = 0

  /// The same memory as ``bits``, where it holds a number.
  var d: Int64 {
    get { Int64(bitPattern: bits) }
    set { bits = UInt64(bitPattern: newValue) }
  }

  /// Creates an operation.
  init(_ code: Opcode, a: Int32 = 0, b: Int32 = 0, c: Int32 = 0, d: Int64 = 0) {
    self.code = code
    self.a = a
    self.b = b
    self.c = c
    self.bits = UInt64(bitPattern: d)
  }
}

/// Where a variable lies, for places that compute an index.
struct FieldEntry {
  var mask: UInt64
  var lower: Int64
  var word: Int32
  var shift: Int32
}
