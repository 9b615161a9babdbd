internal import Machine
internal import Semantics

extension SystemBuilder {
  /// All locks that code refers to, in the order of their variables.
  var locks: [LockInfo] {
    // Roots are only added, so that as many roots have the same locks.
    if let (rootCount, known) = knownLocks, rootCount == storage.order.count { return known }
    let found = findLocks()
    knownLocks = (storage.order.count, found)
    return found
  }

  private func findLocks() -> [LockInfo] {
    var found: [LockInfo] = []
    for root in storage.order {
      guard let block = storage.blocks[root] else { continue }
      if case .bitHolder = root {
        for copy in 0..<block.copies {
          let variable = VariableID(block.base + copy)
          found.append(
            LockInfo(
              name: storage.variables[block.base + copy].name, holder: variable, readers: nil))
        }
        continue
      }
      guard let type = type(of: root) else { continue }
      for copy in 0..<block.copies {
        found += locks(in: type, at: block.base + copy * block.stride, root: root, copy: copy)
      }
    }
    return found
  }

  private func type(of root: Root) -> Type? {
    switch root {
    case .variable(let index, _), .taskVariable(let index):
      program.variables[index.index].field.type
    case .field(let pool, let field): program.pools[pool.index].fields[field].type
    default: nil
    }
  }

  /// The locks inside a value of the type that starts at a variable.
  private func locks(in type: Type, at base: Int, root: Root, copy: Int) -> [LockInfo] {
    switch type {
    case .array(let element, let index):
      let size = layout.size(of: element)
      return (0..<layout.count(of: index)).flatMap {
        locks(in: element, at: base + $0 * size, root: root, copy: copy)
      }
    case .structure(let id):
      let structure = program.structs[id.index]
      if structure.isWord { return [] }
      if structure.kind == .lock { return lock(id, structure, at: base) }
      return structure.fields.indices.flatMap { field in
        locks(
          in: structure.fields[field].type, at: base + layout.offset(of: field, in: id), root: root,
          copy: copy)
      }
    default: return []
    }
  }

  private func lock(_ id: StructID, _ structure: StructType, at base: Int) -> [LockInfo] {
    guard let holder = structure.fields.firstIndex(where: { $0.name == "holder" }) else {
      return []
    }
    let variable = base + layout.offset(of: holder, in: id)
    let readers = structure.fields.firstIndex { $0.name == "readers" }.map {
      VariableID(base + layout.offset(of: $0, in: id))
    }
    let name = storage.variables[variable].name
    return [
      LockInfo(
        name: name.hasSuffix(".holder") ? String(name.dropLast(7)) : name,
        holder: VariableID(variable), readers: readers)
    ]
  }

  /// Whether a process holds any lock, or shares one.
  func holdsSomeLock(_ process: ProcessID) -> Formula {
    locks.reduce(.zero) { result, lock in
      var held = Formula.equal(.read(Cell(lock.holder)), .constant(Int64(process.index) + 1))
      if let readers = lock.readers {
        held = .or(held, .hasBit(.read(Cell(readers)), .constant(Int64(process.index))))
      }
      return .or(result, held)
    }
  }

  /// The holders and readers of the locks in an object.
  func lockCells(in pool: PoolID, _ reference: Formula) -> [(name: String, cell: Cell)] {
    var cells: [(name: String, cell: Cell)] = []
    let index = Formula.subtract(reference, .one)
    for root in storage.order {
      guard let block = storage.blocks[root] else { continue }
      switch root {
      case .field(let owner, let field) where owner == pool:
        let type = program.pools[pool.index].fields[field].type
        for lock in locks(in: type, at: block.base, root: root, copy: 0) {
          for variable in [lock.holder, lock.readers].compactMap({ $0 }) {
            cells.append(
              (
                String(lock.name.drop { $0 != "." }.dropFirst()),
                Cell(variable).indexed(index, stride: block.stride, count: block.copies)
              ))
          }
        }
      case .bitHolder(let number) where program.lockBits[number].pool == pool:
        if let cell = bitHolder(number, reference) {
          cells.append((lockBitName(program.lockBits[number]), cell))
        }
      default: break
      }
    }
    return cells
  }

  /// The number of references to an object: on ledgers and in owning locations.
  func holders(of reference: Formula, pool: PoolID) -> Formula {
    var sum = Formula.zero
    for process in composition.processes.indices {
      sum = .add(sum, .read(ledgerCell(pool, ProcessID(process), reference)))
    }
    for leaf in storage.holdsLeaves[pool] ?? [] {
      let value = Formula.read(Cell(VariableID(leaf.variable)))
      let counts =
        leaf.isSet ? Formula.hasBit(value, .subtract(reference, .one)) : .equal(value, reference)
      sum = .add(sum, counts)
    }
    return sum
  }
}
