internal import Machine
internal import Semantics

/// The classes of locations at the precision in which sharing is judged.
///
/// A class is a root and the fields down to the location, without indexes. All objects of a pool,
/// and all elements of an array, are
/// one class; a word is one class with its fields.
struct LocationClasses {
  private enum Key: Hashable {
    case root(Root)
    case field(Int, Int)
    case cpu(Root, Int)
  }

  private var numbers: [Key: Int] = [:]
  /// The CPUs that a class of a CPU field stands for; nil inside for any CPU.
  private(set) var cpus: [Int: (root: Root, cpu: Int?)] = [:]

  private mutating func number(_ key: Key) -> Int {
    if let number = numbers[key] { return number }
    numbers[key] = numbers.count
    return numbers.count - 1
  }

  /// The classes that are, or lie in, task variables.
  private(set) var taskVariables: Set<Int> = []

  /// The class of a root as a whole.
  mutating func location(_ root: Root) -> Int {
    let number = number(.root(root))
    if case .taskVariable = root { taskVariables.insert(number) }
    return number
  }

  /// The class of a field of a struct.
  mutating func field(_ field: Int, of owner: Int) -> Int {
    let number = number(.field(owner, field))
    if taskVariables.contains(owner) { taskVariables.insert(number) }
    return number
  }

  /// The class of a field of a CPU, or of any CPU.
  mutating func cpuLocation(_ root: Root, cpu: Int?) -> Int {
    let number = number(.cpu(root, cpu ?? -1))
    cpus[number] = (root, cpu)
    return number
  }
}
