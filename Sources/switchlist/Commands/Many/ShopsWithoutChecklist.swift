import Domain
import Operations
import Reports

/// Shops for which there is no checklist, by platform.
struct ShopsWithoutChecklist {
  private var platforms: [String?: Int] = [:]

  var count: Int { platforms.values.reduce(0, +) }

  /// Warns of shops for which the folder has no checklist that begins by itself or can be started.
  ///
  /// - Returns: whether none of the shops has one; false without a folder.
  static func warn(of shops: [Shop], _ invocation: Invocation) -> Bool {
    guard let definitions = invocation.definitionsIfAny(), !definitions.checklists.isEmpty else {
      return false
    }
    var without = Self()
    for shop in shops where !definitions.checklists.contains(where: { $0.checklist.when.matches(shop) }) {
      without.add(shop)
    }
    without.warn(definitions, checklist: nil, invocation)
    return without.count == shops.count && !shops.isEmpty
  }

  mutating func add(_ shop: Shop) { platforms[shop.platform, default: 0] += 1 }

  /// Warns once per platform: a typo in its name leaves shops without anything that could ever be late.
  func warn(_ definitions: Definitions, checklist: String?, _ invocation: Invocation) {
    for (platform, count) in platforms.sorted(by: { ($0.key ?? "") < ($1.key ?? "") }) {
      invocation.console.warn(line(platform, count, definitions, checklist).said)
    }
  }

  private func line(
    _ platform: String?, _ count: Int, _ definitions: Definitions, _ checklist: String?
  ) -> Wording {
    let shops = CountPhrases.shops(count)
    let what =
      checklist.map { Wording(en: "the checklist '\($0.quotable)' isn't for", zh: "清单“\($0.quotable)”不适用于") }
      ?? Wording(en: "no checklist is for", zh: "没有清单适用于")
    guard let platform else {
      return Wording(
        en:
          "\(what.en) \(shops.en) without a platform; give it with: switchlist shop edit SHOP --platform PLATFORM",
        zh: """
          有 \(shops.zh)没有填写平台，\(checklist.map { "清单“\($0.quotable)”不适用" } ?? "没有适用的清单")；\
          请填写：switchlist shop edit 店铺 --platform 平台
          """)
    }
    let name = platform.quotable
    if definitions.platformNames.contains(platform) {
      return Wording(
        en: "\(what.en) \(shops.en) of the platform '\(name)'; see its 'when': switchlist checklists",
        zh: "\(what.zh)平台“\(name)”的 \(shops.zh)；请核对清单的 when：switchlist checklists")
    }
    let near = definitions.nearestPlatforms(to: platform)
    let hint =
      near.isEmpty
      ? Wording(en: "; see: switchlist checklists", zh: "；查看：switchlist checklists")
      : Wording(
        en: "; did you mean \(near.map { "'\($0)'" }.joined(separator: " or "))?",
        zh: "；是不是\(near.map { "“\($0)”" }.joined(separator: "或"))？")
    return Wording(
      en: "\(what.en) the platform '\(name)' (\(shops.en))\(hint.en)",
      zh: "\(what.zh)平台“\(name)”（\(shops.zh)）\(hint.zh)")
  }
}
