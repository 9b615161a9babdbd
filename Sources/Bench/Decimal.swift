/// Returns a number that is not negative, with some digits after its point.
func decimal(_ value: Double, digits: Int) -> String {
  let unit = (0..<digits).reduce(1) { power, _ in power * 10 }
  guard value.isFinite, abs(value) < 1e12 else { return "\(value)" }
  let all = Int((value * Double(unit)).rounded())
  let fraction = String(all % unit)
  let zeros = String(repeating: "0", count: digits - fraction.count)
  return "\(all / unit).\(zeros)\(fraction)"
}
