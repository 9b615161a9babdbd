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
}
