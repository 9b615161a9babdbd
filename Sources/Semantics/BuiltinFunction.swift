/// A function that the language has without a declaration.
enum BuiltinFunction: String, CaseIterable {
  case readOnce = "READ_ONCE"
  case writeOnce = "WRITE_ONCE"
  case testAndSet = "test_and_set"
  case testAndClear = "test_and_clear"
  case exchange = "xchg"
  case compareExchange = "cmpxchg"
  case decrementAndTest = "dec_and_test"
  case holders
  case credit
  case debit

  /// How many arguments it takes.
  var argumentCount: Int {
    switch self {
    case .readOnce, .testAndSet, .testAndClear, .decrementAndTest, .holders, .credit, .debit: 1
    case .writeOnce, .exchange: 2
    case .compareExchange: 3
    }
  }
}
