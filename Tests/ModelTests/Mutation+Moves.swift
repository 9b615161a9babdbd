/// Mistakes in what takes a page out of swap, moves it, or looks after its buffers.
extension Mutation {
  private static func move(
    _ name: String, _ edits: [(from: String, to: String)], in path: String, model: String? = nil,
    check: String, options: [String: String] = [:], _ outcome: String
  ) -> Mutation {
    Mutation(
      name: name, path: "\(path).race", edits: edits, model: "\(model ?? path).race", check: check,
      options: options, outcome: outcome)
  }

  /// All of them.
  static let movesAndRings = leavingSwap + movedPages + heldBuffers

  /// In swapoff and in shmem.
  private static let leavingSwap = [
    move(
      "swapoff does not write what somebody needs",
      [
        (
          "            if clear_page_dirty_for_io(page) { swap_device[entry] = page.data }\n",
          "            skip\n"
        )
      ], in: "direct-migration/swap_retry",
      check: "swapoff_and_fork", options: ["swap_space": "true"],
      "lost_write"),
    move(
      "swapoff takes the page out before page tables have it",
      [
        (
          "        for vma in vma { unuse_vma(vma, entry, page) }\n",
          """
                  if page.flags.swapcache { delete_from_swap_cache(page) }
                  for vma in vma { unuse_vma(vma, entry, page) }

          """
        ),
        (
          "        else if page.flags.swapcache { delete_from_swap_cache(page) }\n",
          "        else { skip }\n"
        ),
      ], in: "direct-migration/swap_retry",
      check: "swapoff_and_fork", options: ["swap_space": "true"],
      "lost_write"),
    move(
      "swapoff leaves the page in the swap cache",
      [
        (
          "        else if page.flags.swapcache { delete_from_swap_cache(page) }\n",
          "        else { skip }\n"
        )
      ], in: "direct-migration/swap_retry",
      check: "swapoff", options: ["swap_space": "true"],
      "still_cached"),
    move(
      "swapoff never waits for the disk",
      [
        (
          """
                  wait_on_page_locked(page)
                  wait_on_page_writeback(page)

          """,
          "        wait_on_page_locked(page)\n"
        ),
        (
          """
                  }
                  wait_on_page_writeback(page)
                  if shmem
          """,
          "        }\n        if shmem"
        ),
      ], in: "direct-migration/swap_retry",
      check: "swapoff_and_reclaim", options: ["swap_space": "true"],
      "swap_cache_of_busy"),
    move(
      "swapoff gives shmem its page back without info->lock",
      [
        (
          "    spin_lock(info_lock)\n    if shmem_swp == entry && page",
          "    if shmem_swp == entry && page"
        ),
        (
          """
                  swap_free(entry)
              }
              spin_unlock(info_lock)
          }

          /// Moves
          """,
          """
                  swap_free(entry)
              }
          }

          /// Moves
          """
        ),
      ], in: "direct-migration/shmem", model: "direct-migration/swap_retry",
      check: "shmem_swapoff", options: ["swap_space": "true"],
      "unguarded_access"),
    move(
      "shmem does not ask for the size of its file",
      [
        (
          "        if file.i_size == 0 {\n",
          "        if false {\n"
        )
      ], in: "direct-migration/shmem",
      check: "shmem_truncation_and_user", options: ["swap_space": "true"],
      "looks_for_ever"),
    move(
      "shmem takes a page back that the disk has",
      [
        (
          "        if swappage.flags.writeback {  ",
          "        if false {  "
        )
      ], in: "direct-migration/shmem",
      check: "shmem_out_and_back", options: ["swap_space": "true"],
      "swap_cache_of_busy"),
    move(
      "shmem keeps its reference to a page that it has read",
      [
        (
          "            if read != nil { put_page(read) }\n",
          "            skip\n"
        )
      ], in: "direct-migration/shmem",
      check: "shmem_out_and_back", options: ["swap_space": "true"],
      "reference_leaked"),
    move(
      "shmem reads a page with info->lock held",
      [
        (
          "            spin_unlock(info_lock)\n            let read",
          "            let read"
        )
      ], in: "direct-migration/shmem",
      check: "shmem_out_and_back", options: ["swap_space": "true"],
      "sleep_in_atomic"),
    move(
      "a page that is back in its file is clean",
      [
        (
          """
              set_page_dirty(page)
          }

          /// One page of a file of shmem
          """,
          """
          }

          /// One page of a file of shmem
          """
        )
      ], in: "direct-migration/shmem",
      check: "shmem_out_and_read_back", options: ["swap_space": "true"],
      "dirty_page_stays_dirty"),
    move(
      "a page of shmem stays in its file on the way to swap",
      [
        (
          "            remove_from_page_cache(page)\n            put_page(page)  ",
          "            skip  "
        )
      ], in: "direct-migration/shmem",
      check: "shmem_swap_out_and_user", options: ["swap_space": "true"],
      "pages_are_in_one_cache"),
  ]

  /// In the functions that move a page.
  private static let movedPages = [
    move(
      "a file page is moved without the lock of the fresh one",
      [
        (
          """
                  lock_page(fresh)
                  migrate_page(fresh, old)
                  unlock_page(fresh)
                  unlock_page(old)

          """,
          """
                  migrate_page(fresh, old)
                  unlock_page(old)

          """
        )
      ], in: "direct-migration/migrate_page",
      check: "reader",
      "read_of_garbage"),
    move(
      "an anonymous page is moved while the disk has it",
      [
        (
          """
                      lock_page(old)
                      wait_on_page_writeback(old)
                      if !old
          """,
          "            lock_page(old)\n            if !old"
        )
      ], in: "direct-migration/migrate_page",
      check: "anonymous_under_writeback", options: ["swap_space": "true"],
      "moved_under_writeback"),
    move(
      "a page gets its place in swap without its lock",
      [
        (
          """
                      lock_page(old)
                      wait_on_page_writeback(old)
                      if !old.flags.swapcache {
                          if !add_to_swap(old) { leave unlock }
                      }
                      lock_page(fresh)
          """,
          """
                      if !old.flags.swapcache {
                          if !add_to_swap(old) { leave unlock }
                      }
                      lock_page(old)
                      wait_on_page_writeback(old)
                      lock_page(fresh)
          """
        )
      ], in: "direct-migration/migrate_page",
      check: "anonymous_reader", options: ["swap_space": "true"],
      "page_not_locked"),
    move(
      "a page that was given up is given back without its lock",
      [
        (
          """
                      if gives_up && !moved { give_up(old) }
                  }
                  unlock_page(old)

          """,
          """
                  }
                  unlock_page(old)
                  if gives_up && !moved { give_up(old) }

          """
        )
      ], in: "direct-migration/migrate_page",
      check: "anonymous_pin_for_long", options: ["swap_space": "true", "gives_up": "true"],
      "page_not_locked"),
    move(
      "the count is compared before tree_lock is taken",
      [
        (
          """
              unless slot_under_read_lock { write_lock_irq(mapping.tree_lock) }
              else { read_lock
          """,
          """
              let counted = old.count
              unless slot_under_read_lock { write_lock_irq(mapping.tree_lock) }
              else { read_lock
          """
        ),
        (
          "            if old.count != expected unless",
          "            if counted != expected unless"
        ),
      ], in: "direct-migration/reference_removal",
      check: "one_pinned_page",
      "no_write_lost"),
    move(
      "the fresh page gets its mapping after tree_lock is gone",
      [
        (
          """
                  if swap_space { inherit_mapping(fresh, old) } else { fresh.mapping = mapping }

          """,
          ""
        ),
        (
          "        if slot_before_ptes { unmap_at_any_cost(old) }\n        return OK",
          """
                  if swap_space { inherit_mapping(fresh, old) } else { fresh.mapping = mapping }
                  return OK
          """
        ),
      ], in: "direct-migration/reference_removal",
      check: "one_reader",
      "pages_are_in_their_slots"),
    move(
      "that a page is locked into memory is forgotten",
      [
        (
          "        if !unmap_page(old) { return EPERM }\n",
          "        unmap_page(old)\n"
        )
      ], in: "direct-migration/reference_removal",
      check: "swap_mlocked", options: ["swap_space": "true"],
      "vacuous: migrated_or_refused"),
  ]

  /// In rings of buffers and what holds them.
  private static let heldBuffers = [
    move(
      "whether a buffer is dirty is asked before who holds it",
      [
        (
          """
                  let users = bh.b_count
                  let state = bh.b_state

          """,
          """
                  let state = bh.b_state
                  let users = bh.b_count

          """
        )
      ], in: "kernel/buffer", model: "norefs/buffer_migrate_folio_norefs",
      check: "writer_and_reclaim",
      "written_block_is_dirty"),
    move(
      "locked buffers are freed",
      [
        (
          "users != 0 || state.locked || ",
          "users != 0 || "
        )
      ], in: "kernel/buffer", model: "direct-migration/buffer_migrate_page",
      check: "write_out_and_reclaim",
      "use_after_free"),
    move(
      "writeback of clean buffers does not end",
      [
        (
          "    if !is_submitted { end_page_writeback(page) }\n",
          ""
        )
      ], in: "kernel/buffer", model: "direct-migration/buffer_migrate_page",
      check: "write_out",
      "deadlock"),
    move(
      "a page with buffers is moved without the lock of the fresh one",
      [
        (
          """
                  wait_on_page_writeback(old)
                  lock_page(fresh)
                  buffer_migrate_page(fresh, old)
                  unlock_page(fresh)

          """,
          """
                  wait_on_page_writeback(old)
                  buffer_migrate_page(fresh, old)

          """
        )
      ], in: "direct-migration/buffer_migrate_page",
      check: "page_reader",
      "read_of_garbage"),
    move(
      "the buffers are unlocked before the page is copied",
      [
        (
          "    unless copied_before_the_ring { migrate_page_copy(fresh, old) }\n",
          ""
        ),
        (
          """
              if private_lock_over_lock_buffer { spin_unlock(mapping.private_lock) }
              return OK
          """,
          "    migrate_page_copy(fresh, old)\n    return OK"
        ),
      ], in: "direct-migration/buffer_migrate_page",
      check: "buffer_reader",
      "read_went_astray"),
    move(
      "mark_buffer_dirty forgets the buffer",
      [
        (
          "    if test_and_set(bh.b_state.dirty) { return }\n",
          "    skip\n"
        )
      ], in: "norefs/buffer_migrate_folio_norefs",
      check: "writer_that_cannot_sleep",
      "written_block_is_dirty"),
    move(
      "the migration asks again and again for holders",
      [
        (
          "                if invalidated { leave unlock_buffers }\n",
          ""
        )
      ], in: "norefs/buffer_migrate_folio_norefs",
      check: "writer_that_cannot_sleep",
      "asks_for_ever"),
    move(
      "a block that was read is not up to date",
      [
        (
          "    bh.b_state.uptodate = true\n    unlock",
          "    unlock"
        )
      ], in: "kernel/buffer", model: "norefs/buffer_migrate_folio_norefs",
      check: "reader_that_cannot_sleep",
      "never_read"),
  ]
}
