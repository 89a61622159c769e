import Domain
import YAMLReading

/// What a checklist can refer to outside its own file.
struct Surroundings {
  let zones: any ZoneSource
  var calendars = CalendarNames()
}

/// The calendars that a checklist can refer to.
struct CalendarNames: Sendable {
  var usable: Set<String> = []
  /// Calendars whose files have errors.
  var broken: Set<String> = []
}

/// The result of reading one checklist file.
struct DecodedChecklist {
  /// Nil if there are errors, and for a checklist that has yet to be resolved.
  let checklist: Checklist?
  /// The id and its place, also for a checklist with errors.
  let id: (id: ChecklistID, place: YAMLPlace)?
  let drafts: [Draft]
  /// What the file itself says, if it extends another checklist that has yet to be read.
  var unresolved: UnresolvedChecklist?
}

extension DefinitionDecoder {
  /// Reads a checklist from a file's bytes. Doesn't resolve `extends`.
  static func checklist(in text: [UInt8], _ surroundings: Surroundings) -> DecodedChecklist {
    let reading = YAMLReader.read(text)
    let problems = reading.problem.map { [Draft($0)] } ?? []
    guard let document = reading.document else {
      return DecodedChecklist(checklist: nil, id: nil, drafts: problems)
    }
    var decoder = DefinitionDecoder(document)
    let parts = decoder.checklist(surroundings)
    let id = parts?.id.map { ($0.id, document.place(of: $0.node)) }
    if let parts, let extends = parts.extends {
      return DecodedChecklist(
        checklist: nil, id: id, drafts: [],
        unresolved: UnresolvedChecklist(
          parts: parts, extends: extends, calendars: surroundings.calendars, problems: problems,
          decoder: decoder))
    }
    let drafts = problems + decoder.drafts
    return DecodedChecklist(checklist: drafts.hasErrors ? nil : parts?.checklist(), id: id, drafts: drafts)
  }

  private mutating func checklist(_ surroundings: Surroundings) -> ChecklistParts? {
    let root = document.root
    guard document.kind(of: root) == .mapping else {
      notAMap(root, Wording(en: "a checklist", zh: "任务清单"), first: "checklist")
      return nil
    }
    let fields = fields(of: root, ChecklistKey.table)
    let isExtension = fields[ChecklistKey.extends] != nil
    let required: [ChecklistKey] = isExtension ? [.checklist, .title] : [.checklist, .title, .items]
    for key in required where fields[key] == nil {
      missing(ChecklistKey.table.names[key.rawValue], in: root)
    }
    var parts = ChecklistParts()
    parts.id = fields[ChecklistKey.checklist].flatMap { node in
      identifier(node, key: "checklist").map { ($0, node) }
    }
    parts.title = fields[ChecklistKey.title].flatMap { text($0, key: "title", .one) }
    parts.description = fields[ChecklistKey.description].flatMap { text($0, key: "description", .many) }
    parts.beginsNode = fields[ChecklistKey.begins]
    parts.begins = parts.beginsNode.flatMap {
      word($0, key: "begins", code: "unknown-milestone", kind: Wording(en: "milestone", zh: "时点"))
    }
    parts.closesNode = fields[ChecklistKey.closes]
    parts.closes = parts.closesNode.flatMap { closes($0) }
    if !isExtension { checkClosing(of: parts) }
    parts.timeZone = fields[ChecklistKey.timeZone].flatMap { timeZone($0, surroundings.zones) }
    parts.when = fields[ChecklistKey.when].flatMap { condition($0) }
    if let node = fields[ChecklistKey.items] { items(node, isExtension: isExtension, into: &parts) }
    parts.calendar = fields[ChecklistKey.calendar].flatMap {
      calendarName($0, surroundings.calendars, isNeeded: parts.items.contains(where: \.countsWorkdays))
    }
    parts.extends = extends(fields)
    return parts
  }

  mutating func missing(_ key: String, in node: Int) {
    error(
      "missing-key", at: node,
      en: "the key '\(key)' is missing; it is required here",
      zh: "缺少键“\(key)”；这里必须写上它")
  }

  mutating func notAMap(_ node: Int, _ what: Wording, first: String) {
    error(
      "wrong-type", at: node,
      en: "\(what.en) is a map that begins with '\(first): …', not \(found(at: node).en)",
      zh: "\(what.zh)应是以“\(first): …”开头的映射，不能是\(found(at: node).zh)")
    reportRepeatedKeys(inside: node)
  }
}
