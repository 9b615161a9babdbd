extension Mutation {
  private static func folios(
    _ name: String, _ edits: [(from: String, to: String)],
    check: String = "writer_that_cannot_sleep", _ outcome: String
  ) -> Mutation {
    let model = "norefs/buffer_migrate_folio_norefs.race"
    return Mutation(
      name: name, path: model, edits: edits, model: model, check: check, outcome: outcome)
  }

  /// Mistakes in the migration of folios whose buffers nobody may hold, and in the lookup of buffers.
  static let norefs = [
    folios(
      "only the holders of the first buffer are counted",
      [
        (
          "        bh = bh.b_this_page\n        if bh == head { return false }",
          "        return false"
        )
      ], "use_after_free"),
    folios(
      "the holders are not counted again",
      [
        (
          "                invalidated = true\n",
          "                invalidated = true\n                rc = OK\n                break\n"
        )
      ], "use_after_free"),
    folios(
      "the lists keep their buffers",
      [
        (
          "                invalidate_bh_lrus()\n",
          ""
        )
      ], "vacuous: migrated_out_of_the_list"),
    folios(
      "the flag is set after the count",
      [
        (
          "let migrating = test_and_set(bh_migrate[head])",
          "let migrating = false"
        ),
        (
          "        rc = filemap_migrate_folio(mapping, dst, src)\n",
          "        bh_migrate[head] = true\n        rc = filemap_migrate_folio(mapping, dst, src)\n"
        ),
      ], "use_after_free"),
    folios(
      "the flag stays",
      [
        (
          "    if uses_the_flag() && !holders_are_not_counted { bh_migrate[head] = false }\n",
          ""
        )
      ], "flags_are_gone"),
    folios(
      "a lookup does not look at the flag",
      [
        (
          "        if uses_the_flag() && bh_migrate[head] {",
          "        if false {"
        )
      ], "use_after_free"),
    folios(
      "a lookup looks at the flag before it takes private_lock",
      [
        (
          "    if may_sleep { lock_page",
          "    let flag = bh_migrate[wanted.b_this_page]\n    if may_sleep { lock_page"
        ),
        (
          "        if uses_the_flag() && bh_migrate[head] {",
          "        if uses_the_flag() && flag {"
        ),
      ], "use_after_free"),
    folios(
      "a lookup takes no lock",
      [
        (
          " else { spin_lock(bdev.private_lock) }",
          ""
        ),
        (
          " else { spin_unlock(bdev.private_lock) }",
          ""
        ),
      ], "use_after_free"),
    folios(
      "a lookup that sleeps takes no page lock",
      [
        (
          "    if may_sleep { lock_page(folio) } else { spin",
          "    if !may_sleep { spin"
        ),
        (
          "    if may_sleep { unlock_page(folio) } else { spin",
          "    if !may_sleep { spin"
        ),
      ], check: "writer_that_can_sleep", "migration_under_the_page_lock"),
    folios(
      "a lookup puts the page before it takes the lock",
      [
        (
          "    if may_sleep { lock_page(folio) } else",
          "    put_page(folio)\n    if may_sleep { lock_page(folio) } else"
        ),
        (
          "spin_unlock(bdev.private_lock) }\n    put_page(folio)\n",
          "spin_unlock(bdev.private_lock) }\n"
        ),
      ], "use_after_free"),
    folios(
      "a lookup gets the buffer after it has let go of the lock",
      [
        (
          "        get_bh(found)\n    }\n",
          "    }\n"
        ),
        (
          "    put_page(folio)\n    return found",
          "    if found != nil { get_bh(found) }\n    put_page(folio)\n    return found"
        ),
      ], "use_after_free"),
    folios(
      "a lookup keeps the page",
      [
        (
          "    put_page(folio)\n    return found",
          "    return found"
        )
      ], "reference_leaked"),
    folios(
      "a lookup returns with private_lock held",
      [
        (
          "        if head == nil { leave out_unlock }",
          "        if head == nil { return nil }"
        )
      ], check: "writer_and_reclaim", "lock_held_at_end"),
    folios(
      "the writer puts the buffer before it writes",
      [
        (
          "            let folio = READ_ONCE(bh.b_page)  ",
          "            put_bh(bh)\n            let folio = READ_ONCE(bh.b_page)  "
        ),
        (
          "            mark_buffer_dirty(bh)\n            put_bh(bh)\n",
          "            mark_buffer_dirty(bh)\n"
        ),
      ], "use_after_free"),
    folios(
      "mark_buffer_dirty forgets the page",
      [
        (
          "    __set_page_dirty_nobuffers(folio)\n",
          ""
        )
      ], "dirty_blocks_are_found"),
    folios(
      "the folio is not copied",
      [
        (
          "    dst.data = src.data\n",
          ""
        )
      ], "nothing_is_lost"),
    folios(
      "the new folio is up to date before it is copied",
      [
        (
          "    folio_mc_copy(dst, src)\n    if __",
          "    if __"
        ),
        (
          "    folio_migrate_flags(dst, src)\n",
          "    folio_migrate_flags(dst, src)\n    folio_mc_copy(dst, src)\n"
        ),
      ], check: "page_reader", "read_of_garbage"),
    folios(
      "the count is not compared under tree_lock",
      [
        (
          "    if src.count != expected {\n        write",
          "    if false {\n        write"
        )
      ], check: "revoke", "cached_block_missed"),
    folios(
      "the dirty flag of the folio is not copied",
      [
        (
          "    if test_and_clear(src.flags.dirty) { dst.flags.dirty = true }\n",
          ""
        ),
        (
          "    if src.flags.dirty { dst.flags.dirty = true }\n",
          ""
        ),
      ], "dirty_blocks_are_found"),
    folios(
      "the index of the folio is not copied",
      [
        (
          "    dst.index = src.index\n",
          ""
        )
      ], "pages_are_in_their_slots"),
    folios(
      "the ring gets no reference to the new page",
      [
        (
          "    get_page(folio)\n    folio.private = data",
          "    folio.private = data"
        )
      ], "reference_not_owned"),
    folios(
      "the buffers are not moved with the folio",
      [
        (
          "            set_bh_page(bh, dst)\n",
          ""
        )
      ], "use_after_free"),
    folios(
      "the buffers are not locked while they are moved",
      [
        (
          "        lock_buffer(bh)\n        bh = bh.b_this_page",
          "        bh = bh.b_this_page"
        ),
        (
          "        unlock_buffer(bh)\n        bh = bh.b_this_page",
          "        bh = bh.b_this_page"
        ),
      ], check: "reader_that_cannot_sleep", "unguarded_access"),
    folios(
      "only one buffer is locked while all are moved",
      [
        (
          "        lock_buffer(bh)\n        bh = bh.b_this_page\n        if bh == head { break }",
          "        lock_buffer(bh)\n        break"
        ),
        (
          "        unlock_buffer(bh)\n        bh = bh.b_this_page\n        if bh == head { break }",
          "        unlock_buffer(bh)\n        break"
        ),
      ], check: "reader_that_cannot_sleep", "unguarded_access"),
    folios(
      "private_lock is kept after the count",
      [
        (
          "                if !private_lock_over_the_copy && !counted",
          "                if false && !counted"
        )
      ], "recursive_lock"),
    folios(
      "the buffers are moved though the page was not",
      [
        (
          "        if rc != OK { leave unlock_buffers }\n",
          ""
        )
      ], "use_after_free"),
    folios(
      "an evicted buffer keeps the reference of the list",
      [
        (
          "    bh_lru = bh\n    if evictee != nil { evictee.b_count -= 1 }\n",
          "    bh_lru = bh\n"
        )
      ], check: "both_kinds", "buffers_have_no_holders"),
    folios(
      "a buffer is taken from the list without a reference",
      [
        (
          "    wanted.b_count += 1\n    return wanted",
          "    return wanted"
        )
      ], "out_of_range"),
    folios(
      "a page is dropped though its buffers are in use",
      [
        (
          "        if !page_has_buffers(page) || try_to_free_buffers(page) {",
          "        if page_has_buffers(page) { try_to_free_buffers(page) }\n        if true {"
        )
      ], check: "writer_and_dropper", "ring_is_of_the_page"),
    folios(
      "the old folio is not locked",
      [
        (
          "        lock_page(src)\n",
          ""
        ),
        (
          "        unlock_page(src)\n",
          ""
        ),
      ], check: "writer_that_can_sleep", "migration_under_the_page_lock"),
  ]
}
