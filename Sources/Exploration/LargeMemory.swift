#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Memory for tables that are far larger than the caches.
enum LargeMemory {
  /// The size of a large page, on the machines that this is likely to run on.
  private static let pageBytes = 2 << 20

  /// Returns memory that is zero, to be freed with ``free(_:byteCount:)``.
  ///
  /// The system is asked to use large pages for it where that makes sense: with small ones, a random
  /// access often costs a second miss, in the table of pages. Memory becomes resident when it is used.
  static func allocate(byteCount: Int) -> UnsafeMutableRawPointer {
    if byteCount < pageBytes {
      guard let memory = unsafe calloc(max(1, byteCount), 1) else { outOfMemory(byteCount) }
      return unsafe memory
    }
    // A large page begins at a multiple of its size; what is mapped around that is given back.
    let total = byteCount + pageBytes
    guard let mapped = unsafe map(total) else { outOfMemory(byteCount) }
    let begin = UInt(bitPattern: mapped)
    let before = Int((0 &- begin) & UInt(pageBytes - 1))
    let memory = unsafe mapped + before
    if before > 0 { unsafe munmap(mapped, before) }
    let mappedBytes = roundedUp(byteCount)
    let after = total - before - mappedBytes
    if after > 0 { unsafe munmap(memory + mappedBytes, after) }
    #if os(Linux)
    // Only advice: where it is refused, small pages do.
    _ = unsafe madvise(memory, mappedBytes, MADV_HUGEPAGE)
    #endif
    return unsafe memory
  }

  /// Whether ``allocate(byteCount:)`` would get so much now.
  ///
  /// Asked before it is needed, since a search that is refused memory can still say what it has covered.
  static func isAvailable(_ byteCount: Int) -> Bool {
    if byteCount < pageBytes { return true }
    let total = byteCount + pageBytes
    guard let mapped = unsafe map(total) else { return false }
    unsafe munmap(mapped, total)
    return true
  }

  /// Frees memory that ``allocate(byteCount:)`` has returned for the same size.
  static func free(_ memory: UnsafeMutableRawPointer, byteCount: Int) {
    if byteCount < pageBytes {
      #if canImport(Glibc)
      unsafe Glibc.free(memory)
      #else
      unsafe Darwin.free(memory)
      #endif
    } else {
      unsafe munmap(memory, roundedUp(byteCount))
    }
  }

  /// Gives the memory of whole large pages back to the system, though not its addresses; what was there is
  /// lost.
  static func discard(_ memory: UnsafeMutableRawPointer, byteCount: Int) {
    #if os(Linux)
    _ = unsafe madvise(memory, byteCount, MADV_DONTNEED)
    #endif
  }

  /// What is mapped for that many bytes: whole pages of the small kind.
  private static func roundedUp(_ byteCount: Int) -> Int { (byteCount + 4095) & ~4095 }

  private static func outOfMemory(_ byteCount: Int) -> Never {
    preconditionFailure("there is no memory for \(byteCount) bytes")
  }

  /// Returns fresh memory of the system, or nil if it has none to give.
  private static func map(_ byteCount: Int) -> UnsafeMutableRawPointer? {
    let flags = MAP_PRIVATE | MAP_ANON
    let mapped = unsafe mmap(nil, byteCount, PROT_READ | PROT_WRITE, flags, -1, 0)
    return unsafe mapped == MAP_FAILED ? nil : mapped
  }
}
