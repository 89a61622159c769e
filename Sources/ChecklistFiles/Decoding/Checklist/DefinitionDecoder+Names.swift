import Domain
import YAMLReading

extension DefinitionDecoder {
  /// A time zone that the database has.
  mutating func timeZone(_ node: Int, _ zones: some ZoneSource) -> String? {
    guard let name = string(node, key: "time-zone") else { return nil }
    if TimeZoneName.isKnown(name, in: zones) { return name }
    if let folder = zones.missing {
      error(
        "unknown-time-zone", at: node,
        en: "the time zone '\(name.quotable)' can't be looked up: there is no time zone database in "
          + "\(folder); install the system's package tzdata, or correct the variable TZDIR",
        zh: "无法查找时区“\(name.quotable)”：\(folder) 处没有时区数据库；"
          + "请安装系统的 tzdata 软件包，或更正环境变量 TZDIR")
      return nil
    }
    let near = TimeZoneName.nearest(to: name, in: zones)
    error(
      "unknown-time-zone", at: node,
      en: "unknown time zone '\(name.quotable)'; "
        + (near.map { "did you mean '\($0)'?" } ?? "write an IANA name, such as Asia/Shanghai"),
      zh: "未知的时区“\(name.quotable)”；"
        + (near.map { "是不是想写“\($0)”？" } ?? "请写 IANA 时区名，例如 Asia/Shanghai"))
    return nil
  }

  /// A calendar that exists. One whose file has errors is reported only if it is needed.
  mutating func calendarName(_ node: Int, _ calendars: CalendarNames, isNeeded: Bool) -> String? {
    guard let name = string(node, key: "calendar") else { return nil }
    if calendars.usable.contains(name) { return name }
    if calendars.broken.contains(name) {
      guard isNeeded else { return name }
      brokenCalendar(name, at: node)
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
  mutating func brokenCalendar(_ name: String, at node: Int) {
    error(
      "broken-calendar", at: node,
      en: "the calendar '\(name.quotable)' has errors itself, and workdays can't be counted without it; "
        + "run lint on calendars/\(name.quotable).yaml",
      zh: "日历“\(name.quotable)”本身有错误，没有它就无法计算工作日；请用 lint 检查 calendars/\(name.quotable).yaml")
  }

  /// Warns if the name that a file gives itself isn't the one by which other files find it.
  mutating func checkName(
    _ written: String, at node: Int, _ name: String, _ itCallsItself: Wording, _ others: Wording
  ) {
    // Standard input has no name.
    guard written != name, name != "-" else { return }
    warning(
      "wrong-name", at: node,
      en: "\(itCallsItself.en) '\(written.quotable)', but \(others.en) find it by its file's name: "
        + "write '\(name.quotable)', or rename the file to \(written.quotable).yaml",
      zh: "\(itCallsItself.zh)“\(written.quotable)”，但\(others.zh)是按文件名找到它的：请写“\(name.quotable)”，"
        + "或把文件改名为 \(written.quotable).yaml")
  }
}
