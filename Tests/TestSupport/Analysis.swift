import Foundation
public import Semantics
public import SourceText
import Syntax

/// What the first two phases make of a model and what it imports.
public struct Analysis {
  /// The program; nil if there are errors.
  public var program: Program?
  /// What the parser and the checker found, in this order.
  public var diagnostics: [Diagnostic] = []
  /// The files, the model's own first.
  public var catalog = SourceCatalog()

  /// The diagnostics as the tool would print them.
  public var text: String {
    diagnostics.map { diagnostic in
      "\(catalog.place(of: diagnostic.span)): \(diagnostic.severity): \(diagnostic.message) "
        + "[\(diagnostic.rule)] " + (diagnostic.help ?? "")
    }.joined(separator: "\n")
  }
}

/// Parses and checks the texts of modules; the first is the model, the others are what it imports.
public func analyze(_ texts: String..., configuration: Configuration = Configuration()) -> Analysis
{
  analyze(
    texts.enumerated().map {
      SourceFile(path: $0.offset == 0 ? "test.race" : "import\($0.offset).race", text: $0.element)
    },
    configuration: configuration)
}

/// Parses and checks the model in a file below `Models`, with all that it imports from there.
public func analyzeModel(
  _ path: String, configuration: Configuration = Configuration()
) throws -> Analysis {
  let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Models")
  var files: [SourceFile] = []
  var waiting = [path]
  var seen: Set<String> = []
  while !waiting.isEmpty {
    let next = waiting.removeFirst()
    guard seen.insert(next).inserted else { continue }
    let text = try String(contentsOf: root.appending(path: next), encoding: .utf8)
    let file = SourceFile(path: next, text: text)
    files.append(file)
    for found in parse(file, as: FileID(0)).module.imports {
      let folder = found.path.dropLast().map { $0.text.replacing("_", with: "-") }
      let name = found.path.last?.text ?? ""
      waiting.append((folder + [name]).joined(separator: "/") + ".race")
    }
  }
  return analyze(files, configuration: configuration)
}

/// Parses and checks files; the first is the model.
public func analyze(_ files: [SourceFile], configuration: Configuration) -> Analysis {
  var result = Analysis()
  var modules: [ModuleSyntax] = []
  for file in files {
    let id = result.catalog.add(file)
    let (module, diagnostics) = parse(file, as: id)
    modules.append(module)
    result.diagnostics += diagnostics
  }
  let (program, diagnostics) = Semantics.analyze(modules, configuration: configuration)
  result.program = program
  result.diagnostics += diagnostics
  return result
}
