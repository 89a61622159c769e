import Domain
import Operations

extension ReportGrouping {
  /// The heading of the rows' keys.
  var heading: Wording {
    switch self {
    case .shop: Wording(en: "Shop", zh: "店铺")
    case .team: Wording(en: "Team", zh: "团队")
    case .item: Wording(en: "Item", zh: "任务项")
    case .owner: Wording(en: "Owner", zh: "负责人")
    }
  }

  /// The heading of the number of rows.
  var countHeading: Wording {
    switch self {
    case .shop: Wording(en: "Shops", zh: "店铺数")
    case .team: Wording(en: "Teams", zh: "团队数")
    case .item: Wording(en: "Items", zh: "任务项数")
    case .owner: Wording(en: "Owners", zh: "负责人数")
    }
  }

  /// The heading of the rows' names.
  var nameHeading: Wording {
    self == .item ? Wording(en: "Title", zh: "标题") : Wording(en: "Name", zh: "名称")
  }

  /// The label of a row without a key.
  var keyless: Wording {
    switch self {
    case .shop: Wording(en: "(no shop)", zh: "（无店铺）")
    case .team: Wording(en: "(no team)", zh: "（未分团队）")
    case .item: Wording(en: "(no item)", zh: "（无任务项）")
    case .owner: Wording(en: "(no owner)", zh: "（无负责人）")
    }
  }

  /// The heading of the section with such rows.
  var sectionHeading: Wording {
    switch self {
    case .shop: Wording(en: "By shop", zh: "按店铺")
    case .team: Wording(en: "By team", zh: "按团队")
    case .item: Wording(en: "By item", zh: "按任务项")
    case .owner: Wording(en: "By owner", zh: "按负责人")
    }
  }
}

extension RunStateFilter {
  /// Which runs are counted; nil for all of them.
  var wording: Wording? {
    switch self {
    case .active: Wording(en: "active runs", zh: "进行中的执行")
    case .finished: Wording(en: "finished runs", zh: "已完成的执行")
    case .all: nil
    }
  }
}

extension ProgressReport {
  /// At most, on a page.
  static let lateShown = 50

  /// Unbound shops and overridden rules, of each at most this many on a page.
  package static let switchesShown = 50

  /// The report's name, the filters, and which runs it counts.
  func title(_ language: Language) -> [String] {
    var parts = [Wording(en: "Progress of switches", zh: "换绑任务进度")(language)]
    for key in FilterKey.allCases {
      guard let name = names[key] else { continue }
      parts.append(Wording(en: "\(key.noun.en) \(name)", zh: "\(key.noun.zh) \(name)")(language))
    }
    if names.onlyCritical { parts.append(Wording(en: "critical items", zh: "关键任务")(language)) }
    if let counted = state.wording { parts.append(counted(language)) }
    return parts
  }
}

extension ReportFigures {
  /// The figures in words, most important first.
  func summary(_ language: Language) -> [StyledLine.Piece] {
    var parts: [StyledLine.Piece] = [
      ("\(progress.percent)%", .heading),
      (CountPhrases.done(progress.done, of: progress.total)(language), nil),
    ]
    if let skipped = CountPhrases.skipped(progress) { parts.append((skipped(language), nil)) }
    if progress.missed > 0 { parts.append((CountPhrases.missed(progress.missed)(language), .soon)) }
    if progress.overdue > 0 { parts.append((CountPhrases.overdue(progress.overdue)(language), .late)) }
    if overdueSince7Days > 0 {
      let long = Wording(
        en: "\(overdueSince7Days) for 7 days or longer", zh: "逾期 7 天以上 \(overdueSince7Days)")
      parts.append((long(language), .late))
    }
    if progress.blocked > 0 { parts.append((CountPhrases.blocked(progress.blocked)(language), .soon)) }
    let recent = Wording(en: "\(doneLast7Days) done in the last 7 days", zh: "近 7 天完成 \(doneLast7Days)")
    parts.append((recent(language), nil))
    return parts
  }
}
