/// All states that a search has found, in the order in which it found them, with their parents.
///
/// States are stored whole, so that no two can be taken for each other. They lie in chunks that never
/// move once the first is full; growing needs no copy and no more memory than the new chunk.
///
/// **Limit:** 2³² - 2 states, because a parent takes four bytes.
@safe
struct StateStore: ~Copyable {
  /// The parent of an initial state.
  static let noParent = UInt32.max
  /// The largest number of states.
  static let stateLimit = Int(UInt32.max) - 1

  /// The number of 64-bit words in a state.
  let wordCount: Int
  /// The number of states.
  private(set) var count = 0
  /// The memory of all chunks, in bytes.
  private(set) var memoryBytes = 0

  /// The number of states in a full chunk is two to this power.
  private let chunkShift: Int
  /// The number of states that the chunks have room for.
  private var capacity = 0
  /// The chunks of states, and those of parents.
  private var states: UnsafeMutablePointer<UnsafeMutablePointer<UInt64>>
  private var parents: UnsafeMutablePointer<UnsafeMutablePointer<UInt32>>
  private var chunkCount = 0
  private var directoryCapacity = 64

  /// Creates an empty store.
  init(wordCount: Int) {
    self.wordCount = wordCount
    // Chunks of 4 to 8 MB: large enough for large pages, small enough not to matter as slack.
    let statesInChunk = max(1024, (8 << 20) / (wordCount * 8))
    chunkShift = Int.bitWidth - 1 - statesInChunk.leadingZeroBitCount
    unsafe states = .allocate(capacity: directoryCapacity)
    unsafe parents = .allocate(capacity: directoryCapacity)
  }

  deinit {
    for index in 0..<chunkCount {
      unsafe states[index].deallocate()
      unsafe parents[index].deallocate()
    }
    unsafe states.deallocate()
    unsafe parents.deallocate()
  }

  /// The number of bytes that a state takes, with its parent.
  private var stateBytes: Int { wordCount * 8 + 4 }

  /// The number of bytes that making room for `addition` more states would take while it goes on.
  func growthBytes(for addition: Int) -> Int {
    let needed = count + addition
    if needed <= capacity { return 0 }
    let target = capacity(for: needed)
    // While the first chunk grows, the old one lives beside the new one.
    let kept = chunkCount == 1 && capacity < 1 << chunkShift ? 0 : capacity
    return (target - kept) * stateBytes
  }

  /// Makes room for `addition` more states.
  mutating func reserve(_ addition: Int) {
    while capacity < count + addition {
      if chunkCount <= 1, capacity < 1 << chunkShift {
        growFirstChunk(to: min(1 << chunkShift, capacity(for: count + addition)))
      } else {
        addChunk()
      }
    }
  }

  /// Appends a state.
  ///
  /// - Precondition: there is room for it.
  @inline(__always)
  mutating func append(_ state: UnsafePointer<UInt64>, parent: UInt32) {
    assert(count < capacity, "room is reserved before states are added")
    let target = unsafe self[count]
    for word in 0..<wordCount { unsafe target[word] = state[word] }
    unsafe parents[count &>> chunkShift][count & ((1 &<< chunkShift) &- 1)] = parent
    count &+= 1
  }

  /// The state with the given index.
  @inline(__always)
  subscript(index: Int) -> UnsafeMutablePointer<UInt64> {
    let offset = (index & ((1 &<< chunkShift) &- 1)) &* wordCount
    return unsafe states[index &>> chunkShift] + offset
  }

  /// Returns the index of the state that the given state was first found from, or nil if it is an
  /// initial one.
  func parent(of index: Int) -> Int? {
    let parent = unsafe parents[index >> chunkShift][index & (1 << chunkShift - 1)]
    return parent == Self.noParent ? nil : Int(parent)
  }

  /// Returns the capacity to which the store grows to hold `count` states.
  private func capacity(for count: Int) -> Int {
    let chunk = 1 << chunkShift
    if count <= chunk {
      var capacity = max(256, self.capacity)
      while capacity < count { capacity *= 2 }
      return min(capacity, chunk)
    }
    return ((count + chunk - 1) >> chunkShift) << chunkShift
  }

  /// Replaces the first chunk by a larger one.
  private mutating func growFirstChunk(to target: Int) {
    let grown = unsafe LargeMemory.allocate(UInt64.self, count: target * wordCount)
    let grownParents = unsafe LargeMemory.allocate(UInt32.self, count: target)
    if chunkCount == 1 {
      unsafe grown.update(from: states[0], count: count * wordCount)
      unsafe grownParents.update(from: parents[0], count: count)
      unsafe states[0].deallocate()
      unsafe parents[0].deallocate()
    }
    unsafe states[0] = grown
    unsafe parents[0] = grownParents
    chunkCount = 1
    capacity = target
    memoryBytes = target * stateBytes
  }

  private mutating func addChunk() {
    if chunkCount == directoryCapacity { growDirectories() }
    let size = 1 << chunkShift
    unsafe states[chunkCount] = LargeMemory.allocate(UInt64.self, count: size * wordCount)
    unsafe parents[chunkCount] = LargeMemory.allocate(UInt32.self, count: size)
    chunkCount += 1
    capacity += size
    memoryBytes += size * stateBytes
  }

  private mutating func growDirectories() {
    let capacity = directoryCapacity * 2
    let states = UnsafeMutablePointer<UnsafeMutablePointer<UInt64>>.allocate(capacity: capacity)
    let parents = UnsafeMutablePointer<UnsafeMutablePointer<UInt32>>.allocate(capacity: capacity)
    unsafe states.update(from: self.states, count: chunkCount)
    unsafe parents.update(from: self.parents, count: chunkCount)
    unsafe self.states.deallocate()
    unsafe self.parents.deallocate()
    unsafe self.states = states
    unsafe self.parents = parents
    directoryCapacity = capacity
  }
}
