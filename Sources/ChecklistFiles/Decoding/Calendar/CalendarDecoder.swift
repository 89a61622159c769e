import Domain
import YAMLReading

/// The result of reading one calendar file.
struct DecodedCalendar {
  /// Nil if there are errors.
  let calendar: WorkCalendar?
  let drafts: [Draft]
}

extension DefinitionDecoder {
  /// Reads a calendar from a file's bytes.
  ///
  /// - Parameters:
  ///   - name: The file's name without its extension.
  ///   - today: Warns if the calendar ends soon after this day; nil: no warning.
  static func calendar(in text: [UInt8], name: String, today: CivilDate?) -> DecodedCalendar {
    let reading = YAMLReader.read(text)
    let problems = reading.problem.map { [Draft($0)] } ?? []
    guard let document = reading.document else {
      return DecodedCalendar(calendar: nil, drafts: problems)
    }
    var decoder = DefinitionDecoder(document)
    let calendar = decoder.calendar(name, today)
    let drafts = problems + decoder.drafts
    return DecodedCalendar(calendar: drafts.hasErrors ? nil : calendar, drafts: drafts)
  }

  private mutating func calendar(_ name: String, _ today: CivilDate?) -> WorkCalendar? {
    let root = document.root
    guard document.kind(of: root) == .mapping else {
      notAMap(root, Wording(en: "a calendar", zh: "日历"), first: "calendar")
      return nil
    }
    let fields = fields(of: root, CalendarKey.table)
    for key in [CalendarKey.calendar, .covers] where fields[key] == nil {
      missing(CalendarKey.table.names[key.rawValue], in: root)
    }
    if let node = fields[CalendarKey.calendar], let written = string(node, key: "calendar") {
      checkName(
        written, at: node, name, Wording(en: "this calendar calls itself", zh: "这个日历自称"),
        Wording(en: "checklists", zh: "任务清单"))
    }
    let covers = fields[CalendarKey.covers].flatMap { years($0) }
    let weekend = fields[CalendarKey.weekend].map { self.weekend($0) } ?? [6, 7]
    let holidays = fields[CalendarKey.holidays].map { dates($0, key: "holidays") } ?? [:]
    let workdays = fields[CalendarKey.workdays].map { dates($0, key: "workdays") } ?? [:]
    reportClashes(holidays: holidays, workdays: workdays, weekend: weekend)
    guard let covers else { return nil }
    reportOutside(covers, holidays, workdays)
    if let today, let node = fields[CalendarKey.covers] { warnOfEnd(covers, today, at: node) }
    return WorkCalendar(
      name: name, covers: covers, weekend: weekend, holidays: Set(holidays.keys),
      workdays: Set(workdays.keys))
  }

  private mutating func years(_ node: Int) -> ClosedRange<Int>? {
    guard let text = string(node, key: "covers") else { return nil }
    let parts = text.split(separator: "..", omittingEmptySubsequences: false)
    let years = parts.compactMap { part in
      part.utf8.count == 4 && part.utf8.allSatisfy { 48...57 ~= $0 } ? Int(part) : nil
    }
    if years.count == parts.count, let first = years.first, let last = years.last, years.count <= 2,
      first <= last
    {
      return first...last
    }
    error(
      "bad-years", at: node,
      en: "'\(text.quotable)' is not a range of years; write the first and the last, such as 2025..2026",
      zh: "“\(text.quotable)”不是年份范围；请写第一年和最后一年，例如 2025..2026")
    return nil
  }

  private mutating func weekend(_ node: Int) -> Set<Int> {
    guard document.kind(of: node) == .sequence else {
      wrongType(
        at: node, key: "weekend",
        wanted: Wording(en: "a list of days, such as [sat, sun]", zh: "星期的列表，例如 [sat, sun]"))
      return [6, 7]
    }
    var days: Set<Int> = []
    for element in document.children(of: node) {
      let kind = Wording(en: "day", zh: "星期")
      guard let day: DayOfWeek = word(element, key: "weekend", code: "unknown-day", kind: kind) else {
        continue
      }
      if !days.insert(day.number).inserted {
        warning(
          "repeated-day", at: element,
          en: "'\(day.rawValue)' is repeated; once is enough", zh: "“\(day.rawValue)”重复了；写一次就够了")
      }
    }
    if days.count == 7 {
      error(
        "no-workdays", at: node,
        en: "the weekend takes the whole week, and there would be no workday; leave at least one",
        zh: "周末占满了整个星期，就没有工作日了；请至少留一天")
    }
    return days
  }
}

private enum DayOfWeek: String, CaseIterable {
  case mon
  case tue
  case wed
  case thu
  case fri
  case sat
  case sun

  /// 1 (Monday) to 7 (Sunday).
  var number: Int { (Self.allCases.firstIndex(of: self) ?? 0) + 1 }
}
