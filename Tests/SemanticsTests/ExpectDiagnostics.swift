import TestSupport
import Testing

/// Expects the checker to say about the model exactly what its caret comments promise.
func expectDiagnostics(_ source: String, sourceLocation: SourceLocation = #_sourceLocation) {
  expectPromised(analyze(source).diagnostics, in: source, sourceLocation: sourceLocation)
}
