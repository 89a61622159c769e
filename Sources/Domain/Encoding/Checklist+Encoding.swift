import Formats

extension Checklist {
  /// The form whose hash runs are pinned to: canonical JSON with the keys of format 1, defaults left out.
  package var canonical: [UInt8] {
    var json = JSONWriter(.canonical, reserving: 16_384)
    json.object { json in
      json.field("checklist", id.rawValue)
      json.field("title", title)
      json.field("description", description)
      if begins != .rebound { json.field("begins", begins.rawValue) }
      json.field("closes", closes?.rawValue)
      json.field("time-zone", timeZone)
      json.field("calendar", calendar)
      json.field("when", when)
      json.key("items")
      json.array { json in
        for item in items { json.object { json in item.encode(to: &json) } }
      }
    }
    return json.bytes
  }
}

extension ChecklistItem {
  fileprivate func encode(to json: inout JSONWriter) {
    json.field("id", id.rawValue)
    json.field("title", title)
    json.field("details", details)
    if !steps.isEmpty {
      json.key("steps")
      json.array { json in
        for step in steps { json.value(step) }
      }
    }
    json.field("due", due?.text)
    json.field("owner", owner)
    if critical { json.field("critical", true) }
    if !needs.isEmpty { json.field("needs", needs.map(\.rawValue)) }
    json.field("when", when)
    if !proof.isEmpty { json.field("proof", proof.map(\.rawValue)) }
    if !remind.isEmpty { json.field("remind", remind.map(\.text)) }
    if !escalate.isEmpty { json.field("escalate", escalate.map(\.text)) }
    json.field("stands-for", standsFor?.rawValue)
  }
}

extension JSONWriter {
  fileprivate mutating func field(_ name: StaticString, _ text: LocalizedText?) {
    guard let text else { return }
    key(name)
    value(text)
  }

  fileprivate mutating func value(_ text: LocalizedText) {
    if let only = text.entries.first, only.language == nil { return value(only.text) }
    object { json in
      for entry in text.entries {
        json.key(entry.language ?? "und")
        json.value(entry.text)
      }
    }
  }

  fileprivate mutating func field(_ name: StaticString, _ condition: Condition) {
    guard condition != .always else { return }
    key(name)
    object { json in
      if let platforms = condition.platforms { json.field("platform", platforms) }
      if let teams = condition.teams { json.field("team", teams) }
      if let tags = condition.tags { json.field("tag", tags) }
    }
  }
}

extension CalendarDuration {
  /// The shortest form that format 1 allows.
  package var text: String {
    var text = unit == .workdays ? "\(count) workdays" : "\(count)\(unit.rawValue)"
    if before { text += " before" }
    if let time {
      text += time.hour < 10 ? " 0\(time.hour)" : " \(time.hour)"
      text += time.minute < 10 ? ":0\(time.minute)" : ":\(time.minute)"
    }
    return text
  }
}
