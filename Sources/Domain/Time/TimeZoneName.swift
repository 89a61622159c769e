import Foundation

/// Names of time zones: those of the IANA database, its links (`Asia/Chongqing`) included.
public enum TimeZoneName {
  /// Whether a text names a zone that Foundation can compute with. Abbreviations (`CST`) and offsets
  /// (`GMT+8`) aren't names: they don't say when the clocks change.
  public static func isKnown(_ name: String) -> Bool {
    if common.contains(name) { return true }
    guard name.utf8.count <= 64, name.utf8.allSatisfy(isNameByte) else { return false }
    guard let slash = name.firstIndex(of: "/") else { return withoutSlash.contains(name) }
    guard name[..<slash] != "SystemV", name != "Etc/Unknown" else { return false }
    return TimeZone(identifier: name)?.identifier == name
  }

  /// A known name that somebody may have meant by a text that is none.
  public static func nearest(to text: String) -> String? {
    let plain = text.lowercased().filter { $0 != " " }
    if let known = meanings[plain] { return known }
    return NearestName.nearest(to: text, among: common)
      ?? NearestName.nearest(to: text, among: TimeZone.knownTimeZoneIdentifiers)
      ?? nearestCity(to: text)
  }

  private static func nearestCity(to text: String) -> String? {
    let wanted = text.split(separator: "/").last.map { String($0).replacing(" ", with: "_") } ?? ""
    let names = TimeZone.knownTimeZoneIdentifiers
    let cities = names.map { $0.split(separator: "/").last.map(String.init) ?? $0 }
    guard let city = NearestName.nearest(to: wanted, among: cities),
      let index = cities.firstIndex(of: city)
    else { return nil }
    return names[index]
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "+"),
      UInt8(ascii: "-"), UInt8(ascii: "/"):
      true
    default: false
    }
  }

  private static let common = [
    "Asia/Shanghai", "UTC", "Asia/Hong_Kong", "Asia/Taipei", "Asia/Singapore", "Asia/Tokyo",
    "Asia/Urumqi",
  ]

  /// The database's names of one word that aren't abbreviations.
  private static let withoutSlash: Set<String> = [
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
    "asia/shenzhen": "Asia/Shanghai", "asia/guangzhou": "Asia/Shanghai", "z": "UTC", "gmt": "UTC",
    "uct": "UTC", "utc+0": "UTC", "gmt+0": "UTC", "jst": "Asia/Tokyo", "gmt+9": "Asia/Tokyo",
    "utc+9": "Asia/Tokyo", "est": "America/New_York", "edt": "America/New_York",
    "est5edt": "America/New_York", "pst": "America/Los_Angeles", "pdt": "America/Los_Angeles",
    "pst8pdt": "America/Los_Angeles", "cet": "Europe/Paris", "bst": "Europe/London",
  ]
}
