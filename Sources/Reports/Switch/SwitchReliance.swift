import Domain

extension AccountSwitch {
  /// When rebinding opens; nil unless the switch is unbound.
  var canRebindAt: Moment? { state == .unbound ? opensAt : nil }

  /// Whether `canRebindAt` was computed from the platform's rules; nil if that is nil.
  var isEstimate: Bool? { state == .unbound ? coolDown?.isEstimate ?? false : nil }

  /// How reliable the time is at which rebinding opens.
  var reliance: Wording {
    guard let coolDown, coolDown.until != nil else {
      return Wording(en: "no cool-down is known: check the platform's page", zh: "等待期不详，以平台页面为准")
    }
    return coolDown.isEstimate
      ? Wording(en: "an estimate: check the platform's page", zh: "估计时间，以平台页面为准")
      : Wording(en: "as the platform's page showed", zh: "平台页面显示的时间")
  }
}

extension SwitchOutlook {
  /// Whether an unbound shop can rebind, in a few words.
  func rebindWords(at now: Moment) -> Wording {
    switch self {
    case .planned: Wording(en: "not unbound yet", zh: "尚未解绑")
    case .cooling(let until): DurationText.soon(in: until - now)
    case .open: Wording(en: "now", zh: "现在")
    case .missed: Wording(en: "past finish-by", zh: "已过完成期限")
    }
  }

  var tone: Palette.Tone? {
    switch self {
    case .planned: nil
    case .cooling: .soon
    case .open: .done
    case .missed: .late
    }
  }
}

extension DurationText {
  /// `3 d 4 h ago`.
  static func ago(_ seconds: Int64) -> Wording {
    let length = length(seconds)
    return Wording(en: "\(length.en) ago", zh: "\(length.zh)前")
  }
}
