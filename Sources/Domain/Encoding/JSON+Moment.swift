import Formats

extension JSONCursor {
  /// Accepts only the form `2026-11-01T02:00:00Z`.
  package mutating func moment() throws(Fault) -> Moment {
    try text(expecting: "a time such as 2026-11-01T02:00:00Z") { Moment(iso8601: $0) }
  }
}

extension JSONWriter {
  /// A time in UTC; null for nil.
  package mutating func value(_ moment: Moment?) {
    guard let moment else { return null() }
    quoted { moment.appendISO8601(to: &$0) }
  }

  /// A field with a time in UTC; `absent` if it is nil.
  package mutating func field(_ name: StaticString, _ moment: Moment?) {
    guard let moment else { return absent(name) }
    key(name)
    value(moment)
  }
}
