import Domain
import Operations
import TestSupport

/// Something that somebody may ask for, sensible or not.
enum RandomCommand {
  case addShop(ShopID, ShopDetails)
  case editShop(ShopID, ShopDetails)
  case archive(ShopID, Bool)
  case start(ShopID, checklist: String?, at: Moment?, again: Bool)
  case stop(ShopID, run: Int?)
  case change(ShopID, [String], RequestedItemChange, run: Int?, at: Moment, inFinished: Bool)

  static let shops: [ShopID] = ["s-1", "s-2"]
  static let checklists: [ChecklistID] = ["after", "live"]

  /// What a checklist may hold; `tell-all` is an item of both.
  static func items(of checklist: ChecklistID) -> [ItemID] {
    (1...5).map { ItemID(trusted: "\(checklist)-\($0)") } + ["tell-all"]
  }

  /// False when it was refused; whatever else goes wrong is thrown.
  func run(by user: StoreUser) throws -> Bool {
    do {
      switch self {
      case .addShop(let shop, let details): try user.add(shop, details)
      case .editShop(let shop, let details): try user.edit(shop, details)
      case .archive(let shop, let archived): try user.setArchived(shop, archived)
      case .start(let shop, let checklist, let at, let again):
        try user.start(shop, checklist, at: at, again: again)
      case .stop(let shop, let run): try user.stop(shop, run: run)
      case .change(let shop, let items, let request, let run, let at, let inFinished):
        try user.change(shop, items, request, run: run, at: at, inFinished: inFinished)
      }
      return true
    } catch is Refusal {
      return false
    }
  }
}

extension SeededGenerator {
  mutating func command(now: Moment) -> RandomCommand {
    let shop = once(in: 12) ? "店铺" : one(of: RandomCommand.shops)
    switch number(1...30) {
    case 1: return .addShop(shop, shopDetails())
    case 2: return .editShop(shop, shopDetails())
    case 3: return .archive(shop, once(in: 4))
    case 4...6:
      return .start(
        shop, checklist: maybe { $0.one(of: ["after", "live", "afer"]) },
        at: maybe { now + Int64($0.number(-20...1)) * 3600 }, again: once(in: 2))
    case 7: return .stop(shop, run: maybe { $0.number(1...5) })
    default:
      let known = RandomCommand.items(of: one(of: RandomCommand.checklists))
      let items = (1...number(1...2)).map { _ in once(in: 20) ? "tell" : one(of: known).rawValue }
      return .change(
        shop, items, request(now: now), run: once(in: 8) ? number(1...6) : nil,
        at: once(in: 4) ? now + Int64(number(-30...1)) * 600 : now, inFinished: once(in: 2))
    }
  }

  mutating func request(now: Moment) -> RequestedItemChange {
    switch number(1...14) {
    case 1...5: .tick(note: maybe { $0.longText() }, proof: maybe { $0.givenProof() })
    case 6: .confirm
    case 7: .untick(reason: longText())
    case 8: .skip(reason: longText())
    case 9: .block(reason: once(in: 10) ? "" : longText())
    case 10: .unblock
    case 11: .assign(to: one(of: ["Zhao", "客服", " "]))
    case 12: .moveDue(to: now + Int64(number(-200...200)) * 3600, reason: longText())
    default: .note(once(in: 10) ? "\u{1B}[31m" : longText())
    }
  }

  private mutating func givenProof() -> Proof.Content {
    once(in: 2) ? .link(url: "https://example.cn/1") : .file(name: line(), size: 12, sha256: hash())
  }

  private mutating func shopDetails() -> ShopDetails {
    ShopDetails(
      name: maybe { $0.line() }, platform: maybe { _ in "douyin" },
      team: maybe { $0.one(of: ["east", "west", ""]) }, owner: maybe { $0.one(of: ["王", "Li"]) },
      timeZone: maybe { $0.one(of: ["Asia/Shanghai", "America/New_York", "", "Asia/Nowhere"]) },
      tags: maybe { $0.some(of: ["live", "new"]) })
  }

  /// A definition as it may stand in the folder today, with due times that come to pass in the test.
  mutating func definition(_ id: ChecklistID) -> Checklist {
    var items: [ChecklistItem] = []
    let ids = Array(RandomCommand.items(of: id).shuffled(using: &self).prefix(number(5...6)))
    for (index, id) in ids.enumerated() {
      items.append(
        .named(
          id, needs: some(of: Array(ids[..<index])), due: maybe { .hours($0.number(0...300)) },
          owner: maybe { $0.one(of: ["merchant", "Zhao", "客服"]) }, critical: once(in: 4),
          when: once(in: 5) ? Condition(tags: ["live"]) : .always,
          proof: once(in: 3) ? some(of: ProofKind.allCases) : []))
    }
    return .named(
      id, timeZone: maybe { _ in "Asia/Tokyo" }, when: once(in: 6) ? Condition(teams: ["east"]) : .always,
      items.shuffled(using: &self))
  }
}
