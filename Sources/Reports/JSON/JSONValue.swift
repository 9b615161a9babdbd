/// A piece of JSON whose keys are only known when it is made.
indirect enum JSONValue: Encodable, ExpressibleByStringLiteral, ExpressibleByStringInterpolation,
  ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral
{
  /// An object; it is written with sorted keys.
  case object([String: JSONValue])
  /// A list.
  case array([JSONValue])
  /// A string.
  case string(String)
  /// A number.
  case integer(Int)
  /// `true` or `false`.
  case boolean(Bool)

  private struct Name: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(_ text: String) { stringValue = text }
    init?(stringValue: String) { self.init(stringValue) }
    init?(intValue: Int) { nil }
  }

  init(stringLiteral text: String) { self = .string(text) }
  init(integerLiteral number: Int) { self = .integer(number) }
  init(booleanLiteral value: Bool) { self = .boolean(value) }
  init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  init(dictionaryLiteral entries: (String, JSONValue)...) {
    self = .object(Dictionary(entries, uniquingKeysWith: { $1 }))
  }

  func encode(to encoder: any Encoder) throws {
    switch self {
    case .object(let entries):
      var container = encoder.container(keyedBy: Name.self)
      for (key, value) in entries { try container.encode(value, forKey: Name(key)) }
    case .array(let elements):
      var container = encoder.unkeyedContainer()
      for element in elements { try container.encode(element) }
    case .string(let text):
      var container = encoder.singleValueContainer()
      try container.encode(text)
    case .integer(let number):
      var container = encoder.singleValueContainer()
      try container.encode(number)
    case .boolean(let value):
      var container = encoder.singleValueContainer()
      try container.encode(value)
    }
  }
}

extension [String: JSONValue] {
  /// Adds a value under a key unless there is none.
  mutating func set(_ key: String, _ value: JSONValue?) {
    if let value { self[key] = value }
  }
}
