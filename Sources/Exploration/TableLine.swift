internal import Synchronization
internal import Threads

/// A line of the cache in a ``VisitedSet``: ten entries of a 16-bit tag and a 32-bit index.
///
/// Bytes 0 to 19 hold the tags; four bytes say which entries are displaced, that is not in the line that is
/// their home; the indexes, each plus one, begin at byte 24. Entries are filled from the first on and never
/// taken away. A tag of an entry has its highest bit set, so zero is a free entry.
///
/// Some functions are for when several threads work on the table; they say so.
@safe
struct TableLine {
  /// The number of entries.
  static let entryCount = 10
  /// The size of a line, which is that of a line of the cache on the machines that matter here.
  static let byteCount = 64
  /// The tag of an entry that stands for nothing any more; no state has it.
  static let deadTag: UInt16 = 0x8000

  private static let displacedOffset = 20
  private static let indexOffset = 24

  private let memory: UnsafeMutableRawPointer

  /// Looks at the line with the given number of a table.
  @inline(__always)
  init(_ table: UnsafeMutableRawPointer, _ number: Int) {
    unsafe memory = table + number &* Self.byteCount
  }

  /// The tags.
  @inline(__always)
  var tags: LineTags {
    unsafe LineTags(
      first: memory.load(fromByteOffset: 0, as: UInt64.self),
      second: memory.load(fromByteOffset: 8, as: UInt64.self),
      third: memory.load(fromByteOffset: 16, as: UInt64.self))
  }

  /// The index of an entry.
  @inline(__always)
  func index(_ entry: Int) -> UInt32 {
    unsafe memory.load(fromByteOffset: Self.indexOffset &+ entry &* 4, as: UInt32.self) &- 1
  }

  @inline(__always)
  private func setIndex(_ entry: Int, _ index: UInt32) {
    unsafe memory.storeBytes(
      of: index &+ 1, toByteOffset: Self.indexOffset &+ entry &* 4, as: UInt32.self)
  }

  /// The tag of an entry; zero if it is free.
  @inline(__always)
  func tag(_ entry: Int) -> UInt16 {
    unsafe memory.load(fromByteOffset: entry &* 2, as: UInt16.self)
  }

  /// Fills an entry.
  @inline(__always)
  func fill(_ entry: Int, tag: UInt16, index: UInt32, isDisplaced: Bool) {
    unsafe memory.storeBytes(of: tag, toByteOffset: entry &* 2, as: UInt16.self)
    setIndex(entry, index)
    if isDisplaced {
      unsafe memory.storeBytes(
        of: displaced | 1 &<< UInt32(entry), toByteOffset: Self.displacedOffset, as: UInt32.self)
    }
  }

  /// Makes an entry stand for nothing.
  func kill(_ entry: Int) {
    unsafe memory.storeBytes(of: Self.deadTag, toByteOffset: entry &* 2, as: UInt16.self)
  }

  /// Whether an entry was filled here because its home was full.
  @inline(__always)
  func isDisplaced(_ entry: Int) -> Bool { displaced &>> UInt32(entry) & 1 != 0 }

  private var displaced: UInt32 {
    unsafe memory.load(fromByteOffset: Self.displacedOffset, as: UInt32.self)
  }
}

/// What several threads may do at the same time.
extension TableLine {
  /// The tags, while other threads fill entries.
  ///
  /// The three words are not read at one moment; see ``LineTags/isFull`` and ``claim(_:_:_:)``.
  @inline(__always)
  var sharedTags: LineTags {
    unsafe LineTags(
      first: word(0).pointee.load(ordering: .acquiring),
      second: word(1).pointee.load(ordering: .acquiring),
      third: word(2).pointee.load(ordering: .acquiring))
  }

  /// Fills the first free entry, or returns nil if the line has changed since `tags` were read.
  ///
  /// As entries are filled in order, whoever comes later finds that entry taken.
  @inline(__always)
  func claim(_ tag: UInt16, _ tags: LineTags, isDisplaced: Bool) -> Int? {
    guard let entry = tags.firstFree else { return nil }
    let number = entry &>> 2
    let old = tags.word(number)
    let new = old | UInt64(tag) &<< UInt64((entry & 3) &* 16)
    let isDone = unsafe word(number).pointee.compareExchange(
      expected: old, desired: new, ordering: .acquiringAndReleasing
    ).exchanged
    guard isDone else { return nil }
    if isDisplaced {
      _ = unsafe word(2).pointee.bitwiseOr(1 &<< UInt64(32 &+ entry), ordering: .relaxed)
    }
    return entry
  }

  /// The index of an entry, or ``VisitedSet/absent`` if another thread has claimed it and not got further.
  @inline(__always)
  func publishedIndex(_ entry: Int) -> UInt32 {
    unsafe indexWord(entry).pointee.load(ordering: .acquiring) &- 1
  }

  /// The index of an entry that another thread may have claimed just now; waits until it is there.
  @inline(__always)
  func sharedIndex(_ entry: Int) -> UInt32 {
    while true {
      for _ in 0..<64 {
        let index = publishedIndex(entry)
        if index != VisitedSet.absent { return index }
      }
      // The other thread seems to have no core.
      yieldCore()
    }
  }

  /// Sets the index of an entry that is this thread's.
  @inline(__always)
  func publish(_ entry: Int, _ index: UInt32) {
    unsafe indexWord(entry).pointee.store(index &+ 1, ordering: .releasing)
  }

  /// Replaces an index by a smaller one, and returns the old one; nil if it is not larger.
  func lower(_ entry: Int, to index: UInt32) -> UInt32? {
    var old = unsafe indexWord(entry).pointee.load(ordering: .acquiring)
    while old > index &+ 1 {
      let (isDone, found) = unsafe indexWord(entry).pointee.compareExchange(
        expected: old, desired: index &+ 1, ordering: .acquiringAndReleasing)
      if isDone { return old &- 1 }
      old = found
    }
    return nil
  }

  @inline(__always)
  private func word(_ number: Int) -> UnsafeMutablePointer<Atomic<UInt64>> {
    unsafe memory.assumingMemoryBound(to: Atomic<UInt64>.self) + number
  }

  @inline(__always)
  private func indexWord(_ entry: Int) -> UnsafeMutablePointer<Atomic<UInt32>> {
    unsafe (memory + Self.indexOffset).assumingMemoryBound(to: Atomic<UInt32>.self) + entry
  }
}
