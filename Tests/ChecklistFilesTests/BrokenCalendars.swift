import Testing

/// What can be wrong with a calendar, each with its place and what is said.
enum BrokenCalendars {
  static let cases: [BrokenText] = [
    BrokenText(
      "⟦⟦{}", "missing-key: the key 'calendar' is missing; it is required here",
      "missing-key: the key 'covers' is missing; it is required here"),
    BrokenText("⟦x", "wrong-type: a calendar is a map that begins with 'calendar: …', not text"),
    BrokenText(
      "calendar: ⟦us\ncovers: 2025",
      "~wrong-name: this calendar calls itself 'us', but checklists find it by its file's name: write 'cn', or rename the file to us.yaml"
    ),
    with("⟦holiday: []", "unknown-key: unknown key 'holiday'; did you mean 'holidays'?"),
    BrokenText(
      "calendar: cn\ncovers: ⟦2026..2025",
      "bad-years: '2026..2025' is not a range of years; write the first and the last, such as 2025..2026"),
    BrokenText(
      "calendar: cn\ncovers: ⟦2025-2026",
      "bad-years: '2025-2026' is not a range of years; write the first and the last, such as 2025..2026"),
    with("weekend: ⟦sun", "wrong-type: 'weekend' must be a list of days, such as [sat, sun], not text"),
    with(
      "weekend: [sat, ⟦sonday]",
      "unknown-day: unknown day 'sonday'; known are mon, tue, wed, thu, fri, sat, sun"),
    with("weekend: [⟦Sun]", "unknown-day: unknown day 'Sun'; did you mean 'sun'?"),
    with("weekend: [sat, ⟦sat]", "~repeated-day: 'sat' is repeated; once is enough"),
    with(
      "weekend: ⟦[mon, tue, wed, thu, fri, sat, sun]",
      "no-workdays: the weekend takes the whole week, and there would be no workday; leave at least one"),
    with(
      "holidays: ⟦2026-10-01",
      "wrong-type: 'holidays' must be a list of dates, such as [2026-10-01], not text"),
    with(
      "holidays: [⟦2026-02-29, ⟦2026-1-1, ⟦10/01]",
      "bad-date: '2026-02-29' is not a date; write year, month and day, such as 2026-10-01",
      "bad-date: '2026-1-1' is not a date; write year, month and day, such as 2026-10-01",
      "bad-date: '10/01' is not a date; write year, month and day, such as 2026-10-01"),
    with(
      "holidays: [2026-10-01, ⟦2026-10-01]",
      "~repeated-day: 2026-10-01 is repeated in 'holidays'; once is enough"),
    with(
      "holidays: [⟦2027-01-01]",
      "~outside-covers: 2027-01-01 is outside of 'covers', and has no effect; widen 'covers' or take the day out"
    ),
    with(
      "workdays: [⟦2026-11-02]",
      "~needless-workday: 2026-11-02 is no day of a weekend, and worked anyway; 'workdays' are for worked weekends"
    ),
    with(
      "workdays: [2026-10-10]\nholidays: [⟦2026-10-10]",
      "clashing-day: 2026-10-10 is both a holiday and a workday; take it out of one of the lists"),
  ]

  private static func with(_ lines: String, _ findings: String...) -> BrokenText {
    BrokenText("calendar: cn\ncovers: 2025..2026\n" + lines + "\n", findings)
  }
}
