import Formats

/// Stored bytes that aren't an event.
package struct MalformedEvent: Error, Equatable {
  package let problem: String
}

extension Event {
  /// Reads an event's stored bytes; throws `MalformedEvent` or `JSONCursor.Fault`.
  package init(canonical bytes: some Collection<UInt8>) throws {
    self = try JSONCursor.read(bytes) { cursor in try EventFields(&cursor).event() }
  }

  package init(canonical bytes: UnsafeBufferPointer<UInt8>) throws {
    var cursor = JSONCursor(bytes)
    try self.init(&cursor)
    try cursor.end()
  }

  /// Reads the next value as an event; throws `MalformedEvent` or `JSONCursor.Fault`.
  package init(_ cursor: inout JSONCursor) throws {
    self = try EventFields(&cursor).event()
  }
}

/// The fields of all kinds of events together.
private struct EventFields {
  var number: Int64?
  var shop: String?
  var kind = ""
  var at: Moment?
  var recordedAt: Moment?
  var toldAt: Moment?
  var by: String?
  var login = ""
  var channel: EntryChannel?
  var lead = false
  var clockSet = false
  var name: String?
  var platform: String?
  var team: String?
  var owner: String?
  var timeZone: String?
  var tags: [String] = []
  var run: Int64?
  var checklist: String?
  var definition: String?
  var switchedAt: Moment?
  var items: [RunStart.Item] = []
  var supersededBy: Int64?
  var item: String?
  var reason: String?
  var note: String?
  var proof: Proof.Content?
  var to: String?
  var began: Moment?
  var removed: [String] = []
  var milestone: Milestone?
  var link: Int64?
  var expiresAt: Moment?
  var sha256: String?
  var account = AccountFields()

  init(_ cursor: inout JSONCursor) throws {
    try cursor.fields { key, cursor in
      switch key {
      case "number": number = try cursor.count()
      case "shop": shop = try cursor.string()
      case "kind": kind = try cursor.string()
      case "at": at = try cursor.moment()
      case "recorded_at": recordedAt = try cursor.moment()
      case "told_at": toldAt = try cursor.moment()
      case "by": by = try cursor.string()
      case "login": login = try cursor.string()
      case "channel": channel = EntryChannel(rawValue: try cursor.string())
      case "lead": lead = try cursor.bool()
      case "clock_set": clockSet = try cursor.bool()
      default: try readDetail(key, &cursor)
      }
    }
  }

  private mutating func readDetail(_ key: JSONKey, _ cursor: inout JSONCursor) throws {
    switch key {
    case "name": name = try cursor.string()
    case "platform": platform = try cursor.string()
    case "team": team = try cursor.string()
    case "owner": owner = try cursor.string()
    case "time_zone": timeZone = try cursor.string()
    case "tags": tags = try cursor.strings()
    case "run": run = try cursor.count()
    case "checklist": checklist = try cursor.string()
    case "definition": definition = try cursor.string()
    case "switched_at": switchedAt = try cursor.moment()
    case "items": try cursor.array { cursor in items.append(try RunStart.Item(&cursor)) }
    case "superseded_by": supersededBy = try cursor.count()
    case "item": item = try cursor.string()
    case "reason": reason = try cursor.string()
    case "note": note = try cursor.string()
    case "proof": proof = try Proof.Content(&cursor)
    case "to": to = try cursor.string()
    case "began": began = try cursor.moment()
    case "removed": removed = try cursor.strings()
    case "milestone": milestone = Milestone(rawValue: try cursor.string())
    case "link": link = try cursor.count()
    case "expires_at": expiresAt = try cursor.moment()
    case "sha256": sha256 = try cursor.string()
    default: try account.read(key, &cursor)
    }
  }

  func event() throws -> Event {
    let shop = ShopID(trusted: try require(shop, "shop"))
    return Event(
      number: Int(try require(number, "number")), shop: shop, at: try require(at, "at"),
      recordedAt: try require(recordedAt, "recorded_at"), toldAt: toldAt, by: try author(),
      change: try change(of: shop))
  }

  private func author() throws -> Author {
    let name = try require(by, "by")
    let channel = try require(channel, "channel")
    do throws(Refusal) {
      return try Author(name: name, login: login, channel: channel, isLead: lead, clockWasSet: clockSet)
    } catch {
      throw MalformedEvent(problem: "'by' isn't a name")
    }
  }

  private func change(of shop: ShopID) throws -> Event.Change {
    switch kind {
    case "shop-added": return .shopAdded(description(of: shop))
    case "shop-edited": return .shopEdited(description(of: shop))
    case "shop-archived": return .shopArchived
    case "shop-restored": return .shopRestored
    case "run-started":
      return .runStarted(
        RunStart(
          run: try runNumber(), checklist: ChecklistID(trusted: try require(checklist, "checklist")),
          definition: try require(definition, "definition"),
          switchedAt: try require(switchedAt, "switched_at"), began: began,
          accountSwitch: account.number.map { Int($0) }, timeZone: try require(timeZone, "time_zone"),
          items: items))
    case "run-stopped": return .runStopped(run: try runNumber(), reason: try require(reason, "reason"))
    case "run-superseded":
      return .runSuperseded(
        run: try runNumber(), by: Int(try require(supersededBy, "superseded_by")))
    case "run-moved":
      return .runMoved(
        run: try runNumber(), switchedAt: try require(switchedAt, "switched_at"),
        items: items.map { RunMove(id: $0.id, dueAt: $0.dueAt) })
    case "run-upgraded":
      return .runUpgraded(
        RunUpgrade(
          run: try runNumber(), definition: try require(definition, "definition"), items: items,
          removed: removed.map(ItemID.init(trusted:))))
    case "link-created":
      return .linkCreated(
        number: Int(try require(link, "link")), expiresAt: try require(expiresAt, "expires_at"))
    case "link-revoked": return .linkRevoked(number: Int(try require(link, "link")))
    case "file-deleted": return .fileDeleted(sha256: try require(sha256, "sha256"))
    default:
      if let change = try account.change(kind, to: to, reason: reason) { return .account(change) }
      let change = try itemChange()
      return .item(run: try runNumber(), ItemID(trusted: try require(item, "item")), change)
    }
  }

  private func itemChange() throws -> ItemChange {
    switch kind {
    case "item-ticked": return .ticked(note: note, proof: proof)
    case "item-ticked-to-confirm": return .tickedToConfirm(note: note, proof: proof)
    case "item-confirmed": return .confirmed
    case "item-unticked": return .unticked(reason: try require(reason, "reason"))
    case "item-skipped": return .skipped(reason: try require(reason, "reason"))
    case "item-blocked": return .blocked(reason: try require(reason, "reason"))
    case "item-unblocked": return .unblocked
    case "item-assigned": return .assigned(to: try require(to, "to"))
    case "item-due-moved":
      guard let due = Moment(iso8601: try require(to, "to")) else {
        throw MalformedEvent(problem: "'to' isn't a time")
      }
      return .dueMoved(to: due, reason: try require(reason, "reason"))
    case "item-noted": return .noted(try require(note, "note"))
    case "item-missed":
      let milestone = try require(milestone, "milestone")
      guard Milestone.closing.contains(milestone) else {
        throw MalformedEvent(problem: "nothing is missed at '\(milestone.rawValue)'")
      }
      return .missed(at: milestone)
    default: throw MalformedEvent(problem: "unknown kind '\(kind)'")
    }
  }

  private func description(of id: ShopID) -> Shop {
    Shop(
      id: id, name: name, platform: platform, team: team, owner: owner, timeZone: timeZone, tags: tags)
  }

  private func runNumber() throws -> Int { Int(try require(run, "run")) }

  private func require<Value>(_ value: Value?, _ key: String) throws -> Value {
    guard let value else { throw MalformedEvent(problem: "'\(key)' is missing") }
    return value
  }
}

extension RunStart.Item {
  fileprivate init(_ cursor: inout JSONCursor) throws {
    var id: String?
    var dueAt: Moment?
    var owner: String?
    try cursor.fields { key, cursor in
      switch key {
      case "item": id = try cursor.string()
      case "due_at": dueAt = try cursor.moment()
      case "owner": owner = try cursor.string()
      default: throw MalformedEvent(problem: "unknown key '\(key)' in an item")
      }
    }
    guard let id else { throw MalformedEvent(problem: "an item without id") }
    self.init(id: ItemID(trusted: id), dueAt: dueAt, owner: owner)
  }
}

extension Proof.Content {
  package init(_ cursor: inout JSONCursor) throws {
    var kind: String?
    var url: String?
    var file: String?
    var size: Int64?
    var sha256: String?
    try cursor.fields { key, cursor in
      switch key {
      case "kind": kind = try cursor.string()
      case "url": url = try cursor.string()
      case "file": file = try cursor.string()
      case "size": size = try cursor.count(upTo: 1 << 53)
      case "sha256": sha256 = try cursor.string()
      default: throw MalformedEvent(problem: "unknown key '\(key)' in a proof")
      }
    }
    switch (kind.flatMap(ProofKind.init), url, file, size, sha256) {
    case (.note, nil, nil, nil, nil): self = .note
    case (.secondPerson, nil, nil, nil, nil): self = .secondPerson
    case (.link, let url?, nil, nil, nil): self = .link(url: url)
    case (.file, nil, let file?, let size?, let sha256?):
      self = .file(name: file, size: size, sha256: sha256)
    default: throw MalformedEvent(problem: "a proof of an unknown kind")
    }
  }
}
