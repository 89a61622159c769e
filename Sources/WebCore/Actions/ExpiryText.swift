import Domain

/// Reads the lifetime of a link or token: `30d`.
package enum ExpiryText {
  package static func moment(_ text: String?, now: Moment) throws(Problem) -> Moment? {
    guard let text else { return nil }
    let deadline: CalendarDuration
    do throws(CalendarDurationError) { deadline = try CalendarDuration(parsing: text) } catch {
      throw .invalid("expires", error.wording)
    }
    guard !deadline.before, deadline.unit != .workdays else {
      throw .invalid("expires", Wording(en: "counts on from now, such as 30d", zh: "从现在起算，如 30d"))
    }
    return deadline.dueAt(from: now, in: .utc, calendar: nil).moment
  }
}
