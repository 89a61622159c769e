import Domain
import Operations

/// Why an outstanding item isn't done yet.
enum Obstacle {
  case none
  /// The ids of the items that have to come first, joined.
  case waiting(for: String)
  case blocked(reason: String?)
  case awaitingConfirmation(by: Wording)

  init(state: ItemState, blockedReason: String?, tickedBy: Wording?, waitingFor: String) {
    if state == .blocked {
      self = .blocked(reason: blockedReason)
    } else if let tickedBy {
      self = .awaitingConfirmation(by: tickedBy)
    } else if waitingFor.isEmpty {
      self = .none
    } else {
      self = .waiting(for: waitingFor)
    }
  }

  init(_ item: OverdueItem) {
    self.init(
      state: item.state, blockedReason: item.blockedReason,
      tickedBy: item.awaitingConfirmationBy.map {
        DoneBy.wording($0, link: item.awaitingConfirmationByLink)
      },
      waitingFor: item.waitingFor.split(separator: " ").joined(separator: ", "))
  }

  init(_ item: ItemStatus) {
    self.init(
      state: item.state, blockedReason: item.blockedReason,
      tickedBy: item.awaitingConfirmation.map { DoneBy.wording($0.by, link: $0.link) },
      waitingFor: item.waitingFor.map(\.rawValue).joined(separator: ", "))
  }

  /// Nil if there is no obstacle.
  var wording: Wording? {
    switch self {
    case .none: nil
    case .waiting(let ids): Wording(en: "waiting for \(ids)", zh: "等待 \(ids.replacing(", ", with: "、"))")
    case .blocked(nil): Wording(en: "blocked", zh: "受阻")
    case .blocked(let reason?): Wording(en: "blocked: \(reason)", zh: "受阻：\(reason)")
    case .awaitingConfirmation(let who):
      Wording(en: "awaiting confirmation (ticked by \(who.en))", zh: "待他人确认（\(who.zh) 已勾选）")
    }
  }

  /// Why it is overdue; without an obstacle, it was forgotten.
  var reason: Wording { wording ?? Wording(en: "forgotten", zh: "尚未处理") }
}

extension OverdueItem {
  /// Why it is late. For an item not yet due, nil unless there is an obstacle.
  package func why(_ language: Language) -> String? {
    let hindrance = Obstacle(self)
    return (overdueSeconds >= 0 ? hindrance.reason : hindrance.wording)?(language)
  }
}
