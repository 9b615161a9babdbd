internal import Machine

/// Takes the variables out of the state that only the prelude writes and nobody reads.
enum UnusedVariables {
  /// Drops stores to variables that do not matter, and makes those variables constants.
  ///
  /// The code of the prelude proper ends before the instruction `firstOther`.
  static func strip(
    _ code: inout [Instruction], _ variables: inout [Variable], defaults: inout [Int64],
    prelude: Label, firstOther: Int, processes: [Process]
  ) {
    var isUsed = Array(repeating: false, count: variables.count)
    func use(_ cell: Cell) {
      var offsets = [Int(cell.base.index)]
      for term in cell.terms {
        use(term.index)
        offsets = offsets.flatMap { base in (0..<term.count).map { base + $0 * term.stride } }
      }
      for offset in offsets where offset < isUsed.count { isUsed[offset] = true }
    }
    func use(_ formula: Formula) {
      if case .read(let cell) = formula { use(cell) } else { formula.forEachOperand(use) }
    }
    for (index, instruction) in code.enumerated() {
      switch instruction {
      case .assign(let cell, let value):
        use(value)
        if index >= firstOther { use(cell) } else { for term in cell.terms { use(term.index) } }
      case .set(_, let value), .branch(let value, _, _), .await(let value), .result(let value):
        use(value)
      case .require(let condition, _, let value):
        use(condition)
        if let value { use(value) }
      case .jump, .choose, .backEdge, .mark, .cover, .arrive, .done: break
      }
    }
    for process in processes {
      use(process.readiness)
      isUsed[Int(process.programCounter.index)] = true
      if let cpu = process.cpuVariable { isUsed[Int(cpu.index)] = true }
    }
    for index in 0..<firstOther {
      guard case .assign(let cell, _) = code[index], let variable = cell.fixed,
        !isUsed[Int(variable.index)]
      else { continue }
      code[index] = .jump(Label(index + 1))
    }
    for index in variables.indices where !isUsed[index] && isFixedOnly(index, code, firstOther) {
      let old = variables[index]
      variables[index] = Variable(
        name: old.name, lower: defaults[index], upper: defaults[index], format: old.format,
        role: old.role)
    }
  }

  /// Whether no store of the prelude with a computed index can reach the variable.
  private static func isFixedOnly(_ index: Int, _ code: [Instruction], _ count: Int) -> Bool {
    for instruction in code[..<count] {
      guard case .assign(let cell, _) = instruction, !cell.terms.isEmpty else { continue }
      let extent = cell.terms.reduce(0) { $0 + ($1.count - 1) * $1.stride }
      if (Int(cell.base.index)...(Int(cell.base.index) + extent)).contains(index) { return false }
    }
    return true
  }
}
