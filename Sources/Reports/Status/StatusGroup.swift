import Domain
import Operations

/// The groups of items in `status`, in display order.
enum StatusGroup: CaseIterable {
  case overdue
  case ready
  case waiting
  case blocked
  case awaitingConfirmation
  case missed
  case closed

  init(of item: ItemStatus) {
    if !item.state.isOutstanding {
      self = item.missed == nil ? .closed : .missed
    } else if item.overdue {
      self = .overdue
    } else {
      switch Obstacle(item) {
      case .none: self = .ready
      case .waiting: self = .waiting
      case .blocked: self = .blocked
      case .awaitingConfirmation: self = .awaitingConfirmation
      }
    }
  }

  /// The non-empty groups, with items by due time, or in the definition's order in groups of closed items.
  static func divide(_ items: [ItemStatus]) -> [(group: StatusGroup, items: [ItemStatus])] {
    let grouped = Dictionary(grouping: items, by: StatusGroup.init)
    return allCases.compactMap { group in
      guard let members = grouped[group] else { return nil }
      return (group, group.isClosed ? members : byDueTime(members))
    }
  }

  /// Whether nothing in it is left to do.
  var isClosed: Bool { self == .closed || self == .missed }

  var heading: Wording {
    switch self {
    case .overdue: Wording(en: "Overdue", zh: "已逾期")
    case .ready: Wording(en: "To do now", zh: "现在可做")
    case .waiting: Wording(en: "Waiting for other items", zh: "等待前置任务项")
    case .blocked: Wording(en: "Blocked", zh: "受阻")
    case .awaitingConfirmation: Wording(en: "Awaiting confirmation", zh: "待他人确认")
    case .missed: Wording(en: "Missed, and can't be done any more", zh: "错过了，已经不能再做")
    case .closed: Wording(en: "Done", zh: "已完成")
    }
  }

  private static func byDueTime(_ items: [ItemStatus]) -> [ItemStatus] {
    items.enumerated().sorted { left, right in
      switch (left.element.dueAt, right.element.dueAt) {
      case (let first?, let second?) where first != second: first < second
      case (_?, nil): true
      case (nil, _?): false
      default: left.offset < right.offset
      }
    }
    .map(\.element)
  }
}
