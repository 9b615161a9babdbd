/// Mistakes in the walks over who maps a page, in what processes share, and in reclaim.
extension Mutation {
  private static func walk(
    _ name: String, _ edits: [(from: String, to: String)], in path: String, model: String? = nil,
    check: String, options: [String: String] = [:], _ outcome: String
  ) -> Mutation {
    Mutation(
      name: name, path: "\(path).race", edits: edits, model: "\(model ?? path).race", check: check,
      options: options, outcome: outcome)
  }

  /// All of them.
  static let walksAndReclaim = familyWalks + sharedPages + reclaimedPages

  /// In the walks over who maps a page.
  private static let familyWalks = [
    walk(
      "a page does not know the family of who maps it",
      [
        (
          "            page.anon_vma = vma.anon_vma\n",
          ""
        )
      ], in: "kernel/rmap", model: "direct-migration/try_to_unmap",
      check: "writer_and_reader", options: ["swap_space": "true"],
      "mappers_are_found"),
    walk(
      "a page does not know where in a VMA it is",
      [
        (
          "            page.index = vma.index\n",
          ""
        )
      ], in: "kernel/rmap", model: "direct-migration/try_to_unmap",
      check: "writer_and_reader", options: ["swap_space": "true"],
      "mappers_are_found"),
    walk(
      "a child has its page before it is in the family",
      [
        (
          """
              spin_lock(anon_vma.lock)
              anon_vma.vmas.push_front(child)
              spin_unlock(anon_vma.lock)
              copy_one_pte(child, parent)

          """,
          """
              copy_one_pte(child, parent)
              spin_lock(anon_vma.lock)
              anon_vma.vmas.push_front(child)
              spin_unlock(anon_vma.lock)

          """
        )
      ], in: "kernel/memory", model: "direct-migration/try_to_unmap",
      check: "fork", options: ["swap_space": "true"],
      "mappers_are_found"),
    walk(
      "the look at a young bit does not clear it",
      [
        (
          """
                  vma.pte = present(page: page, dirty: dirty, write: write)
                  return young
          """,
          "        return young"
        )
      ], in: "kernel/rmap", model: "direct-migration/try_to_unmap",
      check: "in_use_until_the_second_look", options: ["swap_space": "true"],
      "gave_up"),
    walk(
      "young bits are looked at and ignored",
      [
        (
          "    if young && !ignore_refs {",
          "    if false {"
        )
      ], in: "kernel/rmap", model: "direct-migration/try_to_unmap",
      check: "in_use_until_the_second_look", options: ["swap_space": "true"],
      "not_spared"),
    walk(
      "the walk over a family goes on when one has failed",
      [
        (
          """
                  if result == SWAP_FAIL || page.mapcount == 0 { break }
              }
              spin_unlock(anon_vma.lock)
          """,
          """
                  if page.mapcount == 0 { break }
              }
              spin_unlock(anon_vma.lock)
          """
        )
      ], in: "kernel/rmap", model: "direct-migration/try_to_unmap",
      check: "in_use_until_the_second_look", options: ["swap_space": "true"],
      "not_spared"),
    walk(
      "the walk over a file goes on when one has failed",
      [
        (
          """
                  if result == SWAP_FAIL || page.mapcount == 0 { break }
              }
              spin_unlock(mapping.i_mmap_lock)
          """,
          """
                  if page.mapcount == 0 { break }
              }
              spin_unlock(mapping.i_mmap_lock)
          """
        )
      ], in: "kernel/rmap", model: "direct-migration/mapped_file",
      check: "looked_at_twice", options: ["swap_space": "true"],
      "page_in_use_taken"),
    walk(
      "nobody is told that a page of a file is out of all page tables",
      [
        (
          """
              let result = try_to_unmap_file(page, ignore_refs, ignore_mlock)
              if page.mapcount == 0 { return SWAP_SUCCESS }

          """,
          "    let result = try_to_unmap_file(page, ignore_refs, ignore_mlock)\n"
        )
      ], in: "kernel/rmap", model: "direct-migration/mapped_file",
      check: "looked_at_twice", options: ["swap_space": "true"],
      "unused_page_kept"),
    walk(
      "a page-table entry is compared before its lock is taken",
      [
        (
          """
              spin_lock(vma.ptl)
              let is_entry = entry == 0 ? vma.pte == none : vma.pte == swap(entry: 1)

          """,
          """
              let seen = READ_ONCE(vma.pte)
              let is_entry = entry == 0 ? seen == none : seen == swap(entry: 1)
              spin_lock(vma.ptl)

          """
        )
      ], in: "direct-migration/remove_from_swap",
      check: "exit_and_reader", options: ["swap_space": "true"],
      "mappers_are_found"),
    walk(
      "page tables get their page back without the lock of the anon_vma",
      [
        (
          """
              for vma in anon_vma.vmas { unuse_vma(vma, page.swap_entry, page) }
              unless anon_vma_stays_locked { spin_unlock(anon_vma.lock) }

          """,
          """
              spin_unlock(anon_vma.lock)
              for vma in anon_vma.vmas { unuse_vma(vma, page.swap_entry, page) }

          """
        )
      ], in: "direct-migration/remove_from_swap",
      check: "alone", options: ["swap_space": "true"],
      "unguarded_access"),
    walk(
      "only the first process gets its page back",
      [
        (
          "    for vma in anon_vma.vmas { unuse_vma(vma, page.swap_entry, page) }\n",
          """
              for vma in anon_vma.vmas {
                  unuse_vma(vma, page.swap_entry, page)
                  break
              }

          """
        )
      ], in: "direct-migration/remove_from_swap",
      check: "alone", options: ["swap_space": "true"],
      "nobody_needs_swap"),
    walk(
      "a page that has left the swap cache is given back",
      [
        (
          "        if !page.flags.swapcache { return }\n",
          "        skip\n"
        )
      ], in: "direct-migration/remove_from_swap",
      check: "exit_and_reader_of_full_swap",
      options: ["swap_space": "true", "swap_is_nearly_full": "true"],
      "bad_swap_free"),
  ]

  /// In what processes do with pages that they share.
  private static let sharedPages = [
    walk(
      "fork leaves the parent its right to write",
      [
        (
          """
                  vma.pte = present(page: page, young: young, dirty: dirty)
                  return dirty

          """,
          "        return dirty\n"
        )
      ], in: "kernel/memory", model: "direct-migration/try_to_unmap",
      check: "fork_and_write", options: ["swap_space": "true"],
      "lost_write"),
    walk(
      "fork gives the child a right to write",
      [
        (
          "            child.pte = present(page: page, dirty: dirty)\n",
          "            child.pte = present(page: page, dirty: dirty, write: true)\n"
        )
      ], in: "kernel/memory", model: "direct-migration/try_to_unmap",
      check: "fork_and_write", options: ["swap_space": "true"],
      "lost_write"),
    walk(
      "who may write is asked without the page lock",
      [
        (
          """
                  if trylock_page(seen) {
                      let reuse = can_share_swap_page(seen)
                      unlock_page(seen)

          """,
          """
                  if true {
                      let reuse = can_share_swap_page(seen)

          """
        )
      ], in: "kernel/memory", model: "direct-migration/try_to_unmap",
      check: "mlocked_writer_and_reader", options: ["swap_space": "true"],
      "lost_write"),
    walk(
      "a copy on write is empty",
      [
        (
          "    copy.data = seen.data\n",
          ""
        )
      ], in: "kernel/memory", model: "direct-migration/try_to_unmap",
      check: "two_threads", options: ["swap_space": "true"],
      "lost_write"),
    walk(
      "a device writes to a page that others share",
      [
        (
          "        if write {\n            get_page",
          "        if true {\n            get_page"
        )
      ], in: "kernel/memory", model: "direct-migration/try_to_unmap",
      check: "pinned_and_shared", options: ["swap_space": "true"],
      "memory_is_kept"),
    walk(
      "the last process leaves its page in the swap cache",
      [
        (
          "{ free_swap_and_cache(entry) }",
          "{ swap_free(entry) }"
        )
      ], in: "kernel/memory", model: "direct-migration/try_to_unmap",
      check: "last_user", options: ["swap_space": "true"],
      "nothing_is_left"),
    walk(
      "an exit drops its reference before mapcount",
      [
        (
          """
              if let present(page) = old { page_remove_rmap(page) }
              if let swap(entry) = old { free
          """,
          """
              if let present(page) = old { put_page(page) }
              if let present(page) = old { page_remove_rmap(page) }
              if let swap(entry) = old { free
          """
        ),
        (
          """
              spin_unlock(vma.ptl)
              if let present(page) = old { put_page(page) }
              anon_vma_unlink
          """,
          "    spin_unlock(vma.ptl)\n    anon_vma_unlink"
        ),
      ], in: "kernel/memory", model: "direct-migration/migrate_page",
      check: "anonymous_exit", options: ["swap_space": "true"],
      "bad_page"),
  ]

  /// In isolation and reclaim.
  private static let reclaimedPages = [
    walk(
      "a page is isolated without lru_lock",
      [
        (
          "    spin_lock_irq(lru_lock)\n    var isolated",
          "    var isolated"
        ),
        (
          """
          get_page(page) }
              spin_unlock_irq(lru_lock)

          """,
          "get_page(page) }\n"
        ),
      ], in: "kernel/vmscan", model: "direct-migration/migrate_page",
      check: "second_migrator", options: ["swap_space": "true", "puts_back": "true"],
      "unguarded_access"),
    walk(
      "a page gets to the LRU without lru_lock",
      [
        (
          """
              spin_lock_irq(lru_lock)
              atomic {
                  page.flags.lru = true
          """,
          "    atomic {\n        page.flags.lru = true"
        ),
        (
          """
                  lru_links = 0
              }
              spin_unlock_irq(lru_lock)
              put_page(page)
          """,
          """
                  lru_links = 0
              }
              put_page(page)
          """
        ),
      ], in: "kernel/vmscan", model: "direct-migration/migrate_page",
      check: "anonymous_reclaim", options: ["swap_space": "true", "puts_back": "true"],
      "unguarded_access"),
    walk(
      "a pagevec drops its reference before the page is on the LRU",
      [
        (
          """
              put_page(page)
          }

          /// Gives an isolated
          """,
          """
          }

          /// Gives an isolated
          """
        ),
        (
          """
              spin_lock_irq(lru_lock)
              atomic {
                  page.flags.lru
          """,
          """
              put_page(page)
              spin_lock_irq(lru_lock)
              atomic {
                  page.flags.lru
          """
        ),
      ], in: "kernel/vmscan", model: "direct-migration/migrate_page",
      check: "anonymous_reclaim", options: ["swap_space": "true", "puts_back": "true"],
      "use_after_free"),
    walk(
      "reclaim never asks who else has the page",
      [
        (
          "                if page.count != 2 { leave keep_locked }\n",
          ""
        ),
        (
          "if page.count != 2 || page.flags.dirty {",
          "if page.flags.dirty {"
        ),
      ], in: "kernel/vmscan", model: "direct-migration/try_to_unmap",
      check: "reclaim_and_pin", options: ["swap_space": "true"],
      "memory_is_kept"),
  ]
}
