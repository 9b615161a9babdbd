import Machine
import TestSupport

/// The systems that the golden reports are about.
enum Scripts {
  /// A task that may sleep with a spin lock held: the failure is found while it is still alone.
  static func sleepInAtomic() -> ScriptedSystem {
    var script = ScriptedSystem("buffer_reader")
    let page = script.lock("page0.lock")
    let spin = script.lock("mapping0.private_lock")
    let buffer = script.lock("bh0.lock")
    let preempt = script.variable("migrator.preempt_count", 0...7)
    let sleep = script.failure(
      "sleep_in_atomic", "BUG: sleeping function called from invalid context",
      DisplayText([
        .literal("may sleep; preempt_count is "), .value(.variable(preempt), .number),
      ]))
    let raise = Instruction.assign(
      Place(preempt), .binary(.add, .variable(preempt), .constant(1)))
    script.process(
      "migrator",
      lines: [
        .take(page, "lock_page(page0)", by: 0),
        .take(
          spin, "spin_lock(mapping0.private_lock)", in: ["migrate_pages", "buffer_migrate_page"],
          by: 0, requiring: [raise]),
        .take(
          buffer, "lock_buffer(bh0)", in: ["migrate_pages", "buffer_migrate_page"], by: 0,
          requiring: [
            .require(
              .binary(.or, .variable(preempt, is: 0), .variable(buffer, is: 0)), sleep, value: nil)
          ]),
        .step("unlock_buffer(bh0)", .assign(Place(buffer), .constant(0))),
      ])
    script.process(
      "reader",
      lines: [
        .take(buffer, "lock_buffer(bh0)", by: 1),
        .step("unlock_buffer(bh0)", .assign(Place(buffer), .constant(0))),
      ])
    return script
  }

  /// A writer whose store is lost, with long stretches that do not matter.
  static func lostWrite(idle: Int = 6) -> ScriptedSystem {
    var script = ScriptedSystem("one_pinned_page")
    let old = script.variable("page0.data", 0...3, initially: 1)
    let new = script.variable("page1.data", 0...3)
    let newest = script.variable("mapping0.slots[0].newest", 0...3, initially: 1, role: .ghost)
    let slot = script.variable(
      "mapping0.slots[0].page", 0...2, initially: 1, format: .reference(pool: "page"))
    let dirty = script.variable("page0.flags.dirty", 0...1, format: .boolean)
    let noise = script.variable("page1.index", 0...31)
    let idleSteps = (0..<idle).map { number in
      ScriptedSystem.Line.step(
        "fresh.index = \(number + 1)", in: ["migrate_page_copy"],
        .assign(Place(noise), .constant(Int64(number + 1))))
    }
    script.process(
      "migrator",
      lines: [
        .step(
          "fresh.data = old.data", in: ["migrate_page_copy"],
          .assign(Place(new), .variable(old)))
      ] + idleSteps + [
        .step("mapping.slots[0].page = fresh", .assign(Place(slot), .constant(2)))
      ])
    script.process(
      "pinner",
      lines: [
        .step(
          "page.data = 2", .assign(Place(old), .constant(2)),
          .assign(Place(newest), .constant(2))),
        .step("set_page_dirty_lock(page0)", .assign(Place(dirty), .constant(1))),
      ])
    script.property(
      "no_write_lost", .finally,
      [
        ("mapping0.slots[0].page != nil", .unary(.not, .variable(slot, is: 0))),
        (
          "mapping0.slots[0].page.data == mapping0.slots[0].newest",
          .binary(
            .equal,
            .conditional(.variable(slot, is: 2), .variable(new), .variable(old)),
            .variable(newest))
        ),
      ])
    return script
  }

  /// A task whose steps all matter to what is wrong in the last one, and perhaps another one that can always
  /// move.
  static func straight(_ count: Int, isAlone: Bool = true) -> ScriptedSystem {
    var script = ScriptedSystem("straight")
    let index = script.variable("page0.index", 0...255)
    let failure = script.failure("too_many", "BUG", DisplayText("too many"))
    script.process(
      "only",
      lines: (1..<count).map { number in
        .step(
          "page0.index = \(number)",
          .assign(Place(index), .binary(.add, .variable(index), .constant(1))))
      } + [
        .step("page0.index = \(count)", .require(.variable(index, is: 0), failure, value: nil))
      ])
    if !isAlone {
      let noise = script.variable("noise", 0...1)
      script.process("other", lines: [.step("noise = 1", .assign(Place(noise), .constant(1)))])
    }
    return script
  }

  /// A task that writes nothing to the disk, since another one has taken away the sign that it should.
  static func lostTag() -> ScriptedSystem {
    var script = ScriptedSystem("sync")
    let dirty = script.variable("mapping0.slots[0].dirty", 0...1, initially: 1, format: .boolean)
    let disk = script.variable("on_disk", 0...1, role: .ghost)
    let promised = script.variable("promised", 0...1, initially: 1, role: .ghost)
    let failure = script.failure("fsync_lied", "fsync has lied", DisplayText("on_disk is 0"))
    script.process(
      "migrator",
      lines: [.step("mapping0.slots[0].dirty = false", .assign(Place(dirty), .constant(0)))])
    script.process(
      "syncer",
      lines: [
        .step("load mapping0.slots[0].dirty -> false", .await(.variable(dirty, is: 0))),
        .step(
          "read_unlock_irq(mapping0.tree_lock)",
          .require(.binary(.equal, .variable(disk), .variable(promised)), failure, value: nil)),
      ])
    return script
  }

  /// Two tasks that take two locks in opposite orders.
  static func deadlock() -> ScriptedSystem {
    var script = ScriptedSystem("two_locks")
    let a = script.lock("page0.lock")
    let b = script.lock("page1.lock")
    script.process(
      "first", lines: [.take(a, "lock_page(page0)", by: 0), .take(b, "lock_page(page1)", by: 0)])
    script.process(
      "second", lines: [.take(b, "lock_page(page1)", by: 1), .take(a, "lock_page(page0)", by: 1)])
    return script
  }

  /// A task that forgets a reference.
  static func leak() -> ScriptedSystem {
    var script = ScriptedSystem("reader")
    let count = script.variable("page0.count", 0...7, initially: 1)
    let ledger = script.variable("reader owns page0", -3...3, role: .ledger(ProcessID(0)))
    let leaked = script.failure(
      "reference_leaked", "BUG: the task ended with a reference that nobody will put",
      DisplayText("reader ends and still owns 1 reference to page0"))
    let plus = { (id: VariableID, by: Int64) in
      Instruction.assign(Place(id), .binary(.add, .variable(id), .constant(by)))
    }
    script.process(
      "reader",
      lines: [
        .step("get_page(page0)", in: ["find_get_page"], plus(count, 1), plus(ledger, 1)),
        .step("get_page(page0)", plus(count, 1), plus(ledger, 1)),
        .step("put_page(page0)", plus(count, -1), plus(ledger, -1)),
        .step("return", .require(.variable(ledger, is: 0), leaked, value: nil)),
      ])
    return script
  }

  /// Six tasks that add to a counter which only has room for five.
  static func crowd() -> ScriptedSystem {
    var script = ScriptedSystem("crowd")
    let count = script.variable("page0.count", 0...6)
    for index in 0..<6 {
      script.process(
        "getter[\(index)]",
        lines: [
          .step(
            "get_page(page0)", in: ["lookup"],
            .assign(Place(count), .binary(.add, .variable(count), .constant(1))))
        ])
    }
    script.property(
      "few", .invariant,
      [("page0.count < 6", .binary(.less, .variable(count), .constant(6)))])
    return script
  }

  /// Two tasks that add one to a counter by a load and a store, and one that does something else.
  static func lostUpdate(bystander idle: Int = 0) -> ScriptedSystem {
    var script = ScriptedSystem("two_users")
    let counter = script.variable("counter", 0...3)
    for index in 0..<2 {
      let own = script.variable("own\(index)", 0...3, role: .local(ProcessID(index)))
      script.process(
        ["left", "right"][index],
        lines: [
          .step("load counter -> 0", in: ["add_one"], .assign(Place(own), .variable(counter))),
          .step(
            "counter = 1", in: ["add_one"],
            .assign(Place(counter), .binary(.add, .variable(own), .constant(1)))),
        ])
    }
    if idle > 0 {
      let noise = script.variable("noise", 0...63)
      script.process(
        "idler",
        lines: (1...idle).map {
          .step("noise = \($0)", .assign(Place(noise), .constant(Int64($0))))
        })
    }
    script.property(
      "both_count", .finally, [("counter == 2", .variable(counter, is: 2))])
    return script
  }

  /// A page table entry and a list, whose parts are variables of their own.
  static func unmapping() -> ScriptedSystem {
    var script = ScriptedSystem("unmapping")
    let pages = ValueFormat.reference(pool: "page")
    let pte = script.variable(
      "vma0.pte", 0...2, initially: 1, format: .cases(["none", "present", "swap"]))
    let page = script.variable("vma0.pte.present.page", 0...2, initially: 1, format: pages)
    let dirty = script.variable("vma0.pte.present.dirty", 0...1, format: .boolean)
    let entry = script.variable("vma0.pte.swap.entry", 0...3)
    let count = script.variable("lru.count", 0...2, initially: 1)
    let first = script.variable("lru[0]", 0...2, initially: 1, format: pages)
    let second = script.variable("lru[1]", 0...2, format: pages)
    script.process(
      "migrator",
      lines: [
        .step("pte_mkdirty(vma0)", .assign(Place(dirty), .constant(1))),
        .step(
          "lru.push(page1)", .assign(Place(second), .constant(2)),
          .assign(Place(count), .constant(2))),
        .step(
          "vma0.pte = …", .assign(Place(pte), .constant(2)), .assign(Place(page), .constant(0)),
          .assign(Place(dirty), .constant(0)), .assign(Place(entry), .constant(3))),
        .step(
          "lru.pop()", .assign(Place(first), .constant(2)), .assign(Place(second), .constant(0)),
          .assign(Place(count), .constant(1))),
      ])
    script.property(
      "is_mapped", .finally,
      [
        ("vma0.pte == present(page: page0)", .variable(pte, is: 1)),
        ("page0 in lru", .variable(first, is: 1)),
      ])
    return script
  }

  /// A task that does the same again and again.
  static func flipping(times: Int) -> ScriptedSystem {
    var script = ScriptedSystem("flipping")
    let flag = script.variable("flag", 0...1, format: .boolean)
    let lines = (0..<times).flatMap { _ in
      [
        ScriptedSystem.Line.step(
          "flag = true", .assign(Place(flag), .unary(.not, .variable(flag)))),
        ScriptedSystem.Line.step(
          "flag = false", .assign(Place(flag), .unary(.not, .variable(flag)))),
      ]
    }
    script.process("flipper", lines: lines)
    script.property("stays_set", .finally, [("flag", .variable(flag, is: 1))])
    return script
  }
}
