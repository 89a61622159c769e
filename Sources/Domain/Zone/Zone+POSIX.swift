extension Zone {
  /// A zone as the TZ environment variable describes it without a database: `CST-8`,
  /// `CET-1CEST,M3.5.0,M10.5.0/3`. Without days of change those of the United States apply, as in the C
  /// library. Nil for other texts.
  ///
  /// A zone whose clocks never change is named by its offset, `UTC+08:00`, because the name in the text is
  /// arbitrary and its sign is inverted.
  package init?(posix text: String) {
    guard text.utf8.count <= 64,
      let rule = ZoneRule(text.utf8) ?? ZoneRule("\(text),M3.2.0,M11.1.0".utf8),
      rule.fixedOffset.map({ abs($0) <= 24 * 3600 }) ?? true
    else { return nil }
    self.init(name: rule.fixedOffset.map(Self.name(ofOffset:)) ?? text, offsets: rule)
  }

  /// A zone from a TZif file outside the database; nil if the bytes aren't one.
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
