public import Machine
public import Semantics
public import SourceText

/// Turns one check of a checked program into a transition system.
///
/// Calls are inlined, options and bugs are folded, every process becomes a graph of operations, the
/// graphs are cut into steps where shared locations are touched, and everything is flattened to
/// variables and code. See `docs/internals/lowering.md`.
///
/// - Returns: the system, or nil if the diagnostics have an error in them.
/// - Precondition: `check` is an index of ``Program/checks``.
public func lower(
  _ program: Program, check: Int, catalog: SourceCatalog
) -> (system: TransitionSystem?, diagnostics: [Diagnostic]) {
  // The trees are as deep as the parser lets them be.
  onDeepStack { lowerHere(program, check: check, catalog: catalog) }
}

/// Does the work of ``lower(_:check:catalog:)`` on the stack of the caller.
private func lowerHere(
  _ program: Program, check: Int, catalog: SourceCatalog
) -> (system: TransitionSystem?, diagnostics: [Diagnostic]) {
  let declaration = program.checks[check]
  let build = SystemBuilder(program, check: declaration, catalog: catalog)
  let problems = build.checkSizes()
  if !problems.isEmpty { return (nil, problems) }
  var survey = CodeWriter(build, isSurvey: true)
  survey.write()
  if !build.problems.isEmpty {
    return (
      nil, build.problems.sorted { ($0.span.lower, $0.message) < ($1.span.lower, $1.message) }
    )
  }
  build.startOver()
  var writer = CodeWriter(build)
  writer.write()
  var assembler = SystemAssembler(build, writer)
  let (system, warnings) = assembler.assemble()
  if system.wordCount > TransitionSystem.wordLimit {
    let bytes = (found: system.wordCount * 8, limit: TransitionSystem.wordLimit * 8)
    return (nil, [.stateTooLarge(bytes.found, limit: bytes.limit, span: declaration.span)])
  }
  return (system, warnings)
}
