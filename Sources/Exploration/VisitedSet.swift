internal import CacheHints

/// Which states a ``StateStore`` holds: a hash table of their indexes.
///
/// Open addressing with linear probing. A slot holds 32 bits of the state's hash beside its index plus
/// one, so that a state is looked at only if it is most likely the right one, and zero is an empty
/// slot. The exact answer is always a comparison of whole states.
///
/// States are looked up in batches. A lookup in a table larger than the caches waits for memory; in a
/// batch those waits overlap, because loads that do not depend on each other go on at once.
@safe
struct VisitedSet: ~Copyable {
  /// The index of a state that is not there.
  static let absent = UInt32.max
  /// How many of the highest bits of a hash a slot does not hold; its place in the table tells them.
  private static let untaggedBits = 8

  private(set) var slots: UnsafeMutablePointer<UInt64>
  /// The number of slots is two to this power.
  private(set) var slotCountLog2: Int
  private var count = 0
  /// How far from its home any state lies at most.
  private var reach = 0

  // What is known of each state of the batch.
  private var hashes: UnsafeMutablePointer<UInt64>
  private var guesses: UnsafeMutablePointer<UInt32>
  private var batchCapacity = 512

  /// Creates an empty set.
  init() {
    slotCountLog2 = 10
    unsafe slots = Self.table(slotCountLog2)
    unsafe hashes = .allocate(capacity: batchCapacity)
    unsafe guesses = .allocate(capacity: batchCapacity)
  }

  deinit {
    unsafe LargeMemory.free(slots)
    unsafe hashes.deallocate()
    unsafe guesses.deallocate()
  }

  private static func table(_ log2: Int) -> UnsafeMutablePointer<UInt64> {
    unsafe LargeMemory.allocate(byteCount: 8 << log2)
      .bindMemory(to: UInt64.self, capacity: 1 << log2)
  }

  /// The size of the table and of the memory for batches, in bytes.
  var memoryBytes: Int { 8 << slotCountLog2 + 12 * batchCapacity }

  /// Whether the table should grow before `addition` states are added.
  ///
  /// Above 13/16 full, a search for an absent state looks at more than two lines of the cache on
  /// average; most states are looked up while the table is emptier.
  func shouldGrow(for addition: Int) -> Bool {
    count + addition > (1 << slotCountLog2) / 16 * 13
  }

  /// Whether `addition` states fit into the table as it is, slow as it may get.
  func hasRoom(for addition: Int) -> Bool {
    count + addition <= (1 << slotCountLog2) / 16 * 15
  }

  /// The number of bytes that ``grow(from:)`` takes: it frees the old table before it makes the new one.
  var growthBytes: Int { 8 << slotCountLog2 }

  /// The number of bytes that ``spread()`` takes for a while: the new table, with the old one still there.
  var spreadBytes: Int { 16 << slotCountLog2 }

  /// Whether ``spread()`` can tell where every state belongs.
  var canSpread: Bool { slotCountLog2 >= 16 && reach < 1 << (slotCountLog2 - Self.untaggedBits) }

  /// Doubles the table, and enters the states of `store` anew.
  mutating func grow(from store: borrowing StateStore) {
    unsafe LargeMemory.free(slots)
    slotCountLog2 += 1
    unsafe slots = Self.table(slotCountLog2)
    reach = 0
    let shape = store.shape
    unsafe withUnsafeTemporaryAllocation(of: UInt64.self, capacity: shape.wordCount) { state in
      guard let state = state.baseAddress else { return }
      var index = 0
      while index < count {
        let end = min(count, index + batchCapacity)
        for entry in index..<end {
          unsafe store.load(entry, to: state)
          unsafe hashes[entry - index] = stateHash(state, wordCount: shape.wordCount)
        }
        for entry in index..<end {
          unsafe cache_prefetch(slots + home(of: hashes[entry - index]))
        }
        for entry in index..<end {
          let hash = unsafe hashes[entry - index]
          enter(tag(of: hash) | UInt64(entry + 1), home: home(of: hash))
        }
        index = end
      }
    }
  }

  /// Doubles the table without a look at the states: a slot's bits of the hash and its place tell where its
  /// state belongs in a table twice as large.
  ///
  /// Both tables are gone through from end to end, so that it takes a few nanoseconds for each state.
  ///
  /// - Precondition: ``canSpread``.
  mutating func spread() {
    precondition(canSpread, "a state may lie too far from its home")
    let old = unsafe slots
    let oldLog2 = slotCountLog2
    let oldMask = mask
    let period = 1 << (oldLog2 - Self.untaggedBits) - 1
    slotCountLog2 += 1
    unsafe slots = Self.table(slotCountLog2)
    reach = 0
    for slot in 0...oldMask {
      let entry = unsafe old[slot]
      if entry == 0 { continue }
      let tag = Int(entry &>> 32)
      // The home in the new table, without its highest bits.
      let known = tag &>> (32 &- (slotCountLog2 &- Self.untaggedBits))
      let distance = (slot &- known &>> 1) & period
      let oldHome = (slot &- distance) & oldMask
      enter(entry, home: oldHome &* 2 &+ (known & 1))
    }
    unsafe LargeMemory.free(old)
  }

  /// Puts an entry into the first free slot from its home on.
  @inline(__always)
  private mutating func enter(_ entry: UInt64, home: Int) {
    var slot = home
    while unsafe slots[slot] != 0 { slot = (slot &+ 1) & mask }
    unsafe slots[slot] = entry
    reach = max(reach, (slot &- home) & mask)
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
    switch (shape.wordCount, shape.endsInHalfWord) {
    case (1, false):
      return unsafe insert(
        states, count, &store, stateLimit, .init(wordCount: 1, endsInHalfWord: false))
    case (1, true):
      return unsafe insert(
        states, count, &store, stateLimit, .init(wordCount: 1, endsInHalfWord: true))
    case (2, false):
      return unsafe insert(
        states, count, &store, stateLimit, .init(wordCount: 2, endsInHalfWord: false))
    case (2, true):
      return unsafe insert(
        states, count, &store, stateLimit, .init(wordCount: 2, endsInHalfWord: true))
    case (3, false):
      return unsafe insert(
        states, count, &store, stateLimit, .init(wordCount: 3, endsInHalfWord: false))
    case (3, true):
      return unsafe insert(
        states, count, &store, stateLimit, .init(wordCount: 3, endsInHalfWord: true))
    default:
      return unsafe insert(states, count, &store, stateLimit, shape)
    }
  }

  @inline(__always)
  private mutating func insert(
    _ states: UnsafePointer<UInt64>, _ batchCount: Int, _ store: inout StateStore,
    _ stateLimit: Int, _ shape: StateShape
  ) -> Int {
    unsafe prepare(states, count: batchCount, store, shape)
    // Fields that are read in the loop, where the compiler keeps them in registers.
    let slots = unsafe self.slots
    let hashes = unsafe self.hashes
    let guesses = unsafe self.guesses
    let mask = self.mask
    let shift = UInt64(64 &- slotCountLog2)
    for entry in 0..<batchCount {
      let state = unsafe states + entry &* shape.wordCount
      let guess = unsafe guesses[entry]
      if guess != 0 {
        let place = unsafe store.place(Int(guess &- 1), shape)
        if unsafe shape.matches(state, place) { continue }
      }
      let hash = unsafe hashes[entry]
      let (slot, found) = unsafe find(state, hash, in: store, shape)
      if found != 0 { continue }
      if store.count >= stateLimit { return entry }
      unsafe slots[slot] = tag(of: hash) | UInt64(store.count &+ 1)
      unsafe store.append(state, shape)
      count &+= 1
      reach = max(reach, (slot &- Int(truncatingIfNeeded: hash &>> shift)) & mask)
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
    for entry in 0..<batchCount {
      let (_, found) = unsafe find(
        states + entry &* shape.wordCount, hashes[entry], in: store, shape)
      // An empty slot is zero, and becomes `absent`.
      unsafe indexes[entry] = UInt32(truncatingIfNeeded: found) &- 1
    }
  }

  @inline(__always)
  private var mask: Int { (1 &<< slotCountLog2) &- 1 }

  @inline(__always)
  private func home(of hash: UInt64) -> Int {
    Int(truncatingIfNeeded: hash &>> UInt64(64 &- slotCountLog2))
  }

  /// The part of a hash that a slot holds, in place.
  ///
  /// It begins a little below the highest bit, where the home does too. So it has bits that the home does
  /// not have, which make it unlikely that a state is looked at in vain, and all that ``spread()`` needs.
  @inline(__always)
  private func tag(of hash: UInt64) -> UInt64 {
    (hash &<< UInt64(Self.untaggedBits)) & 0xFFFF_FFFF_0000_0000
  }

  /// Returns the slot where the state is or belongs, and what the slot holds.
  @inline(__always)
  private func find(
    _ state: UnsafePointer<UInt64>, _ hash: UInt64, in store: borrowing StateStore,
    _ shape: StateShape
  ) -> (slot: Int, found: UInt64) {
    let tag = tag(of: hash)
    var slot = home(of: hash)
    while true {
      let found = unsafe slots[slot]
      if found == 0 { return (slot, 0) }
      if (found ^ tag) &>> 32 == 0 {
        let place = unsafe store.place(Int(found & 0xFFFF_FFFF) &- 1, shape)
        if unsafe shape.matches(state, place) { return (slot, found) }
      }
      slot = (slot &+ 1) & mask
    }
  }

  /// Hashes a batch, brings what it needs into the cache, and guesses which states are meant.
  ///
  /// A guess is the index plus one of the first state with the right tag, or zero if a free slot comes
  /// first. By the time it is compared, it has been loaded.
  @inline(__always)
  private mutating func prepare(
    _ states: UnsafePointer<UInt64>, count batchCount: Int, _ store: borrowing StateStore,
    _ shape: StateShape
  ) {
    if batchCount > batchCapacity { growBatch(to: batchCount) }
    let slots = unsafe self.slots
    let hashes = unsafe self.hashes
    let guesses = unsafe self.guesses
    let mask = self.mask
    let shift = UInt64(64 &- slotCountLog2)
    for entry in 0..<batchCount {
      let hash = unsafe stateHash(
        states + entry &* shape.wordCount, wordCount: shape.wordCount)
      unsafe hashes[entry] = hash
      unsafe cache_prefetch(slots + Int(truncatingIfNeeded: hash &>> shift))
    }
    for entry in 0..<batchCount {
      let hash = unsafe hashes[entry]
      let tag = tag(of: hash)
      var slot = Int(truncatingIfNeeded: hash &>> shift)
      var found = unsafe slots[slot]
      while found != 0 && (found ^ tag) &>> 32 != 0 {
        slot = (slot &+ 1) & mask
        found = unsafe slots[slot]
      }
      let index = UInt32(truncatingIfNeeded: found)
      unsafe guesses[entry] = index
      if index != 0 { unsafe cache_prefetch(store.place(Int(index &- 1), shape)) }
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
