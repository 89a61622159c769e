import Domain
import Operations

/// What to do after an import of switches.
package enum ImportedSwitchesText {
  /// How many shops are named at most.
  private static let named = 10

  /// Says that switches that had ended begin no runs, and how to begin those; nil if none are missing.
  package static func withoutRuns(_ outcome: ImportSwitches.Outcome) -> Wording? {
    let shops = outcome.withoutRuns
    guard let first = shops.first else { return nil }
    let rest = shops.count - min(shops.count, Self.named)
    let names = shops.prefix(Self.named).map(\.rawValue)
    let command = shops.count == 1 ? "switchlist start \(first)" : "switchlist start SHOP"
    return Wording(
      en: """
        a switch that has ended begins no checklist for after it, so these follow none: \
        \(names.joined(separator: ", "))\(rest > 0 ? " and \(rest) more" : "")
        to begin it, counted from the recorded rebinding: \(command) --switched-at rebound
        """,
      zh: """
        已结束的换绑不会开始换绑后的清单，以下店铺还没有：\(names.joined(separator: "、"))\(rest > 0 ? " 等 \(shops.count) 家" : "")
        要从已记录的重新绑定时间起算并开始：\(command.replacing("SHOP", with: "店铺编号")) --switched-at rebound
        """)
  }
}
