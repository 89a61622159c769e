import Formats

extension JSONCursor {
  /// As `2026-11-01T02:00:00Z`.
  package mutating func moment() throws(Fault) -> Moment {
    try text(expecting: "a time such as 2026-11-01T02:00:00Z") { Moment(iso8601: $0) }
  }
}

extension JSONWriter {
  /// A time in UTC, or null.
  package mutating func value(_ moment: Moment?) {
    guard let moment else { return null() }
    quoted { moment.appendISO8601(to: &$0) }
  }

  /// A field with a time, or nothing (see `Absence`).
  package mutating func field(_ name: StaticString, _ moment: Moment?) {
    guard let moment else { return absent(name) }
    key(name)
    value(moment)
  }
}
