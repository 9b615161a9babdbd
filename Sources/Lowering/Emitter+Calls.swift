internal import Machine
internal import Semantics
internal import SourceText

/// Inlining calls.
extension Emitter {
  /// Evaluates the arguments from left to right and writes the function's body in place of the call.
  func call(_ index: FunctionIndex, _ arguments: [Argument], span: SourceSpan) -> [Formula] {
    let function = program.functions[index.index]
    var inner = InlineFrame(locals: function.body.locals)
    inner.mutable = build.mutableLocals(of: index)
    let shown = bindArguments(arguments, of: function, in: &inner)
    inner.resultType = function.result
    inner.result = makeTemporaries(for: function.result, name: function.name)
    for id in inner.result { graph.temporaries[Int(id.index)].isSingle = false }

    let text = DisplayText([.literal("\(function.name)(")] + shown + [.literal(")")])
    if function.isAtomic {
      inGroup(text: text, label: sourceText(span), span: span) {
        runBody(function, inner, span: span, text: nil)
      }
    } else {
      runBody(function, inner, span: span, text: mode == .steps ? text : nil)
    }
    return inner.result.map { .register($0) }
  }

  private func runBody(
    _ function: Function, _ inner: InlineFrame, span: SourceSpan, text: DisplayText?
  ) {
    let saved = (frame, frames, readsDirectly)
    callCount += 1
    frame = inner
    frame.returnTarget = makeTarget()
    readsDirectly = false
    frames.append(
      Step.Frame(
        call: callCount, function: function.name, span: span, file: function.span.file))
    if let text, process != nil {
      graph.calls.append(Graph.Call(text: text, span: span, frames: frames))
      emit(.call(graph.calls.count - 1))
    }
    emit(function.body.statements)
    if let target = frame.returnTarget { land(target) }
    (frame, frames, readsDirectly) = saved
  }

  /// Binds the parameters and returns the arguments as the report shows them.
  private func bindArguments(
    _ arguments: [Argument], of function: Function, in inner: inout InlineFrame
  ) -> [DisplayText.Piece] {
    var shown: [DisplayText.Piece] = []
    for (index, argument) in arguments.enumerated() where index < function.parameterCount {
      if index > 0 { shown.append(.literal(", ")) }
      let parameter = function.body.locals[index]
      switch argument {
      case .place(let place):
        let resolved = stabilised(resolve(place))
        inner.bindings[index] = .place(resolved)
        shown += resolved.text
      case .value(let expression):
        let values = converted(expression, to: parameter.type)
        let stable = zip(values, layout.leaves(of: parameter.type)).map { value, leaf in
          let copy = snapshot(value)
          name(copy, parameter.name + leaf.suffix, of: function.name)
          return copy
        }
        inner.bindings[index] = .value(stable)
        shown += display(stable, of: parameter.type)
      }
    }
    return shown
  }

  /// A value as the report shows it.
  func display(_ values: [Formula], of type: Type) -> [DisplayText.Piece] {
    guard values.count == 1, let value = values.first else { return [.literal("\u{2026}")] }
    return [.value(value, layout.format(of: type))]
  }

  /// The text of a piece of source, with white space folded and long texts cut.
  func sourceText(_ span: SourceSpan) -> String { build.sourceText(span) }
}
