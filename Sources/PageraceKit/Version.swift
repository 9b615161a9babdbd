/// The version of the checker, and of the JSON that it writes.
public enum Version {
  /// The version of the tool and the library.
  public static let tool = "0.1.0"
}
