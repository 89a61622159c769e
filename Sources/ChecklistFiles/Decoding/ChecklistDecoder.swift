import Domain
import YAMLReading

/// What a checklist may name that stands elsewhere.
struct Surroundings {
  let zones: any ZoneSource
  var calendars = CalendarNames()
}

/// The calendars that a checklist may name.
struct CalendarNames: Sendable {
  var usable: Set<String> = []
  /// Those whose files have errors.
  var broken: Set<String> = []
}

/// What came of reading one checklist file.
struct DecodedChecklist {
  /// Nil when there are errors.
  let checklist: Checklist?
  /// The id, also of a checklist with errors, and where it stands.
  let id: (id: ChecklistID, place: YAMLPlace)?
  let drafts: [Draft]
}

extension Decoder {
  /// Reads a checklist from a file's bytes.
  static func checklist(in text: [UInt8], _ surroundings: Surroundings) -> DecodedChecklist {
    let reading = YAMLReader.read(text)
    let problems = reading.problem.map { [Draft($0)] } ?? []
    guard let document = reading.document else {
      return DecodedChecklist(checklist: nil, id: nil, drafts: problems)
    }
    var decoder = Decoder(document)
    let (checklist, id) = decoder.checklist(surroundings)
    let drafts = problems + decoder.drafts
    return DecodedChecklist(
      checklist: drafts.hasErrors ? nil : checklist,
      id: id.map { ($0.id, document.place(of: $0.node)) }, drafts: drafts)
  }

  private mutating func checklist(
    _ surroundings: Surroundings
  ) -> (Checklist?, (id: ChecklistID, node: Int)?) {
    let root = document.root
    guard document.kind(of: root) == .mapping else {
      notAMap(root, Wording(en: "a checklist", zh: "任务清单"), first: "checklist")
      return (nil, nil)
    }
    let fields = fields(of: root, ChecklistKey.table, later: ChecklistKey.later)
    for key in [ChecklistKey.checklist, .title, .items] where fields[key] == nil {
      missing(ChecklistKey.table.names[key.rawValue], in: root)
    }
    let id: ChecklistID? = fields[ChecklistKey.checklist].flatMap { identifier($0, key: "checklist") }
    let title = fields[ChecklistKey.title].flatMap { text($0, key: "title", .one) }
    let description = fields[ChecklistKey.description].flatMap { text($0, key: "description", .many) }
    let begins: Milestone? = fields[ChecklistKey.begins].flatMap {
      word($0, key: "begins", code: "unknown-milestone", kind: Wording(en: "milestone", zh: "时点"))
    }
    let zone = fields[ChecklistKey.timeZone].flatMap { timeZone($0, surroundings.zones) }
    let when = fields[ChecklistKey.when].flatMap { condition($0) }
    let items = fields[ChecklistKey.items].flatMap { self.items($0) } ?? []
    let calendar = fields[ChecklistKey.calendar].flatMap {
      calendarName($0, surroundings.calendars, isNeeded: items.contains(where: \.countsWorkdays))
    }
    let named = id.flatMap { id in fields[ChecklistKey.checklist].map { (id, $0) } }
    guard let id, let title else { return (nil, named) }
    let checklist = Checklist(
      id: id, title: title, description: description, begins: begins ?? .rebound, timeZone: zone,
      calendar: calendar, when: when ?? .always, items: items)
    return (checklist, named)
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

  private mutating func timeZone(_ node: Int, _ zones: some ZoneSource) -> String? {
    guard let name = string(node, key: "time-zone") else { return nil }
    if TimeZoneName.isKnown(name, in: zones) { return name }
    let near = TimeZoneName.nearest(to: name, in: zones)
    error(
      "unknown-time-zone", at: node,
      en: "unknown time zone '\(name.quotable)'; "
        + (near.map { "did you mean '\($0)'?" } ?? "write an IANA name, such as Asia/Shanghai"),
      zh: "未知的时区“\(name.quotable)”；"
        + (near.map { "是不是想写“\($0)”？" } ?? "请写 IANA 时区名，例如 Asia/Shanghai"))
    return nil
  }

  private mutating func calendarName(_ node: Int, _ calendars: CalendarNames, isNeeded: Bool) -> String? {
    guard let name = string(node, key: "calendar") else { return nil }
    if calendars.usable.contains(name) { return name }
    if calendars.broken.contains(name) {
      guard isNeeded else { return name }
      error(
        "broken-calendar", at: node,
        en: "the calendar '\(name.quotable)' has errors itself, and workdays can't be counted without it; "
          + "run lint on calendars/\(name.quotable).yaml",
        zh: "日历“\(name.quotable)”本身有错误，没有它就无法计算工作日；请用 lint 检查 calendars/\(name.quotable).yaml")
      return nil
    }
    let near = nearest(to: name, among: calendars.usable.union(calendars.broken).sorted())
    error(
      "unknown-calendar", at: node,
      en: "unknown calendar '\(name.quotable)'; "
        + (near.map { "did you mean '\($0)'?" } ?? "there is no file calendars/\(name.quotable).yaml"),
      zh: "未知的日历“\(name.quotable)”；"
        + (near.map { "是不是想写“\($0)”？" } ?? "没有 calendars/\(name.quotable).yaml 这个文件"))
    return nil
  }
}

extension ChecklistItem {
  fileprivate var countsWorkdays: Bool {
    due?.unit == .workdays || remind.contains { $0.unit == .workdays }
      || escalate.contains { $0.unit == .workdays }
  }
}
