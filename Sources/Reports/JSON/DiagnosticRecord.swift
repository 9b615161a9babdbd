public import SourceText

/// A diagnostic in JSON; `docs/formats.md` describes it.
public struct DiagnosticRecord: Encodable, Sendable {
  /// A second place.
  struct Note: Encodable {
    let message: String
    let place: PlaceRecord
  }

  /// A fix.
  struct Suggestion: Encodable {
    let place: PlaceRecord
    let replacement: String
  }

  private let severity: String
  private let rule: String
  private let message: String
  private let place: PlaceRecord
  private let notes: [Note]
  private let help: String?
  private let suggestion: Suggestion?

  /// Creates the record of `diagnostic`.
  public init(_ diagnostic: Diagnostic, in catalog: SourceCatalog) {
    severity = diagnostic.severity.rawValue
    rule = diagnostic.rule
    message = diagnostic.message
    place = PlaceRecord(diagnostic.span, in: catalog)
    notes = diagnostic.notes.map {
      Note(message: $0.message, place: PlaceRecord($0.span, in: catalog))
    }
    help = diagnostic.help
    suggestion = diagnostic.suggestion.map {
      Suggestion(place: PlaceRecord($0.span, in: catalog), replacement: $0.replacement)
    }
  }
}
