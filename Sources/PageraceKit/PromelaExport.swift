public import Machine
package import Promela
public import SourceText

/// A system as a model for SPIN.
public enum PromelaExport: Sendable {
  /// The text of the model.
  case text(String)
  /// It cannot be written; with the reason, as a phrase.
  case impossible(String)

  /// Exports `system`; `title` says what it is, and `catalog` has the files that it comes from.
  ///
  /// - Complexity: mostly linear in the size of the code; what decides whether a step can be taken is limited
  ///   to a few thousand operators.
  public init(_ system: TransitionSystem, title: String, catalog: SourceCatalog) {
    do {
      self = .text(try Self.model(system, title: title, catalog: catalog).text)
    } catch {
      self = .impossible(error.reason)
    }
  }

  /// Returns the model with what is needed to compare SPIN's numbers.
  package static func model(
    _ system: TransitionSystem, title: String, catalog: SourceCatalog,
    style: PromelaStyle = PromelaStyle()
  ) throws(NotExportable) -> PromelaModel {
    let exporter = PromelaExporter(system, style: style) { span in
      let place = catalog.place(of: span)
      // The folder is that of one machine; the name will do.
      return place.split(separator: "/").last.map(String.init) ?? place
    }
    return try exporter.export(title: title)
  }
}
