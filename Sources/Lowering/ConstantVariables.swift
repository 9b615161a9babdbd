import Machine

/// Finds the variables that keep the value they begin with, and replaces them by it.
///
/// A task variable exists for every task, and most tasks use only some: what only one of them sets is
/// constant for the others, needs no bits for them, and conditions over all tasks get shorter.
enum ConstantVariables {
  /// Makes variables constants to which all stores store their default, and reads of them constants.
  static func fold(
    _ code: inout [Instruction], _ variables: inout [Variable], defaults: [Int64],
    processes: inout [Process]
  ) {
    var isConstant = Array(repeating: true, count: variables.count)
    for process in processes {
      isConstant[Int(process.programCounter.index)] = false
      if let cpu = process.cpuVariable { isConstant[Int(cpu.index)] = false }
    }
    for instruction in code {
      guard case .assign(let cell, let value) = instruction else { continue }
      for variable in cell.variables where isConstant.indices.contains(variable) {
        if value.constantValue != defaults[variable] { isConstant[variable] = false }
      }
    }
    guard isConstant.contains(true) else { return }
    processes = processes.map { process in
      Process(
        name: process.name, kind: process.kind, cpus: process.cpus,
        cpuVariable: process.cpuVariable,
        programCounter: process.programCounter,
        readiness: process.readiness.folded(isConstant, defaults), locations: process.locations,
        group: process.group, span: process.span)
    }
    for (index, instruction) in code.enumerated() {
      code[index] = folded(instruction, at: index, isConstant, defaults)
    }
    for index in variables.indices where isConstant[index] {
      let old = variables[index]
      variables[index] = Variable(
        name: old.name, lower: defaults[index], upper: defaults[index], format: old.format,
        role: old.role)
    }
  }

  private static func folded(
    _ instruction: Instruction, at index: Int, _ isConstant: [Bool], _ defaults: [Int64]
  ) -> Instruction {
    let fold = { (formula: Formula) in formula.folded(isConstant, defaults) }
    switch instruction {
    case .assign(let cell, let value):
      if let variable = cell.fixed, isConstant[Int(variable.index)] {
        return .jump(Label(index + 1))
      }
      return .assign(cell.folded(isConstant, defaults), fold(value))
    case .set(let register, let value): return .set(register, fold(value))
    case .branch(let condition, let yes, let no):
      let condition = fold(condition)
      if let value = condition.constantValue { return .jump(value != 0 ? yes : no) }
      return .branch(condition, yes, no)
    case .await(let condition): return .await(fold(condition))
    case .require(let condition, let failure, let value):
      return .require(fold(condition), failure, value: value.map(fold))
    case .result(let value): return .result(fold(value))
    case .jump, .choose, .backEdge, .mark, .cover, .arrive, .done: return instruction
    }
  }
}

extension Machine.Place {
  /// The indexes of all variables that the place can be.
  var variables: [Int] {
    terms.reduce([Int(base.index)]) { bases, term in
      bases.flatMap { base in (0..<term.count).map { base + $0 * term.stride } }
    }
  }

  fileprivate func folded(_ isConstant: [Bool], _ defaults: [Int64]) -> Cell {
    terms.reduce(Cell(base)) { cell, term in
      let index = term.index.folded(isConstant, defaults)
      // Behind a test that fails an index can be wrong; no variable has its number.
      if let value = index.constantValue, !(0..<Int64(term.count)).contains(value) {
        return Cell(
          cell.base, cell.terms + [Term(index: index, stride: term.stride, count: term.count)])
      }
      return cell.indexed(index, stride: term.stride, count: term.count)
    }
  }
}

extension Machine.Expression {
  /// This expression with the constant variables replaced, and what follows from them.
  fileprivate func folded(_ isConstant: [Bool], _ defaults: [Int64]) -> Formula {
    let fold = { (formula: Formula) in formula.folded(isConstant, defaults) }
    switch self {
    case .constant, .register: return self
    case .read(let cell):
      let cell = cell.folded(isConstant, defaults)
      guard let variable = cell.fixed.map({ Int($0.index) }), isConstant[variable] else {
        return .read(cell)
      }
      return .constant(defaults[variable])
    case .unary(.not, let a): return .not(fold(a))
    case .unary(let op, let a): return .unary(op, fold(a))
    case .binary(let op, let a, let b): return .make(op, fold(a), fold(b))
    case .conditional(let c, let a, let b): return .choice(fold(c), fold(a), fold(b))
    }
  }
}
