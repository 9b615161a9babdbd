#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Memory for tables that are far larger than the caches.
enum LargeMemory {
  /// The size of a large page, on the machines that this is likely to run on.
  private static let pageBytes = 2 << 20

  /// Returns memory for `count` elements, to be freed with `deallocate()`.
  ///
  /// The system is asked to use large pages for it where that makes sense: with small ones, a random
  /// access often costs a second miss, in the table of pages. On 14 philosophers the gain is
  /// within the noise of the measurement; it is to be expected where tables are larger.
  static func allocate<Element: BitwiseCopyable>(
    _ type: Element.Type, count: Int
  ) -> UnsafeMutablePointer<Element> {
    let size = count * MemoryLayout<Element>.stride
    let alignment = size >= pageBytes ? pageBytes : MemoryLayout<UInt64>.alignment
    let memory = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: alignment)
    #if os(Linux)
    // Only advice: where it is refused, small pages do.
    if size >= pageBytes { _ = unsafe madvise(memory, size, MADV_HUGEPAGE) }
    #endif
    return unsafe memory.bindMemory(to: Element.self, capacity: count)
  }
}
