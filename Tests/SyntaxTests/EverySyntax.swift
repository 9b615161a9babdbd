/// Small texts that together use every construct of the language.
enum EverySyntax {
  static let head = """
    /// What the module is for.
    /// A second line.
    module a.b.c

    import kernel.page
    import kernel.lock   // for the lock

    bug B1 short  "A sentence."
    bug B16 longer_name "Another \\"sentence\\"."
    option last_pass: 1..10 = 3 "how many passes"
    option fast: bool = false
    const N = 3
    violation bad "message"
    enum errno { OK, EAGAIN }
    enum lines {
        A
        B, C
    }
    """

  static let types = """
    struct s { f: bool = true guarded by L and m.tree_lock except a, b, c: bool; ghost g: 0..3 }
    lock struct spinlock { holder: task? = nil }
    word w { a, b: bool }
    word struct w2 { a: bool }
    atomic word page_flags { locked, uptodate, dirty: bool }
    word enum pte { none, present(page: holds page, young, dirty, write: bool), swap(entry: swap_entry) }
    atomic word enum pte2 {
        none
        present(page: holds page?)
    }
    pool mapping { slots: slot[2], nums: 0..3[4], pages: list of page up to N + 1[2] }
    /// A page of memory.
    stable pool page {
        count: 0..7 = holders             // the references
        m: mapping?, s: set of errno      // two more

        // A comment of its own.
        a: holds page?[task]
    }
    fixed pool swap_entry {}
    lock bit page.flags.locked
    var x: task? = nil guarded by L
    ghost var y: -1..N - 2 = 0
    task var preempt_count: 0..7 = 0
    ghost task var z: bool
    """

  static let statements = """
    atomic fn spin_lock(lock: inout spinlock) {
        require lock.holder != self else recursive_lock
        await lock.holder == nil; lock.holder = self
        preempt_count += 1; preempt_count -= 1;
    }

    fn f(a: page, n: 2..3,) -> errno {
        let slot = &mapping.slots[i]
        let q: 0..3 = 1
        var r: page?
        var t = 3
        if a.count != 2 unless short { return EAGAIN } else if let present(page, dirty: d) = w { skip }
        else { progress }
        unless short { g(a, 1) } else { g() }
        block locked { leave locked }
        atomic { skip }
        atomic page.flags.dirty = true
        ghost page.newest = 2
        ghost { credit(page) }
        ghost require a else b
        await rest a == b
        await rest
        await (a)
        choose x in page where x.count > 2 && x in s
        choose y in 0..3
        unreachable "never"
        free x
        hand_over page.flags.locked to bio
        move x from a.list to b.list
        nested spin_lock(a.lock)
        return
    }

    fn loops() {
        outer: while true { break outer; continue }
        loop { leave x; break }
        for x in list safely { skip }
        for i in 0..N - 1 { skip }
        for p in all page { skip }
        l: for t in task { skip }
        switch e { case A, B {} case present(page) {} else {} }
        either { skip } or { skip }
        or { skip }
        return -1
    }
    """

  static let expressions = """
    fn f() {
        require all p in page: p.count == holders(p) else bad
        x = new page { mapping: file, flags: { uptodate }, data: 1 }
        y = { page: old
            newest: 1 }
        z = [1, 2, 3]
        pte = present(page: p, dirty)
        v = a
            && b
            || !c
            .d
        v = a ? b : c ? -d : e => f
        v = READ_ONCE(a.b) + -3 * 2 % 4 - x[2].f(3) | { a, b } & c / d
        let n = count(p in page where p.live) + sum(p in page: p.count) + sum(p in page where p.live: 1)
        let first  = xchg(a.b, cmpxchg(x, y, z))
        let second = a < b && a <= b || a > b && a >= b || a != b
        list = a
        word = b
        if x in { a, b } { skip }
        while x == { a: 1 }.a { skip }
        f(
            a,
            { b: 1 }
        )
        x = {}
    }
    """

  static let scenarios = """
    invariant i { all p in page: some q in all page: p == q => q.live }
    finally n { e }
    reachable r {
        a
            && b
    }
    leads_to l { a leads_to b }

    scenario s(n: 1..2) extends base(3) {
        pools page[2], mapping[N]
        let a = new page
        choose k in 0..3
        var v: bool = false
        ghost var g: bool
        require a else b
        daemon task d[2] on cpu0 owns a, b.c { skip }
        task t { skip }
        interrupt i[2] on any cpu when x && y { skip }
        interrupt j on cpu0 { skip }
        invariant q { x }
        leads_to w { a leads_to b }
    }

    environment e { task t {} }

    check large one = s(a, 0) + e[2] + f with opt = A, b = 2 {
        expect pass
        B01 expect no_write_lost
        B03, B05 with last_pass = 10, x = y expect z, with x = 1 expect w
    }
    check two = s { expect pass   B1 expect bad }
    check three
        = s
        + e(1, 2) { expect pass }
    """

  static let all = [head, types, statements, expressions, scenarios]
}
