internal import Machine

/// What the values of a state are called in reports: no two that exist at one time have the same name.
///
/// A system knows its variables by number, so their names need not differ: the bit that is a lock and the
/// variable that says who holds it have one name, and so have the locals of functions that call each other.
struct StateNames {
  /// The name of each variable, in order.
  let variables: [String]
  /// The names that locals of several functions have at a time, by process.
  private let shared: [Set<String>]

  init(_ system: TransitionSystem) {
    var seen: Set<String> = []
    variables = system.variables.map { variable in
      let wanted =
        switch variable.role {
        case .programCounter(let process): "\(system[process].name).at"
        case .bookkeeping where seen.contains(variable.name): "\(variable.name).holder"
        case .data, .ghost, .local, .live, .ledger, .bookkeeping: variable.name
        }
      if case .local = variable.role { return wanted }
      return Self.unique(wanted, &seen)
    }
    shared = system.processes.map { process in
      process.locations.reduce(into: []) { names, location in
        var functions: [String: String?] = [:]
        for local in location.locals {
          if let known = functions[local.name], known != local.function { names.insert(local.name) }
          functions[local.name] = local.function
        }
      }
    }
  }

  /// Returns the locals that live at a location of a process, with their names: that of the function stands
  /// before the name if there can be another one meanwhile.
  func locals(
    at location: Location, of process: ProcessID
  ) -> [(name: String, local: Location.Local)] {
    var seen: Set<String> = []
    return location.locals.map { local in
      let isShared = shared[Int(process.index)].contains(local.name)
      let function = isShared ? local.function.map { "\($0)." } : nil
      return (Self.unique((function ?? "") + local.name, &seen), local)
    }
  }

  /// Returns `wanted`, or that with a number behind it if it is taken.
  static func unique(_ wanted: String, _ seen: inout Set<String>) -> String {
    var name = wanted
    var number = 2
    while !seen.insert(name).inserted {
      name = "\(wanted) \(number)"
      number += 1
    }
    return name
  }
}
