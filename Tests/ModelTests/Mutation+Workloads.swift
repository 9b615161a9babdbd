extension Mutation {
  private static func workload(
    _ name: String, _ edits: [(from: String, to: String)], in file: String, with system: String,
    check: String, _ outcome: String
  ) -> Mutation {
    Mutation(
      name: name, path: "workloads/\(file).race", edits: edits,
      model: "workloads/\(system).race", check: "\(check)_with_\(system)",
      options: ["swap_space": "true"], outcome: outcome)
  }

  /// Mistakes in what programs do while pages are migrated.
  static let workloads = [
    workload(
      "a reader keeps its page",
      [
        (
          "else stale_read\n            put_page(page)\n            ghost done",
          "else stale_read\n            ghost done"
        )
      ], in: "files", with: "file_migration", check: "read", "reference_leaked"),
    workload(
      "a writer does not mark its page as dirty",
      [("    set_page_dirty(page)\n    unlock_page(page)", "    unlock_page(page)")],
      in: "files", with: "buffer_migration", check: "overwrite",
      "what_is_not_on_the_disk_is_dirty"),
    workload(
      "fsync takes its reference outside of tree_lock",
      [
        (
          "        if page != nil { get_page(page) }\n        read_unlock_irq(file.tree_lock)",
          "        read_unlock_irq(file.tree_lock)\n        if page != nil { get_page(page) }"
        )
      ], in: "files", with: "file_migration", check: "sync", "use_after_free"),
    workload(
      "writeback ends before the disk has read the page",
      [
        ("            file_disk[index] = page.data\n", ""),
        (
          "            end_page_writeback(page)\n",
          "            end_page_writeback(page)\n            file_disk[index] = page.data\n"
        ),
      ], in: "files", with: "file_migration", check: "sync", "use_after_free"),
    workload(
      "a truncated page keeps its buffers",
      [("        if page_has_buffers(page) { try_to_free_buffers(page) }\n", "")], in: "files",
      with: "buffer_migration", check: "remove", "ring_is_of_the_page"),
    workload(
      "the end of asynchronous I/O sleeps for the page lock",
      [
        (
          "        if page.flags.dirty {\n            pinned = nil",
          "        set_page_dirty_lock(page)\n        if page.flags.dirty {\n            pinned = nil"
        )
      ], in: "files", with: "file_migration", check: "aio", "sleep_in_atomic"),
    workload(
      "a private mapping may be written through",
      [
        (
          "            vma.pte = present(page: page)\n",
          "            vma.pte = present(page: page, write: true)\n"
        )
      ], in: "files", with: "file_migration", check: "private_write", "nothing_is_lost"),
    workload(
      "a shmem page that is swapped out stays in its file",
      [
        (
          "    file.slots[0].page = nil\n    file.slots[0].dirty = false\n    page.mapping = nil",
          "    page.mapping = nil"
        )
      ], in: "shmem", with: "shmem_migration", check: "swap_out", "pages_are_in_their_slots"),
    workload(
      "the zone's page is not put",
      [
        (
          "    put_page(old)\n    put_page(fresh)\n    return moved",
          "    put_page(fresh)\n    return moved"
        )
      ], in: "zones", with: "file_migration", check: "zone", "reference_leaked"),
  ]
}
