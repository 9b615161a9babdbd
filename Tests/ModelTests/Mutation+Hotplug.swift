/// Mistakes in the migration of memory hotplug, where the fresh page comes first.
extension Mutation {
  private static func hotplug(
    _ name: String, _ edits: [(from: String, to: String)], in file: String, model: String? = nil,
    check: String, options: [String: String] = [:], _ outcome: String
  ) -> Mutation {
    Mutation(
      name: name, path: "hotplug/\(file).race", edits: edits,
      model: "hotplug/\(model ?? file).race", check: check,
      options: options.merging(["swap_space": "true"]) { own, _ in own }, outcome: outcome)
  }

  /// All of them.
  static let memoryHotplug = replacing + rollingBack + anonymousHotplug

  private static let replacing = [
    hotplug(
      "the fresh page is not in the tree's debt",
      [
        (
          "    get_page(fresh)\n    fresh.index",
          "    fresh.index"
        )
      ],
      in: "generic_migrate_page", check: "reader", "reference_not_owned"),
    hotplug(
      "the old page forgets its file before it stops to be counted as dirty",
      [
        (
          "    if result == OK && clear_page_dirty_for_io(old) {",
          "    old.mapping = nil\n    if result == OK && clear_page_dirty_for_io(old) {"
        )
      ],
      in: "generic_migrate_page", check: "reader", options: ["count_dirty": "true"],
      "dirty_pages_are_counted"),
    hotplug(
      "a page is written out while it is on its way to the disk",
      [
        (
          "    wait_on_page_writeback(old)\n    if !page_has_buffers(old) { return }\n",
          "    if !page_has_buffers(old) { return }\n"
        )
      ],
      in: "generic_migrate_page", check: "written_out_by_two",
      options: ["moves_buffers": "false"], "not_under_writeback"),
    hotplug(
      "the fresh page has no index",
      [
        (
          "    fresh.index = old.index\n",
          ""
        )
      ],
      in: "generic_migrate_page", check: "reader", "pages_are_in_their_slots"),
    hotplug(
      "the fresh page is up to date before its data are",
      [
        (
          """
              fresh.data = old.data
              if result == OK && old.flags.uptodate { fresh.flags.uptodate = true }

          """,
          """
              if result == OK && old.flags.uptodate { fresh.flags.uptodate = true }
              fresh.data = old.data

          """
        )
      ],
      in: "generic_migrate_page", check: "reader", "read_of_garbage"),
    hotplug(
      "the fresh page is not locked",
      [
        (
          "    lock_page(fresh)\n    var result: errno",
          "    var result: errno"
        ),
        (
          """
              put_page(old)                                               // the tree's
              unlock_page(fresh)

          """,
          """
              put_page(old)                                               // the tree's

          """
        ),
      ],
      in: "generic_migrate_page", check: "reader", "read_of_garbage"),
    hotplug(
      "the fresh page is not dirty",
      [
        (
          """
              if result == OK && clear_page_dirty_for_io(old) { set_page_dirty(fresh) }

          """,
          ""
        )
      ],
      in: "generic_migrate_page", check: "fsync", "fsync_lied"),
    hotplug(
      "the fresh page is unlocked before it is copied",
      [
        (
          "    fresh.data = old.data\n    if result == OK && old",
          "    unlock_page(fresh)\n    fresh.data = old.data\n    if result == OK && old"
        ),
        (
          """
              put_page(old)                                               // the tree's
              unlock_page(fresh)

          """,
          """
              put_page(old)                                               // the tree's

          """
        ),
      ],
      in: "generic_migrate_page", check: "reader", "read_of_garbage"),
    hotplug(
      "the tree's reference to the old page is kept",
      [
        (
          """
              put_page(old)                                               // the tree's
              unlock_page(fresh)
          """,
          "    unlock_page(fresh)"
        )
      ],
      in: "generic_migrate_page", check: "reader", "reference_leaked"),
    hotplug(
      "the truncated page is not paid for",
      [
        (
          """
                  get_page(old)                                           // truncation has dropped the tree's

          """,
          ""
        )
      ],
      in: "generic_migrate_page", check: "truncation", "use_after_free"),
    hotplug(
      "the fresh page of a truncated one is kept",
      [
        (
          """
                  put_page(fresh)                                         // and has not dropped this one

          """,
          ""
        )
      ],
      in: "generic_migrate_page", check: "truncation", "reference_leaked"),
    hotplug(
      "the fresh page of a truncated one keeps its mapping",
      [
        (
          """
                  put_page(fresh)                                         // and has not dropped this one
                  fresh.mapping = nil

          """,
          """
                  put_page(fresh)                                         // and has not dropped this one

          """
        )
      ],
      in: "generic_migrate_page", check: "truncation", "bad_page"),
  ]

  private static let rollingBack = [
    hotplug(
      "the rollback leaves the fresh page in the tree",
      [
        (
          "        radix_tree_replace(mapping.slots[page_index(fresh)], fresh, old)\n",
          ""
        )
      ],
      in: "generic_migrate_page", check: "device", "pages_are_in_their_slots"),
    hotplug(
      "the rollback leaves the fresh page its mapping",
      [
        (
          """
              again[fresh] = true
              detach_from_swap_cache(fresh)
              fresh.mapping = nil

          """,
          "    again[fresh] = true\n    detach_from_swap_cache(fresh)\n"
        )
      ],
      in: "generic_migrate_page", check: "device", "bad_page"),
    hotplug(
      "the rollback forgets the old page's lock",
      [
        (
          "    again[fresh] = false\n    unlock_page(old)\n",
          "    again[fresh] = false\n"
        )
      ],
      in: "generic_migrate_page", check: "device", "lock_held_at_end"),
    hotplug(
      "the rollback takes no lock",
      [
        (
          "    var truncated = false\n    write_lock_irq(mapping.tree_lock)\n",
          "    var truncated = false\n"
        ),
        (
          """
                  if fresh.flags.swapcache { take_over_mapping(old, fresh) }
              }
              write_unlock_irq(mapping.tree_lock)

          """,
          "        if fresh.flags.swapcache { take_over_mapping(old, fresh) }\n    }\n"
        ),
      ],
      in: "generic_migrate_page", check: "device", "unguarded_access"),
    hotplug(
      "the migrator waits with the page locked, for as long as it takes",
      [
        (
          """
                  unlock_page(old)                                        // others may need it to get done
                  might_sleep()                                           // msleep(10)
                  lock_page(old)

          """,
          "        await old.count <= expected\n"
        )
      ],
      in: "generic_migrate_page", check: "device", "deadlock"),
    hotplug(
      "the buffers are not locked",
      [
        (
          "        get_bh(bh)\n        lock_buffer(bh)\n        bh = bh.b_this_page",
          "        get_bh(bh)\n        bh = bh.b_this_page"
        ),
        (
          "        unlock_buffer(bh)\n        put_bh(bh)\n        bh = bh",
          "        put_bh(bh)\n        bh = bh"
        ),
      ],
      in: "generic_migrate_page", check: "fsync_with_buffers", "unguarded_access"),
    hotplug(
      "the buffers' reference is not counted",
      [
        (
          "        if moves_buffers && page_has_buffers(old) { expected = 3 }\n",
          ""
        )
      ],
      in: "generic_migrate_page", check: "fsync_with_buffers", "vacuous: moved"),
    hotplug(
      "the buffers stay behind",
      [
        (
          "        if moves_buffers { migrate_buffers(old, fresh) }\n",
          ""
        )
      ],
      in: "generic_migrate_page", check: "fsync_with_buffers", "the_page_that_is_left_is_free"),
    hotplug(
      "the page tables are left alone",
      [
        (
          "        if try_to_unmap(old, true, false) != SWAP_SUCCESS { result = EBUSY }\n",
          "        skip\n"
        ),
        (
          "    if old.mapcount != 0 unless unmapped_once {\n",
          "    if false {\n"
        ),
      ],
      in: "generic_migrate_page", check: "mapped", "vacuous: moved"),
    hotplug(
      "mlocked pages are unmapped",
      [
        (
          "        if try_to_unmap(old, true, false) != SWAP_SUCCESS",
          "        if try_to_unmap(old, true, true) != SWAP_SUCCESS"
        )
      ],
      in: "generic_migrate_page", check: "mlocked", "mlocked_memory_stays"),
  ]

  private static let anonymousHotplug = [
    hotplug(
      "the direct copy is not counted in the page tables",
      [
        (
          """
                      page_remove_rmap(old)
                      put_page(old)
                  }
                  spin_unlock(vma.ptl)
          """,
          "            put_page(old)\n        }\n        spin_unlock(vma.ptl)"
        )
      ],
      in: "anonymous", check: "reader", options: ["directly": "true"], "bad_page"),
    hotplug(
      "the direct copy takes no reference",
      [
        (
          "                get_page(fresh)\n                vma.pte",
          "                vma.pte"
        )
      ],
      in: "anonymous", check: "reader", options: ["directly": "true"], "reference_not_owned"),
    hotplug(
      "the direct copy looks at page tables without their lock",
      [
        (
          "        spin_lock(vma.ptl)\n        if maps(vma, old) {",
          "        if maps(vma, old) {"
        ),
        (
          "                spin_unlock(vma.ptl)\n                result = EAGAIN",
          "                result = EAGAIN"
        ),
        (
          "            put_page(old)\n        }\n        spin_unlock(vma.ptl)",
          "            put_page(old)\n        }"
        ),
      ],
      in: "anonymous", check: "writer", options: ["directly": "true"], "unguarded_access"),
    hotplug(
      "pages are moved through the swap cache without being added to it",
      [
        (
          """
                  if !add_to_swap(old) {
                      unlock_page(old)
                      return ENOMEM                                       // ENOSPC
                  }

          """,
          "        skip\n"
        )
      ],
      in: "anonymous", check: "reader", "vacuous: moved"),
    hotplug(
      "the fresh page of a process forgets whose it is",
      [
        (
          "        to.anon_vma = from.anon_vma\n",
          ""
        )
      ],
      in: "generic_migrate_page", model: "anonymous", check: "reader", "not_anonymous"),
    hotplug(
      "the old page stays attached to the swap cache while others are waited for",
      [
        (
          "        detach_from_swap_cache(old)\n        result = wait",
          "        result = wait"
        )
      ],
      in: "generic_migrate_page", model: "anonymous", check: "rollback_and_reader",
      options: ["tries": "1"], "bad_page"),
  ]
}
