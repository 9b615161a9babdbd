/// One operation of the code that steps, the prelude and properties are made of.
///
/// A *run* starts at an entry label on a copy of the state and goes on to an instruction that ends
/// it. All changes of one run are one atomic step. A run that meets a false `await` leaves no trace.
public enum Instruction: Sendable {
  /// Stores the value, which the lowering has proved to fit the variable.
  case assign(Place, Expression)
  /// Sets a temporary.
  case set(RegisterID, Expression)
  /// Goes to the first label if the condition is not zero, otherwise to the second.
  case branch(Expression, Label, Label)
  /// Goes to the label.
  case jump(Label)
  /// Ends the run as *disabled* if the condition is zero.
  case await(Expression)
  /// Sets the temporary to any number in `0..<count`; each gives a run of its own, in that order.
  case choose(RegisterID, count: Int)
  /// Ends the run as *failed* if the condition is zero. The value, if there is one, is the number
  /// that the failure's text shows.
  case require(Expression, FailureID, value: Expression?)
  /// Stands at the back edge of a loop inside `atomic`. If the state and all temporaries are what
  /// they were at an earlier pass of this run through this instruction, the run can never end: it
  /// ends as *failed*.
  case backEdge(FailureID)
  /// Says which step the run performs from here on; no effect. A run that performs nothing worth a
  /// name has none.
  case mark(StepID)
  /// Says that the run has come to the coverage point with this index; no effect on the state.
  case cover(Int)
  /// Ends the run of a step: the process now stands at the location.
  case arrive(LocationID)
  /// Ends the run of the prelude.
  case done
  /// Ends the run of a property or condition with a value.
  case result(Expression)
}
