package import Machine

/// Writes the code of a transition system as C.
///
/// A system becomes one unit, or several that can be compiled at the same time. Each has a function for
/// each step, that is for each location of each process; one function more calls those whose process is
/// ready. Everything that is known of the system is a literal: where fields lie, what constants are, which
/// fields an index can select. Nothing of the model's text gets into the C code, only numbers do. See
/// `docs/internals/native-code.md`.
package struct CEmitter {
  /// How many choices a run can make; a run with more is left to the evaluator.
  static let choiceLimit = 64
  /// Up to how many words a state is kept in registers while a step changes it, if nothing else is said.
  package static let registerWordLimit = 4
  /// From how many bytes on functions are called, and not put where they are called.
  private static let inlineByteLimit = 100_000
  /// From how many lines of code on the code is cut into several units.
  package static let linesInUnit = 2_000
  /// The same, if the compiler does not optimise: then starting it takes longer than its work.
  static let linesInHastyUnit = 10_000

  let system: TransitionSystem
  /// What all names begin with, if several systems share a unit.
  let namespace: String
  /// Up to how many words a state is kept in registers while a step changes it.
  let registerWordLimit: Int
  /// The helper functions for places with computed indexes, by what they are made from.
  private var accessors: [[FieldShape]: Int] = [:]
  private var accessorText = ""
  /// What was written so far: the functions of the steps, the calls of them, the functions of properties.
  private var steps: [String] = []
  private var dispatch = ""
  private var judges = ""
  private var tables: [[Int]: String] = [:]
  /// Whether an expression was too deep for C compilers.
  var isTooDeep = false

  /// Creates an emitter for the code of `system`.
  package init(_ system: TransitionSystem) { self.init(system, namespace: "") }

  private init(
    _ system: TransitionSystem, namespace: String,
    registerWordLimit: Int = Self.registerWordLimit
  ) {
    self.system = system
    self.registerWordLimit = registerWordLimit
    self.namespace = namespace
  }

  /// Returns one unit with the code of several systems, for comparing many without starting many compilers;
  /// the functions of system *i* are called `s`*i*`_pagerace_expand` and so on.
  package static func emitTogether(
    _ systems: [TransitionSystem], registerWordLimit: Int = Self.registerWordLimit
  ) -> String? {
    var text = CRuntime.declarations
    for (index, system) in systems.enumerated() {
      var emitter = CEmitter(
        system, namespace: "s\(index)_", registerWordLimit: registerWordLimit)
      guard let units = emitter.emit(maximumUnitCount: 1) else { return nil }
      let names = CRuntime.helperNames + ["WORDS", "PROCESSES", "CHOICES", "STEP", "ACCESS"]
      for name in names { text += "#undef \(name)\n" }
      for name in CRuntime.helperNames { text += "#define \(name) s\(index)_\(name)\n" }
      text += units[0].dropFirst(CRuntime.declarations.count)
    }
    return text
  }

  /// Where one of the variables lies that an index can select.
  struct FieldShape: Hashable {
    var word: Int
    var shift: UInt64
    var mask: UInt64
    var lower: Int64
  }

  /// Returns the C units, or nil if the system cannot be written as C.
  ///
  /// The first unit has the functions that are called from outside.
  package mutating func emit(
    maximumUnitCount: Int = 8, linesInUnit: Int = Self.linesInUnit
  ) -> [String]? {
    guard !system.processes.isEmpty else { return nil }
    if steps.isEmpty {
      for index in system.processes.indices { emitProcess(index) }
      judges = emitJudges()
    }
    if isTooDeep { return nil }
    let byteCount = steps.reduce(0) { $0 + $1.utf8.count }
    let lineCount = byteCount / 40
    let unitCount = min(maximumUnitCount, max(1, (lineCount + linesInUnit - 1) / linesInUnit))
    var groups = [String](repeating: "", count: unitCount)
    if unitCount == 1 {
      groups[0] = steps.joined()
    } else {
      for step in steps {
        let smallest = groups.indices.min { groups[$0].utf8.count < groups[$1].utf8.count } ?? 0
        groups[smallest] += step
      }
    }
    let head = header(isSplit: unitCount > 1, isLarge: byteCount > Self.inlineByteLimit)
    return groups.enumerated().map { index, text in
      if index > 0 { return head + text }
      let prototypes = unitCount > 1 ? self.prototypes() : ""
      return head + prototypes + text + judges + expand(dispatch)
    }
  }

  private func header(isSplit: Bool, isLarge: Bool) -> String {
    let inner = isLarge ? "static __attribute__((noinline)) " : "static "
    let step = isSplit ? "__attribute__((visibility(\"hidden\"))) " : inner
    return CRuntime.declarations
      + """
      #define WORDS \(system.wordCount)
      #define PROCESSES \(system.processes.count)
      #define CHOICES \(Self.choiceLimit)
      #define STEP \(step)
      #define ACCESS \(isLarge ? "static __attribute__((unused)) " : "INLINE ")

      """ + CRuntime.helpers + accessorText
  }

  private func prototypes() -> String {
    var text = ""
    for (process, description) in system.processes.enumerated() {
      for (location, value) in description.locations.enumerated() where value.entry != nil {
        text += "u64 \(namespace)p\(process)_\(location)(const u64 *s, u64 n, Context *c);\n"
      }
    }
    return text
  }

  private func expand(_ dispatch: String) -> String {
    """
    u64 \(namespace)pagerace_expand(const u64 *restrict s, Context *restrict c) {
      u64 n = c->count;
    \(dispatch)  return n;
    }

    """
  }

  /// Writes the step functions of a process, and the call of the one where the process stands.
  private mutating func emitProcess(_ index: Int) {
    let process = system.processes[index]
    let counter = system[process.programCounter]
    dispatch += "  if (\(condition(process.readiness, state: "s")))\n"
    dispatch += "    switch (\(read(counter, state: "s"))) {\n"
    for (location, description) in process.locations.enumerated() {
      guard let entry = description.entry else { continue }
      var step = StepEmitter(
        process: index, location: location, entry: entry, namespace: namespace)
      steps.append(step.emit(with: &self))
      dispatch += "    case \(location): n = \(namespace)p\(index)_\(location)(s, n, c); break;\n"
    }
    dispatch += "    }\n"
  }
}

extension CEmitter {
  /// Writes the functions that judge properties.
  fileprivate mutating func emitJudges() -> String {
    var text = ""
    var judge = "int \(namespace)pagerace_judge(u64 property, const u64 *s, Context *c) {\n"
    judge += "  switch (property) {\n"
    var news = "int \(namespace)pagerace_news(const u64 *s, Context *c) {\n"
    for (index, property) in system.properties.enumerated() {
      var step = StepEmitter(property: index, entry: property.entry, namespace: namespace)
      text += step.emit(with: &self)
      judge += "  case \(index): return \(namespace)q\(index)(s, c);\n"
      switch property.kind {
      case .invariant:
        news += "  if (\(namespace)q\(index)(s, c) != 1) return 1;\n"
      case .reachable:
        // Known to be true somewhere, it is of interest only if it fails.
        news += "  switch (\(namespace)q\(index)(s, c)) {\n  case 0: break;\n"
        news += "  case 1: if (c->witnessed[\(index)]) break; c->witnessed[\(index)] = 1;\n"
        news += "  default: return 1; }\n"
      case .finally, .unreachable: break
      }
    }
    return text + judge + "  }\n  return 0;\n}\n" + news + "  return 0;\n}\n"
  }

  /// Returns the number of the helper functions `ld` and `st` that access fields of the given shapes,
  /// of which the index selects one.
  mutating func accessor(_ shapes: [FieldShape]) -> Int {
    if let number = accessors[shapes] { return number }
    let number = accessors.count
    accessors[shapes] = number
    let shift = selection(shapes.map { Int($0.shift) }, "u8")
    let mask =
      uniform(shapes.map(\.mask)).map(Self.literal)
      ?? selection(shapes.map { Int(bitPattern: UInt($0.mask)) }, "u64")
    let lower =
      uniform(shapes.map(\.lower)).map(Self.literal)
      ?? selection(shapes.map { Int($0.lower) }, "i64")
    let words = shapes.map(\.word)
    let load: String
    let store: String
    var index = ""
    let bits = "(((u64)(v - (\(lower))) & (\(mask))) << h)"
    let clear = "& ~((u64)(\(mask)) << h)) | \(bits)"
    if let word = uniform(words) {
      load = "(t[\(word)] >> h)"
      store = "t[\(word)] = (t[\(word)] \(clear);"
    } else {
      let word = selection(words, "u16")
      let used = Set(words).sorted()
      if system.wordCount <= 4 {
        // Selected by comparison, so that the words can stay in registers.
        let chosen = used.dropLast().reversed().reduce("t[\(used[used.count - 1])]") {
          "k == \($1) ? t[\($1)] : \($0)"
        }
        load = "((\(chosen)) >> h)"
        store = used.map { "t[\($0)] = k == \($0) ? (t[\($0)] \(clear) : t[\($0)];" }
          .joined(separator: " ")
      } else {
        load = "(t[k] >> h)"
        store = "t[k] = (t[k] \(clear);"
      }
      index = "u64 k = (u64)(\(word)); "
    }
    accessorText += """
      ACCESS i64 \(namespace)ld\(number)(const u64 *t, i64 j) {
        u64 i = at(j, \(shapes.count)), h = (u64)(\(shift)) & 63; \(index)
        return (i64)(\(load) & (\(mask))) + (\(lower));
      }
      ACCESS void \(namespace)st\(number)(u64 *t, i64 j, i64 v) {
        u64 i = at(j, \(shapes.count)), h = (u64)(\(shift)) & 63; \(index)\(store)
      }

      """
    return number
  }

  private func uniform<Element: Equatable>(_ elements: [Element]) -> Element? {
    elements.dropFirst().allSatisfy { $0 == elements[0] } ? elements[0] : nil
  }

  /// Returns an expression of `i` that selects one of the numbers.
  private mutating func selection(_ numbers: [Int], _ type: String) -> String {
    let stride = numbers.count > 1 ? numbers[1] &- numbers[0] : 0
    let isAffine = numbers.indices.allSatisfy { numbers[$0] == numbers[0] &+ $0 &* stride }
    if isAffine && type != "u64" && type != "i64" {
      if stride == 0 { return "\(numbers[0])" }
      return stride > 0 ? "\(numbers[0]) + i * \(stride)" : "\(numbers[0]) - i * \(-stride)"
    }
    let cast = type == "i64" ? "(i64)" : ""
    if let name = tables[numbers] { return "\(cast)\(name)[i]" }
    let name = "\(namespace)T\(tables.count)"
    tables[numbers] = name
    let literals = numbers.map {
      type == "u64" ? Self.literal(UInt64(bitPattern: Int64($0))) : Self.literal(Int64($0))
    }
    // The widest type serves all uses of a table.
    let element = type == "u8" || type == "u16" ? "u16" : "u64"
    accessorText += "static const \(element) \(name)[] = "
    accessorText += "{ \(literals.map { "(\(element))\($0)" }.joined(separator: ", ")) };\n"
    return "\(cast)\(name)[i]"
  }

  /// Returns a C literal.
  static func literal(_ number: UInt64) -> String { "0x\(String(number, radix: 16))ull" }

  /// Returns a C literal.
  static func literal(_ number: Int64) -> String {
    if number == .min { return "(-9223372036854775807ll - 1)" }
    return number < 0 ? "(\(number)ll)" : "\(number)ll"
  }
}
