internal import CacheHints
internal import Execution

/// What several threads do at once; see ``Team``.
extension VisitedSet {
  /// Makes entries for those successors in a chunk's batch that are new.
  ///
  /// - Precondition: the table has room for all of them, and nothing else is done with it but this.
  func enter(_ chunk: inout Chunk, _ store: borrowing StateStore, _ chunks: Chunks) {
    let shape = store.shape
    switch shape.wordCount {
    case 1: unsafe enter(&chunk, store, chunks, shape.with(wordCount: 1))
    case 2: unsafe enter(&chunk, store, chunks, shape.with(wordCount: 2))
    case 3: unsafe enter(&chunk, store, chunks, shape.with(wordCount: 3))
    default: unsafe enter(&chunk, store, chunks, shape)
    }
  }

  @inline(__always)
  private func enter(
    _ chunk: inout Chunk, _ store: borrowing StateStore, _ chunks: Chunks, _ shape: StateShape
  ) {
    // What is read in the loop, where the compiler keeps it in registers.
    let states = unsafe chunk.expansion.batch.states
    let hashes = unsafe chunk.hashes
    let guesses = unsafe chunk.guesses
    let count = chunk.expansion.batch.count
    let firstProvisional = unsafe chunks.firstProvisional
    unsafe prepare(states, count: count, store, shape, hashes, guesses) { line, tag in
      var candidates = line.sharedTags.matches(tag)
      if candidates == 0 { return Self.absent }
      let index = line.publishedIndex(LineTags.pop(&candidates))
      // States of this block are looked at later.
      return Int(index) < firstProvisional ? index : Self.absent
    }
    for position in 0..<count {
      let state = unsafe states + position &* shape.wordCount
      let guess = unsafe guesses[position]
      if guess != Self.absent, unsafe shape.matches(state, store.place(Int(guess), shape)) {
        continue
      }
      unsafe enter(state, hashes[position], &chunk, store, chunks, shape)
    }
  }

  /// Makes an entry for a state if it is new.
  ///
  /// If another thread has done so, the state is the chunk's that comes first.
  @inline(__always)
  private func enter(
    _ state: UnsafePointer<UInt64>, _ hash: UInt64, _ chunk: inout Chunk,
    _ store: borrowing StateStore, _ chunks: Chunks, _ shape: StateShape
  ) {
    let tag = tag(of: hash)
    let home = home(of: hash)
    var isPrepared = false
    var number = home
    while true {
      let line = unsafe TableLine(table, number)
      let tags = line.sharedTags
      var candidates = tags.matches(tag)
      while candidates != 0 {
        let entry = LineTags.pop(&candidates)
        let index = line.sharedIndex(entry)
        if unsafe Int(index) < chunks.firstProvisional {
          if unsafe shape.matches(state, store.place(Int(index), shape)) { return }
        } else if unsafe shape.areEqual(
          state, chunks.state(index, wordCount: shape.wordCount))
        {
          if index > chunk.nextProvisional {
            unsafe takeOver(entry, of: line, number, state, &chunk, chunks, shape)
          }
          return
        }
      }
      if tags.isFull {
        number = (number &+ 1) & mask
        continue
      }
      // Others must find the state as soon as they see its index.
      if !isPrepared { unsafe chunk.prepareFresh(state, wordCount: shape.wordCount) }
      isPrepared = true
      if let entry = line.claim(tag, tags, isDisplaced: number != home) {
        line.publish(entry, chunk.nextProvisional)
        chunk.noteFresh(line: number, entry: entry)
        return
      }
    }
  }

  /// Makes a new state that a later chunk has found this chunk's, unless a still earlier one has done so.
  @inline(never)
  private func takeOver(
    _ entry: Int, of line: TableLine, _ number: Int, _ state: UnsafePointer<UInt64>,
    _ chunk: inout Chunk, _ chunks: Chunks, _ shape: StateShape
  ) {
    unsafe chunk.prepareFresh(state, wordCount: shape.wordCount)
    guard let old = line.lower(entry, to: chunk.nextProvisional) else { return }
    unsafe chunks.chunks[chunks.number(of: old)].lostCount.count()
    chunk.noteFresh(line: number, entry: entry)
  }

  /// Stores the new states of a chunk under their final indexes, and judges them.
  ///
  /// Threads may do this at the same time for different chunks.
  func number(
    _ chunk: borrowing Chunk, _ store: borrowing StateStore, _ judge: inout Judge, stepCount: Int
  ) {
    let shape = store.shape
    let isJudged = !judge.everywhere.isEmpty
    var index = chunk.firstNew
    forEachOwn(chunk) { fresh, line, entry in
      let state = unsafe UnsafePointer(chunk.fresh + fresh &* shape.wordCount)
      unsafe shape.store(state, to: store.place(index, shape))
      line.publish(entry, UInt32(truncatingIfNeeded: index))
      if isJudged { unsafe judge.judge(state, index: index, stepCount: stepCount) }
      index &+= 1
    }
  }

  /// Takes back the entries of a chunk.
  mutating func forget(_ chunk: borrowing Chunk) {
    var deadCount = 0
    forEachOwn(chunk) { _, line, entry in
      line.kill(entry)
      deadCount += 1
    }
    noteDead(deadCount)
  }

  /// Calls `body` for the new states that have remained the chunk's own.
  ///
  /// Meanwhile another thread may give a state that this chunk has lost its final index. That is not taken
  /// for one of this chunk's provisional indexes: it is smaller, because the chunks before this one cannot
  /// have more states than they have provisional indexes.
  @inline(__always)
  private func forEachOwn(
    _ chunk: borrowing Chunk, _ body: (_ fresh: Int, TableLine, _ entry: Int) -> Void
  ) {
    let claims = unsafe chunk.claims
    let lookahead = 16
    for fresh in 0..<chunk.freshCount {
      let ahead = unsafe claims[min(fresh &+ lookahead, chunk.freshCount &- 1)]
      unsafe cache_prefetch(table + Int(ahead &>> 4) &* TableLine.byteCount)
      let claim = unsafe claims[fresh]
      let line = unsafe TableLine(table, Int(truncatingIfNeeded: claim &>> 4))
      let entry = Int(claim & 15)
      let own = chunk.firstProvisional &+ UInt32(truncatingIfNeeded: fresh)
      if line.publishedIndex(entry) == own { body(fresh, line, entry) }
    }
  }
}
