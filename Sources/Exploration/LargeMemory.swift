#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Memory for tables that are far larger than the caches.
enum LargeMemory {
  /// The size of a large page, on the machines that this is likely to run on.
  private static let pageBytes = 2 << 20

  /// Returns memory that is zero, to be freed with ``free(_:)``.
  ///
  /// The system is asked to use large pages for it where that makes sense: with small ones, a random
  /// access often costs a second miss, in the table of pages.
  static func allocate(byteCount: Int) -> UnsafeMutableRawPointer {
    // Large blocks come fresh from the system, which has zeroed them, and are not touched here.
    if byteCount < pageBytes {
      guard let memory = unsafe calloc(max(1, byteCount), 1) else { outOfMemory(byteCount) }
      return unsafe memory
    }
    let memory = UnsafeMutableRawPointer.allocate(byteCount: byteCount, alignment: pageBytes)
    #if os(Linux)
    // Only advice: where it is refused, small pages do.
    _ = unsafe madvise(memory, byteCount, MADV_HUGEPAGE)
    #endif
    unsafe memset(memory, 0, byteCount)
    return unsafe memory
  }

  /// Frees memory that ``allocate(byteCount:)`` has returned.
  static func free(_ memory: UnsafeMutableRawPointer) {
    #if canImport(Glibc)
    unsafe Glibc.free(memory)
    #else
    unsafe Darwin.free(memory)
    #endif
  }

  private static func outOfMemory(_ byteCount: Int) -> Never {
    preconditionFailure("there is no memory for \(byteCount) bytes")
  }
}
