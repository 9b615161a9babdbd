internal import Machine
internal import Semantics

/// What a block of variables belongs to.
enum Root: Hashable {
  /// A variable of a module, or one of a scenario in its `instance`-th use.
  case variable(VariableIndex, instance: Int)
  /// A field of all objects of a pool.
  case field(PoolID, Int)
  /// A task variable of all processes.
  case taskVariable(VariableIndex)
  /// A `let` of a scenario that is not a constant.
  case scenarioLocal(Int, LocalIndex)
  /// A local of a process that is too large for a register: an array, a list, a struct.
  case processLocal(ProcessID, Int)
  /// Whether each object of a pool lives.
  case live(PoolID)
  /// How many references to each object of a pool each process has on its ledger.
  case ledger(PoolID)
  /// Who holds a lock bit of each object.
  case bitHolder(Int)
  /// Who has pinned each CPU.
  case pinned
  /// Which CPUs have their interrupts off.
  case interruptsOff
  /// The CPU that a handler runs on.
  case handlerCPU(ProcessID)
  /// Where a process stands.
  case programCounter(ProcessID)
}

/// The variables of a system: which exist, where, and how they are named.
///
/// A root gets its variables when code first refers to it, so that fields nobody uses cost nothing.
struct Storage {
  /// Where a root's variables are.
  struct Block {
    var base: Int
    /// How many copies there are: objects, tasks, CPUs.
    var copies: Int
    /// How many variables one copy has.
    var stride: Int
  }

  private(set) var variables: [Variable] = []
  private(set) var defaults: [Int64] = []
  private(set) var blocks: [Root: Block] = [:]
  /// The roots in the order in which they were added.
  private(set) var order: [Root] = []
  private(set) var holdsLeaves: [PoolID: [(variable: Int, isSet: Bool)]] = [:]

  /// Whether the root has variables.
  func has(_ root: Root) -> Bool { blocks[root] != nil }

  /// Adds the variables of a root, with a name for each copy, and returns where they are.
  mutating func add(
    _ root: Root, names: [String], leaves: [TypeLayout.Leaf], role: (Int) -> Variable.Role
  ) -> Block {
    let block = Block(base: variables.count, copies: names.count, stride: leaves.count)
    for (copy, name) in names.enumerated() {
      for leaf in leaves {
        if let pool = leaf.holds {
          holdsLeaves[pool, default: []].append((variables.count, leaf.isSet))
        }
        variables.append(
          Variable(
            name: name + leaf.suffix, lower: leaf.lower, upper: leaf.upper, format: leaf.format,
            role: role(copy)))
        defaults.append(leaf.initial)
      }
    }
    blocks[root] = block
    order.append(root)
    return block
  }

  /// Adds a variable that belongs to no root: locals that share it.
  mutating func append(_ variable: Variable, initial: Int64) -> VariableID {
    variables.append(variable)
    defaults.append(initial)
    return VariableID(variables.count - 1)
  }

  /// Replaces a variable by one with another range.
  mutating func replace(_ index: Int, with variable: Variable, initial: Int64) {
    variables[index] = variable
    defaults[index] = initial
  }
}
