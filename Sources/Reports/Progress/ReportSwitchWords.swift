import Domain
import Operations

extension ReportSwitches {
  /// The heading of the list of unbound shops.
  static let canRebindHeading = Wording(en: "Who can rebind when", zh: "哪些店铺何时可以重新绑定")

  /// The heading of the list of overridden rules.
  static let overridesHeading = Wording(en: "Rules that were overridden", zh: "越过的规则")

  /// The number of unbound shops, urgent ones highlighted.
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

  /// How many unbound shops aren't shown, and the command that shows them; nil if there are none.
  func moreUnbound(after shown: Int) -> (text: Wording, command: String)? {
    more(unboundCount - shown, "switchlist switch list --cooling")
  }

  /// How many overridden rules aren't shown, and the command that shows them; nil if there are none.
  func moreOverrides(after shown: Int) -> (text: Wording, command: String)? {
    more(overrideCount - shown, "switchlist report --format json")
  }

  private func more(_ count: Int, _ command: String) -> (text: Wording, command: String)? {
    count > 0 ? (Wording(en: "and \(count) more: ", zh: "另有 \(count) 条："), command) : nil
  }
}

extension SwitchEntry {
  /// Marks a time that was computed from the rules.
  var estimateMark: Wording? {
    change.isEstimate == true ? Wording(en: "estimate", zh: "估计") : nil
  }

  /// Highlights a deadline for rebinding that is near or past.
  func finishTone(now: Moment) -> Palette.Tone? {
    change.coolDown?.finishBy.flatMap { Lateness.tone(now - $0) }
  }
}
