extension RulePage {
  /// The rules about files and imports.
  static let modules: [RulePage] = [
    .rule(
      "unknown-module", "An import names a module for which there is no file.",
      """
      'import kernel.page' looks for the file kernel/page.race in every folder above the \
      importing file, nearest first, each time also in that folder's Models, and last in Models of the \
      current folder. A file or folder may have '-' in its name where the module has '_'.
      """),
    .rule(
      "import-cycle", "A module imports itself, directly or through others.",
      """
      Modules are checked one after the other, each after those that it imports, so imports must not \
      lead back. Move what both modules need into a third one that imports neither.
      """),
    .rule(
      "unreadable-module", "The file of an imported module cannot be read.",
      "Look at the permissions of the file, and whether a folder has the name of a model."),
    .rule(
      "module-mismatch", "A file declares another module than the one its import names.",
      """
      The first declaration of a file says which module it is, and its path has to end likewise: \
      kernel/page.race begins with

          module kernel.page
      """),
  ]
}
