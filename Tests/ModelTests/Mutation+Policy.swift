/// Mistakes in the policy layer, which says whose pages go where.
extension Mutation {
  private static func pairing(
    _ name: String, _ edits: [(from: String, to: String)], check: String,
    options: [String: String] = [:], _ outcome: String
  ) -> Mutation {
    Mutation(
      name: name, path: "policy/do_migrate_pages.race", edits: edits,
      model: "policy/do_migrate_pages.race", check: check,
      options: options, outcome: outcome)
  }

  /// In `do_migrate_pages.race`.
  static let nodePairs = [
    pairing(
      "the first free target does not end the scan",
      [
        (
          "if first_pair_taken || !(dest in tmp) { break }",
          "if first_pair_taken { break }"
        )
      ], check: "larger_target", "no_page_moves_twice"),
    pairing(
      "a node is done twice",
      [
        (
          "        tmp.remove(source)\n",
          """
                  tmp.remove(source)
                  if source == N3 { tmp.add(N0) }

          """
        )
      ], check: "larger_target", "number_is_right"),
    pairing(
      "an error does not end the call",
      [
        (
          "if result != OK { break }",
          "if result != OK { continue }"
        )
      ], check: "fails_half_way", "relative_placement_is_kept"),
    pairing(
      "what is left is not counted",
      [
        (
          "busy += migrate_to_node(source, dest)",
          "migrate_to_node(source, dest)"
        )
      ], check: "larger_target", "number_is_right"),
    pairing(
      "source and target are exchanged",
      [
        (
          "migrate_to_node(source, dest)",
          "migrate_to_node(dest, source)"
        )
      ], check: "larger_target", "other_nodes_are_left_alone"),
    pairing(
      "pages are moved in spite of an error",
      [("            if result != OK { break }\n", "")], check: "fails_half_way",
      "moved_after_error"),
    Mutation(
      name: "the map counts from the second node", path: "policy/nodemask.race",
      edits: [("ord = ord % to.count", "ord = (ord + 1) % to.count")],
      model: "policy/nodemask.race", check: "remap", outcome: "order_is_kept"),
    Mutation(
      name: "the map moves nodes outside of its set", path: "policy/nodemask.race",
      edits: [("!(node in from) || to.is_empty", "to.is_empty")],
      model: "policy/nodemask.race", check: "remap", outcome: "others_stay"),
  ]

  private static func chunk(
    _ name: String, _ edits: [(from: String, to: String)], check: String,
    options: [String: String] = [:], _ outcome: String
  ) -> Mutation {
    Mutation(
      name: name, path: "policy/migrate_pages_to.race", edits: edits,
      model: "policy/migrate_pages_to.race", check: check,
      options: options, outcome: outcome)
  }

  /// In `migrate_pages_to.race`.
  static let chunks = [
    chunk(
      "the second chunk is never begun",
      [
        (
          "if !newlist.pages.is_empty || pagelist.pages.is_empty { break }",
          "break"
        )
      ], check: "chunks", "vacuous: all_moved, memory_ran_out"),
    chunk(
      "a chunk is begun with targets left",
      [
        (
          "if !newlist.pages.is_empty || pagelist.pages.is_empty { break }",
          "if pagelist.pages.is_empty { break }"
        )
      ], check: "chunks", "pool_exhausted"),
    chunk(
      "moved pages are not put back",
      [
        (
          "            putback_lru_pages(moved)\n",
          ""
        )
      ], check: "chunks", "every_page_is_back"),
    chunk(
      "pages are counted before the failed ones are back",
      [
        (
          "    if result == OK { number = pagelist.pages.count }\n",
          ""
        ),
        (
          "    unless failed_not",
          """
              if result == OK { number = pagelist.pages.count }
              unless failed_not
          """
        ),
      ], check: "chunks", "number_is_right"),
    chunk(
      "migrate_pages is called for nothing",
      [("    if !pagelist.pages.is_empty {\n", "    if true {\n")], check: "chunks",
      "nothing_is_called_in_vain"),
  ]

  private static func binding(
    _ name: String, _ edits: [(from: String, to: String)], check: String,
    options: [String: String] = [:], _ outcome: String
  ) -> Mutation {
    Mutation(
      name: name, path: "policy/do_mbind.race", edits: edits, model: "policy/do_mbind.race",
      check: check,
      options: options, outcome: outcome)
  }

  /// In `do_mbind.race`.
  static let mbind = [
    binding(
      "mmap_sem is held for reading",
      [
        (
          "down_write(mmap_sem)",
          "down_read(mmap_sem)"
        ),
        (
          "up_write(mmap_sem)",
          "up_read(mmap_sem)"
        ),
      ], check: "any_call", "unguarded_access"),
    binding(
      "a hole in the range is overlooked",
      [
        (
          "        err = EFAULT\n        return 0",
          "        return 0"
        )
      ], check: "shared_page", "strict_broken"),
    binding(
      "shared pages are isolated",
      [
        (
          "(MOVE_ALL in flags || !pages[i].shared) && pages",
          "pages"
        )
      ], check: "shared_page", "shared_page_moved"),
    binding(
      "pages of other lists are isolated",
      [
        (
          " && pages[i].on_lru {",
          " {"
        )
      ], check: "shared_page", "lists_of_others_are_left_alone"),
    binding(
      "everybody is told of what was left",
      [
        (
          "nr_failed > 0 && STRICT in flags { err",
          "nr_failed > 0 { err"
        )
      ], check: "shared_page", "only_strict_complains"),
    binding(
      "the first error is forgotten",
      [
        (
          "if err == OK && nr_failed > 0",
          "if nr_failed > 0"
        )
      ], check: "shared_page", "the_policy_is_set"),
    binding(
      "an area that is locked is not spared",
      [
        (
          "let locked = vma_locked || pages",
          "let locked = pages"
        )
      ], check: "locked_area", "all_stay"),
    binding(
      "nobody looks for holes",
      [("    if hole_in_range {", "    if false {")], check: "shared_page", "holes_are_refused"),
    binding(
      "MOVE alone does nothing",
      [
        (
          "&& !(MOVE in flags) && !(MOVE_ALL in flags) { return 0 }",
          "&& !(MOVE_ALL in flags) { return 0 }"
        )
      ],
      check: "shared_page", "what_is_asked_for_is_tried"),
    binding(
      "pages that are in the right place are moved",
      [("if pages[i].present && pages[i].misplaced {", "if pages[i].present {")],
      check: "any_call", "moved_in_vain"),
    binding(
      "isolated pages stay on the LRU",
      [("                    pages[i].on_lru = false\n", "")], check: "shared_page",
      "isolated_pages_are_off_the_lru"),
    binding(
      "pages are not put back on the LRU",
      [
        (
          "                pages[i].on_lru = true\n            }\n        }\n    }\n}\n\n/// One call",
          "            }\n        }\n    }\n}\n\n/// One call"
        )
      ],
      check: "shared_page", "pages_are_on_the_lru_again"),
    binding(
      "MOVE needs a capability",
      [("if MOVE_ALL in asked && !capable", "if !capable")], check: "shared_page",
      "others_need_no_capability"),
    binding(
      "LAZY moves pages at once",
      [("    if lazy || fate == SWAPPED {", "    if fate == SWAPPED {")], check: "shared_page",
      "moved_at_once"),
    binding(
      "locked areas are not passed over",
      [("    if vma_locked && !(STRICT in flags) { return 0 }\n", "")], check: "locked_area",
      "passed_over"),
    binding(
      "mmap_sem is dropped before pages are moved",
      [
        (
          "        err = mbind_range()\n",
          "        err = mbind_range()\n        up_write(mmap_sem)\n        down_write(mmap_sem)\n"
        )
      ], check: "two_callers", "moved_without_policy"),
  ]

  private static func calling(
    _ name: String, _ edits: [(from: String, to: String)], check: String,
    options: [String: String] = [:], _ outcome: String
  ) -> Mutation {
    Mutation(
      name: name, path: "policy/sys_migrate_pages.race", edits: edits,
      model: "policy/sys_migrate_pages.race", check: check,
      options: options, outcome: outcome)
  }

  /// In `sys_migrate_pages.race`.
  static let otherProcesses = [
    calling(
      "the process is kept after tasklist_lock is gone",
      [
        (
          "    unless task_kept_by_nothing { get_task_struct(tsk) }\n",
          ""
        ),
        (
          "    read_unlock(tasklist_lock)\n    var err",
          """
              read_unlock(tasklist_lock)
              unless task_kept_by_nothing { get_task_struct(tsk) }
              var err
          """
        ),
      ], check: "exit", "use_after_free"),
    calling(
      "the saved user does not count",
      [
        (
          "euid != tsk.suid && euid",
          "euid"
        )
      ], check: "rule", "exactly_the_rule"),
    calling(
      "the capable are refused nodes",
      [
        (
          "!nodes_allowed && !capable unless",
          "!nodes_allowed unless"
        )
      ], check: "rule", "exactly_the_rule"),
  ]

  private static func ending(
    _ name: String, _ edits: [(from: String, to: String)], check: String,
    options: [String: String] = [:], _ outcome: String
  ) -> Mutation {
    Mutation(
      name: name, path: "policy/process.race", edits: edits, model: "policy/sys_migrate_pages.race",
      check: check,
      options: options, outcome: outcome)
  }

  /// In `process.race`.
  static let addressSpaces = [
    ending(
      "the address space is taken after the lock of the process is gone",
      [
        (
          """
              if mm != nil {
                  atomic {
                      mm.users += 1
                      ghost credit(mm)
                  }
              }
              spin_unlock(tsk.alloc_lock)

          """,
          """
              spin_unlock(tsk.alloc_lock)
              if mm != nil {
                  atomic {
                      mm.users += 1
                      ghost credit(mm)
                  }
              }

          """
        )
      ], check: "exit", "use_after_free"),
    ending(
      "the process leaves the list without tasklist_lock",
      [
        (
          "    write_lock_irq(tasklist_lock)\n",
          ""
        ),
        (
          "    write_unlock_irq(tasklist_lock)\n",
          ""
        ),
      ], check: "exit", "unguarded_access"),
    ending(
      "pages are moved without mmap_sem",
      [
        ("    down_read(mmap_sem)\n    while", "    while"),
        ("    up_read(mmap_sem)\n", ""),
      ], check: "rule", "walked_without_mmap_sem"),
  ]

  private static func attaching(
    _ name: String, _ edits: [(from: String, to: String)], check: String,
    options: [String: String] = [:], _ outcome: String
  ) -> Mutation {
    Mutation(
      name: name, path: "policy/cpuset_move.race", edits: edits, model: "policy/cpuset_move.race",
      check: check,
      options: options, outcome: outcome)
  }

  /// In `cpuset_move.race`.
  static let cpusets = [
    attaching(
      "faults do not take mmap_sem",
      [
        (
          "    down_read(mmap_sem)\n    let node",
          "    let node"
        ),
        (
          "    atomic mm.pages[node] += 1\n    up_read(mmap_sem)",
          "    atomic mm.pages[node] += 1"
        ),
      ], check: "process_runs", "all_pages_are_on_the_new_nodes"),
    attaching(
      "a process without address space is moved",
      [
        (
          "    if mm != nil {\n        if moved",
          "    if true {\n        if moved"
        )
      ], check: "process_ends", "nil_dereference"),
  ]

  private static func writing(
    _ name: String, _ edits: [(from: String, to: String)], _ outcome: String
  ) -> Mutation {
    Mutation(
      name: name, path: "policy/mbind_and_write.race", edits: edits,
      model: "policy/mbind_and_write.race", check: "mbind_and_write", outcome: outcome)
  }

  /// In `mbind_and_write.race`.
  static let mbindAndWrite = [
    writing(
      "the first pass sleeps for the lock",
      [("if pass > 2 && waits", "if waits")], "vacuous: tried_before_it_waits"),
    writing(
      "a fault maps nothing", [("    buffer_is_mapped = true\n    ghost", "    ghost")],
      "writes_for_ever"),
    writing(
      "a fault does not take mmap_sem",
      [
        ("    down_read(mmap_sem)\n    buffer", "    buffer"),
        ("    up_read(mmap_sem)\n", ""),
      ], "mapped_under_mbind"),
    writing(
      "the buffer is copied when the page is unlocked",
      [
        (
          "            copy_into(page)\n            unlock_page(page)\n",
          "            unlock_page(page)\n            copy_into(page)\n"
        )
      ], "copied_without_lock"),
    writing(
      "the writer faults with the page locked",
      [
        (
          "        unlock_page(page)\n        fault()\n",
          "        fault()\n        unlock_page(page)\n"
        )
      ],
      "deadlock"),
  ]
}
