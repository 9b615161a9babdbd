internal import Machine
internal import SourceText

/// The code of one process before it is cut into steps: a graph of operations.
///
/// Operations belong to *groups*. A group is what may become one step: a single load or store with
/// its checks, or everything inside an `atomic`. Operations outside any group are computation.
struct Graph {
  /// One operation.
  enum Operation {
    case assign(Cell, Formula)
    case set(RegisterID, Formula)
    case branch(Formula)
    case await(Formula)
    case choose(RegisterID, count: Int)
    case require(Formula, FailureID, value: Formula?)
    /// The back edge of a loop inside an atomic section.
    case atomicBackEdge(FailureID)
    /// `either`: any of the successors.
    case either
    /// The start of the numbered loop.
    case loopHead(Int)
    /// The back edge of the numbered loop.
    case loopBack(Int)
    /// The start of the inlined call with this index.
    case call(Int)
    /// A statement that coverage counts.
    case cover(Int)
    /// Nothing; a place to jump to.
    case join
    /// The end of the code.
    case end
  }

  /// An operation with where it leads.
  struct Node {
    var operation: Operation
    /// The group, or nil.
    var group: Int?
    /// The successors: two of a branch (first if true), any number of `either`, else one.
    var next: [Int]
  }

  /// What may become one step.
  struct Group {
    /// The locations that code of the group reads and writes, for deciding whether they are shared.
    var accesses: Set<Access> = []
    /// Whether it is a step whatever it touches: it can block, choose, make or end an object.
    var isForced = false
    /// Whether it only loads one location.
    var isLoad = false
    /// Whether it is an `await rest`.
    var isRest = false
    /// What it does, for traces.
    var text: DisplayText
    /// What it does, without values.
    var label: String
    var span: SourceSpan
    var frames: [Step.Frame]
    /// What is loaded and stored, for `pagerace steps`.
    var notes: [String] = []
  }

  /// A temporary or local of the code.
  struct Temporary {
    /// The name in the model, or nil.
    var name: String?
    /// The function that has it, or nil in the body itself.
    var function: String?
    /// Whether the name is that of the location it was loaded from:
    /// a local that is bound to it has a better one.
    var isNameBorrowed = false
    var range: ClosedRange<Int64>
    var format: ValueFormat
    /// Whether it is set at one place only, so that it need not be copied.
    var isSingle = true
  }

  /// A location that a `require` outside `atomic` reads.
  struct RequireRead {
    var node: Int
    var location: Int
    var label: String
    var span: SourceSpan
  }

  /// An inlined call.
  struct Call {
    var text: DisplayText
    var span: SourceSpan
    /// The calls around it and itself.
    var frames: [Step.Frame]
  }

  var nodes: [Node] = []
  var calls: [Call] = []
  var groups: [Group] = []
  var temporaries: [Temporary] = []
  var loopCount = 0
  var requireReads: [RequireRead] = []
}

/// A location that code touches, at the precision in which sharing is judged.
struct Access: Hashable {
  /// The class of the location: its root and the fields down to it.
  var location: Int
  var isWrite: Bool
  /// Whether it is a task variable of another task than the running one.
  var isForeign: Bool
}
