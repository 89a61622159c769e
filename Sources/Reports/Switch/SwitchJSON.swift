import Domain
import Formats
import Operations

/// Bindings and switches as JSON.
package enum SwitchJSON {
  /// `{"shop", "changed", "account", "switch", "overridden": [{"rule", "place", "allowed_from"}], "started":
  /// [{"run", "checklist"}], "superseded": [{"run", "checklist", "by", "outstanding"}], "ticked": [{"run",
  /// "item"}], "closed": [{"run", "checklist", "missed"}], "stopped": [{"run", "checklist", "outstanding"}],
  /// "moved": [{"run", "checklist", "items"}], "rules_known"}`
  ///
  /// - Parameter place: how to write a rule's place; nil leaves it out.
  package static func outcome(
    _ outcome: ChangeSwitch.Outcome,
    place: (PlatformRules.Place) -> String? = { "\($0.file):\($0.line):\($0.column)" }
  ) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.field("shop", outcome.shop.id.rawValue)
      json.field("changed", outcome.change != nil)
      json.field("account", outcome.history.current?.account)
      json.key("switch")
      write(outcome.history.switches.last, to: &json)
      json.array("overridden") { json in
        for violation in outcome.overridden {
          json.object { json in
            json.field("rule", violation.rule.rawValue)
            json.field("place", violation.place.flatMap(place))
            json.field("allowed_from", violation.allowedFrom)
          }
        }
      }
      write(outcome.effects, to: &json)
      json.field("rules_known", outcome.rules != nil)
    }
    return json.document()
  }

  private static func write(_ effects: SwitchEffects, to json: inout JSONWriter) {
    json.array("started") { json in
      for run in effects.started {
        json.object { json in
          json.field("run", run.number)
          json.field("checklist", run.checklist.rawValue)
        }
      }
    }
    json.array("superseded") { json in
      for (run, checklist, newer, outstanding) in effects.superseded {
        json.object { json in
          json.field("run", run)
          json.field("checklist", checklist.rawValue)
          json.field("by", newer)
          json.field("outstanding", outstanding.map(\.rawValue))
        }
      }
    }
    json.array("ticked") { json in
      for (run, item) in effects.ticked {
        json.object { json in
          json.field("run", run)
          json.field("item", item.rawValue)
        }
      }
    }
    json.array("closed") { json in
      for (run, checklist, missed) in effects.closed {
        json.object { json in
          json.field("run", run)
          json.field("checklist", checklist.rawValue)
          json.field("missed", missed.map(\.rawValue))
        }
      }
    }
    json.array("stopped") { json in
      for (run, checklist, outstanding) in effects.stopped {
        json.object { json in
          json.field("run", run)
          json.field("checklist", checklist.rawValue)
          json.field("outstanding", outstanding.map(\.rawValue))
        }
      }
    }
    json.array("moved") { json in
      for (run, checklist, items) in effects.moved {
        json.object { json in
          json.field("run", run)
          json.field("checklist", checklist.rawValue)
          json.field("items", items)
        }
      }
    }
  }

  /// `switch show`: `{"shop", "name", "team", "platform", "account", "bound_at", "switch",
  /// "next_unbinding_from", "bindings": [{"account", "from", "until", "begun_by", "ended_by"}], "switches"}`
  package static func page(_ page: ShopSwitches) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.field("shop", page.shop.id.rawValue)
      json.field("name", page.shop.name)
      json.field("team", page.shop.team)
      json.field("platform", page.shop.platform)
      json.field("account", page.history.current?.account)
      json.field("bound_at", page.history.current?.since)
      json.key("switch")
      write(page.history.underWay, to: &json)
      json.field("next_unbinding_from", page.nextUnbindingFrom)
      json.array("bindings") { json in
        for binding in page.history.bindings {
          json.newLine()
          json.object { json in
            json.field("account", binding.account)
            json.field("from", binding.since)
            json.field("until", binding.ended)
            json.number("begun_by", binding.begunBy)
            json.number("ended_by", binding.endedBy)
          }
        }
      }
      json.array("switches") { json in
        for change in page.history.switches {
          json.newLine()
          write(change, to: &json)
        }
      }
    }
    return json.document()
  }

  /// `switch list`: `{"generated_at", "count", "switches": [{"shop", "name", "team", "platform", "switch"}]}`
  package static func list(_ entries: [SwitchEntry], now: Moment) -> [UInt8] {
    var output: [UInt8] = []
    beginList(count: entries.count, now: now, to: &output)
    for (number, entry) in entries.enumerated() { listed(entry, isFirst: number == 0, to: &output) }
    endList(to: &output)
    return output
  }

  /// Streams what `list` returns: this, each `listed`, then `endList`.
  package static func beginList(count: Int, now: Moment, to output: inout [UInt8]) {
    JSONWriter.append(to: &output) { json in
      json.open(UInt8(ascii: "{"))
      json.field("generated_at", now)
      json.field("count", count)
      json.key("switches")
      json.open(UInt8(ascii: "["))
    }
  }

  /// One switch, on a line of its own.
  package static func listed(_ entry: SwitchEntry, isFirst: Bool, to output: inout [UInt8]) {
    JSONWriter.append(to: &output, after: !isFirst) { json in
      json.newLine()
      json.object { json in
        json.field("shop", entry.shop.rawValue)
        json.field("name", entry.name)
        json.field("team", entry.team)
        json.field("platform", entry.platform)
        json.key("switch")
        write(entry.change, to: &json)
      }
    }
  }

  /// The end of the document.
  package static func endList(to output: inout [UInt8]) {
    JSONWriter.append(to: &output) { json in
      json.close(UInt8(ascii: "]"))
      json.close(UInt8(ascii: "}"))
      json.endDocument()
    }
  }

  /// `null`, or `{"number", "state", "from", "to", "planned_at", "planned_for", "confirmed", "unbound_at",
  /// "can_rebind_at", "estimated", "latest", "finish_by", "ended_at", "reason", "overrides"}`.
  package static func write(_ change: AccountSwitch?, to json: inout JSONWriter) {
    guard let change else { return json.value(nil as String?) }
    json.object { json in
      json.field("number", change.number)
      json.field("state", change.state.rawValue)
      json.field("from", change.from)
      json.field("to", change.to)
      json.field("planned_at", change.plannedAt)
      json.field("planned_for", change.plannedFor)
      json.array("confirmed") { json in
        for confirmation in change.confirmed {
          json.object { json in
            json.field("requirement", confirmation.requirement)
            json.field("by", confirmation.by)
            json.optional("by_link", confirmation.link)
            json.field("at", confirmation.at)
          }
        }
      }
      json.field("unbound_at", change.unboundAt)
      json.field("can_rebind_at", change.opensAt)
      json.field("estimated", change.coolDown?.isEstimate ?? false)
      json.field("latest", change.coolDown?.latest)
      json.field("finish_by", change.coolDown?.finishBy)
      json.field("ended_at", change.endedAt)
      json.field("reason", change.reason)
      json.key("overrides")
      write(change.overrides, to: &json)
    }
  }

  /// `[{"step", "rules", "reason", "by", "at"}]`
  package static func write(_ overrides: [AccountSwitch.Override], to json: inout JSONWriter) {
    json.array { json in
      for override in overrides {
        json.object { json in
          json.field("step", override.step.rawValue)
          json.field("rules", override.rules.map(\.rawValue))
          json.field("reason", override.reason)
          json.field("by", override.by)
          json.field("at", override.at)
        }
      }
    }
  }
}

extension JSONWriter {
  fileprivate mutating func number(_ name: StaticString, _ number: Int?) {
    if let number { field(name, number) } else { null(name) }
  }
}
