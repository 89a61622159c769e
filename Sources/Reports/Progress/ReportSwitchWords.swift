import Domain
import Operations

extension ReportSwitches {
  /// What the list of unbound shops is called.
  static let canRebindHeading = Wording(en: "Who can rebind when", zh: "哪些店铺何时可以重新绑定")

  /// What the list of overridden rules is called.
  static let overridesHeading = Wording(en: "Rules that were overridden", zh: "越过的规则")

  /// How many shops are unbound, the pressing ones by themselves.
  func counts(_ language: Language) -> [StyledLine.Piece] {
    var parts: [StyledLine.Piece] = [
      (Wording(en: "\(unboundCount) unbound", zh: "已解绑 \(unboundCount)")(language), nil)
    ]
    if missedCount > 0 {
      parts.append(
        (Wording(en: "\(missedCount) past finish-by", zh: "已过完成期限 \(missedCount)")(language), .late))
    }
    if openCount > 0 {
      parts.append(
        (Wording(en: "\(openCount) can rebind now", zh: "现在可以重新绑定 \(openCount)")(language), .done))
    }
    return parts
  }

  /// Says how many unbound shops aren't shown, and how to see them; nil when all are.
  func moreUnbound(after shown: Int) -> (text: Wording, command: String)? {
    more(unboundCount - shown, "switchlist switch list --cooling")
  }

  /// Says how many overridden rules aren't shown, and how to see them; nil when all are.
  func moreOverrides(after shown: Int) -> (text: Wording, command: String)? {
    more(overrideCount - shown, "switchlist report --format json")
  }

  private func more(_ count: Int, _ command: String) -> (text: Wording, command: String)? {
    count > 0 ? (Wording(en: "and \(count) more: ", zh: "另有 \(count) 条："), command) : nil
  }
}

extension SwitchEntry {
  /// Marks a time that was reckoned by the rules.
  var estimateMark: Wording? {
    change.isEstimate == true ? Wording(en: "estimate", zh: "估计") : nil
  }

  /// When rebinding has to be finished is near, or past.
  func finishTone(now: Moment) -> Palette.Tone? {
    change.coolDown?.finishBy.flatMap { Lateness.tone(now - $0) }
  }
}
