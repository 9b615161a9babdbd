/// Mistakes in lazy migration: pages that are only unmapped, and migrate when they are touched.
extension Mutation {
  private static func lazy(
    _ name: String, _ edits: [(from: String, to: String)], in file: String, model: String? = nil,
    check: String, options: [String: String] = [:], _ outcome: String
  ) -> Mutation {
    Mutation(
      name: name, path: "lazy-migration/\(file).race", edits: edits,
      model: "lazy-migration/\(model ?? file).race", check: check,
      options: options.merging(["swap_space": "true"]) { own, _ in own }, outcome: outcome)
  }

  /// All of them.
  static let lazyMigration = movingOnFault + faultHandlers + unmappingOnly + lazyFlags

  private static let movingOnFault = [
    lazy(
      "the fault's reference is expected of everybody",
      [
        (
          "if mode == MIGRATE_FAULT && !extra_reference",
          "if !extra_reference"
        )
      ],
      in: "migrate_on_fault", check: "direct_and_device", "memory_is_kept"),
    lazy(
      "the slot is replaced with tree_lock held for reading",
      [
        (
          "    write_lock_irq(mapping.tree_lock)\n    let slot",
          "    read_lock_irq(mapping.tree_lock)\n    let slot"
        ),
        (
          "        write_unlock_irq(mapping.tree_lock)\n        return EAGAIN",
          "        read_unlock_irq(mapping.tree_lock)\n        return EAGAIN"
        ),
        (
          "    write_unlock_irq(mapping.tree_lock)\n    return OK",
          "    read_unlock_irq(mapping.tree_lock)\n    return OK"
        ),
      ],
      in: "migrate_on_fault", check: "first_touch", "unguarded_access"),
    lazy(
      "the slot's reference to the old page is not dropped",
      [
        (
          "    put_page(old)\n    write_unlock",
          "    write_unlock"
        )
      ],
      in: "migrate_on_fault", check: "first_touch", "reference_leaked"),
    lazy(
      "the fresh page has another index",
      [
        (
          "    fresh.index = old.index\n",
          "    fresh.index = 0\n"
        )
      ],
      in: "migrate_on_fault", check: "file", "pages_are_in_their_slots"),
    lazy(
      "the isolation's reference to the old page is not dropped",
      [
        (
          """
                  put_page(page)                                          // of the isolation

          """,
          ""
        )
      ],
      in: "migrate_on_fault", check: "first_touch", "reference_leaked"),
    lazy(
      "the fresh page has no reference for its isolation",
      [
        (
          """
                  get_page(fresh)                                         // for the isolation

          """,
          ""
        )
      ],
      in: "migrate_on_fault", check: "first_touch", "reference_not_owned"),
    lazy(
      "the fresh page does not go to the LRU",
      [
        (
          "        putback_lru_page(fresh)\n",
          "        put_page(fresh)\n"
        )
      ],
      in: "migrate_on_fault", check: "first_touch", "every_page_is_on_the_lru"),
    lazy(
      "a page that cannot be moved does not go back to the LRU",
      [
        (
          "    put_page(fresh)\n    putback_lru_page(page)\n    return page",
          "    put_page(fresh)\n    put_page(page)\n    return page"
        )
      ],
      in: "migrate_on_fault", check: "device", "every_page_is_on_the_lru"),
  ]

  private static let faultHandlers = [
    lazy(
      "a page that cannot be moved is given back twice",
      [
        (
          "    put_page(fresh)\n    putback_lru_page(page)\n    return page",
          """
              put_page(fresh)
              putback_lru_page(page)
              put_page(page)
              return page
          """
        )
      ],
      in: "migrate_on_fault", check: "device", "reference_not_owned"),
    lazy(
      "the entry is compared before its page table is locked",
      [
        (
          "    spin_lock(vma.ptl)\n    if vma.pte != swap(entry: entry) {\n        spin_unlock(vma.ptl)\n",
          "    if READ_ONCE(vma.pte) != swap(entry: entry) {\n"
        ),
        (
          "    let uptodate = page.flags.uptodate\n    require uptodate else sigbus\n    ghost",
          "    spin_lock(vma.ptl)\n    let uptodate = page.flags.uptodate\n    require uptodate else sigbus\n    ghost"
        ),
      ],
      in: "migrate_on_fault", check: "discarded", "swap_map_is_its_users"),
    lazy(
      "a page that others have isolated is taken, and given back to the LRU",
      [
        (
          "    if !isolate_lru_page(page) { return page } ",
          "    if !isolate_lru_page(page) { get_page(page) } "
        )
      ],
      in: "migrate_on_fault", check: "reclaim", "on_lru_twice"),
    lazy(
      "who is slower to read a page in keeps its entry",
      [
        (
          "        swap_free(entry)                                        // somebody else was faster\n",
          ""
        )
      ],
      in: "migrate_on_fault", check: "swapped_out_two_threads", "swap_map_is_its_users"),
    lazy(
      "the fresh page does not lead to the processes of the old one",
      [("        fresh.anon_vma = old.anon_vma\n", "")],
      in: "migrate_on_fault", check: "direct_and_device", "memory_leads_to_its_processes"),
    lazy(
      "pages under writeback are moved on a fault",
      [
        (
          "    if page.flags.writeback { return page }\n",
          ""
        )
      ],
      in: "migrate_on_fault", check: "file_written", "bad_page"),
    lazy(
      "the fault on a file does not ask whether it has been truncated",
      [
        (
          """
                  if found.mapping != file {
                      unlock_page(found)
                      put_page(found)
                      continue
                  }
                  if file.i_size <= vma.index {
                      unlock_page(found)
                      put_page(found)
                      return false
                  }

          """,
          ""
        )
      ],
      in: "migrate_on_fault", check: "file_truncation", "nil_dereference"),
    lazy(
      "the fault maps the page whatever has come into its entry",
      [
        (
          """
              if vma.pte != swap(entry: entry) {
                  spin_unlock(vma.ptl)
                  unlock_page(page)
                  put_page(page)
                  return
              }

          """,
          ""
        )
      ],
      in: "migrate_on_fault", check: "two_threads", "reference_leaked"),
    lazy(
      "the fault on a file unlocks the page before it maps it",
      [
        (
          """
                  let page = check_migrate_misplaced_page(found, here)
                  spin_lock(vma.ptl)
                  if vma.pte == none {
          """,
          """
                  let page = check_migrate_misplaced_page(found, here)
                  unlock_page(page)
                  spin_lock(vma.ptl)
                  if vma.pte == none {
          """
        ),
        (
          "            page_add_file_rmap(page)\n            unlock_page(page)\n",
          "            page_add_file_rmap(page)\n"
        ),
        (
          """
                  } else {
                      unlock_page(page)
                      put_page(page)
                  }
                  spin_unlock(vma.ptl)
                  return true
          """,
          """
                  } else {
                      put_page(page)
                  }
                  spin_unlock(vma.ptl)
                  return true
          """
        ),
      ],
      in: "migrate_on_fault", check: "file_truncation", "nobody_maps_another_page"),
    lazy(
      "direct migration does not wait for writeback",
      [
        (
          """
                  wait_on_page_writeback(page)
                  if page.mapping == nil && page.anon
          """,
          "        if page.mapping == nil && page.anon"
        )
      ],
      in: "migrate_on_fault", check: "file_direct_written", "nil_dereference"),
    lazy(
      "the policy's node is not asked for",
      [
        (
          "    if area_policy == BIND { return TARGET }\n",
          ""
        )
      ],
      in: "nodes", model: "migrate_on_fault", check: "first_touch", "first_touch_moves"),
  ]

  private static let unmappingOnly = [
    lazy(
      "a page that failed to unmap is not counted",
      [
        (
          "if result != SWAP_SUCCESS || page.mapcount != 0 { failed += 1 }",
          "if false { failed += 1 }"
        )
      ],
      in: "unmap_only", check: "any_pages", "passed_over_are_counted"),
    lazy(
      "anonymous pages get no swap entry",
      [
        (
          """
                              if !page.flags.swapcache {
                                  if !add_to_swap(page) {
                                      failed += 1
                                      leave unlock
                                  }
                              }

          """,
          "                    skip\n"
        )
      ],
      in: "unmap_only", check: "any_pages", "unmapped_without_swap"),
    lazy(
      "pages stay locked",
      [
        (
          "            unlock_page(page)\n        }\n        pagelist",
          "        }\n        pagelist"
        )
      ],
      in: "unmap_only", check: "any_pages", "lock_held_at_end"),
    lazy(
      "pages stay on the list",
      [
        (
          "        pagelist.pages.remove(page)\n        if is_unmapped",
          "        if is_unmapped"
        )
      ],
      in: "unmap_only", check: "any_pages", "reference_not_owned"),
    lazy(
      "the next page is looked up after this one has left the list",
      [
        (
          "    for page in pagelist.pages safely {\n        might_sleep()",
          "    for page in pagelist.pages {\n        might_sleep()"
        )
      ],
      in: "unmap_only", check: "any_pages", "list_changed"),
    lazy(
      "files without migratepage are unmapped",
      [
        (
          """
                              if lacks_migratepage[mapping] {
                                  skipped += 1
                                  leave unlock
                              }

          """,
          ""
        )
      ],
      in: "unmap_only", check: "any_pages", "what_cannot_migrate_stays"),
    lazy(
      "KSM's pages are unmapped",
      [
        (
          "if is_ksm[page] || page.flags.writeback",
          "if page.flags.writeback"
        )
      ],
      in: "unmap_only", check: "any_pages", "what_cannot_migrate_stays"),
  ]

  private static let lazyFlags = [
    lazy(
      "the area's policy is read without mmap_sem",
      [
        (
          "        down_read(mmap_sem)\n        let seen",
          "        let seen"
        ),
        (
          "        up_read(mmap_sem)\n    }\n}\n\n/// The same for a file that",
          "    }\n}\n\n/// The same for a file that"
        ),
      ],
      in: "migrate_on_fault", model: "mbind", check: "at_any_time", "unguarded_access"),
    lazy(
      "mmap_sem is taken for reading",
      [
        (
          "    down_write(mmap_sem)\n",
          "    down_read(mmap_sem)\n"
        ),
        (
          "    up_write(mmap_sem)\n",
          "    up_read(mmap_sem)\n"
        ),
      ],
      in: "mbind", check: "at_any_time", "unguarded_access"),
    lazy(
      "the page table is read without its lock",
      [
        (
          "            let vma = area[i]\n            spin_lock(vma.ptl)\n",
          "            let vma = area[i]\n"
        ),
        (
          "touch nothing\n                        spin_unlock(vma.ptl)\n",
          "touch nothing\n"
        ),
        (
          "            spin_unlock(vma.ptl)\n        }\n    }\n    return SUCCESS",
          "        }\n    }\n    return SUCCESS"
        ),
      ],
      in: "mbind", check: "at_any_time", "unguarded_access"),
    lazy(
      "MOVE takes pages that others map",
      [
        (
          "        if page.mapcount != 1 { return false }\n",
          "        skip\n"
        )
      ],
      in: "mbind", check: "any_flags", "others_are_not_bothered"),
    lazy(
      "pages that others have isolated are taken",
      [
        (
          "    if !isolate_lru_page(page) { return false }\n    pagelist",
          "    if !isolate_lru_page(page) { get_page(page) }\n    pagelist"
        )
      ],
      in: "mbind", check: "any_flags", "lists_of_others_are_left_alone"),
    lazy(
      "STRICT complains whatever comes of the pages",
      [("failed > 0 && STRICT in flags { err", "STRICT in flags { err")],
      in: "mbind", check: "any_flags", "complaints_are_true"),
    lazy(
      "the capability is asked for by MOVE too",
      [
        (
          "    if MOVE_ALL in asked && !capable unless",
          "    if (MOVE in asked || MOVE_ALL in asked) && !capable unless"
        )
      ],
      in: "mbind", check: "any_flags", "the_capable_may"),
    lazy(
      "LAZY is taken for MOVE by the old form",
      [
        (
          "    if !lazy_is_known && LAZY in asked { return EINVAL }\n",
          ""
        )
      ],
      in: "mbind", check: "old_form", options: ["lazy_is_known": "false"],
      "unknown_flags_are_refused"),
    lazy(
      "STRICT alone lets pages be",
      [
        (
          "                        return EIO\n",
          "                        return SUCCESS\n"
        )
      ],
      in: "mbind", check: "any_flags", "strict_broken"),
    lazy(
      "everybody is told of what was left",
      [
        (
          "failed > 0 && STRICT in flags { err",
          "failed > 0 { err"
        )
      ],
      in: "mbind", check: "any_flags", "only_strict_complains"),
    lazy(
      "the policy is not set before pages move",
      [
        (
          "    policy_is_set = true\n    return SUCCESS",
          "    return SUCCESS"
        )
      ],
      in: "mbind", check: "any_flags", "the_policy_is_set"),
  ]
}
