public import Machine

/// How the state of a system is laid out: the text of `pagerace layout`.
public struct LayoutListing {
  private let system: TransitionSystem

  /// Creates the listing of a system.
  public init(_ system: TransitionSystem) { self.system = system }

  /// Returns the listing; it ends with a newline.
  public func render() -> String {
    let used = system.variables.reduce(0) { $0 + $1.width }
    var text =
      "\(system.name): \(VerdictText.count(system.variables.count, "variable")) in "
      + "\(VerdictText.count(used, "bit")), \(VerdictText.count(system.wordCount, "word")) a state\n"
    let rows = system.variables.filter { $0.width > 0 }
      .sorted { ($0.field.word, $0.field.shift) < ($1.field.word, $1.field.shift) }
    let places = rows.map(place)
    let placeWidth = places.map(\.count).max() ?? 0
    let nameWidth = min(40, rows.map(\.name.count).max() ?? 0)
    for (variable, place) in zip(rows, places) {
      text +=
        "  \(place.padded(to: placeWidth))  \(variable.name.padded(to: nameWidth))  "
        + "\(range(of: variable))\(role(of: variable))\n"
    }
    let constant = system.variables.filter { $0.width == 0 }.map(\.name)
    if !constant.isEmpty {
      text += "  without bits, having one value: "
      text += constant.joined(separator: ", ") + "\n"
    }
    return text
  }

  private func place(of variable: Variable) -> String {
    let low = Int(variable.field.shift)
    let high = low + variable.width - 1
    return "word \(variable.field.word) bit" + (low == high ? " \(low)" : "s \(low)-\(high)")
  }

  private func range(of variable: Variable) -> String {
    switch variable.format {
    case .number, .cpu, .location: "\(variable.lower)..\(variable.upper)"
    case .boolean: "bool"
    case .cases(let names): "{\(names.joined(separator: ", "))}"
    case .reference(let pool): "\(pool)?"
    case .process: "task?"
    case .set: "set"
    }
  }

  private func role(of variable: Variable) -> String {
    switch variable.role {
    case .data: ""
    case .ghost: "  ghost"
    case .local(let process): "  local of \(system[process].name)"
    case .programCounter(let process): "  where \(system[process].name) stands"
    case .live: "  whether it lives"
    case .ledger(let process): "  references of \(system[process].name)"
    case .bookkeeping: "  kept by the machine"
    }
  }
}
