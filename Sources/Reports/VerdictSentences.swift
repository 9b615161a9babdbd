internal import Exploration
internal import Machine
internal import SourceText

/// What a verdict without a trace says: what was explored, what that proves, and what it does not.
struct VerdictSentences {
  private let result: SearchResult
  private let system: TransitionSystem
  private let catalog: SourceCatalog

  init(_ result: SearchResult, of system: TransitionSystem, catalog: SourceCatalog) {
    self.result = result
    self.system = system
    self.catalog = catalog
  }

  /// The sentences, each a paragraph of its own; none if there is a violation, which has a report.
  var sentences: [String] {
    switch result.verdict {
    case .holds:
      let properties = VerdictText.judged(system)
      return [exhaustive] + (properties.isEmpty ? [] : [properties])
    case .violated: return []
    case .inconclusive(let reason): return inconclusive(reason)
    case .vacuous(let unreached, let unjudged): return vacuous(unreached, unjudged)
    }
  }

  private var exhaustive: String {
    "\(VerdictText.covered(result.statistics)); every state visited, compared whole"
  }

  private func inconclusive(_ reason: StopReason) -> [String] {
    var texts = [
      "\(VerdictText.stop(reason)), so nothing is proved; nothing wrong was found so far"
    ]
    if let count = result.switchesRuledOut, count > 0 {
      texts = [
        "\(VerdictText.stop(reason)), so it is not proved; nothing wrong was found so far, and "
          + VerdictText.ruledOut(count)
      ]
    }
    let frontier = result.statistics.frontier
    texts.append(
      VerdictText.covered(result.statistics)
        + (frontier == 0
          ? "" : "; \(VerdictText.count(frontier, "state")) found but not looked into"))
    let missing = system.properties.indices.filter { index in
      system.properties[index].kind == .reachable && !result.witnessed.contains(PropertyID(index))
    }
    if !missing.isEmpty {
      texts.append("not reached so far: \(names(missing.map { PropertyID($0) }))")
    }
    return texts
  }

  private func vacuous(_ unreached: [PropertyID], _ unjudged: [PropertyID]) -> [String] {
    if result.statistics.states == 0 {
      return ["there is no initial state: nothing satisfies the choices of the scenario"]
    }
    var texts = ["nothing is violated, but the check proves less than it says:"]
    for id in unreached {
      texts.append(
        "reachable '\(system[id].name)' is never true (\(catalog.shortPlace(of: system[id].span)))")
    }
    for id in unjudged {
      texts.append(
        "finally '\(system[id].name)' is never judged, for no state is at rest "
          + "(\(catalog.shortPlace(of: system[id].span)))")
    }
    return texts + [exhaustive]
  }

  private func names(_ ids: [PropertyID]) -> String {
    ids.map { system[$0].name }.joined(separator: ", ")
  }
}
