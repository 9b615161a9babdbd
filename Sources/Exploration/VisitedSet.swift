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

  private var slots: UnsafeMutablePointer<UInt64>
  /// The number of slots is two to this power.
  private var slotCountLog2: Int
  private var count = 0

  // What is known of each state of the batch.
  private var hashes: UnsafeMutablePointer<UInt64>
  private var firstSlots: UnsafeMutablePointer<UInt64>
  private var batchCapacity = 512
  /// Keeps the loads that bring states into the cache from being optimised away.
  private var touched: UInt64 = 0

  /// Creates an empty set.
  init() {
    slotCountLog2 = 10
    unsafe slots = LargeMemory.allocate(UInt64.self, count: 1 << slotCountLog2)
    unsafe slots.update(repeating: 0, count: 1 << slotCountLog2)
    unsafe hashes = .allocate(capacity: batchCapacity)
    unsafe firstSlots = .allocate(capacity: batchCapacity)
  }

  deinit {
    unsafe slots.deallocate()
    unsafe hashes.deallocate()
    unsafe firstSlots.deallocate()
  }

  /// The size of the table and of the memory for batches, in bytes.
  var memoryBytes: Int { 8 << slotCountLog2 + 16 * batchCapacity }

  /// Whether the table should grow before `addition` states are added: above 5/8 full, a search for an
  /// absent state looks at more than four slots on average.
  func shouldGrow(for addition: Int) -> Bool {
    count + addition > (1 << slotCountLog2) / 8 * 5
  }

  /// Whether `addition` states fit into the table as it is, slow as it may get.
  func hasRoom(for addition: Int) -> Bool {
    count + addition <= (1 << slotCountLog2) / 16 * 15
  }

  /// The number of bytes that growing takes: the old table is freed before the new one is made.
  var growthBytes: Int { 8 << slotCountLog2 }

  /// Doubles the table, and enters the states of `store` anew.
  mutating func grow(from store: borrowing StateStore) {
    unsafe slots.deallocate()
    slotCountLog2 += 1
    unsafe slots = LargeMemory.allocate(UInt64.self, count: 1 << slotCountLog2)
    unsafe slots.update(repeating: 0, count: 1 << slotCountLog2)
    var index = 0
    while index < count {
      let end = min(count, index + batchCapacity)
      for entry in index..<end {
        unsafe hashes[entry - index] = stateHash(store[entry], wordCount: store.wordCount)
      }
      peek(end - index)
      for entry in index..<end {
        let hash = unsafe hashes[entry - index]
        var slot = home(of: hash)
        while unsafe slots[slot] != 0 { slot = (slot &+ 1) & mask }
        unsafe slots[slot] = tag(of: hash) | UInt64(entry + 1)
      }
      index = end
    }
  }

  /// Appends those states of a batch that are new to `store`, and returns how many of the batch were
  /// dealt with: all, unless the store reached `stateLimit`.
  ///
  /// - Precondition: table and store have room for the whole batch.
  mutating func insert(
    _ states: UnsafePointer<UInt64>, count batchCount: Int, sources: UnsafePointer<UInt32>,
    into store: inout StateStore, stateLimit: Int
  ) -> Int {
    let wordCount = store.wordCount
    unsafe prepare(states, count: batchCount, store)
    for entry in 0..<batchCount {
      let state = unsafe states + entry &* wordCount
      let hash = unsafe hashes[entry]
      let (slot, found) = unsafe find(state, hash, in: store)
      if found != 0 { continue }
      if store.count >= stateLimit { return entry }
      unsafe slots[slot] = tag(of: hash) | UInt64(store.count &+ 1)
      unsafe store.append(state, parent: sources[entry])
      count &+= 1
    }
    return batchCount
  }

  /// Writes the index of each state of a batch, or ``absent``.
  mutating func locate(
    _ states: UnsafePointer<UInt64>, count batchCount: Int, in store: borrowing StateStore,
    indexes: UnsafeMutablePointer<UInt32>
  ) {
    let wordCount = store.wordCount
    unsafe prepare(states, count: batchCount, store)
    for entry in 0..<batchCount {
      let (_, found) = unsafe find(states + entry &* wordCount, hashes[entry], in: store)
      // An empty slot is zero, and becomes `absent`.
      unsafe indexes[entry] = UInt32(truncatingIfNeeded: found) &- 1
    }
  }

  private var mask: Int { (1 &<< slotCountLog2) &- 1 }

  @inline(__always)
  private func home(of hash: UInt64) -> Int {
    Int(truncatingIfNeeded: hash &>> UInt64(64 &- slotCountLog2))
  }

  /// The part of a hash that a slot holds, in place; the position uses the other end of the hash.
  @inline(__always)
  private func tag(of hash: UInt64) -> UInt64 { hash &<< 32 }

  /// Returns the slot where the state is or belongs, and what the slot holds.
  @inline(__always)
  private func find(
    _ state: UnsafePointer<UInt64>, _ hash: UInt64, in store: borrowing StateStore
  ) -> (slot: Int, found: UInt64) {
    let tag = tag(of: hash)
    let wordCount = store.wordCount
    var slot = home(of: hash)
    while true {
      let found = unsafe slots[slot]
      if found == 0 { return (slot, 0) }
      if (found ^ tag) &>> 32 == 0 {
        let other = unsafe store[Int(found & 0xFFFF_FFFF) &- 1]
        var word = 0
        while word < wordCount, unsafe other[word] == state[word] { word &+= 1 }
        if word == wordCount { return (slot, found) }
      }
      slot = (slot &+ 1) & mask
    }
  }

  /// Hashes a batch and brings what it needs into the cache.
  private mutating func prepare(
    _ states: UnsafePointer<UInt64>, count batchCount: Int, _ store: borrowing StateStore
  ) {
    if batchCount > batchCapacity { growBatch(to: batchCount) }
    let wordCount = store.wordCount
    for entry in 0..<batchCount {
      unsafe hashes[entry] = stateHash(states + entry &* wordCount, wordCount: wordCount)
    }
    peek(batchCount)
    var touched: UInt64 = 0
    for entry in 0..<batchCount {
      let found = unsafe firstSlots[entry]
      if found != 0, unsafe (found ^ tag(of: hashes[entry])) &>> 32 == 0 {
        touched ^= unsafe store[Int(found & 0xFFFF_FFFF) &- 1].pointee
      }
    }
    self.touched = touched
  }

  /// Loads the slots at which a batch of hashes begins to search.
  @inline(__always)
  private mutating func peek(_ batchCount: Int) {
    for entry in 0..<batchCount {
      unsafe firstSlots[entry] = slots[home(of: hashes[entry])]
    }
  }

  private mutating func growBatch(to target: Int) {
    unsafe hashes.deallocate()
    unsafe firstSlots.deallocate()
    while batchCapacity < target { batchCapacity *= 2 }
    unsafe hashes = .allocate(capacity: batchCapacity)
    unsafe firstSlots = .allocate(capacity: batchCapacity)
  }
}
