extension Zone {
  /// A zone as the variable TZ describes one without a database: `CST-8`, `CET-1CEST,M3.5.0,M10.5.0/3`; where the
  /// days of change are left out, those of the United States count, as for the C library. Nil for any other text.
  ///
  /// One whose clocks never change is called by its offset, `UTC+08:00`, because the name in the text says nothing of
  /// it, and its sign is the other way round.
  package init?(posix text: String) {
    guard text.utf8.count <= 64,
      let rule = ZoneRule(text.utf8) ?? ZoneRule("\(text),M3.2.0,M11.1.0".utf8),
      rule.fixedOffset.map({ abs($0) <= 24 * 3600 }) ?? true
    else { return nil }
    self.init(name: rule.fixedOffset.map(Self.name(ofOffset:)) ?? text, offsets: rule)
  }

  /// A zone from a compiled file outside the database; nil where it isn't one.
  package init?(tzif bytes: [UInt8], name: String) {
    guard let table = ZoneTable(tzif: bytes) else { return nil }
    self.init(name: name, offsets: table)
  }

  private static func name(ofOffset seconds: Int) -> String {
    if seconds == 0 { return "UTC" }
    var bytes = Array((seconds < 0 ? "UTC-" : "UTC+").utf8)
    let minutes = abs(seconds) / 60
    bytes.appendTwoDigits(minutes / 60)
    bytes.append(UInt8(ascii: ":"))
    bytes.appendTwoDigits(minutes % 60)
    return String(decoding: bytes, as: UTF8.self)
  }
}
