extension Zone {
  /// Local time to the minute: `2026-11-01 10:00`.
  package func format(_ moment: Moment) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(16)
    append(moment, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Like `format`, with the zone's name: `2026-11-01 10:00 Asia/Shanghai`.
  package func named(_ moment: Moment) -> String { "\(format(moment)) \(name)" }

  /// A deadline to the minute; midnight is shown as the end of the previous day, `2026-11-01 24:00`.
  package func formatDue(_ moment: Moment) -> String {
    let (date, second) = local(moment)
    guard second < 60 else { return format(moment) }
    return "\(date + -1) 24:00"
  }

  /// Appends what `format` returns, in UTF-8.
  package func append(_ moment: Moment, to bytes: inout [UInt8]) {
    let (date, second) = local(moment)
    date.append(to: &bytes)
    bytes.append(UInt8(ascii: " "))
    bytes.appendTwoDigits(second / 3600)
    bytes.append(UInt8(ascii: ":"))
    bytes.appendTwoDigits(second / 60 % 60)
  }
}
