/// Which time zone names are accepted: those of the IANA database including its links (`Asia/Chongqing`).
/// Abbreviations (`CST`, `EST`) and offsets (`GMT+8`) aren't: they don't say whose clocks are meant, nor when
/// these change.
package enum TimeZoneName {
  package static func isKnown(_ name: String, in zones: some ZoneSource) -> Bool {
    guard name.utf8.count <= ZoneDirectory.longestName else { return false }
    if name == "UTC" { return true }
    guard name.contains("/") || withoutSlash.contains(name) else { return false }
    return zones.zone(named: name) != nil
  }

  /// A known name that somebody may have meant.
  package static func nearest(to text: String, in zones: some ZoneSource) -> String? {
    // Limits scalars, since a single character may have any number of marks.
    let text = String(text.unicodeScalars.prefix(64))
    let plain = text.lowercased().replacing("＋", with: "+").filter { $0 != " " }
    let near =
      meanings[plain] ?? Suggestions.one(to: text, among: common)
      ?? zones.nearest(to: text).first
    return near.flatMap { isKnown($0, in: zones) ? $0 : nil }
  }

  /// The zones that most shops need, tried before the whole database is searched.
  private static let common = [
    "Asia/Shanghai", "Asia/Hong_Kong", "Asia/Taipei", "Asia/Singapore", "Asia/Urumqi", "Asia/Tokyo", "UTC",
  ]

  /// The database's single-word names that aren't abbreviations.
  package static let withoutSlash: Set<String> = [
    "Cuba", "Egypt", "Eire", "GB", "GB-Eire", "GMT", "Greenwich", "Hongkong", "Iceland", "Iran",
    "Israel", "Jamaica", "Japan", "Kwajalein", "Libya", "NZ", "NZ-CHAT", "Navajo", "PRC", "Poland",
    "Portugal", "ROC", "ROK", "Singapore", "Turkey", "UTC", "Universal", "W-SU", "Zulu",
  ]

  private static let meanings: [String: String] = [
    "cst": "Asia/Shanghai", "gmt+8": "Asia/Shanghai", "gmt+08:00": "Asia/Shanghai",
    "utc+8": "Asia/Shanghai", "utc+08:00": "Asia/Shanghai", "+08:00": "Asia/Shanghai",
    "+0800": "Asia/Shanghai", "+8": "Asia/Shanghai", "beijing": "Asia/Shanghai",
    "asia/beijing": "Asia/Shanghai", "china": "Asia/Shanghai", "shanghai": "Asia/Shanghai",
    "北京": "Asia/Shanghai", "北京时间": "Asia/Shanghai", "中国": "Asia/Shanghai", "上海": "Asia/Shanghai",
    "asia/shenzhen": "Asia/Shanghai", "asia/guangzhou": "Asia/Shanghai", "z": "UTC", "utc": "UTC",
    "gmt": "UTC", "uct": "UTC", "utc+0": "UTC", "gmt+0": "UTC", "jst": "Asia/Tokyo",
    "gmt+9": "Asia/Tokyo", "utc+9": "Asia/Tokyo", "est": "America/New_York", "edt": "America/New_York",
    "est5edt": "America/New_York", "pst": "America/Los_Angeles", "pdt": "America/Los_Angeles",
    "pst8pdt": "America/Los_Angeles", "cst6cdt": "America/Chicago", "mst7mdt": "America/Denver",
    "mst": "America/Phoenix", "hst": "Pacific/Honolulu", "cet": "Europe/Paris", "met": "Europe/Paris",
    "eet": "Europe/Athens", "wet": "Europe/Lisbon", "bst": "Europe/London", "kst": "Asia/Seoul",
    "hkt": "Asia/Hong_Kong", "sgt": "Asia/Singapore",
  ]
}
