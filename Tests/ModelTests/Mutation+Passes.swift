/// Mistakes in the passes of migrate_pages, and in swap_page and pageout.
extension Mutation {
  private static func pass(
    _ name: String, _ edits: [(from: String, to: String)],
    in path: String = "direct-migration/migrate_pages.race", check: String,
    options: [String: String] = [:], _ outcome: String
  ) -> Mutation {
    Mutation(
      name: name, path: path, edits: edits, model: "direct-migration/migrate_pages.race",
      check: check, options: options, outcome: outcome)
  }

  private static func pair(
    _ name: String, _ edits: [(from: String, to: String)],
    in path: String = "direct-migration/swap_page.race", of model: String, check: String,
    options: [String: String] = ["last_pass": "3"], _ outcome: String
  ) -> Mutation {
    Mutation(
      name: name, path: path, edits: edits, model: "direct-migration/pairs/\(model).race",
      check: check, options: options, outcome: outcome)
  }

  /// In `migrate_pages.race` and `swap_page.race`.
  static let passes = [
    pass(
      "the page is moved without its lock",
      [
        (
          "else if !trylock_page(page) { leave next }",
          ""
        )
      ], check: "method", "bad_unlock"),
    pass(
      "writeback is not waited for in later passes",
      [
        (
          """
          if pass > 0 { wait_on_page_writeback(page) }
                              else if
          """,
          "if pass > 1 { skip }\n                    else if"
        )
      ], check: "method", "moved_under_writeback"),
    pass(
      "a page under writeback is not left for later",
      [
        (
          "else if page.flags.writeback { leave unlock_page }",
          ""
        )
      ], check: "method", "moved_under_writeback"),
    pass(
      "the target is not locked",
      [
        (
          "                    lock_page(newpage)\n",
          ""
        )
      ], check: "method", "target_not_locked"),
    pass(
      "the target stays locked",
      [
        (
          """
                              unlock_page(newpage)
                          }
                          unlock_page(page)
          """,
          "                }\n                unlock_page(page)"
        )
      ], check: "method", "lock_held_at_end"),
    pass(
      "the target stays locked once the old page is written",
      [
        (
          """
                                              unlock_page(newpage)
                                              leave next
          """,
          "                                    leave next"
        )
      ], check: "willing_file_without_method", options: ["willing": "true"], "deadlock"),
    pass(
      "a page that is being written is unlocked twice",
      [
        (
          """
                                              unlock_page(newpage)
                                              leave next
          """,
          "                                    leave unlock_both"
        )
      ], check: "no_method", options: ["last_pass": "6"], "bad_unlock"),
    pass(
      "a truncated page is moved",
      [
        (
          "if mapping == nil { leave unlock_both }",
          ""
        )
      ], check: "two_pages_truncated", "nil_dereference"),
    pass(
      "buffers are not freed first",
      [
        (
          "if !simple { simple = try_to_release_page(page) }",
          "simple = true"
        )
      ], check: "willing_file_without_method", options: ["willing": "true"], "is_moved_by_then"),
    pass(
      "an anonymous page gets two swap entries",
      [
        (
          "origin_of[page] == ANON && !PageSwapCache(page)",
          "origin_of[page] == ANON"
        )
      ], check: "anonymous", "reference_leaked"),
    pass(
      "pages to be tried again count once",
      [
        (
          "if rc == EAGAIN { retry += 1 }",
          "if rc == EAGAIN { retry = 1 }"
        )
      ], check: "two_pages_one_target", "wrong_number"),
    pass(
      "failed pages are not counted",
      [
        (
          "                nr_failed += 1\n",
          ""
        )
      ], check: "anonymous", "wrong_number"),
    pass(
      "failed pages pass for moved ones",
      [
        (
          "move page from from.pages to failed.pages",
          "move page from from.pages to moved.pages"
        )
      ], check: "anonymous", "wrong_number"),
    pass(
      "the target stays on its list",
      [
        (
          "                    move_to_lru(to, newpage)\n",
          ""
        )
      ], check: "willing_file", options: ["willing": "true"], "target_in_use"),
    pass(
      "there is one pass too many",
      [
        (
          "if pass > last_pass { break }",
          "if pass > last_pass + 1 { break }"
        )
      ], check: "anonymous_swap_out", "out_of_range"),
    pass(
      "pages are moved when there is no target",
      [
        (
          "                if !to_disk && to.pages.is_empty { break }\n",
          ""
        )
      ], check: "two_pages_one_target", "not_on_list"),
    pass(
      "swap_page forgets the page table",
      [
        (
          """
                          if !try_to_unmap_here(page) { leave unlock_retry }

          """,
          "                skip\n"
        )
      ], in: "direct-migration/swap_page.race", check: "willing_anonymous_to_disk",
      options: ["willing": "true"], "is_moved_by_then"),
    pass(
      "swap_page keeps the lock of what it cannot drop",
      [
        (
          "        }\n        unlock_page(page)\n    }\n    return EAGAIN",
          "        }\n    }\n    return EAGAIN"
        )
      ], in: "direct-migration/swap_page.race", check: "anonymous_swap_out", "deadlock"),
    pass(
      "a dirty page is dropped",
      [
        (
          "if page.count != 2 || page.flags.dirty {",
          "if page.count != 2 {"
        )
      ], in: "direct-migration/swap_page.race", check: "swap_out_of_a_pinned_page",
      options: ["last_pass": "6"], "nothing_is_lost"),
    pass(
      "a page in use is dropped",
      [
        (
          "if page.count != 2 || page.flags.dirty {",
          "if page.flags.dirty {"
        )
      ], in: "direct-migration/swap_page.race", check: "swap_out_of_a_pinned_page",
      options: ["last_pass": "6"], "nothing_is_lost"),
    pass(
      "the page is unlocked before it counts as written back",
      [
        (
          """
              set_page_writeback(page)
              submitted[page] = true
              ghost has_written = true
              unlock_page(page)
          """,
          """
              unlock_page(page)
              set_page_writeback(page)
              submitted[page] = true
              ghost has_written = true
          """
        )
      ], in: "direct-migration/swap_page.race", check: "truncation", options: ["last_pass": "6"],
      "nil_dereference"),
    pass(
      "buffers are given no time to go",
      [("if pass > 4 {", "if pass > 0 {")], check: "no_method", options: ["last_pass": "6"],
      "not_dropped_early"),
    pass(
      "a dirty page is moved for a mapping without a method",
      [("if page.flags.dirty {", "if false {")], check: "willing_file_without_method",
      options: ["willing": "true"], "written_first"),
    pass(
      "nobody locks the target",
      [
        ("                    lock_page(newpage)\n", ""),
        ("unlock_page(newpage)\n", "skip\n"), ("unlock_page(newpage)\n", "skip\n"),
        ("unlock_page(newpage)\n", "skip\n"),
      ], check: "method", "target_not_locked"),
    pass(
      "a page that somebody holds is written out",
      [("    if count != (buffers[page] != nil ? 3 : 2) { return PAGE_KEEP }\n", "")],
      in: "direct-migration/swap_page.race", check: "held", "stays_as_it_is"),
    pair(
      "the lock is never slept for",
      [("if pass > 2 { lock_page(page) }", "if false { lock_page(page) }")],
      in: "direct-migration/migrate_pages.race", of: "passes", check: "locked_for_long",
      options: ["willing": "true"], "deadlock"),
    pair(
      "the lock is slept for one pass too early",
      [("if pass > 2 { lock_page(page) }", "if pass > 1 { lock_page(page) }")],
      in: "direct-migration/migrate_pages.race", of: "passes", check: "locked_for_long",
      options: ["willing": "true"], "deadlock"),
    pair(
      "the first pass waits for the disk",
      [("if pass > 0 { wait", "if true { wait")],
      in: "direct-migration/migrate_pages.race", of: "passes", check: "written_for_long",
      options: ["willing": "true"], "deadlock"),
    pass(
      "a dirty page without a file is written out",
      [("    if mapping == nil { return PAGE_KEEP }\n", "")],
      in: "direct-migration/swap_page.race", check: "lost_by_its_file", "nil_dereference"),
    pair(
      "a page that its file has lost is written out",
      [("    if mapping == nil { return PAGE_KEEP }\n", "")],
      of: "passes_to_disk", check: "pin_and_truncation", "nil_dereference"),
    pair(
      "the dirty bit goes with the page-table entry",
      [("    if was_dirty { set_page_dirty(page) }\n", "")],
      of: "passes_of_memory_to_disk", check: "store_alone", "nothing_is_lost"),
    pair(
      "the dirty bit is not handed on to the fresh page",
      [
        (
          """
                  if unmap(old) {
                      fresh.flags.dirty = true
                      mapping.slots[old.index].dirty = true
                  }
          """,
          "        unmap(old)"
        )
      ], of: "passes_of_memory", check: "store_and_reclaim", "nothing_is_lost"),
    pair(
      "pages that are locked into memory are moved",
      [("let stays = vm_locked && pte == old", "let stays = false")],
      of: "passes_of_memory", check: "mlock_alone", "locked_memory_stays"),
    pair(
      "pages that are locked into memory are swapped out",
      [("        if vm_locked && pte == page { return false }\n", "")],
      of: "passes_of_memory_to_disk", check: "mlock_alone", "locked_memory_stays"),
  ]
}
