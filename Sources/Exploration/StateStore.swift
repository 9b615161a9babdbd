/// All states that a search has found, in the order in which it found them.
///
/// States are stored whole, so that no two can be taken for each other. They lie in chunks that never
/// move once the first is full; growing needs no copy and no more memory than the new chunk.
///
/// **Limit:** 2³² - 2 states, because the table's slots have 32 bits for an index.
@safe
struct StateStore: ~Copyable {
  /// The largest number of states.
  static let stateLimit = Int(UInt32.max) - 1

  /// How states are stored.
  let shape: StateShape
  /// The number of states.
  private(set) var count = 0
  /// The memory of all chunks, in bytes.
  private(set) var memoryBytes = 0

  /// The number of states in a full chunk is two to this power.
  private let chunkShift: Int
  /// The number of states that the chunks have room for.
  private var capacity = 0
  /// The chunks of states.
  private var chunks: UnsafeMutablePointer<UnsafeMutableRawPointer>
  private var chunkCount = 0
  /// How many of the chunks have been given back.
  private var freedCount = 0
  private var directoryCapacity = 64

  /// Creates an empty store.
  init(_ shape: StateShape) {
    self.shape = shape
    // Chunks of 4 to 8 MB: large enough for large pages, small enough not to matter as slack.
    let statesInChunk = max(1024, (8 << 20) / shape.byteCount)
    chunkShift = Int.bitWidth - 1 - statesInChunk.leadingZeroBitCount
    unsafe chunks = .allocate(capacity: directoryCapacity)
  }

  deinit {
    for index in freedCount..<chunkCount {
      unsafe LargeMemory.free(chunks[index], byteCount: chunkBytes)
    }
    unsafe chunks.deallocate()
  }

  /// The number of bytes that making room for `addition` more states would take while it goes on.
  func growthBytes(for addition: Int) -> Int {
    let needed = count + addition
    if needed <= capacity { return 0 }
    let target = capacity(for: needed)
    // While the first chunk grows, the old one lives beside the new one.
    let kept = chunkCount == 1 && capacity < 1 << chunkShift ? 0 : capacity
    return (target - kept) * shape.byteCount
  }

  /// The size of each chunk: that of a full one, unless there is but one.
  private var chunkBytes: Int {
    chunkCount == 1 && freedCount == 0 ? memoryBytes : shape.byteCount << chunkShift
  }

  /// Gives back chunks that have no states but ones with smaller indexes than `first`.
  mutating func forget(before first: Int) {
    while freedCount + 1 < chunkCount, (freedCount + 1) << chunkShift <= first {
      unsafe LargeMemory.free(chunks[freedCount], byteCount: chunkBytes)
      memoryBytes -= chunkBytes
      freedCount += 1
    }
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

  /// Appends a state; `shape` is that of the store, known when compiling where that helps.
  ///
  /// - Precondition: there is room for it.
  @inline(__always)
  mutating func append(_ state: UnsafePointer<UInt64>, _ shape: StateShape) {
    assert(count < capacity, "room is reserved before states are added")
    unsafe shape.store(state, to: place(count, shape))
    count &+= 1
  }

  /// Says that there are `count` states, which have been written to their places.
  mutating func extend(to count: Int) {
    assert(count <= capacity, "room is reserved before states are added")
    self.count = count
  }

  /// Where the state with the given index lies.
  @inline(__always)
  func place(_ index: Int, _ shape: StateShape) -> UnsafeMutableRawPointer {
    let offset = (index & ((1 &<< chunkShift) &- 1)) &* shape.byteCount
    return unsafe chunks[index &>> chunkShift] + offset
  }

  /// Copies the state with the given index.
  @inline(__always)
  func load(_ index: Int, to state: UnsafeMutablePointer<UInt64>) {
    unsafe shape.load(place(index, shape), to: state)
  }

  /// Whether the state with the given index is `state`.
  func matches(_ index: Int, _ state: UnsafePointer<UInt64>) -> Bool {
    unsafe shape.matches(state, place(index, shape))
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
    let grown = unsafe LargeMemory.allocate(byteCount: target * shape.byteCount)
    if chunkCount == 1 {
      unsafe grown.copyMemory(from: chunks[0], byteCount: count * shape.byteCount)
      unsafe LargeMemory.free(chunks[0], byteCount: memoryBytes)
    }
    unsafe chunks[0] = grown
    chunkCount = 1
    capacity = target
    memoryBytes = target * shape.byteCount
  }

  private mutating func addChunk() {
    if chunkCount == directoryCapacity { growDirectory() }
    let size = 1 << chunkShift
    unsafe chunks[chunkCount] = LargeMemory.allocate(byteCount: size * shape.byteCount)
    chunkCount += 1
    capacity += size
    memoryBytes += size * shape.byteCount
  }

  private mutating func growDirectory() {
    let capacity = directoryCapacity * 2
    let grown = UnsafeMutablePointer<UnsafeMutableRawPointer>.allocate(capacity: capacity)
    unsafe grown.update(from: chunks, count: chunkCount)
    unsafe chunks.deallocate()
    unsafe chunks = grown
    directoryCapacity = capacity
  }
}
