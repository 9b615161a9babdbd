import TestSupport

/// A small random program: its text in the language, and the same program as instructions for a
/// stack machine that shares nothing with the lowering.
struct RandomProgram {
  /// One instruction of the stack machine.
  enum Instruction {
    case push(Int), load(Int), store(Int), local(Int), setLocal(Int)
    case add, equal, less, not
    case jump(Int), jumpIfZero(Int)
    /// Blocks until the code up to the matching `awaitEnd` leaves a true value; one step.
    case awaitBegin, awaitEnd
    case atomicBegin, atomicEnd
    case choice([Int])
    case end
  }

  static let globalCount = 3
  static let upper = 3

  private var generator: SeededGenerator
  private(set) var tasks: [[Instruction]] = []
  private(set) var text = "module random\n"
  private var code: [Instruction] = []
  private var locals = 0
  private var visible: [Int] = []
  private var isAtomic = false

  init(seed: UInt64) {
    generator = SeededGenerator(seed: seed)
    for index in 0..<Self.globalCount { text += "var g\(index): 0..\(Self.upper) = 0\n" }
    text += "scenario s {\n"
    for task in 0..<2 {
      (code, locals, visible, isAtomic) = ([], 0, [], false)
      let body = block(depth: 0, indent: "        ") + touchEverything()
      code.append(.end)
      tasks.append(code)
      text += "    task t\(task) {\n\(body)    }\n"
    }
    for number in 0..<Self.valuationCount {
      let values = Self.values(of: number)
      let tests = values.enumerated().map { "g\($0) == \($1)" }.joined(separator: " && ")
      text += "    reachable r\(number) { \(tests) }\n"
    }
    text += "}\ncheck c = s { expect pass }\n"
  }

  /// Code that makes every variable shared, so that each load and store is a step.
  private mutating func touchEverything() -> String {
    code += [.load(0), .push(Self.upper), .equal]
    let test = code.count
    code.append(.jumpIfZero(0))
    for global in 0..<Self.globalCount { code += [.push(0), .store(global)] }
    code[test] = .jumpIfZero(code.count)
    return "        if g0 == \(Self.upper) { g0 = 0; g1 = 0; g2 = 0 }\n"
  }

  static var valuationCount: Int {
    (0..<globalCount).reduce(1) { product, _ in product * (upper + 1) }
  }

  /// The values of the globals with the given number.
  static func values(of number: Int) -> [Int] {
    var rest = number
    return (0..<globalCount).map { _ in
      defer { rest /= upper + 1 }
      return rest % (upper + 1)
    }
  }

  private mutating func pick(_ count: Int) -> Int { Int.random(in: 0..<count, using: &generator) }

  private mutating func block(depth: Int, indent: String) -> String {
    let saved = visible
    var result = ""
    for _ in 0..<(1 + pick(3)) { result += statement(depth: depth, indent: indent) }
    visible = saved
    return result
  }

  private mutating func statement(depth: Int, indent: String) -> String {
    switch pick(depth < 2 ? 9 : 4) {
    case 0, 1: return assignment(indent)
    case 2:
      let global = pick(Self.globalCount)
      code.append(.load(global))
      let value = expression(depth: 1)
      code += [.add, .store(global)]
      return "\(indent)g\(global) += \(value)\n"
    case 3:
      let value = expression(depth: 0)
      let local = locals
      locals += 1
      code.append(.setLocal(local))
      visible.append(local)
      return "\(indent)let v\(local) = \(value)\n"
    case 4: return branch(depth: depth, indent: indent)
    case 5: return loop(depth: depth, indent: indent)
    case 6: return isAtomic ? assignment(indent) : atomic(depth: depth, indent: indent)
    case 7: return isAtomic ? assignment(indent) : wait(indent)
    default: return isAtomic ? assignment(indent) : either(depth: depth, indent: indent)
    }
  }

  private mutating func assignment(_ indent: String) -> String {
    let global = pick(Self.globalCount)
    let value = expression(depth: 0)
    code.append(.store(global))
    return "\(indent)g\(global) = \(value)\n"
  }

  private mutating func branch(depth: Int, indent: String) -> String {
    let condition = condition()
    let test = code.count
    code.append(.jumpIfZero(0))
    var result = "\(indent)if \(condition) {\n" + block(depth: depth + 1, indent: indent + "    ")
    let over = code.count
    code.append(.jump(0))
    code[test] = .jumpIfZero(code.count)
    result +=
      "\(indent)} else {\n" + block(depth: depth + 1, indent: indent + "    ") + "\(indent)}\n"
    code[over] = .jump(code.count)
    return result
  }

  private mutating func loop(depth: Int, indent: String) -> String {
    let head = code.count
    let global = pick(Self.globalCount)
    let bound = 1 + pick(2)
    code += [.load(global), .push(bound), .less]
    let test = code.count
    code.append(.jumpIfZero(0))
    // Each turn makes the tested variable larger, so that loops end unless others interfere.
    code += [.load(global), .push(1), .add, .store(global)]
    let body = "\(indent)    g\(global) += 1\n"
    code.append(.jump(head))
    code[test] = .jumpIfZero(code.count)
    return "\(indent)while g\(global) < \(bound) {\n\(body)\(indent)}\n"
  }

  private mutating func atomic(depth: Int, indent: String) -> String {
    code.append(.atomicBegin)
    isAtomic = true
    // A section that touches nothing shared would be no step.
    let first = assignment(indent + "    ")
    let body = first + block(depth: depth + 1, indent: indent + "    ")
    isAtomic = false
    code.append(.atomicEnd)
    return "\(indent)atomic {\n\(body)\(indent)}\n"
  }

  private mutating func wait(_ indent: String) -> String {
    code.append(.awaitBegin)
    let test = condition()
    code.append(.awaitEnd)
    return "\(indent)await \(test)\n"
  }

  private mutating func either(depth: Int, indent: String) -> String {
    let choice = code.count
    code.append(.choice([]))
    let first = code.count
    var result = "\(indent)either {\n" + block(depth: depth + 1, indent: indent + "    ")
    let over = code.count
    code.append(.jump(0))
    let second = code.count
    result +=
      "\(indent)} or {\n" + block(depth: depth + 1, indent: indent + "    ") + "\(indent)}\n"
    code[over] = .jump(code.count)
    code[choice] = .choice([first, second])
    return result
  }

  private mutating func expression(depth: Int) -> String {
    switch pick(depth < 1 ? 5 : 3) {
    case 0:
      let value = pick(2)
      code.append(.push(value))
      return "\(value)"
    case 1:
      if let local = visible.randomElement(using: &generator) {
        code.append(.local(local))
        return "v\(local)"
      }
      fallthrough
    case 2:
      let global = pick(Self.globalCount)
      code.append(.load(global))
      return "g\(global)"
    default:
      let left = expression(depth: depth + 1)
      let right = expression(depth: depth + 1)
      code.append(.add)
      return "\(left) + \(right)"
    }
  }

  private mutating func condition() -> String {
    let left = expression(depth: 1)
    let right = expression(depth: 1)
    let isLess = pick(2) == 0
    code.append(isLess ? .less : .equal)
    let first = "\(left) \(isLess ? "<" : "==") \(right)"
    guard pick(3) == 0 else { return first }
    // The right side of `&&` is evaluated only if the left one is true.
    let test = code.count
    code.append(.jumpIfZero(0))
    let global = pick(Self.globalCount)
    code += [.load(global), .push(1), .equal]
    let over = code.count
    code.append(.jump(0))
    code[test] = .jumpIfZero(code.count)
    code.append(.push(0))
    code[over] = .jump(code.count)
    return "\(first) && g\(global) == 1"
  }
}
