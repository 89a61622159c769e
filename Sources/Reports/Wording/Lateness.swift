import Domain

/// A due time relative to now, in words.
enum Lateness {
  /// In seconds; items due within this are due soon.
  static let soon: Int64 = 86_400

  /// Takes seconds since the due time, negative before it: `2 h 5 min late`, `due in 20 min`.
  static func wording(_ seconds: Int64) -> Wording {
    if seconds >= 0 { return DurationText.late(by: seconds) }
    let ahead = DurationText.soon(in: seconds)
    return Wording(en: "due \(ahead.en)", zh: "\(ahead.zh)到期")
  }

  static func tone(_ seconds: Int64) -> Palette.Tone? {
    seconds >= 0 ? .late : seconds > -soon ? .soon : nil
  }
}
