import Execution
import Machine
import TestSupport
import Testing

@Suite struct EvaluatorTests {
  /// Returns the successors of the initial state: who moves, in which run, to which values.
  static func successors(
    _ system: TransitionSystem
  ) -> (moves: [(process: Int, ordinal: Int, values: [Int64])], failures: [Int]) {
    let engine = Evaluator(system)
    let state = system.pack(system.defaults)
    var batch = SuccessorBatch(wordCount: engine.wordCount, capacity: 1)
    state.withUnsafeBufferPointer { words in
      if let state = words.baseAddress { engine.expand(state, into: &batch) }
    }
    let moves = (0..<batch.count).map { index in
      let words = (0..<engine.wordCount).map { batch.states[index * engine.wordCount + $0] }
      let origin = batch.origins[index]
      return (Int(origin.process), Int(origin.ordinal), system.unpack(words))
    }
    return (moves, batch.failures.map { Int($0.origin.ordinal) })
  }

  /// Returns the value that the evaluator computes.
  static func value(
    _ make: (inout SystemBuilder) -> Expression
  ) -> Int64? {
    var builder = SystemBuilder("value")
    let result = builder.variable("result", -(1 << 40)...(1 << 40))
    let counter = builder.programCounter("p", locations: 2)
    let expression = make(&builder)
    let entry = builder.emit(.assign(Place(result), expression), .arrive(LocationID(1)))
    builder.process("p", counter: counter, locations: [entry, nil])
    return successors(builder.build()).moves.first?.values.first
  }

  @Test("operators compute what their documentation says")
  func operators() {
    let samples: [Int64] = [-7, -1, 0, 1, 2, 3, 12]
    for x in samples {
      for y in samples {
        for hasConstants in [true, false] {
          func binary(_ kind: BinaryOperator) -> Int64? {
            Self.value { builder in
              guard !hasConstants else { return .binary(kind, .constant(x), .constant(y)) }
              let left = builder.variable("x", -16...16, initially: x)
              let right = builder.variable("y", -16...16, initially: y)
              return .binary(kind, .variable(left), .variable(right))
            }
          }
          #expect(binary(.add) == x + y)
          #expect(binary(.subtract) == x - y)
          #expect(binary(.multiply) == x * y)
          if y != 0 {
            #expect(binary(.divide) == x / y)
            #expect(binary(.remainder) == x % y)
          }
          #expect(binary(.equal) == (x == y ? 1 : 0))
          #expect(binary(.notEqual) == (x != y ? 1 : 0))
          #expect(binary(.less) == (x < y ? 1 : 0))
          #expect(binary(.lessOrEqual) == (x <= y ? 1 : 0))
          #expect(binary(.bitAnd) == x & y)
          #expect(binary(.bitOr) == x | y)
          #expect(binary(.bitAndNot) == x & ~y)
        }
      }
    }
  }

  @Test("unary operators and conditions compute what their documentation says")
  func unary() {
    func unary(_ kind: UnaryOperator, _ x: Int64) -> Int64? {
      Self.value { builder in
        .unary(kind, .variable(builder.variable("x", -64...64, initially: x)))
      }
    }
    #expect(unary(.not, 0) == 1)
    #expect(unary(.not, 5) == 0)
    #expect(unary(.negate, 5) == -5)
    #expect(unary(.bit, 33) == 1 << 33)
    #expect(unary(.populationCount, 7) == 3)
    #expect(unary(.lowestBit, 24) == 3)
    let test = Expression.binary(.less, .constant(1), .constant(2))
    #expect(Self.value { _ in .conditional(test, .constant(8), .constant(9)) } == 8)
    #expect(Self.value { _ in .binary(.and, test, .unary(.not, test)) } == 0)
  }

  @Test("choices count like an odometer, and disabled and failed runs keep their numbers")
  func choices() {
    var builder = SystemBuilder("choices")
    let x = builder.variable("x", 0...9)
    let failure = builder.failure("wrong")
    let (first, second) = (builder.register(), builder.register())
    let counter = builder.programCounter("p", locations: 2)
    let sum = Expression.binary(
      .add, .binary(.multiply, .register(first), .constant(3)), .register(second))
    let entry = builder.emit(
      .choose(first, count: 2), .choose(second, count: 3),
      .assign(Place(x), sum),
      .await(.unary(.not, .variable(x, is: 1))),
      .require(.unary(.not, .variable(x, is: 2)), failure, value: .register(first)),
      .arrive(LocationID(1)))
    builder.process("p", counter: counter, locations: [entry, nil])
    let system = builder.build()
    let (moves, failures) = Self.successors(system)
    #expect(moves.map(\.values) == [[0, 1], [3, 1], [4, 1], [5, 1]])
    #expect(moves.map(\.ordinal) == [0, 3, 4, 5])
    #expect(failures == [2])
    let engine = Evaluator(system)
    let choices = system.pack(system.defaults).withUnsafeBufferPointer { words in
      words.baseAddress.map { state in
        (0...6).map { engine.choices(ofRun: $0, of: 0, in: state) }
      }
    }
    #expect(choices == [[0, 0], [0, 1], [0, 2], [1, 0], [1, 1], [1, 2], nil])
  }

  @Test("a loop that comes back to where it was fails, and one that counts to a million ends")
  func backEdges() {
    for turns in [Int64(1_000_000), -1] {
      var builder = SystemBuilder("loop")
      let x = builder.variable("x", 0...1)
      let endless = builder.failure("endless_atomic")
      let count = builder.register()
      let counter = builder.programCounter("p", locations: 2)
      let entry = builder.emit(.set(count, .constant(0)))
      let loop = builder.emit(
        .backEdge(endless),
        .assign(Place(x), .binary(.subtract, .constant(1), .variable(x))))
      if turns > 0 {
        builder.emit(.set(count, .binary(.add, .register(count), .constant(1))))
      }
      let exit = Label(Int(builder.here.index) + 1)
      builder.emit(.branch(.binary(.equal, .register(count), .constant(turns)), exit, loop))
      builder.emit(.arrive(LocationID(1)))
      builder.process("p", counter: counter, locations: [entry, nil])
      let (moves, failures) = Self.successors(builder.build())
      #expect(moves.map(\.values) == (turns > 0 ? [[0, 1]] : []))
      #expect(failures == (turns > 0 ? [] : [0]))
    }
  }

  @Test("computed places select the right variable, with one index or several")
  func places() {
    for row in Int64(0)..<2 {
      for column in Int64(0)..<3 {
        let value = Self.value { builder in
          let base = VariableID(builder.variables.count)
          for cell in Int64(0)..<6 {
            // Ranges differ, so that every element has a field of its own kind.
            _ = builder.variable("cell\(cell)", -cell...(cell * cell + 10), initially: cell + 10)
          }
          let i = builder.variable("i", 0...1, initially: row)
          let j = builder.variable("j", 1...3, initially: column + 1)
          let offset = Expression.binary(.subtract, .variable(j), .constant(1))
          return .read(
            Place(
              base,
              [
                .init(index: .variable(i), stride: 3, count: 2),
                .init(index: offset, stride: 1, count: 3),
              ]))
        }
        #expect(value == row * 3 + column + 10)
      }
    }
  }
}
