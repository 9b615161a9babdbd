internal import Exploration
internal import Machine

/// The states of a trace as one table: all values that occur, and what each step changes.
struct StateTable {
  /// A value's place in the table.
  struct Key: Hashable, Encodable {
    let owner: String
    let name: String
  }

  /// A value that a step gives; nil if there is none any more.
  struct Difference: Encodable {
    let key: Int
    let value: String?

    func encode(to encoder: any Encoder) throws {
      var list = encoder.unkeyedContainer()
      try list.encode(key)
      try list.encode(value)
    }
  }

  /// The values that occur: those of one owner stand together.
  let keys: [Key]
  /// The values in the initial state.
  let initial: [String?]
  /// What each step changes.
  let differences: [[Difference]]

  init(_ analysis: TraceAnalysis) {
    let states = [analysis.finding.trace.initialValues] + analysis.records.map(\.after)
    let groups = states.map { StateText.groups(of: $0, in: analysis) }
    var owners: [String] = []
    var names: [String: [String]] = [:]
    for group in groups {
      Self.merge(group.map(\.owner), into: &owners)
      for (owner, fields) in group {
        Self.merge(fields.map(\.name), into: &names[owner, default: []])
      }
    }
    let keys = owners.flatMap { owner in
      (names[owner] ?? []).map { Key(owner: owner, name: $0) }
    }
    let indexes = Dictionary(uniqueKeysWithValues: keys.enumerated().map { ($1, $0) })
    let rows = groups.map { group in
      var row = [String?](repeating: nil, count: keys.count)
      for (owner, fields) in group {
        for field in fields {
          if let index = indexes[Key(owner: owner, name: field.name)] { row[index] = field.value }
        }
      }
      return row
    }
    self.keys = keys
    initial = rows[0]
    differences = zip(rows, rows.dropFirst()).map { before, after in
      keys.indices.filter { before[$0] != after[$0] }
        .map { Difference(key: $0, value: after[$0]) }
    }
  }

  /// Adds what is new in `list`, each behind the one that it follows there.
  private static func merge(_ list: [String], into known: inout [String]) {
    if known == list { return }
    var end = 0
    for name in list {
      if let index = known.firstIndex(of: name) {
        end = index + 1
      } else {
        known.insert(name, at: end)
        end += 1
      }
    }
  }
}
