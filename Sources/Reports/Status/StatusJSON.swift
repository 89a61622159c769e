import Domain
import Formats
import Operations

/// `status --format json`.
package struct StatusJSON: Sendable {
  private let language: Language

  /// The language for texts that exist in several.
  package init(language: Language) { self.language = language }

  /// The whole document, with one item per line.
  package func render(_ status: ShopStatus) -> [UInt8] {
    var json = JSONWriter(reserving: 4096)
    json.object { json in
      json.field("shop", status.shop.id.rawValue)
      json.field("name", status.shop.name)
      json.field("team", status.shop.team)
      json.field("account", status.account)
      if let change = status.latestSwitch {
        json.object("switch") { Self.write(change, to: &$0) }
      } else {
        json.null("switch")
      }
      json.array("runs") { runs in
        for run in status.runs {
          runs.newLine()
          runs.object { write(run, to: &$0) }
        }
      }
    }
    return json.document()
  }

  private static func write(_ change: AccountSwitch, to json: inout JSONWriter) {
    json.field("number", change.number)
    json.field("state", change.state.rawValue)
    json.field("from", change.from)
    json.field("to", change.to)
    json.field("planned_for", change.plannedFor)
    json.field("unbound_at", change.unboundAt)
    json.field("can_rebind_at", change.canRebindAt)
    json.optional("estimated", change.isEstimate)
    json.field("finish_by", change.coolDown?.finishBy)
    json.array("overrides") { list in
      for override in change.overrides { list.object { $0.fields(of: override) } }
    }
  }

  private func write(_ run: RunStatus, to json: inout JSONWriter) {
    json.field("run", run.number)
    json.field("checklist", run.checklist.rawValue)
    json.field("title", run.title(language))
    json.field("switched_at", run.switchedAt)
    json.field("state", run.state.rawValue)
    json.field("began_at", run.began)
    json.optional("switch", run.accountSwitch)
    json.optional("newer_definition", run.hasNewerDefinition)
    json.object("progress") { progress in
      progress.field("total", run.progress.total)
      progress.field("done", run.progress.done)
      progress.field("skipped", run.progress.skipped)
      progress.field("blocked", run.progress.blocked)
      progress.field("pending", run.progress.pending)
      progress.field("overdue", run.progress.overdue)
      progress.field("percent", run.progress.percent)
      progress.field("missed", run.progress.missed)
    }
    json.array("items") { items in
      for isOutstanding in [true, false] {
        // By index: copying an item would cost nearly as much as writing it.
        for index in run.items.indices where run.items[index].state.isOutstanding == isOutstanding {
          items.newLine()
          items.object { write(run.items[index], to: &$0) }
        }
      }
    }
  }

  private func write(_ item: ItemStatus, to json: inout JSONWriter) {
    json.field("id", item.definition.id.rawValue)
    json.field("title", item.definition.title(language))
    json.field("state", item.state.rawValue)
    json.field("due_at", item.dueAt)
    json.field("overdue", item.overdue)
    json.field("owner", item.owner)
    json.field("critical", item.definition.critical)
    json.array("needs") { list in for id in item.needs { list.value(id.rawValue) } }
    json.array("waiting_for") { list in for id in item.waitingFor { list.value(id.rawValue) } }
    if let awaiting = item.awaitingConfirmation {
      json.object("awaiting_confirmation") { awaited in
        awaited.field("by", awaiting.by)
        awaited.optional("by_link", awaiting.link)
        awaited.field("at", awaiting.at)
      }
    } else {
      json.null("awaiting_confirmation")
    }
    json.field("blocked_reason", item.blockedReason)
    json.field("note", item.note)
    if let proof = item.proof {
      json.object("proof") { write(proof, to: &$0) }
    } else {
      json.null("proof")
    }
    json.field("changed_at", item.changedAt)
    json.field("changed_by", item.changedBy)
    json.optional("changed_by_link", item.changedByLink)
    json.field("missed", item.missed?.rawValue)
  }

  private func write(_ proof: Proof, to json: inout JSONWriter) {
    json.field("kind", proof.kind.rawValue)
    json.field("summary", proof.summary(language))
    json.field("at", proof.at)
    json.field("by", proof.by)
    json.optional("by_link", proof.link)
    switch proof.content {
    case .note, .secondPerson: break
    case .link(let url): json.field("url", url)
    case .file(let name, let size, let sha256):
      json.field("file", name)
      json.field("size", size)
      json.field("sha256", sha256)
    }
  }
}
