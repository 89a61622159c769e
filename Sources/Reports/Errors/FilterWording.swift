import Domain

extension FilterKey {
  /// The key's name, without an article.
  var noun: Wording {
    switch self {
    case .team: Wording(en: "team", zh: "团队")
    case .owner: Wording(en: "owner", zh: "负责人")
    case .platform: Wording(en: "platform", zh: "平台")
    case .tag: Wording(en: "tag", zh: "标签")
    case .checklist: Wording(en: "checklist", zh: "清单")
    case .item: Wording(en: "item", zh: "任务项")
    }
  }

  /// A name that doesn't exist, so that the empty result isn't mistaken for good news.
  ///
  /// - Parameter place: how to list all that exist.
  func unknown(_ name: String, _ nearest: [String], else place: Wording?) -> Wording {
    let place = nearest.isEmpty ? place : nil
    let meant = Refusal.suggestion(nearest.map(\.quotable), else: place?.en ?? "", place?.zh ?? "")
    let isSuggesting = !nearest.isEmpty || place != nil
    let (en, zh) = (isSuggesting ? meant.en : "", isSuggesting ? meant.zh : "")
    let quoted = name.quotable
    return switch self {
    case .owner:
      Wording(en: "no shop and no item has the owner '\(quoted)'\(en)", zh: "没有店铺或任务项的负责人是“\(quoted)”\(zh)")
    case .item:
      Wording(en: "no checklist has an item '\(quoted)'\(en)", zh: "没有清单含有任务项“\(quoted)”\(zh)")
    case .tag: Wording(en: "no shop has the tag '\(quoted)'\(en)", zh: "没有店铺带有标签“\(quoted)”\(zh)")
    case .team, .platform, .checklist:
      Wording(en: "there is no \(noun.en) '\(quoted)'\(en)", zh: "没有\(noun.zh)“\(quoted)”\(zh)")
    }
  }

  /// How to list all that exist, on the command line.
  var whereToLook: Wording {
    switch self {
    case .team, .platform, .tag:
      Wording(en: "see: switchlist shop list", zh: "查看：switchlist shop list")
    case .owner:
      Wording(en: "see: switchlist report --by owner", zh: "查看：switchlist report --by owner")
    case .checklist: Wording(en: "see: switchlist checklists", zh: "查看：switchlist checklists")
    case .item: Wording(en: "see: switchlist report --by item", zh: "查看：switchlist report --by item")
    }
  }

  /// A filter with an empty value, as from an unset variable in a script.
  var isEmpty: Wording {
    Wording(
      en: "the \(noun.en) to look for is empty; write its name, or leave the filter out",
      zh: "要查找的\(noun.zh)为空；请写名称，或去掉这个筛选")
  }
}
