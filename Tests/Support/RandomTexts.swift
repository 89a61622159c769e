import Domain

extension SeededGenerator {
  /// A text of several lines as somebody might type it, with what JSON escapes and what terminals obey.
  package mutating func longText() -> String {
    let pieces = [
      "ok", "店铺", " ", "\n", "\t", "\r\n", "\"", "\\", "/", "e\u{301}", "😀", "\u{202E}", "\u{7F7F}", "'", ";",
      ",", "=1+1", "\u{2028}", "𠮷",
    ]
    return "x" + (0..<number(0...12)).map { _ in one(of: pieces) }.joined()
  }

  /// A text of one line, as it is kept.
  package mutating func line() -> String {
    let pieces = ["Li", "王", "Zo\u{EB}", "-", "\"", "\\", "'", "😀", "a b", "&", "<b>"]
    return "n" + (0..<number(0...5)).map { _ in one(of: pieces) }.joined()
  }

  package mutating func itemID() -> ItemID {
    ItemID(trusted: "\(one(of: ["rebind", "verify", "tell", "back-up"]))-\(number(0...99))")
  }

  package mutating func moment() -> Moment { Moment(seconds: Int64(number(-90_000_000...4_000_000_000))) }

  package mutating func hash() -> String {
    String((0..<64).map { _ in one(of: Array("0123456789abcdef")) })
  }
}

extension SeededGenerator {
  package mutating func author() -> Author {
    do throws(Refusal) {
      return try Author(
        name: line(), login: one(of: ["", "root", "li.wei"]), channel: one(of: EntryChannel.allCases),
        isLead: once(in: 3), clockWasSet: once(in: 3))
    } catch {
      preconditionFailure("\(error)")
    }
  }

  package mutating func shop(_ id: ShopID) -> Shop {
    Shop(
      id: id, name: maybe { $0.line() }, platform: maybe { $0.one(of: ["douyin", "淘宝"]) },
      team: maybe { $0.one(of: ["east", "west", "南"]) }, owner: maybe { $0.line() },
      timeZone: maybe { $0.one(of: ["Asia/Shanghai", "America/New_York"]) },
      tags: some(of: ["live", "new", "大"]))
  }

  package mutating func proof() -> Proof.Content {
    switch number(1...4) {
    case 1: .note
    case 2: .secondPerson
    case 3: .link(url: "https://example.cn/" + line())
    default: .file(name: line(), size: Int64(number(0...1_000_000_000_000)), sha256: hash())
    }
  }

  package mutating func itemChange() -> ItemChange {
    switch number(1...11) {
    case 1: .ticked(note: maybe { $0.longText() }, proof: maybe { $0.proof() })
    case 2: .tickedToConfirm(note: maybe { $0.longText() }, proof: maybe { $0.proof() })
    case 3: .confirmed
    case 4: .unticked(reason: longText())
    case 5: .skipped(reason: longText())
    case 6: .blocked(reason: longText())
    case 7: .unblocked
    case 8: .assigned(to: line())
    case 9: .dueMoved(to: moment(), reason: longText())
    case 10: .missed(at: one(of: [.unbound, .rebound]))
    default: .noted(longText())
    }
  }

  package mutating func change(of shop: ShopID) -> Event.Change {
    switch number(1...17) {
    case 15: .linkCreated(number: number(1...99), expiresAt: moment())
    case 16: .linkRevoked(number: number(1...99))
    case 17: .fileDeleted(sha256: hash())
    case 1: .shopAdded(self.shop(shop))
    case 2: .shopEdited(self.shop(shop))
    case 3: .shopArchived
    case 4: .shopRestored
    case 5: .runStarted(runStart())
    case 6: .runStopped(run: number(1...99), reason: longText())
    case 7: .runSuperseded(run: number(1...99), by: number(2...100))
    case 8: .runMoved(run: number(1...99), switchedAt: moment(), items: moves())
    case 9:
      .runUpgraded(
        RunUpgrade(
          run: number(1...99), definition: hash(), items: heldItems(),
          removed: (0..<number(0...2)).map { _ in itemID() }))
    case 10...12: .account(accountChange())
    default: .item(run: number(1...99), itemID(), itemChange())
    }
  }

  package mutating func runStart() -> RunStart {
    RunStart(
      run: number(1...99), checklist: ChecklistID(trusted: itemID().rawValue), definition: hash(),
      switchedAt: moment(), began: maybe { $0.moment() }, accountSwitch: maybe { $0.number(1...99) },
      timeZone: one(of: ["UTC", "Asia/Shanghai"]), items: heldItems())
  }

  private mutating func heldItems() -> [RunStart.Item] {
    (0..<number(0...4)).map { _ in
      RunStart.Item(id: itemID(), dueAt: maybe { $0.moment() }, owner: maybe { $0.line() })
    }
  }

  private mutating func moves() -> [RunMove] {
    (0..<number(0...4)).map { _ in RunMove(id: itemID(), dueAt: maybe { $0.moment() }) }
  }

  package mutating func event() -> Event {
    let shop = one(of: ["s-1", "店铺一", "Zo\u{EB}"] as [ShopID])
    return Event(
      number: number(1...100_000), shop: shop, at: moment(), recordedAt: moment(),
      toldAt: maybe { $0.moment() }, by: author(), change: change(of: shop))
  }
}
