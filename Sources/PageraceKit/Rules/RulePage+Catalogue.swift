extension RulePage {
  /// The rules about what the catalogue is made of.
  static let catalogue: [RulePage] = [
    .rule(
      "misplaced-remark", "A comment tells the catalogue something where that says nothing.",
      """
      In the comment of a bug, 'Source:', 'Answer:' and 'Liveness:' can stand; in that of a check, \
      'Claim <id>:' and 'Open <id>:', and after one of them 'Source:', 'Answer:' and 'Liveness:', which \
      belong to it; in that of a module, 'Open <id>:' with its 'Source:'. 'pagerace catalogue' refuses \
      everything else, so that nothing is lost without a word:

          /// Claim B17: The page lock keeps the ring as it is.
          /// Source: Direct Migration V9, the review of patch 5/5.
          check ring_walker = buffer_migration(true) + walking_the_ring(file, 1, old, fresh) {
              expect pass
          }
      """),
    .rule(
      "unclear-remark", "A comment begins nearly like a remark for the catalogue.",
      """
      A remark is a line that begins with 'Source:', 'Answer:', 'Liveness:', 'Claim <id>:' or \
      'Open <id>:', spelled just so. Mend the word, or write the sentence in another way.
      """),
  ]
}
