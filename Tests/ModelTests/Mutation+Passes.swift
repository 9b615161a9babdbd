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
      ], check: "method", "bad_unlock"),
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
              unlock_page(page)
          """,
          """
              unlock_page(page)
              set_page_writeback(page)
              submitted[page] = true
          """
        )
      ], in: "direct-migration/swap_page.race", check: "truncation", options: ["last_pass": "6"],
      "nil_dereference"),
  ]
}
