internal import Reports

/// How many stored counterexamples there are, and what became of them.
struct StoredTally {
  /// How many still fail with the same violation.
  var same = 0
  /// How many do not.
  var changed = 0
  /// How many belong to no row any more.
  var stale = 0
  /// How many cannot be read.
  var damaged = 0
  /// How many were not replayed, because the run ended early.
  var notReplayed = 0
  /// How many expected violations were found that are not stored, although others are.
  var missing = 0
  /// How many were recorded, how many of those are new or differ from what was there, and how many were
  /// removed; nil if none was to be.
  var recorded: (all: Int, new: Int, removed: Int)?

  /// One sentence with all numbers that are not zero; nil if there is nothing to say.
  var summary: String? {
    var parts: [String] = []
    if same > 0 { parts.append("\(same) fail\(same == 1 ? "s" : "") the same way") }
    if changed > 0 { parts.append("\(changed) do\(changed == 1 ? "es" : "") not") }
    if stale > 0 { parts.append("\(stale) belong\(stale == 1 ? "s" : "") to no row any more") }
    if damaged > 0 { parts.append("\(damaged) cannot be read") }
    if notReplayed > 0 { parts.append("\(notReplayed) not replayed") }
    if missing > 0 { parts.append("\(VerdictText.count(missing, "violation")) not stored") }
    if let recorded {
      parts.insert(
        "\(recorded.all) recorded (\(recorded.new) new or changed, \(recorded.removed) removed)",
        at: 0)
    }
    return parts.isEmpty ? nil : "counterexamples: " + parts.joined(separator: ", ")
  }
}
