#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// The machine on which something is measured, in words.
public enum MachineDescription {
  /// Returns the processor, how many there are, and how much memory; as far as the system says.
  public static func text() -> String {
    let processor =
      value(of: "model name", in: "/proc/cpuinfo") ?? "unknown processor"
    let cores = ProcessInfo.processInfo.activeProcessorCount
    let bytes = ProcessInfo.processInfo.physicalMemory
    let gigabytes = (Double(bytes) / Double(1 << 30)).rounded()
    return "\(processor), \(cores) \(cores == 1 ? "processor" : "processors"), "
      + "\(Int(gigabytes)) GB"
  }

  /// Returns today's date, as 2006-01-31.
  public static func date() -> String {
    Date.now.formatted(.iso8601.year().month().day())
  }

  private static func value(of key: String, in path: String) -> String? {
    guard let data = try? Data(contentsOf: URL(filePath: path)) else { return nil }
    let lines = String(decoding: data, as: UTF8.self).split(separator: "\n")
    guard let line = lines.first(where: { $0.hasPrefix(key) }),
      let colon = line.firstIndex(of: ":")
    else { return nil }
    return String(line[line.index(after: colon)...].drop(while: \.isWhitespace))
  }
}
