/// The id of an entry, such as `B25a`: a series, a number in it, and perhaps a letter.
struct CatalogueID: Hashable {
  /// The letters in front.
  var series: String
  /// The number.
  var number: Int
  /// The letters behind.
  var suffix: String

  /// Creates an id of its parts.
  init(series: String, number: Int, suffix: String) {
    self.series = series
    self.number = number
    self.suffix = suffix
  }

  /// Reads an id; nil if `text` has another form.
  init?(_ text: String) {
    let series = text.prefix { $0.isASCII && $0.isLetter }
    let digits = text.dropFirst(series.count).prefix { $0.isASCII && $0.isNumber }
    let suffix = text.dropFirst(series.count + digits.count)
    guard !series.isEmpty, let number = Int(digits),
      suffix.allSatisfy({ $0.isASCII && $0.isLetter })
    else { return nil }
    self.series = String(series)
    self.number = number
    self.suffix = String(suffix)
  }

  /// Whether the id `first` comes before `second`: by series, number and letter, other forms last.
  static func precedes(_ first: String, _ second: String) -> Bool {
    switch (CatalogueID(first), CatalogueID(second)) {
    case (let a?, let b?):
      (a.series, a.number, a.suffix) < (b.series, b.number, b.suffix)
    case (.some, nil): true
    case (nil, .some): false
    case (nil, nil): first < second
    }
  }

  /// Returns the numbers that no id has, of each series with more than one id, up to its largest.
  ///
  /// They are written with as many digits as the ids of the series have at least. Series with an id among
  /// `others` have none: the models give those numbers themselves.
  static func gaps(in ids: [String], except others: [String] = []) -> [String] {
    let others = Set(others.compactMap { CatalogueID($0)?.series })
    var known: [String: Set<Int>] = [:]
    var width: [String: Int] = [:]
    for text in ids {
      guard let id = CatalogueID(text) else { continue }
      known[id.series, default: []].insert(id.number)
      let digits = text.count - id.series.count - id.suffix.count
      width[id.series] = min(width[id.series] ?? digits, digits)
    }
    return known.keys.sorted().flatMap { series -> [String] in
      guard let numbers = known[series], numbers.count > 1, let last = numbers.max(), last < 1000,
        !others.contains(series)
      else { return [] }
      return (1...max(last, 1)).filter { !numbers.contains($0) }.map { number in
        let digits = String(number)
        return series + String(repeating: "0", count: max(0, (width[series] ?? 0) - digits.count))
          + digits
      }
    }
  }
}
