public import Machine

/// The systems that the speed of the search is measured with, in the form in which other checkers and a
/// program written by hand explore them too: the same steps, the same states.
public enum BenchmarkSystems {
  /// A filter lock for `count` processes, in which all levels are tested in one step.
  public static func filter(_ count: Int) -> TransitionSystem {
    var builder = SystemBuilder("filter")
    let crowded = builder.failure("not_alone")
    let levels = (0..<count).map { builder.variable("level\($0)", 0...Int64(count - 1)) }
    let victims = (0..<count).map { builder.variable("victim\($0)", 0...Int64(count)) }
    let inside = builder.variable("inside", 0...2)
    for index in 0..<count {
      let counter = builder.programCounter("p\(index)", locations: 4)
      let level = Expression.variable(levels[index])
      let victim = Place(victims[0], [.init(index: level, stride: 1, count: count)])
      let others = levels.indices.filter { $0 != index }
        .map { Expression.binary(.less, .variable(levels[$0]), level) }
      let alone = others.dropFirst().reduce(others[0]) { .binary(.and, $0, $1) }
      let me = Expression.constant(Int64(index + 1))
      let ok = Expression.binary(.or, .binary(.notEqual, .read(victim), me), alone)
      let raise = builder.emit(
        .assign(Place(levels[index]), .binary(.add, level, .constant(1))), .arrive(LocationID(1)))
      let yield = builder.emit(.assign(victim, me), .arrive(LocationID(2)))
      let isLast = Expression.variable(levels[index], is: Int64(count - 1))
      let wait = builder.emit(.await(ok))
      let here = Int(builder.here.index)
      builder.emit(
        .branch(isLast, Label(here + 2), Label(here + 1)), .arrive(LocationID(0)),
        .require(.variable(inside, is: 0), crowded, value: nil),
        .assign(Place(inside), .constant(1)), .arrive(LocationID(3)))
      let leave = builder.emit(
        .assign(Place(inside), .constant(0)), .assign(Place(levels[index]), .constant(0)),
        .arrive(LocationID(0)))
      builder.process("p\(index)", counter: counter, locations: [raise, yield, wait, leave])
    }
    return builder.build()
  }

  /// A migrator, a truncater, writeback and `count` faulters on one page of a file.
  public static func pageMigration(_ count: Int) -> TransitionSystem {
    var builder = PageMigrationBuilder(faulterCount: count)
    return builder.build()
  }
}

/// Builds the system of ``BenchmarkSystems/pageMigration(_:)``.
///
/// Pages are 1 and 2; zero stands for no page. The migrator moves page 1 to page 2.
private struct PageMigrationBuilder {
  private var builder = SystemBuilder("page migration")
  private let faulterCount: Int
  private let slot, tree: VariableID
  private let refs, lock, mapped, dirty, writeback, swapCache: [VariableID]
  private let entries, faulterRefs, faulterPages, faulterCounters: [VariableID]
  private let choice: RegisterID
  private let notMine: FailureID

  /// The numbers of the holders of locks.
  private enum Holder: Int64 {
    case migrator = 1, truncater, writer, faulter
  }

  init(faulterCount: Int) {
    var builder = SystemBuilder("page migration")
    func pair(_ name: String, _ range: ClosedRange<Int64>, first: Int64 = 0) -> [VariableID] {
      (0..<2).map { builder.variable("\(name)\($0)", range, initially: $0 == 0 ? first : 0) }
    }
    func each(_ name: String) -> [VariableID] {
      (0..<faulterCount).map { builder.variable("\(name)\($0)", 0...2) }
    }
    slot = builder.variable("slot", 0...2, initially: 1)
    tree = builder.variable("tree", 0...2)
    refs = pair("refs", 0...15, first: 1)
    lock = pair("lock", 0...4)
    mapped = pair("mapped", 0...1, first: 1)
    dirty = pair("dirty", 0...1, first: 1)
    writeback = pair("writeback", 0...1)
    swapCache = pair("swap_cache", 0...1, first: 1)
    entries = each("pte")
    faulterRefs = each("faulter_ref")
    faulterPages = each("faulter_page")
    faulterCounters = (0..<faulterCount).map {
      builder.programCounter("faulter\($0)", locations: 10)
    }
    choice = builder.register()
    notMine = builder.failure("lock_not_mine")
    self.faulterCount = faulterCount
    self.builder = builder
  }

  mutating func build() -> TransitionSystem {
    for index in 0..<faulterCount { addFaulter(index) }
    let migratorRefs = addMigrator()
    let truncaterRefs = addTruncater()
    let writerRef = addWriter()
    func held(_ page: Int64, _ own: [VariableID]) -> Expression {
      let shared = [slot, truncaterRefs[0], truncaterRefs[1], writerRef] + entries + faulterRefs
      let terms = shared.map { Expression.variable($0, is: page) } + own.map { .variable($0) }
      return terms.dropFirst().reduce(terms[0]) { .binary(.add, $0, $1) }
    }
    builder.property(
      "references", .invariant,
      .binary(
        .and,
        .binary(.equal, .variable(refs[0]), held(1, [migratorRefs[0], migratorRefs[2]])),
        .binary(.equal, .variable(refs[1]), held(2, [migratorRefs[1]]))))
    return builder.build()
  }

  /// The field of the page that a variable refers to.
  private func field(_ pair: [VariableID], of page: VariableID) -> Place {
    let index = Expression.binary(.subtract, .variable(page), .constant(1))
    return Place(pair[0], [.init(index: index, stride: 1, count: 2)])
  }

  private func to(_ location: Int) -> Instruction { .arrive(LocationID(location)) }

  private func set(_ variable: VariableID, _ value: Int64) -> Instruction {
    .assign(Place(variable), .constant(value))
  }

  private func add(_ place: Place, _ amount: Int64) -> Instruction {
    .assign(place, .binary(.add, .read(place), .constant(amount)))
  }

  private func holds(_ place: Place, _ value: Int64) -> Expression {
    .binary(.equal, .read(place), .constant(value))
  }

  private func unlock(_ place: Place, _ holder: Int64) -> [Instruction] {
    [.require(holds(place, holder), notMine, value: nil), .assign(place, .constant(0))]
  }

  @discardableResult
  private mutating func code(_ instructions: [Instruction]) -> Label {
    let label = builder.here
    for instruction in instructions { builder.emit(instruction) }
    return label
  }

  /// Adds code that does one thing if a condition holds and another if not.
  private mutating func either(
    _ test: Expression, _ yes: [Instruction], _ no: [Instruction]
  ) -> Label {
    let start = Int(builder.here.index)
    return code([.branch(test, Label(start + 1), Label(start + 1 + yes.count))] + yes + no)
  }

  /// The steps that find the page in its slot, take a reference and lock it; locations 0, 1 and 2.
  private mutating func addGrab(
    page: VariableID, ref: VariableID, _ holder: Int64, end: Int
  ) -> [Label] {
    let refs = field(refs, of: page)
    let lock = field(lock, of: page)
    return [
      either(
        .variable(slot, is: 0), [to(end)],
        [.assign(Place(page), .variable(slot)), to(1)]),
      either(
        holds(refs, 0), [set(page, 0), to(0)],
        [add(refs, 1), .assign(Place(ref), .variable(page)), to(2)]),
      code([.await(holds(lock, 0)), .assign(lock, .constant(holder)), to(3)]),
    ]
  }

  private mutating func addFaulter(_ index: Int) {
    let page = faulterPages[index]
    let ref = faulterRefs[index]
    let entry = entries[index]
    let holder = Holder.faulter.rawValue
    let refs = field(refs, of: page)
    let lock = field(lock, of: page)
    let named = field(self.refs, of: entry)
    let soiled = field(dirty, of: entry)
    let mapped = Expression.read(field(mapped, of: page))
    var labels: [Label?] = addGrab(page: page, ref: ref, holder, end: 9)
    labels.append(either(mapped, [to(4)], [to(6)]))
    labels.append(code([.assign(Place(entry), .variable(page)), set(ref, 0), to(5)]))
    labels.append(code(unlock(lock, holder) + [set(page, 0), to(8)]))
    labels.append(code(unlock(lock, holder) + [to(7)]))
    labels.append(code([add(refs, -1), set(ref, 0), set(page, 0), to(0)]))
    labels.append(
      either(
        .variable(entry, is: 0), [to(0)],
        [add(named, -1), .assign(soiled, .constant(1)), set(entry, 0), to(9)]))
    builder.process(
      "faulter[\(index)]", counter: faulterCounters[index], locations: labels + [nil])
  }

  /// Adds the step that removes one page table entry of a page, or goes on if there is none.
  private mutating func addUnmap(
    _ page: Expression, refs: Place, dirty: Place, here: Int, next: Int
  ) -> Label {
    let tests = entries.map { Expression.binary(.equal, .variable($0), page) }
    let any = tests.dropFirst().reduce(tests[0]) { .binary(.or, $0, $1) }
    let entry = Place(
      entries[0], [.init(index: .register(choice), stride: 1, count: faulterCount)])
    return either(
      any,
      [
        .choose(choice, count: faulterCount), .await(.binary(.equal, .read(entry), page)),
        .assign(entry, .constant(0)), add(refs, -1), .assign(dirty, .constant(1)), to(here),
      ], [to(next)])
  }

  /// Adds the migrator and returns its references: to page 1, to page 2, and the frozen one.
  private mutating func addMigrator() -> [VariableID] {
    let mine = (0..<3).map { builder.variable("migrator_ref\($0)", 0...1) }
    let counter = builder.programCounter("migrator", locations: 16)
    let holder = Holder.migrator.rawValue
    let (old, new) = (Place(refs[0]), Place(refs[1]))
    var labels: [Label?] = []
    labels.append(
      either(.variable(slot, is: 1), [add(old, 1), set(mine[0], 1), to(1)], [to(15)]))
    labels.append(code([.await(.variable(lock[0], is: 0)), set(lock[0], holder), to(2)]))
    let fresh = Expression.binary(.and, .variable(refs[1], is: 0), .variable(lock[1], is: 0))
    labels.append(
      either(
        .variable(mapped[0]),
        [
          .require(fresh, notMine, value: nil), add(new, 1), set(mine[1], 1),
          set(lock[1], holder), to(3),
        ], [to(13)]))
    labels.append(code([.await(.variable(writeback[0], is: 0)), to(4)]))
    labels.append(
      addUnmap(.constant(1), refs: old, dirty: Place(dirty[0]), here: 4, next: 5))
    labels.append(code([.await(.variable(tree, is: 0)), set(tree, holder), to(6)]))
    let alone = Expression.binary(.and, .variable(refs[0], is: 2), .variable(slot, is: 1))
    labels.append(either(alone, [to(7)], [set(tree, 0), to(11)]))
    labels.append(
      code([
        set(slot, 2), add(new, 1), set(mapped[1], 1),
        .assign(Place(swapCache[1]), .variable(swapCache[0])), set(mine[2], 1), to(8),
      ]))
    labels.append(code([add(old, -1), set(mine[2], 0), to(9)]))
    labels.append(code(unlock(Place(tree), holder) + [to(10)]))
    labels.append(
      code([
        .assign(Place(dirty[1]), .variable(dirty[0])), set(dirty[0], 0), set(mapped[0], 0),
        set(swapCache[0], 0), to(11),
      ]))
    labels.append(code(unlock(Place(lock[1]), holder) + [to(12)]))
    labels.append(code([add(new, -1), set(mine[1], 0), to(13)]))
    labels.append(code(unlock(Place(lock[0]), holder) + [to(14)]))
    labels.append(code([add(old, -1), set(mine[0], 0), to(15)]))
    builder.process("migrator", counter: counter, locations: labels + [nil])
    return mine
  }

  /// Adds the truncater and returns its references: its own, and the one of the slot.
  private mutating func addTruncater() -> [VariableID] {
    let ref = builder.variable("truncater_ref", 0...2)
    let removed = builder.variable("truncater_removed", 0...2)
    let page = builder.variable("truncater_page", 0...2)
    let counter = builder.programCounter("truncater", locations: 15)
    let holder = Holder.truncater.rawValue
    let refs = field(refs, of: page)
    let lock = field(lock, of: page)
    let dirty = field(dirty, of: page)
    let writeback = field(writeback, of: page)
    let mapped = field(mapped, of: page)
    let swapCache = field(swapCache, of: page)
    let drop = [add(refs, -1), set(ref, 0), set(page, 0)]
    var labels: [Label?] = addGrab(page: page, ref: ref, holder, end: 14)
    labels.append(either(.read(mapped), [to(4)], [to(12)]))
    labels.append(code([.await(holds(writeback, 0)), to(5)]))
    labels.append(addUnmap(.variable(page), refs: refs, dirty: dirty, here: 5, next: 6))
    labels.append(code([.await(.variable(tree, is: 0)), set(tree, holder), to(7)]))
    labels.append(
      code([
        set(slot, 0), .assign(mapped, .constant(0)), .assign(swapCache, .constant(0)),
        .assign(dirty, .constant(0)), .assign(Place(removed), .variable(page)), to(8),
      ]))
    labels.append(code(unlock(Place(tree), holder) + [to(9)]))
    labels.append(code([add(refs, -1), set(removed, 0), to(10)]))
    labels.append(code(unlock(lock, holder) + [to(11)]))
    labels.append(code(drop + [to(14)]))
    labels.append(code(unlock(lock, holder) + [to(13)]))
    labels.append(code(drop + [to(0)]))
    builder.process("truncater", counter: counter, locations: labels + [nil])
    return [ref, removed]
  }

  /// Adds writeback and returns its reference.
  private mutating func addWriter() -> VariableID {
    let ref = builder.variable("writer_ref", 0...2)
    let page = builder.variable("writer_page", 0...2)
    let counter = builder.programCounter("writer", locations: 9)
    let holder = Holder.writer.rawValue
    let lock = field(lock, of: page)
    let dirty = field(dirty, of: page)
    let writeback = field(writeback, of: page)
    let worth = Expression.binary(.and, .read(field(mapped, of: page)), .read(dirty))
    var labels: [Label?] = addGrab(page: page, ref: ref, holder, end: 8)
    labels.append(
      either(
        worth, [.assign(writeback, .constant(1)), .assign(dirty, .constant(0)), to(4)],
        [to(6)]))
    labels.append(code(unlock(lock, holder) + [to(5)]))
    labels.append(code([.assign(writeback, .constant(0)), to(7)]))
    labels.append(code(unlock(lock, holder) + [to(7)]))
    labels.append(code([add(field(refs, of: page), -1), set(ref, 0), set(page, 0), to(0)]))
    builder.process("writer", counter: counter, locations: labels + [nil])
    return ref
  }
}
