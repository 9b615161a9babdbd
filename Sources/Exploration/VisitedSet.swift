internal import CacheHints

/// Which states a ``StateStore`` holds: a hash table of their indexes.
///
/// The table is an array of lines of the cache. The highest bits of a state's hash tell the line in which
/// the state's entry is, unless that was full; then it is in one of the next. An entry has 14 bits of the
/// hash (its tag) and the state's index. The exact answer is always a comparison of whole states; a tag only
/// makes it likely that the right one is looked at.
///
/// States are looked up in batches. A lookup in a table larger than the caches waits for memory; in a
/// batch those waits overlap, because loads that do not depend on each other go on at once.
@safe
struct VisitedSet: ~Copyable {
  /// The index of a state that is not there.
  static let absent = UInt32.max
  /// How many of a tag's 14 bits may be spent on what the line's number says already.
  private static let largestOverlap = 7

  /// After how many lines memory is given back while the table is doubled; as many as fill a large page.
  private static let linesToDiscard = 1 << 15

  private(set) var table: UnsafeMutableRawPointer
  /// The number of lines is two to this power.
  private(set) var lineCountLog2 = 8
  /// How many of the highest bits of a hash come before those of the tag.
  private var bitsBeforeTag: Int
  private var count = 0
  /// The number of entries that stand for nothing any more, but take their place until the table grows.
  private var deadCount = 0

  // What is known of each state of the batch.
  private var hashes: UnsafeMutablePointer<UInt64>
  private var guesses: UnsafeMutablePointer<UInt32>
  private var batchCapacity = 512

  /// Creates an empty set.
  init() {
    bitsBeforeTag = lineCountLog2
    unsafe table = LargeMemory.allocate(byteCount: TableLine.byteCount << lineCountLog2)
    unsafe hashes = .allocate(capacity: batchCapacity)
    unsafe guesses = .allocate(capacity: batchCapacity)
  }

  deinit {
    unsafe LargeMemory.free(table, byteCount: tableBytes)
    unsafe hashes.deallocate()
    unsafe guesses.deallocate()
  }

  private var tableBytes: Int { TableLine.byteCount << lineCountLog2 }
  private var capacity: Int { TableLine.entryCount << lineCountLog2 }

  /// The size of the table and of the memory for batches, in bytes.
  var memoryBytes: Int { tableBytes + 12 * batchCapacity }

  /// Whether the table should grow before `addition` states are added.
  ///
  /// At four fifths, one line in five is full.
  func shouldGrow(for addition: Int) -> Bool { count + deadCount + addition > capacity / 5 * 4 }

  /// Whether `addition` states fit into the table as it is, slow as it may get.
  func hasRoom(for addition: Int) -> Bool {
    count + deadCount + addition <= capacity / 16 * 15
  }

  /// The number of bytes that ``grow(from:)`` adds: it frees the old table before it makes the new one.
  var growthBytes: Int { tableBytes }

  /// The number of bytes that ``spread(_:)`` adds for a while: the new table, with the old one still there.
  var spreadBytes: Int { 2 * tableBytes }

  /// Whether the tags have a bit to spare for ``spread(_:)``; in a small table, none is spent.
  var canSpread: Bool {
    lineCountLog2 > 10 && lineCountLog2 - bitsBeforeTag < Self.largestOverlap
  }

  /// Doubles the table, and enters the states of `store` anew.
  mutating func grow(from store: borrowing StateStore) {
    unsafe LargeMemory.free(table, byteCount: tableBytes)
    lineCountLog2 += 1
    deadCount = 0
    bitsBeforeTag = lineCountLog2
    unsafe table = LargeMemory.allocate(byteCount: tableBytes)
    let shape = store.shape
    unsafe withUnsafeTemporaryAllocation(of: UInt64.self, capacity: shape.wordCount) { state in
      guard let state = state.baseAddress else { return }
      var index = 0
      while index < count {
        let end = min(count, index + batchCapacity)
        for entry in index..<end {
          unsafe store.load(entry, to: state)
          let hash = unsafe stateHash(state, wordCount: shape.wordCount)
          unsafe hashes[entry - index] = hash
          unsafe cache_prefetch(table + home(of: hash) &* TableLine.byteCount)
        }
        for entry in index..<end {
          let hash = unsafe hashes[entry - index]
          enter(tag(of: hash), UInt32(entry), home: home(of: hash))
        }
        index = end
      }
    }
  }

  /// Doubles the table, nearly without a look at the states: a line's number and an entry's tag tell where
  /// the entry belongs in a table twice as large, unless it was displaced.
  ///
  /// Both tables are gone through from end to end, so that it takes a few nanoseconds for each state.
  ///
  /// - Precondition: ``canSpread``.
  mutating func spread(_ store: borrowing StateStore) {
    precondition(canSpread, "the tags have no bit to spare")
    let old = unsafe table
    let oldLineCount = 1 << lineCountLog2
    deadCount = 0
    let nextBit = 14 - (lineCountLog2 - bitsBeforeTag)
    lineCountLog2 += 1
    unsafe table = LargeMemory.allocate(byteCount: tableBytes)
    var displacedCount = 0
    for number in 0..<oldLineCount {
      if number & (Self.linesToDiscard &- 1) == 0, number > 0 {
        // What has been gone through makes room for the new table.
        let begin = unsafe old + (number &- Self.linesToDiscard) &* TableLine.byteCount
        unsafe LargeMemory.discard(begin, byteCount: Self.linesToDiscard * TableLine.byteCount)
      }
      let line = unsafe TableLine(old, number)
      for entry in 0..<TableLine.entryCount {
        let tag = line.tag(entry)
        if tag == 0 { break }
        if tag == TableLine.deadTag { continue }
        let index = line.index(entry)
        if line.isDisplaced(entry) {
          unsafe guesses[displacedCount] = index
          unsafe cache_prefetch(store.place(Int(index), store.shape))
          displacedCount += 1
          if displacedCount == batchCapacity { enterGuesses(&displacedCount, store) }
        } else {
          enter(tag, index, home: number &* 2 &+ Int(tag &>> UInt16(nextBit)) & 1)
        }
      }
    }
    enterGuesses(&displacedCount, store)
    unsafe LargeMemory.free(old, byteCount: TableLine.byteCount * oldLineCount)
  }

  /// Enters the first of the states whose indexes are among the guesses, and sets their number to zero.
  private mutating func enterGuesses(_ count: inout Int, _ store: borrowing StateStore) {
    let shape = store.shape
    unsafe withUnsafeTemporaryAllocation(of: UInt64.self, capacity: shape.wordCount) { state in
      guard let state = state.baseAddress else { return }
      for position in 0..<count {
        let index = unsafe guesses[position]
        unsafe store.load(Int(index), to: state)
        let hash = unsafe stateHash(state, wordCount: shape.wordCount)
        enter(tag(of: hash), index, home: home(of: hash))
      }
    }
    count = 0
  }

  /// Puts an entry into the first free place from its home on.
  @inline(__always)
  private func enter(_ tag: UInt16, _ index: UInt32, home: Int) {
    var number = home
    while true {
      let line = unsafe TableLine(table, number)
      if let entry = line.tags.firstFree {
        line.fill(entry, tag: tag, index: index, isDisplaced: number != home)
        return
      }
      number = (number &+ 1) & mask
    }
  }

  /// Appends those states of a batch that are new to `store`, and returns how many of the batch were
  /// dealt with: all, unless the store reached `stateLimit`.
  ///
  /// - Precondition: table and store have room for the whole batch.
  mutating func insert(
    _ states: UnsafePointer<UInt64>, count: Int, into store: inout StateStore, stateLimit: Int
  ) -> Int {
    let shape = store.shape
    // With a shape that is known when compiling, copies and comparisons are a few instructions.
    return switch shape.wordCount {
    case 1: unsafe insert(states, count, &store, stateLimit, shape.with(wordCount: 1))
    case 2: unsafe insert(states, count, &store, stateLimit, shape.with(wordCount: 2))
    case 3: unsafe insert(states, count, &store, stateLimit, shape.with(wordCount: 3))
    default: unsafe insert(states, count, &store, stateLimit, shape)
    }
  }

  @inline(__always)
  private mutating func insert(
    _ states: UnsafePointer<UInt64>, _ batchCount: Int, _ store: inout StateStore,
    _ stateLimit: Int, _ shape: StateShape
  ) -> Int {
    unsafe prepare(states, count: batchCount, store, shape)
    // Fields that are read in the loop, where the compiler keeps them in registers.
    let table = unsafe self.table
    let hashes = unsafe self.hashes
    let guesses = unsafe self.guesses
    let mask = self.mask
    for position in 0..<batchCount {
      let state = unsafe states + position &* shape.wordCount
      let guess = unsafe guesses[position]
      if guess != Self.absent {
        if unsafe shape.matches(state, store.place(Int(guess), shape)) { continue }
      }
      let hash = unsafe hashes[position]
      let tag = tag(of: hash)
      let home = home(of: hash)
      var number = home
      search: while true {
        let line = unsafe TableLine(table, number)
        let tags = line.tags
        var candidates = tags.matches(tag)
        while candidates != 0 {
          let index = Int(line.index(LineTags.pop(&candidates)))
          if unsafe shape.matches(state, store.place(index, shape)) { break search }
        }
        if let entry = tags.firstFree {
          if store.count >= stateLimit { return position }
          line.fill(
            entry, tag: tag, index: UInt32(truncatingIfNeeded: store.count),
            isDisplaced: number != home)
          unsafe store.append(state, shape)
          count &+= 1
          break
        }
        number = (number &+ 1) & mask
      }
    }
    return batchCount
  }

  /// Writes the index of each state of a batch, or ``absent``.
  mutating func locate(
    _ states: UnsafePointer<UInt64>, count batchCount: Int, in store: borrowing StateStore,
    indexes: UnsafeMutablePointer<UInt32>
  ) {
    let shape = store.shape
    unsafe prepare(states, count: batchCount, store, shape)
    for position in 0..<batchCount {
      unsafe indexes[position] = find(
        states + position &* shape.wordCount, hashes[position], in: store, shape)
    }
  }

  /// Returns the index of a state, or ``absent``.
  private func find(
    _ state: UnsafePointer<UInt64>, _ hash: UInt64, in store: borrowing StateStore,
    _ shape: StateShape
  ) -> UInt32 {
    let tag = tag(of: hash)
    var number = home(of: hash)
    while true {
      let line = unsafe TableLine(table, number)
      let tags = line.tags
      var candidates = tags.matches(tag)
      while candidates != 0 {
        let index = line.index(LineTags.pop(&candidates))
        if unsafe shape.matches(state, store.place(Int(index), shape)) { return index }
      }
      if !tags.isFull { return Self.absent }
      number = (number &+ 1) & mask
    }
  }

  /// Notes that entries have been made by a ``Team``.
  mutating func noteEntered(_ newCount: Int) { count += newCount }

  /// Notes that entries have been taken back.
  mutating func noteDead(_ newCount: Int) { deadCount += newCount }

  @inline(__always)
  var mask: Int { (1 &<< lineCountLog2) &- 1 }

  /// By how many bits to shift a hash to get its home.
  @inline(__always)
  var homeShift: UInt64 { UInt64(64 &- lineCountLog2) }

  /// The line where the entry of a state with the given hash is if there is room.
  @inline(__always)
  func home(of hash: UInt64) -> Int {
    Int(truncatingIfNeeded: hash &>> homeShift)
  }

  /// The part of a hash that an entry holds.
  ///
  /// Its bits come after those that tell the line, so they make it unlikely that a state is looked at in
  /// vain. When the table is doubled, the first of them becomes one of the line's number, and is of no use
  /// any more.
  @inline(__always)
  func tag(of hash: UInt64) -> UInt16 {
    // The highest bit says that the entry is in use, the lowest one that it is alive.
    UInt16(truncatingIfNeeded: (hash &<< UInt64(bitsBeforeTag)) &>> 49) | 0x8001
  }

  /// Prepares the lookup of a batch by one thread, in the set's own memory.
  @inline(__always)
  private mutating func prepare(
    _ states: UnsafePointer<UInt64>, count: Int, _ store: borrowing StateStore, _ shape: StateShape
  ) {
    if count > batchCapacity { growBatch(to: count) }
    unsafe prepare(states, count: count, store, shape, hashes, guesses) { line, tag in
      var candidates = line.tags.matches(tag)
      return candidates == 0 ? Self.absent : line.index(LineTags.pop(&candidates))
    }
  }

  /// Hashes a batch, brings what it needs into the cache, and guesses which states are meant.
  ///
  /// A guess is the index of a state with the right tag, or ``absent``; `guess` looks for it in the line
  /// that is a state's home. By the time it is compared, it has been loaded.
  @inline(__always)
  func prepare(
    _ states: UnsafePointer<UInt64>, count: Int, _ store: borrowing StateStore,
    _ shape: StateShape, _ hashes: UnsafeMutablePointer<UInt64>,
    _ guesses: UnsafeMutablePointer<UInt32>, guess: (TableLine, _ tag: UInt16) -> UInt32
  ) {
    let table = unsafe self.table
    let shift = homeShift
    for position in 0..<count {
      let hash = unsafe stateHash(
        states + position &* shape.wordCount, wordCount: shape.wordCount)
      unsafe hashes[position] = hash
      unsafe cache_prefetch(table + Int(truncatingIfNeeded: hash &>> shift) &* TableLine.byteCount)
    }
    for position in 0..<count {
      let hash = unsafe hashes[position]
      let line = unsafe TableLine(table, Int(truncatingIfNeeded: hash &>> shift))
      let guess = guess(line, tag(of: hash))
      if guess != Self.absent { unsafe cache_prefetch(store.place(Int(guess), shape)) }
      unsafe guesses[position] = guess
    }
  }

  private mutating func growBatch(to target: Int) {
    unsafe hashes.deallocate()
    unsafe guesses.deallocate()
    while batchCapacity < target { batchCapacity *= 2 }
    unsafe hashes = .allocate(capacity: batchCapacity)
    unsafe guesses = .allocate(capacity: batchCapacity)
  }
}
