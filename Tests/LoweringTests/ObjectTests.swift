import Exploration
import Machine
import TestSupport
import Testing

/// Objects, words, lists, ledgers, guards and interrupts: language rules 1, 5, 9, 12.
@Suite struct ObjectTests {
  private func outcome(_ body: String) throws -> String? {
    try ModelRunner("module m\n\(body)\ncheck c = s { expect pass }")?.search().outcome
  }

  @Test("access through a dangling reference is a use after free")
  func useAfterFree() throws {
    #expect(
      try outcome(
        """
        pool thing { value: 0..1 }
        scenario s {
            pools thing[1]
            let t = new thing
            task a { free t }
            task b { t.value = 1 }
        }
        """) == "use_after_free")
  }

  @Test("freeing twice is reported")
  func doubleFree() throws {
    #expect(
      try outcome(
        """
        pool thing { value: 0..1 }
        scenario s {
            pools thing[1]
            let t = new thing
            task a { free t }
            task b { free t }
        }
        """) == "double_free")
  }

  @Test("new with no dead object left exhausts the pool")
  func poolExhausted() throws {
    #expect(
      try outcome(
        """
        pool thing { value: 0..1 }
        scenario s {
            pools thing[1]
            task a { let t = new thing; free t }
            task b { let t = new thing; free t }
        }
        """) == "pool_exhausted")
  }

  @Test("new is a choice over all dead objects")
  func newChooses() throws {
    let result = try ModelRunner(
      """
      module m
      pool thing { value: 0..1 }
      var last: thing? = nil
      scenario s {
          pools thing[2]
          task a { last = new thing }
          reachable first { last != nil && count(t in thing where t == last) == 1 }
      }
      check c = s { expect pass }
      """)?.search()
    #expect(result?.outcome == "holds")
    #expect(result?.statistics.states == 3)
  }

  @Test("a plain word loses a bit that another task sets; an atomic one does not")
  func words() throws {
    func model(_ kind: String) -> String {
      """
      \(kind) flags { a, b: bool }
      var f: flags
      scenario s {
          task one { f.a = true }
          task two { f.b = true }
          finally both { f.a && f.b }
      }
      """
    }
    #expect(try outcome(model("word")) == "both")
    #expect(try outcome(model("atomic word")) == "holds")
  }

  @Test("a leaked reference is found at the end of its owner")
  func leakedReference() throws {
    func model(_ put: String) -> String {
      """
      pool page { count: 0..3 = holders }
      atomic fn get(p: page) { p.count += 1; ghost credit(p) }
      atomic fn put(p: page) { p.count -= 1; ghost debit(p) }
      invariant counted { all p in page: p.count == holders(p) }
      scenario s {
          pools page[1]
          let page = new page
          task a { get(page); \(put) }
          task b { get(page); put(page) }
      }
      """
    }
    #expect(try outcome(model("put(page)")) == "holds")
    #expect(try outcome(model("skip")) == "reference_leaked")
    #expect(try outcome(model("put(page); put(page)")) != "holds")
  }

  @Test("a location that holds a reference takes it from the ledger")
  func holdingLocation() throws {
    func model(_ middle: String) -> String {
      """
      pool page { count: 0..3 = holders }
      atomic fn get(p: page) { p.count += 1; ghost credit(p) }
      atomic fn put(p: page) { p.count -= 1; ghost debit(p) }
      invariant counted { all p in page: p.count == holders(p) }
      var slot: holds page?
      scenario s {
          pools page[2]
          let old = new page
          let fresh = new page
          slot = old
          task a owns fresh {
              \(middle)
              put(old)
          }
          task b { let v = slot }
      }
      """
    }
    #expect(try outcome(model("slot = fresh")) == "holds")
    #expect(try outcome(model("get(fresh); slot = fresh")) == "reference_leaked")
  }

  @Test("a guarded field is written only under its lock")
  func guarded() throws {
    func model(_ b: String) -> String {
      """
      lock struct mutex { holder: task? = nil }
      struct counter { lock: mutex; value: 0..3 guarded by lock }
      var c: counter
      atomic fn take(m: inout mutex) { await m.holder == nil; m.holder = self }
      fn give(m: inout mutex) { m.holder = nil }
      scenario s {
          task a { take(c.lock); c.value += 1; give(c.lock) }
          task b { \(b) }
          finally counted { c.value >= 1 }
      }
      """
    }
    #expect(try outcome(model("take(c.lock); c.value += 1; give(c.lock)")) == "holds")
    #expect(try outcome(model("c.value += 1")) == "unguarded_access")
    #expect(try outcome(model("let v = READ_ONCE(c.value)")) == "holds")
  }

  @Test("a flag that is a lock guards fields as other locks do")
  func guardedByBit() throws {
    func model(_ b: String) -> String {
      """
      atomic word item_flags { locked, dirty: bool }
      pool item { flags: item_flags; value: 0..3 guarded by flags.locked }
      lock bit item.flags.locked
      atomic fn take(i: item) { await !i.flags.locked; i.flags.locked = true }
      fn give(i: item) { i.flags.locked = false }
      scenario s {
          pools item[1]
          let i = new item
          task a { take(i); i.value += 1; give(i) }
          task b { \(b) }
          finally counted { i.value >= 1 }
      }
      """
    }
    #expect(try outcome(model("take(i); i.value += 1; give(i)")) == "holds")
    #expect(try outcome(model("i.value += 1")) == "unguarded_access")
    #expect(try outcome(model("take(i); give(i); let v = i.value")) == "unguarded_access")
    #expect(try outcome(model("await i.flags.locked; let v = i.value")) == "unguarded_access")
    #expect(try outcome(model("let v = READ_ONCE(i.value)")) == "holds")
  }

  @Test("a handler blocks its CPU's tasks and is kept off while interrupts are off")
  func interrupts() throws {
    func model(_ body: String) -> String {
      """
      violation torn "the handler saw half an update"
      var a: 0..1 = 0
      var b: 0..1 = 0
      scenario s {
          task t on cpu0 { \(body) }
          interrupt irq on cpu0 {
              let x = a
              let y = b
              require x == y else torn
          }
      }
      """
    }
    #expect(try outcome(model("a = 1; b = 1")) == "torn")
    #expect(
      try outcome(
        model("self.cpu.irqs_off = true; a = 1; b = 1; self.cpu.irqs_off = false")) == "holds")
  }

  @Test("list operations keep the order and report what is not there")
  func lists() throws {
    #expect(
      try outcome(
        """
        violation wrong "the list is not what it should be"
        var l: list of 0..5 up to 3
        scenario s {
            task a {
                l.push(1); l.push(2); l.push_front(3)
                l.remove(1)
                let first = l.pop_front()
                let last = l.pop()
                require first == 3 && last == 2 else wrong
                l.remove(4)
            }
            task b { let n = l.count }
        }
        """) == "not_on_list")
  }

  @Test("a loop over a list notices that its element has left")
  func listLoop() throws {
    #expect(
      try outcome(
        """
        var l: list of 1..3 up to 3
        scenario s {
            l.push(1)
            l.push(2)
            task a { for x in l { skip } }
            task b { l.remove(1) }
        }
        """) == "list_changed")
  }

  @Test("a field of a word enum is stored only while the word has its case")
  func wrongCase() throws {
    func model(_ kind: String, _ first: String) -> String {
      """
      \(kind) enum entry { none, present(dirty: bool, number: 0..3) }
      var e: entry
      scenario s {
          task a { \(first); e.dirty = true }
          task b { let v = e }
          reachable is_dirty { e == present(dirty: true, number: 2) }
      }
      """
    }
    for kind in ["word", "atomic word"] {
      #expect(try outcome(model(kind, "e = present(number: 2)")) == "holds")
      #expect(try outcome(model(kind, "skip")) == "wrong_case")
    }
  }

  @Test("identical tasks are named by their index")
  func countedTasks() {
    let names = ModelRunner(
      """
      module m
      var x: 0..3 = 0
      scenario s { task a[2] { x = 1 } }
      environment e() { task b { x = 2 } }
      check c = s + e()[2] { expect pass }
      """)?.system.processes.map(\.name)
    #expect(names == ["a[0]", "a[1]", "b[0]", "b[1]"])
  }

  @Test("xchg and cmpxchg of a word return all of what was there")
  func wordExchange() throws {
    let shared = """
      pool page { count: 0..1 }
      word enum pte { none, present(page: page, dirty: bool), swap(entry: 0..3) }
      var entry: pte
      """
    let exchange = try ModelRunner(
      """
      module m
      \(shared)
      scenario s {
          pools page[1]
          let p = new page
          entry = present(page: p)
          task hardware { atomic { if let present(page: q) = entry { entry = present(page: q, dirty: true) } } }
          task unmapper {
              let old = xchg(entry, swap(entry: 2))
              if let present(page, dirty) = old {
                  require page == p && (dirty || entry == swap(entry: 2)) else lost
              } else { unreachable "it was present" }
          }
          finally swapped { entry == swap(entry: 2) }
      }
      violation lost "a bit was lost"
      check c = s { expect pass }
      """)?.search()
    #expect(exchange?.outcome == "holds")
    let compared = try ModelRunner(
      """
      module m
      \(shared)
      var won: 0..2
      scenario s {
          task filler[2] {
              let seen = cmpxchg(entry, none, swap(entry: 1))
              if seen == none { atomic won += 1 }
              else if let swap(entry: slot) = seen { require slot == 1 else lost }
          }
          finally one_wins { won == 1 }
      }
      violation lost "something else was found"
      check c = s { expect pass }
      """)?.search()
    #expect(compared?.outcome == "holds")
  }
}
