import Domain

/// What a switch that is under way waits for at a moment.
enum SwitchOutlook: Equatable {
  case planned(for: Moment)
  case cooling(until: Moment)
  /// Rebinding is open; where no cool-down is known, it has been since unbinding.
  case open(since: Moment)
  /// The page said that rebinding had to be finished by then.
  case missed(finishBy: Moment)

  /// Nil for a switch that has ended.
  init?(_ change: AccountSwitch, now: Moment) {
    switch change.state {
    case .rebound, .cancelled, .abandoned: return nil
    case .planned: self = .planned(for: change.plannedFor)
    case .unbound:
      let opensAt = change.opensAt ?? change.plannedFor
      if let finishBy = change.coolDown?.finishBy, now > finishBy {
        self = .missed(finishBy: finishBy)
      } else {
        self = now >= opensAt ? .open(since: opensAt) : .cooling(until: opensAt)
      }
    }
  }
}

extension AccountSwitch {
  /// When rebinding opens, of a switch that waits for it.
  var canRebindAt: Moment? { state == .unbound ? opensAt : nil }

  /// Whether `canRebindAt` was reckoned by the platform's rules; nil where it is nil.
  var isEstimate: Bool? { state == .unbound ? coolDown?.isEstimate ?? false : nil }

  /// How much the time at which rebinding opens can be relied on.
  var reliance: Wording {
    guard let coolDown, coolDown.until != nil else {
      return Wording(en: "no cool-down is known: check the platform's page", zh: "等待期不详，以平台页面为准")
    }
    return coolDown.isEstimate
      ? Wording(en: "an estimate: check the platform's page", zh: "估计时间，以平台页面为准")
      : Wording(en: "as the platform's page showed", zh: "平台页面显示的时间")
  }
}

extension DurationText {
  /// `3 d 4 h ago`.
  static func ago(_ seconds: Int64) -> Wording {
    let length = length(seconds)
    return Wording(en: "\(length.en) ago", zh: "\(length.zh)前")
  }
}
