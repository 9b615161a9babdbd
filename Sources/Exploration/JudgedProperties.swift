internal import Machine

/// Where the properties of a system are judged.
struct JudgedProperties {
  /// The properties to judge in every state, in the order of declaration: a `reachable` may be false there,
  /// but must not fail.
  private(set) var everywhere: [(id: PropertyID, isInvariant: Bool)] = []
  /// The properties to judge at rest.
  private(set) var atRest: [PropertyID] = []

  /// Sorts the properties of `system`.
  init(_ system: TransitionSystem) {
    for (index, property) in system.properties.enumerated() {
      switch property.kind {
      case .invariant: everywhere.append((PropertyID(index), true))
      case .reachable: everywhere.append((PropertyID(index), false))
      case .finally: atRest.append(PropertyID(index))
      case .unreachable: break
      }
    }
  }
}
