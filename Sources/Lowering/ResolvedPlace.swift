internal import Machine
internal import Semantics
internal import SourceText

/// A location whose object and indexes have been computed: what remains is to load or store.
struct ResolvedPlace {
  /// Where the numbers are.
  enum Site {
    /// In the state.
    case memory(Cell)
    /// In temporaries of the running code, one for each leaf.
    case temporaries([RegisterID])
    /// Numbers that cannot be stored to.
    case values([Formula])
  }

  /// A lock that guards the location.
  struct GuardedBy {
    var lock: Field.Guard
    /// The struct or object that the guard's path starts at.
    var owner: Owner
    /// The field's name, for the message.
    var field: String
  }

  /// A struct or object that has fields.
  enum Owner {
    /// An object: its pool and the reference to it.
    case object(PoolID, Formula)
    /// A struct, as a location.
    indirect case structure(ResolvedPlace)
  }

  var site: Site
  var type: Type
  /// The class of the location, or -1 if only the running process can reach it.
  var location: Int
  var isForeign = false
  var guards: [GuardedBy] = []
  /// The reference on the way to the location that must not be nil when it is accessed.
  var reference: (value: Formula, span: SourceSpan)?
  /// The tag of the word enum around the location, and the case that it must have.
  var wordCase: (tag: Formula, index: Int, name: String)?
  /// The object that must live, unless its pool is fixed.
  var object: (pool: PoolID, reference: Formula)?
  /// Whether the location is (or may contain) a word's part: then the whole word is one location.
  var word: StructID?
  /// The fields of its word that the guards leave out.
  var guardExceptions: Set<Int>?
  /// The fields from the object down to the location, if no array is on the way.
  var fieldPath: [Int]?
  /// The number of the lock bit that the location is.
  var lockBit: Int?
  /// Whether it is the holder or the readers of a lock.
  var lockField: LockField?
  /// The location in words, with the values of this run.
  var text: [DisplayText.Piece]
  /// The name without values, such as `page.count`.
  var label: String
  var span: SourceSpan

  /// Which part of a lock a location is.
  enum LockField { case holder, readers }

  /// The number of leaves before the location, and the size of one leaf's type, moved on.
  func part(at offset: Int, size: Int, type: Type, name: String) -> ResolvedPlace {
    var part = self
    part.type = type
    switch site {
    case .memory(let cell): part.site = .memory(cell.advanced(by: offset))
    case .temporaries(let all): part.site = .temporaries(Array(all[offset..<(offset + size)]))
    case .values(let all): part.site = .values(Array(all[offset..<(offset + size)]))
    }
    part.text.append(.literal(name))
    part.label += name
    return part
  }

  /// Whether the location is in the state.
  var cell: Cell? {
    if case .memory(let cell) = site { return cell }
    return nil
  }
}
