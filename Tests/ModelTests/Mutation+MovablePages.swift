extension Mutation {
  private static func movable(
    _ name: String, _ edits: [(from: String, to: String)], in file: String, model: String,
    check: String, v3: Bool = false, _ outcome: String
  ) -> Mutation {
    Mutation(
      name: name, path: "movable-pages/\(file).race", edits: edits,
      model: "movable-pages/\(model).race", check: check,
      options: v3 ? ["protocol": "V3_AS_DOCUMENTED"] : [:], outcome: outcome)
  }

  private static func balloon(
    _ name: String, _ edits: [(from: String, to: String)], in file: String,
    check: String = "as_merged", v3: Bool = false, _ outcome: String
  ) -> Mutation {
    movable(
      name, edits, in: file, model: "balloon_page", check: check, v3: v3, outcome)
  }

  private static func objects(
    _ name: String, _ edits: [(from: String, to: String)], check: String,
    options: [String: String] = [:], _ outcome: String
  ) -> Mutation {
    Mutation(
      name: name, path: "movable-pages/zsmalloc.race", edits: edits,
      model: "movable-pages/zsmalloc_page.race", check: check, options: options, outcome: outcome)
  }

  /// Mistakes in what moves the pages of drivers.
  static let movablePages = [
    balloon(
      "a page that is isolated is not marked",
      [("            if protocol == AS_MERGED { SetPageIsolated(page) }\n", "")], in: "vm",
      "mark_was_lost"),
    balloon(
      "a refused page stays locked",
      [
        (
          "        unless isolates_unlocked { unlock_page(page) }\n    }\n    put_page(page)",
          "    }\n    put_page(page)"
        )
      ], in: "vm", check: "v3_as_documented", v3: true, "lock_held_at_end"),
    balloon(
      "what could not be moved is not given back",
      [("        putback_movable_pages(migratepages)\n", "")], in: "vm", "nothing_stays_isolated"),
    balloon(
      "the VM does not finish what the driver began",
      [
        (
          "            ClearPageMovable(old)\n            ghost fate = FOUND_FREED",
          "            ghost fate = FOUND_FREED"
        )
      ], in: "vm", check: "v3_as_documented", v3: true, "bad_page"),
    balloon(
      "the page is not locked when it is given back",
      [
        (
          "        lock_page(page)\n        if protocol == V3_AS_DOCUMENTED {\n            if page",
          "        if protocol == V3_AS_DOCUMENTED {\n            if page"
        ),
        ("        unlock_page(page)\n        if back_before", "        if back_before"),
      ], in: "vm", "callbacks_are_gone"),
    balloon(
      "the bit goes with the callbacks",
      [("        page.mapping = { movable: true }\n", "        page.mapping = {}\n")],
      in: "page", "taken_for_lru_page"),
    balloon(
      "the count is looked at and raised in two steps",
      [("atomic fn get_page_unless_zero", "fn get_page_unless_zero")], in: "page",
      "page_count_is_its_holders"),
    balloon(
      "the driver does not look again when it has the page lock",
      [
        (
          "    if is_balloon_page(page) {\n        owned", "    if true {\n        owned"
        )
      ], in: "balloon", "not_on_list"),
    balloon(
      "the driver's mark stays on a page that was moved",
      [
        (
          "    if protocol == V3_AS_DOCUMENTED { ClearPageIsolated(old) }\n    ClearPageMovable(old)",
          "    ClearPageMovable(old)"
        )
      ], in: "balloon", check: "v3_as_documented", v3: true, "bad_page"),
    balloon(
      "deflation does not try the page lock",
      [
        ("        if trylock_page(page) {\n            if", "        if true {\n            if"),
        (
          "            owned.pages.remove(page)\n            unlock_page(page)",
          "            owned.pages.remove(page)"
        ),
      ], in: "balloon", check: "deflation", "callbacks_are_gone"),
    balloon(
      "a page is tried again that its driver has refused for good",
      [("        if rc != EAGAIN { break }\n", "")], in: "vm", "tried_in_vain"),
    balloon(
      "a page is movable before its driver has locked it",
      [
        (
          "    let locked = trylock_page(page)\n    require locked else new_page_was_locked\n    balloon",
          "    balloon"
        ),
        (
          "    balloon_page_insert(page)\n    unlock_page(page)\n",
          "    balloon_page_insert(page)\n"
        ),
      ], in: "balloon", check: "inflation", "movable_unlocked"),
    objects(
      "objects are taken from a zspage whose page the VM has",
      [("    if isolated { return }\n", "")], check: "freed_by_two",
      "isolated_zspages_have_no_room"),
    objects(
      "a zspage that was freed stays on its list",
      [
        (
          "    if empty.members.contains(zspage) { empty.members.remove(zspage) }\n    __free",
          "    __free"
        )
      ], check: "freed", "lists_have_no_freed_zspages"),
    objects(
      "the page of a zspage that was freed still leads to it",
      [("    ClearPageMovable(page)\n    page.zspage = nil\n", "    ClearPageMovable(page)\n")],
      check: "freed", "bad_page"),
    objects(
      "a new page does not lead to its zspage",
      [("    page.zspage = zspage\n    page_of", "    page_of")], check: "allocated_in_any_frame",
      options: ["passes": "1"], "no_zspage"),
    objects(
      "objects are not copied",
      [("        for i in 0..1 { fresh.objects[i] = old.objects[i] }\n", "")], check: "used",
      "object_lost"),
    objects(
      "a page that cannot be moved leaves handles pinned",
      [
        (
          "if rc == OK { unpin_tag(fresh.objects[i].handle) } else { unpin_tag(old.objects[i].handle) }",
          "if rc == OK { unpin_tag(fresh.objects[i].handle) }"
        )
      ], check: "used_by_two", "sleep_in_atomic"),
    objects(
      "the work that frees empty zspages does not lock their page",
      [
        (
          "        lock_page(page)\n        spin_lock(class_lock)\n        __free",
          "        spin_lock(class_lock)\n        __free"
        )
      ], check: "freed", "callbacks_are_gone"),
  ]
}
