import Domain

/// A shop's account and its switch in progress, in styled phrases.
struct SwitchPhrases {
  private typealias Piece = StyledLine.Piece

  let language: Language
  /// The zone of all times; its name follows the first.
  let zone: Zone
  let now: Moment

  /// Empty for a shop without a binding.
  func of(account: String?, _ change: AccountSwitch?) -> [StyledLine.Piece] {
    var phrases: [Piece] = []
    if let account {
      let account = TerminalText.safe(account)
      phrases.append((Wording(en: "account \(account)", zh: "主账号 \(account)")(language), nil))
    }
    guard let change, let outlook = SwitchOutlook(change, now: now) else { return phrases }
    let to = TerminalText.safe(change.to)
    if case .planned(let moment) = outlook {
      phrases.append((Wording(en: "switch to \(to)", zh: "计划换绑到 \(to)")(language), nil))
      return phrases + [planned(moment)]
    }
    let from = TerminalText.safe(change.from)
    phrases.append((Wording(en: "unbound from \(from)", zh: "已从 \(from) 解绑")(language), nil))
    phrases.append((Wording(en: "to be rebound to \(to)", zh: "将重新绑定到 \(to)")(language), nil))
    return phrases + unbound(change, outlook)
  }

  private func planned(_ moment: Moment) -> Piece {
    let isAhead = moment > now
    let when = isAhead ? DurationText.soon(in: moment - now) : DurationText.ago(now - moment)
    let wording = Wording(
      en: "planned for \(zoned(moment)), \(when.en)", zh: "计划 \(zoned(moment)) 解绑（\(when.zh)）")
    return (wording(language), isAhead ? nil : .soon)
  }

  private func unbound(_ change: AccountSwitch, _ outlook: SwitchOutlook) -> [Piece] {
    let reliance: Piece = (change.reliance(language), .secondary)
    switch outlook {
    case .planned: return []
    case .cooling(let until):
      let ahead = DurationText.soon(in: until - now)
      let opens = Wording(
        en: "cooling down: rebinding opens \(zoned(until)), \(ahead.en)",
        zh: "等待期中，\(zoned(until)) 起可以重新绑定（\(ahead.zh)）")
      return [(opens(language), .soon), reliance] + finish(change)
    case .open(let since):
      let opened = Wording(en: "since \(zoned(since))", zh: "\(zoned(since)) 起")
      return [(Self.canRebindNow(language), .done), (opened(language), nil), reliance] + finish(change)
    case .missed(let finishBy):
      let ago = DurationText.ago(now - finishBy)
      let end = "\(zone.formatDue(finishBy)) \(zone.name)"
      let missed = Wording(
        en: "past finish-by: \(end), \(ago.en)", zh: "已过完成期限：\(end)（\(ago.zh)）")
      return [(missed(language), .late)]
    }
  }

  private func finish(_ change: AccountSwitch) -> [Piece] {
    guard let finishBy = change.coolDown?.finishBy else { return [] }
    let ahead = finishBy - now
    let soon = DurationText.soon(in: ahead)
    let wording = Wording(
      en: "finish by \(zone.formatDue(finishBy)), \(soon.en)",
      zh: "须在 \(zone.formatDue(finishBy)) 前完成（\(soon.zh)）")
    return [(wording(language), ahead < Lateness.soon ? .soon : nil)]
  }

  private func zoned(_ moment: Moment) -> String { "\(zone.format(moment)) \(zone.name)" }

  /// Marks a switch whose rebinding is open.
  static let canRebindNow = Wording(en: "can rebind now", zh: "现在可以重新绑定")
}
