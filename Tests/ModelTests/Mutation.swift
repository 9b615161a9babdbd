import Testing

/// A mistake put into a bundled model, and what must come of it.
struct Mutation: CustomTestStringConvertible, Sendable {
  /// What is wrong then.
  var name: String
  /// The file that is changed.
  var path: String
  /// What is replaced, in order.
  var edits: [(from: String, to: String)]
  /// The model and the check that notice it.
  var model: String
  var check: String
  /// The bugs that are on.
  var bugs: Set<String> = []
  /// The options that are set.
  var options: [String: String] = [:]
  /// The outcome.
  var outcome: String

  var testDescription: String { name }
}

extension Mutation {
  /// The mistakes, by the file that they are made in.
  static let all =
    bufferMigration + pageMigration + referenceRemoval + anonymousPages
    + memoryOfProcesses + walksAndReclaim + movesAndRings + library
    + classics
    + norefs
    + passes + isolation + unmapLoop + nodePairs + chunks + mbind + otherProcesses + addressSpaces
    + cpusets + mbindAndWrite
    + movablePages + workloads + lazyMigration + memoryHotplug

  private static func buffers(
    _ name: String, _ edits: [(from: String, to: String)], in path: String? = nil, check: String,
    bugs: Set<String> = [], options: [String: String] = [:], _ outcome: String
  ) -> Mutation {
    let model = "direct-migration/buffer_migrate_page.race"
    return Mutation(
      name: name, path: path ?? model, edits: edits, model: model, check: check, bugs: bugs,
      options: options, outcome: outcome)
  }

  private static let bufferMigration = [
    buffers(
      "the buffers are not locked",
      [
        ("        lock_buffer(bh)\n        bh = bh", "        bh = bh"),
        (
          "        unlock_buffer(bh)\n        put_bh(bh)\n        bh",
          "        put_bh(bh)\n        bh"
        ),
      ], check: "buffer_reader", "unguarded_access"),
    buffers(
      "the buffers stay locked",
      [
        (
          "        unlock_buffer(bh)\n        put_bh(bh)\n        bh",
          "        put_bh(bh)\n        bh"
        )
      ],
      check: "ring_walker", "lock_held_at_end"),
    buffers(
      "the buffers are never put",
      [
        (
          "        unlock_buffer(bh)\n        put_bh(bh)\n        bh",
          "        unlock_buffer(bh)\n        bh"
        )
      ],
      check: "ring_walker", "buffers_are_idle"),
    buffers(
      "the ring's reference to the old page is not dropped",
      [("    put_page(old)                        ", "    ")], check: "ring_walker",
      "reference_leaked"),
    buffers(
      "the ring gets no reference to the fresh page",
      [("    get_page(fresh)\n    if ring", "    if ring")], check: "ring_walker",
      "reference_not_owned"),
    buffers(
      "the fresh page does not announce its ring",
      [("    unless ring_announced_too_early { SetPagePrivate(fresh) }\n", "")],
      check: "buffer_writer", "reference_leaked"),
    buffers(
      "the fresh page gets no ring", [("    fresh.private = old.private\n", "")],
      check: "buffer_reader", "rings_are_announced"),
    buffers(
      "the buffers stay parts of the old page", [("        set_bh_page(bh, fresh)\n", "")],
      check: "ring_walker", "stranger_in_the_ring"),
    buffers(
      "the ring's reference is not expected", [("(fresh, old, 3)", "(fresh, old, 2)")],
      check: "ring_walker", "vacuous: migrated_with_its_ring, waited_for_the_migration"),
    buffers(
      "the page is copied before its buffers are locked",
      [
        (
          "    var bh = head\n    loop {  ",
          "    migrate_page_copy(fresh, old)\n    var bh = head\n    loop {  "
        )
      ],
      check: "zapper_and_reclaim", "dirty_page_has_dirty_buffers"),
    buffers(
      "a page without buffers is taken for one with a ring",
      [("    if !page_has_buffers(old) { return migrate_page(fresh, old) }\n", "")],
      check: "reclaim", "nil_dereference"),
    buffers(
      "the migrator does not lock the old page", [("        lock_page(old)\n", "")],
      check: "ring_walker", "bad_unlock"),
    buffers(
      "the migrator does not unlock the old page", [("        unlock_page(old)\n", "")],
      check: "ring_walker", "lock_held_at_end"),
    buffers(
      "the migrator keeps the old page",
      [("        put_page(old)\n        put_page(fresh)", "        put_page(fresh)")],
      check: "ring_walker", "reference_leaked"),
    buffers(
      "the truncated page keeps its slot's reference",
      [
        (
          "            put_page(page)                                      // the",
          "            // the"
        )
      ],
      check: "truncation", "reference_leaked"),
  ]

  private static func pages(
    _ name: String, _ edits: [(from: String, to: String)], in path: String? = nil,
    check: String = "write_out", _ outcome: String
  ) -> Mutation {
    let model = "direct-migration/migrate_page.race"
    return Mutation(
      name: name, path: path ?? model, edits: edits, model: model, check: check, outcome: outcome)
  }

  private static let pageMigration = [
    pages(
      "the migrator does not wait for writeback", [("        wait_on_page_writeback(old)\n", "")],
      "moved_under_writeback"),
    pages(
      "the flusher does not mark the page",
      [("                    set_page_writeback(page)\n", "")],
      "not_under_writeback"),
    pages(
      "the end of writeback wakes nobody", [("    wake_up(page_waiters[page])\n", "")],
      in: "kernel/writeback.race", "deadlock"),
    pages(
      "the page stays in its slot", [("    mapping.slots[page.index].page = nil\n", "")],
      in: "kernel/page_cache.race", check: "truncation", "pages_are_in_their_slots"),
    pages(
      "the truncated page keeps its mapping", [("    page.mapping = nil\n", "")],
      in: "kernel/page_cache.race", check: "truncation", "bad_page"),
  ]

  private static func removal(
    _ name: String, _ edits: [(from: String, to: String)], in path: String? = nil,
    check: String = "one_pinned_page", _ outcome: String
  ) -> Mutation {
    let model = "direct-migration/reference_removal.race"
    return Mutation(
      name: name, path: path ?? model, edits: edits, model: model, check: check, outcome: outcome)
  }

  private static let referenceRemoval = [
    removal(
      "the slot's reference to the fresh page is not counted", [("    get_page(fresh)\n", "")],
      "reference_not_owned"),
    removal(
      "the slot's reference to the old page is not dropped",
      [("        put_page(old)\n        unless", "        unless")], "reference_leaked"),
    removal(
      "the fresh page gets no mapping", [(" else { fresh.mapping = mapping }\n", "\n")],
      "pages_are_in_their_slots"),
    removal(
      "the tree is changed under the read lock",
      [
        ("unless slot_under_read_lock { write_lock", "unless slot_under_read_lock { read_lock"),
        ("unless slot_under_read_lock { write_unlock", "unless slot_under_read_lock { read_unlock"),
        ("unless slot_under_read_lock { write_unlock", "unless slot_under_read_lock { read_unlock"),
      ], "unguarded_access"),
    removal(
      "tree_lock is kept when the count is wrong",
      [("count_only_peeked { leave refused }", "count_only_peeked { return EAGAIN }")],
      "lock_held_at_end"),
    removal(
      "the contents are not copied", [("    fresh.data = old.data\n", "")],
      in: "direct-migration/page_copy.race", check: "one_reader", "read_of_garbage"),
    removal(
      "the old page keeps its mapping", [("        old.mapping = nil\n", "")],
      in: "direct-migration/page_copy.race", check: "one_reader", "bad_page"),
    Mutation(
      name: "the index is not copied", path: "direct-migration/reference_removal.race",
      edits: [("        else { fresh.index = old.index }\n", "")],
      model: "direct-migration/buffer_migrate_page.race", check: "ring_walker",
      outcome: "pages_are_in_their_slots"),
    Mutation(
      name: "the dirty flag is not copied", path: "direct-migration/page_copy.race",
      edits: [("            if clear_page_dirty_for_io(old) { set_page_dirty(fresh) }\n", "")],
      model: "direct-migration/buffer_migrate_page.race", check: "buffer_writer",
      outcome: "dirty_pages_are_found"),
    Mutation(
      name: "the uptodate flag is not copied", path: "direct-migration/page_copy.race",
      edits: [("    if old.flags.uptodate { fresh.flags.uptodate = true }\n", "")],
      model: "direct-migration/buffer_migrate_page.race", check: "ring_walker",
      outcome: "as_full_as_before"),
  ]

  private static let library = [
    buffers(
      "unlock_page wakes nobody", [("    wake_up(page_waiters[page])\n", "")],
      in: "kernel/page.race",
      check: "ring_walker", "deadlock"),
    buffers(
      "unlock_buffer wakes nobody", [("    wake_up(buffer_waiters[bh])\n", "")],
      in: "kernel/buffer.race",
      check: "buffer_writer", "deadlock"),
    buffers(
      "the last reference does not free the page", [("    if last { free_page(page) }\n", "")],
      in: "kernel/page.race", check: "buffer_writer", "pages_without_references_are_free"),
    buffers(
      "a sleeper queues after its test",
      [
        (
          "        prepare_to_wait(queue)\n        if bit { schedule",
          "        if bit {\n            prepare_to_wait(queue)\n            schedule"
        )
      ], in: "kernel/wait.race", check: "ring_walker", "deadlock"),
    buffers(
      "find_get_page takes its reference outside of tree_lock",
      [
        ("    if page != nil { get_page(page) }\n", ""),
        (
          "    read_unlock_irq(mapping.tree_lock)\n",
          "    read_unlock_irq(mapping.tree_lock)\n    if page != nil { get_page(page) }\n"
        ),
      ], in: "kernel/page_cache.race", check: "ring_walker", "use_after_free"),
    buffers(
      "find_get_page takes no lock",
      [
        ("    read_lock_irq(mapping.tree_lock)\n", ""),
        ("    read_unlock_irq(mapping.tree_lock)\n", ""),
      ], in: "kernel/page_cache.race", check: "ring_walker", "unguarded_access"),
    buffers(
      "buffers are looked for without private_lock",
      [("mapping.has_buffers {", "page_has_buffers(page) {")], in: "kernel/page_cache.race",
      check: "zapper_and_reclaim", "dirty_page_is_found"),
    buffers(
      "buffers are dirtied without private_lock",
      [
        ("    spin_lock(mapping.private_lock)\n    if page_has", "    if page_has"),
        ("    spin_unlock(mapping.private_lock)\n    __set", "    __set"),
      ], in: "kernel/buffer.race", check: "zapper_and_reclaim", "nil_dereference"),
    buffers(
      "without private_lock in the writer the deadlock of B16 is gone",
      [
        ("    spin_lock(mapping.private_lock)\n    if page_has", "    if page_has"),
        ("    spin_unlock(mapping.private_lock)\n    __set", "    __set"),
      ], in: "kernel/buffer.race", check: "buffer_writer", bugs: ["B16"],
      options: ["might_sleep_checks": "false"], "pass"),
    buffers(
      "used buffers are freed", [("users != 0 || state", "state")], in: "kernel/buffer.race",
      check: "reader_and_reclaim", "use_after_free"),
    buffers(
      "dirty buffers are freed", [("state.locked || state.dirty {", "state.locked {")],
      in: "kernel/buffer.race", check: "zapper_and_reclaim", "dirty_page_is_found"),
    buffers(
      "the end of I/O does not unlock the buffer",
      [("    unlock_buffer(bh)\n    put_bh(bh)\n}", "    put_bh(bh)\n}")],
      in: "kernel/buffer.race", check: "buffer_reader", "deadlock"),
    buffers(
      "the buffer stays the submitter's during I/O",
      [("        hand_over bh.b_state.locked to nil\n", "")], in: "kernel/buffer.race",
      check: "buffer_reader", "bad_unlock"),
    buffers(
      "the dirty tag is not set", [("mapping.slots[page_index(page)].dirty = true", "skip")],
      in: "kernel/writeback.race", check: "buffer_writer", "dirty_pages_are_tagged"),
    buffers(
      "spin_lock leaves preemption on", [("    preempt_count += 1\n", "")],
      in: "kernel/context.race", check: "ring_walker", "out_of_range"),
  ]

  private static let classics = [
    Mutation(
      name: "ticket lock: two draw one number", path: "classics/ticket_lock.race",
      edits: [("    next_ticket = (ticket + 1) % TASKS\n", "    next_ticket = ticket\n")],
      model: "classics/ticket_lock.race", check: "exclusion", outcome: "one_at_a_time"),
    Mutation(
      name: "Peterson: the right of way is not given", path: "classics/peterson.race",
      edits: [
        (
          "        wants[me] = true\n        turn = other\n",
          "        wants[me] = true\n        turn = me\n"
        )
      ],
      model: "classics/peterson.race", check: "exclusion", outcome: "one_at_a_time"),
    Mutation(
      name: "bounded buffer: the consumer wakes nobody", path: "classics/bounded_buffer.race",
      edits: [("            wake_up(not_full)\n", "")], model: "classics/bounded_buffer.race",
      check: "buffer", outcome: "deadlock"),
    Mutation(
      name: "philosophers: a fork is kept", path: "classics/dining_philosophers.race",
      edits: [("    fork[second] = nil\n", "")], model: "classics/dining_philosophers.race",
      check: "dinner", outcome: "deadlock"),
    Mutation(
      name: "readers and writers: the writer does not wait", path: "classics/readers_writers.race",
      edits: [("    task writer {\n        down(room_taken)\n", "    task writer {\n")],
      model: "classics/readers_writers.race", check: "access",
      outcome: "nobody_reads_what_is_written"),
  ]
}
