/// Mistakes in the removal and the return of page-table entries, in what processes do meanwhile, in
/// shmem and swapoff, and in the writing of buffers.
extension Mutation {
  private static func memory(
    _ name: String, _ edits: [(from: String, to: String)], in path: String, model: String,
    check: String, options: [String: String] = ["swap_space": "true"], _ outcome: String
  ) -> Mutation {
    Mutation(
      name: name, path: path, edits: edits, model: "direct-migration/\(model).race", check: check,
      options: options, outcome: outcome)
  }

  /// All of them.
  static let memoryOfProcesses = pageTables + shmemAndBuffers

  private static let pageTables = [
    memory(
      "a page that has left its file is moved",
      [("    if mapping == nil { return EAGAIN }\n", "")],
      in: "direct-migration/reference_removal.race", model: "reference_removal",
      check: "truncation", options: [:],
      "nil_dereference"),
    memory(
      "the swap entry of a page table is not given up when its page is back",
      [("        swap_free(entry)\n    }\n    spin", "    }\n    spin")],
      in: "direct-migration/remove_from_swap.race", model: "remove_from_swap", check: "alone",
      "swap_map_is_its_users"),
    memory(
      "a page table that has its page back has no reference",
      [("        get_page(page)\n        vma.pte", "        vma.pte")],
      in: "direct-migration/remove_from_swap.race", model: "remove_from_swap", check: "alone",
      "reference_not_owned"),
    memory(
      "a page table that has its page back is not counted",
      [("        page_add_anon_rmap(page, vma)\n", "")],
      in: "direct-migration/remove_from_swap.race", model: "remove_from_swap", check: "alone",
      "mapcount_is_its_entries"),
    memory(
      "the page stays in the swap cache when nobody needs its entry",
      [("        delete_from_swap_cache(page)\n    }\n}", "    }\n}")],
      in: "direct-migration/remove_from_swap.race", model: "remove_from_swap", check: "alone",
      "swap_is_given_back"),
    memory(
      "page tables get their page back without their lock",
      [
        ("    spin_lock(vma.ptl)\n    let is_entry", "    let is_entry"),
        (
          "        swap_free(entry)\n    }\n    spin_unlock(vma.ptl)\n",
          "        swap_free(entry)\n    }\n"
        ),
      ],
      in: "direct-migration/remove_from_swap.race", model: "remove_from_swap", check: "alone",
      "unguarded_access"),
    memory(
      "the fresh page is not marked as in the swap cache",
      [("        fresh.flags.swapcache = true\n", "")],
      in: "direct-migration/reference_removal.race", model: "reference_removal",
      check: "swap_restored",
      "swap_pages_are_in_their_slots"),
    memory(
      "who takes a page out of a page table keeps its reference",
      [("    page_remove_rmap(page)\n    put_page(page)\n", "    page_remove_rmap(page)\n")],
      in: "kernel/rmap.race", model: "try_to_unmap", check: "reader",
      "reference_leaked"),
    memory(
      "a page table is seen between its page and the swap entry",
      [
        (
          "    if PageAnon(page) {\n        let is_cached",
          "    spin_unlock(vma.ptl)\n    spin_lock(vma.ptl)\n    if PageAnon(page) {\n        let is_cached"
        )
      ],
      in: "kernel/rmap.race", model: "try_to_unmap", check: "reader",
      "lost_write"),
    memory(
      "migration spares pages in use",
      [("if young && !ignore_refs", "if young")],
      in: "kernel/rmap.race", model: "try_to_unmap", check: "reader",
      "gave_up"),
    memory(
      "what mlock keeps is unmapped",
      [("    if vma.locked && !ignore_mlock {", "    if false {")],
      in: "kernel/rmap.race", model: "try_to_unmap", check: "mlocked",
      "mlocked_memory_stays"),
    memory(
      "the anon_vma goes at once with its last process",
      [("            synchronize_rcu()\n", "")],
      in: "kernel/memory.race", model: "try_to_unmap", check: "last_process_goes",
      options: ["swap_space": "true", "mmap_sems": "true", "grace_periods": "true"],
      "use_after_free"),
    memory(
      "a VMA is unlinked without the lock of its anon_vma",
      [
        ("    spin_lock(anon_vma.lock)\n    anon_vma.vmas.rem", "    anon_vma.vmas.rem"),
        ("vmas.is_empty\n    spin_unlock(anon_vma.lock)\n", "vmas.is_empty\n"),
      ],
      in: "kernel/memory.race", model: "try_to_unmap", check: "last_process_goes",
      options: ["swap_space": "true", "mmap_sems": "true", "grace_periods": "true"],
      "unguarded_access"),
    memory(
      "mlock sets its flag when the page is in already",
      [
        ("    vma.locked = true\n    loop {", "    loop {"),
        (
          "        if is_in { break }\n        handle_pte_fault(vma, false)\n    }\n",
          "        if is_in { break }\n        handle_pte_fault(vma, false)\n    }\n    vma.locked = true\n"
        ),
      ],
      in: "kernel/memory.race", model: "try_to_unmap", check: "mlock_comes_late",
      "mlocked_memory_stays"),
    memory(
      "a fault that comes too late keeps its reference",
      [
        (
          "        unlock_page(page)\n        put_page(page)\n        return\n    }\n    let uptodate",
          "        unlock_page(page)\n        return\n    }\n    let uptodate"
        )
      ],
      in: "kernel/memory.race", model: "swap_retry", check: "fault",
      "reference_leaked"),
    memory(
      "the child's page table is not counted",
      [("            atomic page.mapcount += 1\n            child", "            child")],
      in: "kernel/memory.race", model: "try_to_unmap", check: "fork",
      "still_mapped"),
    memory(
      "the copied page stays dirty",
      [
        (
          "if clear_page_dirty_for_io(old) { set_page_dirty(fresh) }",
          "if old.flags.dirty { set_page_dirty(fresh) }"
        )
      ],
      in: "direct-migration/page_copy.race", model: "page_copy", check: "writer",
      options: ["count_dirty": "true"],
      "dirty_pages_are_counted"),
  ]

  private static let shmemAndBuffers = [
    memory(
      "shmem sleeps with info->lock held",
      [
        (
          "            spin_unlock(info_lock)\n            wait_on_page_locked(swappage)",
          "            wait_on_page_locked(swappage)"
        )
      ],
      in: "direct-migration/shmem.race", model: "shmem", check: "shmem",
      "sleep_in_atomic"),
    memory(
      "shmem keeps the entry of a page that is back",
      [
        (
          "        shmem_swp = 0\n        spin_unlock(info_lock)\n        swap_free(entry)\n        return",
          "        spin_unlock(info_lock)\n        swap_free(entry)\n        return"
        )
      ],
      in: "direct-migration/shmem.race", model: "shmem", check: "shmem",
      "swap_map_is_its_users"),
    memory(
      "shmem puts a page into its file without a reference",
      [("    get_page(page)\n    file.slots[0].page = page", "    file.slots[0].page = page")],
      in: "direct-migration/shmem.race", model: "shmem", check: "shmem",
      "reference_not_owned"),
    memory(
      "a page of shmem in the swap cache is not dirty",
      [
        (
          "            page.flags.dirty = true\n            shmem_swp = entry",
          "            shmem_swp = entry"
        )
      ],
      in: "direct-migration/shmem.race", model: "shmem", check: "shmem_swap_out_and_user",
      "file_is_kept"),
    memory(
      "shmem does not ask whether a page is still its own",
      [
        (
          "            if filepage.mapping == file { return filepage }",
          "            if true { return filepage }"
        )
      ],
      in: "direct-migration/shmem.race", model: "shmem", check: "shmem_file_truncation_and_user",
      "wrong_page"),
    memory(
      "swapoff keeps its reference",
      [
        (
          "        unlock_page(page)\n        put_page(page)\n    }\n}",
          "        unlock_page(page)\n    }\n}"
        )
      ],
      in: "direct-migration/swap_retry.race", model: "swap_retry", check: "swapoff",
      "reference_leaked"),
    memory(
      "a flusher's last buffer is not the last",
      [("    if is_last_of(page) { end_page_writeback(page) }", "    end_page_writeback(page)")],
      in: "kernel/buffer.race", model: "buffer_migrate_page", check: "write_out", options: [:],
      "not_under_writeback"),
    memory(
      "the page is unlocked before it counts as written through its buffers",
      [
        (
          "    set_page_writeback(page)\n    loop {\n        let next",
          "    unlock_page(page)\n    set_page_writeback(page)\n    loop {\n        let next"
        ), ("    unlock_page(page)\n    // Its buffers", "    // Its buffers"),
      ],
      in: "kernel/buffer.race", model: "buffer_migrate_page", check: "write_out", options: [:],
      "nil_dereference"),
    memory(
      "the migrator does not wait for the disk to have the buffers",
      [
        (
          "        lock_page(old)\n        wait_on_page_writeback(old)\n",
          "        lock_page(old)\n"
        )
      ],
      in: "direct-migration/buffer_migrate_page.race", model: "buffer_migrate_page",
      check: "write_out", options: [:],
      "nil_dereference"),
  ]
}
