/// Mistakes where pages are taken off the LRU and put back.
extension Mutation {
  private static func isolating(
    _ name: String, _ edits: [(from: String, to: String)], check: String,
    options: [String: String] = [:], _ outcome: String
  ) -> Mutation {
    Mutation(
      name: name, path: "direct-migration/lru_isolation.race", edits: edits,
      model: "direct-migration/lru_isolation.race", check: check,
      options: options, outcome: outcome)
  }

  /// In `lru_isolation.race`.
  static let isolation = [
    isolating(
      "isolation does not take lru_lock",
      [
        (
          "    spin_lock_irq(lru_lock)\n    if on_lru[page] || flag",
          "    if on_lru[page] || flag"
        ),
        (
          "    spin_unlock_irq(lru_lock)\n    return taken",
          "    return taken"
        ),
      ], check: "drained", "flag_says_what_is_on_the_lru"),
    isolating(
      "isolation takes no reference",
      [
        (
          "        get_page(page)\n        lru.remove",
          "        lru.remove"
        )
      ], check: "put_back", "reference_not_owned"),
    isolating(
      "isolation leaves PG_lru set",
      [
        (
          "        on_lru[page] = false\n        get_page(page)",
          "        get_page(page)"
        )
      ], check: "drained", "flag_says_what_is_on_the_lru"),
    isolating(
      "the page table is read without its lock",
      [
        (
          "    spin_lock(pte_lock)\n    let page = pte\n",
          "    let page = pte\n"
        ),
        (
          """
          pte_lock_dropped { spin_lock(pte_lock) }
              }
              spin_unlock(pte_lock)
          """,
          "pte_lock_dropped { spin_lock(pte_lock) }\n    }"
        ),
      ], check: "against_reclaim", "unguarded_access"),
    isolating(
      "the reference goes before the pagevec has its own",
      [
        (
          """
                  lru_cache_add(page)
                  unless putback_keeps_count { page_cache_release(page) }
          """,
          "        page_cache_release(page)\n        lru_cache_add(page)"
        )
      ], check: "against_reclaim", "use_after_free"),
    isolating(
      "what was isolated is not added again",
      [
        (
          "        lru_cache_add(page)\n        unless",
          "        unless"
        )
      ], check: "put_back", "every_page_is_somewhere"),
    isolating(
      "a freed page stays on the LRU",
      [
        (
          """
                      on_lru[page] = false
                      lru.remove(page)
                  }
                  let count
          """,
          "        }\n        let count"
        )
      ], check: "against_reclaim", "freed_on_the_lru"),
    isolating(
      "the pagevec keeps its reference",
      [
        (
          """
                  spin_unlock_irq(lru_lock)
                  page_cache_release(page)
              }
          }

          /// Adds
          """,
          "        spin_unlock_irq(lru_lock)\n    }\n}\n\n/// Adds"
        )
      ], check: "freed_and_used_again", "reference_leaked"),
    isolating(
      "the task may leave its CPU while it fills the pagevec",
      [
        (
          "    preempt_disable()\n    unless pagevec",
          "    unless pagevec"
        ),
        (
          """
              if added.pages.count == PAGEVEC_SIZE { pagevec_lru_add(added) }
              preempt_enable()
          """,
          "    if added.pages.count == PAGEVEC_SIZE { pagevec_lru_add(added) }"
        ),
      ], check: "freed_and_used_again", "not_on_list"),
    isolating(
      "one pagevec is drained, and not all",
      [
        (
          """
                      if page == nil { break }
                      page_cache_release(page)
          """,
          """
                      if page == nil { break }
                      page_cache_release(page)
                      return
          """
        )
      ], check: "drained", "it_is_isolated"),
    isolating(
      "pages are released under lru_lock",
      [
        (
          "        spin_unlock_irq(lru_lock)\n        page_cache_release(page)\n",
          "        page_cache_release(page)\n        spin_unlock_irq(lru_lock)\n"
        )
      ], check: "full_pagevec", "recursive_lock"),
  ]

  private static func unmapping(
    _ name: String, _ edits: [(from: String, to: String)], check: String,
    bugs: Set<String> = [], _ outcome: String
  ) -> Mutation {
    Mutation(
      name: name, path: "direct-migration/unmap_loop.race", edits: edits,
      model: "direct-migration/unmap_loop.race", check: check, bugs: bugs, outcome: outcome)
  }

  /// In `unmap_loop.race`.
  static let unmapLoop = [
    unmapping(
      "the page table has no lock",
      [
        ("    spin_lock(entry_lock)\n", ""),
        ("            spin_unlock(entry_lock)\n", ""),
        ("            spin_unlock(entry_lock)\n", ""),
        ("    spin_unlock(entry_lock)\n", ""),
      ], check: "unmapped_by_another", "gave_up"),
    unmapping(
      "the revised form spares young pages too",
      [("else { try_to_unmap_page(page, true) }", "else { try_to_unmap_page(page, false) }")],
      check: "in_use", "gave_up"),
    unmapping(
      "the young bit is not cleared",
      [("                    entry = present(page: mapped, dirty: dirty)\n", "")],
      check: "left_alone", bugs: ["B15"], "gave_up"),
    unmapping(
      "pages that nobody has touched are spared",
      [("if young && !ignore_refs {", "if !ignore_refs {")],
      check: "left_alone", bugs: ["B15"], "gave_up"),
    unmapping(
      "what is locked into memory is unmapped",
      [("        if vm_locked {\n", "        if false {\n")], check: "locked_into_memory",
      "locked_pages_stay"),
  ]
}
