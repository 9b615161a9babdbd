extension Mutation {
  private static func processes(
    _ name: String, _ edits: [(from: String, to: String)], in path: String, model: String,
    check: String, _ outcome: String
  ) -> Mutation {
    Mutation(
      name: name, path: path, edits: edits, model: "direct-migration/\(model).race", check: check,
      options: ["swap_space": "true"], outcome: outcome)
  }

  /// Mistakes in what migrates the memory of processes.
  static let anonymousPages = unmapping + faults + forkAndExit + swapCache + restoring + mappedFiles

  private static let unmapping = [
    processes(
      "try_to_unmap walks without the lock of the anon_vma",
      [
        ("        spin_lock(anon_vma.lock)\n        if rcu", "        if rcu"),
        ("    spin_unlock(anon_vma.lock)\n", ""),
      ],
      in: "kernel/rmap.race", model: "try_to_unmap", check: "fork_and_exit", "unguarded_access"),
    processes(
      "a swap entry in a page table is not counted", [("        swap_duplicate(entry)\n", "")],
      in: "kernel/rmap.race", model: "try_to_unmap", check: "reader", "swap_map_is_its_users"),
    processes(
      "the page-table entry is not replaced by a swap entry",
      [("        vma.pte = swap(entry: entry)\n", "")],
      in: "kernel/rmap.race", model: "try_to_unmap", check: "reader", "lost_write"),
    processes(
      "mapcount is not lowered",
      [("    page_remove_rmap(page)\n    put_page(page)", "    put_page(page)")],
      in: "kernel/rmap.race", model: "try_to_unmap", check: "reader", "mapcount_is_its_entries"),
    processes(
      "the dirty bit of a page table is dropped",
      [("        if dirty { set_page_dirty(page) }\n", "        skip\n")],
      in: "kernel/rmap.race", model: "try_to_unmap", check: "clean_and_writer", "memory_is_kept"),
    processes(
      "the page is not written to the swap device",
      [("    swap_device[entry] = page.data\n", "")],
      in: "kernel/vmscan.race", model: "try_to_unmap", check: "reclaim_and_writer",
      "memory_is_kept"),
  ]

  private static let faults = [
    processes(
      "a fault does not look at its page-table entry again",
      [
        (
          """
              if vma.pte != swap(entry: entry) {
                  spin_unlock(vma.ptl)
                  unlock_page(page)
                  put_page(page)
                  return
              }

          """, ""
        )
      ],
      in: "kernel/memory.race", model: "migrate_page", check: "anonymous_reader", "lost_write"),
    processes(
      "a fault does not give up its use of the swap entry",
      [("    swap_free(entry)\n    if swap_is", "    if swap_is")],
      in: "kernel/memory.race", model: "try_to_unmap", check: "reader", "swap_map_is_its_users"),
    processes(
      "a page that others map may be written", [("    return users <= 1\n", "    return true\n")],
      in: "kernel/memory.race", model: "try_to_unmap", check: "writer_and_reader", "lost_write"),
    processes(
      "who has the page's swap entry does not count when it is to be written",
      [("        users += swap_map[page.swap_entry] - 1\n", "")],
      in: "kernel/memory.race", model: "try_to_unmap", check: "writer_and_reader",
      "memory_is_kept"),
    processes(
      "a pin takes no reference",
      [("        if write {\n            get_page(page)\n", "        if write {\n")],
      in: "kernel/memory.race", model: "migrate_page", check: "anonymous_pin",
      "reference_not_owned"),
  ]

  private static let forkAndExit = [
    processes(
      "fork does not count the child's swap entry",
      [("            swap_duplicate(entry)\n            child", "            child")],
      in: "kernel/memory.race", model: "try_to_unmap", check: "fork", "swap_map_is_its_users"),
    processes(
      "an exit keeps its swap entry",
      [("    if let swap(entry) = old { free_swap_and_cache(entry) }\n", "")],
      in: "kernel/memory.race", model: "try_to_unmap", check: "writer_and_exit",
      "swap_map_is_its_users"),
    processes(
      "an exit does not lower mapcount",
      [("    if let present(page) = old { page_remove_rmap(page) }\n", "")],
      in: "kernel/memory.race", model: "try_to_unmap", check: "writer_and_exit",
      "mapcount_is_its_entries"),
  ]

  private static let swapCache = [
    processes(
      "the slot's reference stays when the page leaves the swap cache",
      [
        (
          "    swap_free(entry)\n    put_page(page)\n}\n\n/// The page that is cached",
          "    swap_free(entry)\n}\n\n/// The page that is cached"
        )
      ],
      in: "kernel/swap.race", model: "remove_from_swap", check: "alone", "reference_leaked"),
    processes(
      "the fresh page does not get the swap entry",
      [("        fresh.swap_entry = old.swap_entry\n", "")],
      in: "direct-migration/reference_removal.race", model: "reference_removal",
      check: "swap_restored", "swap_pages_are_in_their_slots"),
    processes(
      "the old page stays marked as in the swap cache",
      [("        old.flags.swapcache = false\n", "")],
      in: "direct-migration/page_copy.race", model: "reference_removal", check: "swap_restored",
      "bad_page"),
    processes(
      "shmem leaves the page without a tag",
      [
        (
          "    page.flags.dirty = false                                    // it is dirty",
          "    // it is dirty"
        )
      ],
      in: "direct-migration/shmem.race", model: "shmem", check: "shmem",
      "dirty_pages_are_tagged"),
    processes(
      "the migrator does not lock the old page",
      [
        ("        block unlock {\n            lock_page(old)\n", "        block unlock {\n"),
        (
          "        unlock_page(old)\n        putback(old)\n", "        putback(old)\n"
        ),
      ],
      in: "direct-migration/migrate_page.race", model: "migrate_page", check: "anonymous_exit",
      "page_not_locked"),
  ]

  private static let restoring = [
    processes(
      "page tables get their page back without the page lock",
      [
        ("        unless unlocked_and_left_in_the_cache { lock_page(old) }\n", ""),
        ("        unless unlocked_and_left_in_the_cache { unlock_page(old) }\n", ""),
      ],
      in: "direct-migration/remove_from_swap.race", model: "remove_from_swap", check: "writer",
      "page_not_locked"),
    processes(
      "the page leaves the swap cache before page tables have it back",
      [
        (
          "    for vma in anon_vma.vmas {",
          "    delete_from_swap_cache(page)\n    for vma in anon_vma.vmas {"
        ),
        ("        delete_from_swap_cache(page)\n    }\n}", "    }\n}"),
      ],
      in: "direct-migration/remove_from_swap.race", model: "remove_from_swap", check: "reader",
      "lost_write"),
    processes(
      "a page that others map too comes back writable",
      [
        (
          "        vma.pte = present(page: page)\n",
          "        vma.pte = present(page: page, write: true)\n"
        )
      ],
      in: "direct-migration/remove_from_swap.race", model: "remove_from_swap", check: "writer",
      "memory_is_kept"),
  ]

  private static let mappedFiles = [
    processes(
      "a page-table entry is read and cleared in two steps",
      [("atomic fn ptep_clear_flush(vma", "fn ptep_clear_flush(vma")],
      in: "kernel/rmap.race", model: "mapped_file", check: "one_storer", "writers_left_it_dirty"),
    processes(
      "a fault does not see that the file has been truncated",
      [
        (
          """
                  if now != sequence {
                      spin_unlock(vma.ptl)
                      put_page(page)
                      continue
                  }

          """, ""
        )
      ],
      in: "kernel/memory.race", model: "mapped_file", check: "truncation_and_fault",
      "nobody_maps_another_page"),
    processes(
      "the file is truncated before it leaves the page tables",
      [("        unmap_mapping_range(file)\n", "")],
      in: "direct-migration/mapped_file.race", model: "mapped_file", check: "truncation",
      "nobody_maps_another_page"),
    processes(
      "a fault maps a page that is not filled yet",
      [
        (
          "        if !page.flags.uptodate {\n            lock_page(page)\n            let mapping",
          "        if false {\n            lock_page(page)\n            let mapping"
        )
      ],
      in: "kernel/memory.race", model: "mapped_file", check: "one_storer", "file_has_the_newest"),
  ]
}
