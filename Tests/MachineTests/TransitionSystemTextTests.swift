import Machine
import TestSupport
import Testing

@Suite struct TransitionSystemTextTests {
  /// A system with two processes, one of which stands somewhere.
  static func system() -> TransitionSystem {
    var builder = SystemBuilder("texts")
    for name in ["reader", "writer"] {
      let counter = builder.programCounter(name, locations: 2)
      builder.process(name, counter: counter, locations: [nil, nil])
    }
    return builder.build()
  }

  @Test(
    "values are shown as the model writes them",
    arguments: [
      (3, ValueFormat.number, "3"),
      (-3, .number, "-3"),
      (0, .boolean, "false"),
      (1, .boolean, "true"),
      (1, .cases(["OK", "EAGAIN"]), "EAGAIN"),
      (7, .cases(["OK", "EAGAIN"]), "7"),
      (0, .reference(pool: "page"), "nil"),
      (1, .reference(pool: "page"), "page0"),
      (0, .process, "nil"),
      (2, .process, "writer"),
      (0, .cpu, "cpu0"),
      (0, .set(of: .cases(["locked", "dirty"])), "{}"),
      (3, .set(of: .cases(["locked", "dirty"])), "{locked, dirty}"),
      (5, .set(of: .reference(pool: "page")), "{page0, page2}"),
      (2, .set(of: .process), "{writer}"),
      (1, .location(ProcessID(1)), "writer at 1"),
    ])
  func texts(value: Int64, format: ValueFormat, text: String) {
    #expect(Self.system().text(of: value, as: format) == text)
  }

  @Test("packing and unpacking give every combination of values back")
  func packing() {
    var builder = SystemBuilder("packing")
    let ranges: [ClosedRange<Int64>] = [
      -2...1, 5...5, 0...6, -(1 << 40)...(1 << 40), 0...(1 << 50),
    ]
    for (index, range) in ranges.enumerated() { _ = builder.variable("v\(index)", range) }
    let system = builder.build()
    #expect(system.wordCount == 2)
    for lowest in [true, false] {
      for odd in ranges.indices {
        let values = ranges.indices.map {
          (lowest == ($0 == odd)) ? ranges[$0].lowerBound : ranges[$0].upperBound
        }
        #expect(system.unpack(system.pack(values)) == values)
      }
    }
  }

  @Test("fields of a layout neither overlap nor straddle words")
  func layout() {
    for seed in UInt64(0)..<50 {
      var random = SeededGenerator(seed: seed)
      var builder = SystemBuilder("layout")
      for index in 0..<40 {
        _ = builder.variable("v\(index)", 0...Int64((UInt64(1) << UInt64(random.pick(63))) - 1))
      }
      let system = builder.build()
      var used = [UInt64](repeating: 0, count: system.wordCount)
      for variable in system.variables {
        let bits = variable.field.mask << variable.field.shift
        #expect(bits >> variable.field.shift == variable.field.mask)
        #expect(used[variable.field.word] & bits == 0)
        used[variable.field.word] |= bits
      }
    }
  }
}
