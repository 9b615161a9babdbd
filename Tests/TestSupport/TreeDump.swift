import SourceText

/// Returns a tree as indented text without its spans: two texts that mean the same dump alike.
public func treeDump(_ value: Any) -> String {
  var lines: [String] = []
  dump(value, label: nil, level: 0, into: &lines)
  return lines.joined(separator: "\n")
}

private func dump(_ value: Any, label: String?, level: Int, into lines: inout [String]) {
  if value is SourceSpan || value is FileID { return }
  let head = String(repeating: "  ", count: level) + (label.map { "\($0): " } ?? "")
  let mirror = Mirror(reflecting: value)
  if mirror.displayStyle == .optional {
    if let child = mirror.children.first {
      dump(child.value, label: label, level: level, into: &lines)
    } else {
      lines.append("\(head)nil")
    }
    return
  }
  if mirror.children.isEmpty {
    lines.append("\(head)\(value)")
    return
  }
  lines.append("\(head)\(type(of: value))")
  for child in mirror.children {
    dump(child.value, label: child.label, level: level + 1, into: &lines)
  }
}
