import Domain
import Formats

/// Checklists in the formats of `checklists`.
package enum ChecklistText {
  /// One line each: id, title, when its runs begin and are closed, number of items.
  package static func list(_ checklists: [Checklist], _ language: Language, width: Int?) -> String {
    if checklists.isEmpty {
      return Wording(en: "no checklists in the folder\n", zh: "文件夹里没有清单\n")(language)
    }
    let ids = checklists.map { DisplayWidth.of($0.id.rawValue) }.max() ?? 0
    return checklists.map { checklist in
      let count = CountPhrases.items(checklist.items.count)(language)
      let begins = [checklist.begins.wording(language), checklist.closes?.closingWording(language)]
        .compactMap { $0 }.joined(separator: Wording(en: ", ", zh: "，")(language))
      let title = TerminalText.safe(checklist.title(language))
      let rest = Wording(en: "  (\(begins), \(count))", zh: "（\(begins)，\(count)）")(language)
      let line = "\(TerminalText.padded(checklist.id.rawValue, to: ids))  \(title)\(rest)"
      return (width.map { TerminalText.truncated(line, to: $0) } ?? line) + "\n"
    }.joined()
  }

  /// `[{"id", "title", "begins", "closes", "time_zone", "calendar", "items": [{"id", "title", "due", "owner",
  /// "critical", "needs", "proof"}]}]`
  package static func json(_ checklists: [Checklist], _ language: Language) -> [UInt8] {
    var json = JSONWriter()
    json.array { json in
      for checklist in checklists {
        json.newLine()
        json.object { json in write(checklist, language, to: &json) }
      }
    }
    return json.document()
  }

  /// Writes a checklist's fields into an object that the caller has begun.
  package static func write(_ checklist: Checklist, _ language: Language, to json: inout JSONWriter) {
    json.field("id", checklist.id.rawValue)
    json.field("title", checklist.title(language))
    json.field("begins", checklist.begins.rawValue)
    json.field("closes", checklist.closes?.rawValue)
    json.field("time_zone", checklist.timeZone)
    json.field("calendar", checklist.calendar)
    json.array("items") { json in
      for item in checklist.items {
        json.object { json in
          json.field("id", item.id.rawValue)
          json.field("title", item.title(language))
          json.field("due", item.due?.text)
          json.field("owner", item.owner)
          json.field("critical", item.critical)
          json.field("needs", item.needs.map(\.rawValue))
          json.field("proof", item.proof.map(\.rawValue))
        }
      }
    }
  }
}

extension Milestone {
  /// When a checklist's runs begin that has this milestone as `begins`.
  var wording: Wording {
    switch self {
    case .planned: Wording(en: "begins when a switch is planned", zh: "计划换绑时开始")
    case .unbound: Wording(en: "begins after unbinding", zh: "解绑后开始")
    case .cooled: Wording(en: "begins after unbinding, counts from the cool-down's end", zh: "解绑后开始，从等待期结束起算")
    case .rebound: Wording(en: "begins after rebinding", zh: "重新绑定后开始")
    }
  }

  /// When a checklist's runs are closed that has this milestone as `closes`.
  package var closingWording: Wording {
    switch self {
    case .planned: Wording(en: "closes at the plan", zh: "计划换绑时关闭")
    case .unbound: Wording(en: "closes at unbinding", zh: "解绑时关闭")
    case .cooled: Wording(en: "closes at the end of the wait", zh: "等待期结束时关闭")
    case .rebound: Wording(en: "closes at rebinding", zh: "重新绑定时关闭")
    }
  }
}
