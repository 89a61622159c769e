import Domain
import Formats
import Operations

/// What a run's row holds beyond the run itself, so that reports needn't read its items.
struct RunCounters: Equatable {
  let isCounted: Bool
  let progress: Progress
  /// The due times of outstanding items, in milliseconds, ascending, separated by spaces.
  let outstandingDue: String
  /// The first of `outstandingDue`.
  let dueAt: Moment?
  /// When completed items were ticked, in the same form.
  let doneAt: String
  /// The ids of outstanding items that others wait for, separated by spaces.
  let holdingUp: String

  init(of run: borrowing Run) {
    var progress = Progress()
    var due: [Int64] = []
    var done: [Int64] = []
    var holding: [ItemID] = []
    // Every change counts all items twice, so they are accessed in place.
    for index in run.items.indices {
      let state = run.items[index].state
      progress.total += 1
      switch state {
      case .pending: progress.pending += 1
      case .blocked: progress.blocked += 1
      case .skipped:
        progress.skipped += 1
        if run.items[index].missed != nil { progress.missed += 1 }
      case .done:
        progress.done += 1
        if let at = run.items[index].changedAt { done.append(at.milliseconds) }
      }
      if state.isOutstanding {
        if let dueAt = run.items[index].dueAt { due.append(dueAt.milliseconds) }
        if run.items[index].needs.isEmpty { continue }
        for id in run.waitingFor(run.items[index]) where !holding.contains(id) { holding.append(id) }
      }
    }
    isCounted = run.isCounted
    self.progress = progress
    outstandingDue = Self.list(due)
    dueAt = due.min().map { Moment(seconds: $0 / 1000) }
    doneAt = Self.list(done)
    holdingUp = holding.map(\.rawValue).joined(separator: " ")
  }

  private static func list(_ times: [Int64]) -> String {
    var list = ""
    for time in times.sorted() {
      if !list.isEmpty { list += " " }
      list += String(time)
    }
    return list
  }
}

/// The parts of an item that can change, as its row holds them.
struct ItemRow {
  let item: Run.Item
  let isOpen: Bool
  let waitingFor: [ItemID]

  init(_ item: Run.Item, in run: borrowing Run) {
    self.item = item
    isOpen = run.state == .active && item.state.isOutstanding
    waitingFor = run.waitingFor(item)
  }

  var waitingForText: String { waitingFor.map(\.rawValue).joined(separator: " ") }

  /// `id, open, due_at, owner`: columns that are rarely written, because they are part of indexes or never
  /// change.
  func appendIndexed(to values: inout [SQLValue]) {
    values.append(.text(item.id.rawValue))
    values.append(.flag(isOpen))
    values.append(.optional(item.dueAt))
    values.append(.optional(item.owner))
  }

  /// Whether the rows are equal. They don't contain the definition.
  func isStored(as other: ItemRow) -> Bool {
    hasSameIndexKeys(as: other) && waitingFor == other.waitingFor && item.state == other.item.state
      && item.awaiting == other.item.awaiting && item.blockedReason == other.item.blockedReason
      && item.note == other.item.note && item.proof == other.item.proof
      && item.changedAt == other.item.changedAt && item.changedBy == other.item.changedBy
      && item.changedByLink == other.item.changedByLink && item.missed == other.item.missed
      && item.isDueMoved == other.item.isDueMoved && item.isAssigned == other.item.isAssigned
  }

  func hasSameIndexKeys(as other: ItemRow) -> Bool {
    isOpen == other.isOpen && item.dueAt == other.item.dueAt && item.owner == other.item.owner
      && item.id == other.item.id
  }

  /// `state, waiting_for, awaiting_by, awaiting_at, blocked_reason, note, proof, changed_at, changed_by,
  /// due_moved, assigned, awaiting_link, changed_link, missed`.
  func appendOthers(to values: inout [SQLValue]) {
    values.append(.text(item.state.rawValue))
    values.append(.text(waitingForText))
    values.append(.optional(item.awaiting?.by))
    values.append(.optional(item.awaiting?.at))
    values.append(.optional(item.blockedReason))
    values.append(.optional(item.note))
    values.append(.optional(item.proof.map(ProofText.of)))
    values.append(.optional(item.changedAt))
    values.append(.optional(item.changedBy))
    values.append(.flag(item.isDueMoved))
    values.append(.flag(item.isAssigned))
    values.append(.optional(item.awaiting?.link.map(Author.login(ofLink:))))
    values.append(.optional(item.changedByLink))
    values.append(.optional(item.missed?.rawValue))
  }
}

/// A proof in a column: JSON with `at`, `by`, `link` and what the kind adds.
enum ProofText {
  static func of(_ proof: Proof) -> String {
    var json = JSONWriter(.canonical, reserving: 256)
    json.object { json in
      json.field("at", proof.at)
      json.field("by", proof.by)
      if let link = proof.link { json.field("link", Int64(link)) }
      json.key("content")
      json.object { json in proof.content.encode(to: &json) }
    }
    return json.text
  }

  static func read(_ text: String) throws -> Proof {
    try JSONCursor.read(text.utf8) { cursor in
      var at: Moment?
      var by: String?
      var link: Int64?
      var content: Proof.Content?
      try cursor.fields { key, cursor in
        switch key {
        case "at": at = try cursor.moment()
        case "by": by = try cursor.string()
        case "link": link = try cursor.integer()
        case "content": content = try Proof.Content(&cursor)
        default: throw cursor.fault("at, by, link or content")
        }
      }
      guard let at, let by, let content else { throw cursor.fault("at, by and content") }
      return Proof(content: content, at: at, by: by, link: link.map(Int.init))
    }
  }
}
