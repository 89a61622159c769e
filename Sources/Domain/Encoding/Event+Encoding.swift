import Formats

extension Event {
  /// The bytes that are stored and hashed: canonical JSON, with keys in the order of this function.
  package var canonical: [UInt8] {
    var json = JSONWriter(.canonical)
    json.object { json in
      json.field("number", Int64(number))
      json.field("shop", shop.rawValue)
      json.field("kind", change.kind)
      json.field("at", at)
      json.field("recorded_at", recordedAt)
      if let toldAt { json.field("told_at", toldAt) }
      json.field("by", by.name)
      json.field("login", by.login)
      json.field("channel", by.channel.rawValue)
      if by.isLead { json.field("lead", true) }
      if by.clockWasSet { json.field("clock_set", true) }
      change.encode(to: &json)
    }
    return json.bytes
  }
}

extension Event.Change {
  /// The event's name in its stored form and in every list of events.
  package var kind: String {
    switch self {
    case .shopAdded: "shop-added"
    case .shopEdited: "shop-edited"
    case .shopArchived: "shop-archived"
    case .shopRestored: "shop-restored"
    case .runStarted: "run-started"
    case .runStopped: "run-stopped"
    case .runSuperseded: "run-superseded"
    case .runMoved: "run-moved"
    case .runUpgraded: "run-upgraded"
    case .item(_, _, let change): change.kind
    case .account(let change): change.kind
    case .linkCreated: "link-created"
    case .linkRevoked: "link-revoked"
    case .fileDeleted: "file-deleted"
    }
  }

  fileprivate func encode(to json: inout JSONWriter) {
    switch self {
    case .shopAdded(let shop), .shopEdited(let shop):
      json.field("name", shop.name)
      json.field("platform", shop.platform)
      json.field("team", shop.team)
      json.field("owner", shop.owner)
      json.field("time_zone", shop.timeZone)
      if !shop.tags.isEmpty { json.field("tags", shop.tags) }
    case .shopArchived, .shopRestored: break
    case .runStarted(let start): start.encode(to: &json)
    case .runStopped(let run, let reason):
      json.field("run", Int64(run))
      json.field("reason", reason)
    case .runSuperseded(let run, let newer):
      json.field("run", Int64(run))
      json.field("superseded_by", Int64(newer))
    case .runMoved(let run, let switchedAt, let moves):
      json.field("run", Int64(run))
      json.field("switched_at", switchedAt)
      json.items(moves) { json, move in
        json.field("item", move.id.rawValue)
        json.field("due_at", move.dueAt)
      }
    case .runUpgraded(let upgrade):
      json.field("run", Int64(upgrade.run))
      json.field("definition", upgrade.definition)
      json.items(upgrade.items) { json, item in item.encode(to: &json) }
      if !upgrade.removed.isEmpty { json.field("removed", upgrade.removed.map(\.rawValue)) }
    case .account(let change): change.encode(to: &json)
    case .linkCreated(let number, let expiresAt):
      json.field("link", Int64(number))
      json.field("expires_at", expiresAt)
    case .linkRevoked(let number): json.field("link", Int64(number))
    case .fileDeleted(let sha256): json.field("sha256", sha256)
    case .item(let run, let item, let change):
      json.field("run", Int64(run))
      json.field("item", item.rawValue)
      change.encode(to: &json)
    }
  }
}

extension RunStart {
  fileprivate func encode(to json: inout JSONWriter) {
    json.field("run", Int64(run))
    json.field("checklist", checklist.rawValue)
    json.field("definition", definition)
    json.field("switched_at", switchedAt)
    json.field("began", began)
    if let accountSwitch { json.field("switch", Int64(accountSwitch)) }
    json.field("time_zone", timeZone)
    json.items(items) { json, item in item.encode(to: &json) }
  }
}

extension RunStart.Item {
  fileprivate func encode(to json: inout JSONWriter) {
    json.field("item", id.rawValue)
    json.field("due_at", dueAt)
    json.field("owner", owner)
  }
}

extension JSONWriter {
  fileprivate mutating func items<Item>(_ items: [Item], _ encode: (inout JSONWriter, Item) -> Void) {
    key("items")
    array { json in
      for item in items { json.object { json in encode(&json, item) } }
    }
  }
}

extension ItemChange {
  fileprivate var kind: String {
    switch self {
    case .ticked: "item-ticked"
    case .tickedToConfirm: "item-ticked-to-confirm"
    case .confirmed: "item-confirmed"
    case .unticked: "item-unticked"
    case .skipped: "item-skipped"
    case .blocked: "item-blocked"
    case .unblocked: "item-unblocked"
    case .assigned: "item-assigned"
    case .dueMoved: "item-due-moved"
    case .noted: "item-noted"
    case .missed: "item-missed"
    }
  }

  fileprivate func encode(to json: inout JSONWriter) {
    switch self {
    case .ticked(let note, let proof), .tickedToConfirm(let note, let proof):
      json.field("note", note)
      if let proof {
        json.key("proof")
        json.object { json in proof.encode(to: &json) }
      }
    case .confirmed, .unblocked: break
    case .unticked(let reason), .skipped(let reason), .blocked(let reason): json.field("reason", reason)
    case .assigned(let owner): json.field("to", owner)
    case .dueMoved(let due, let reason):
      json.field("to", due)
      json.field("reason", reason)
    case .noted(let text): json.field("note", text)
    case .missed(let milestone): json.field("milestone", milestone.rawValue)
    }
  }
}

extension Proof.Content {
  package func encode(to json: inout JSONWriter) {
    switch self {
    case .note: json.field("kind", ProofKind.note.rawValue)
    case .secondPerson: json.field("kind", ProofKind.secondPerson.rawValue)
    case .link(let url):
      json.field("kind", ProofKind.link.rawValue)
      json.field("url", url)
    case .file(let name, let size, let sha256):
      json.field("kind", ProofKind.file.rawValue)
      json.field("file", name)
      json.field("size", size)
      json.field("sha256", sha256)
    }
  }
}
