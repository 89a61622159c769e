import Domain
import YAMLReading

/// A checklist that extends another, before that one has been resolved.
struct UnresolvedChecklist {
  /// The outcome for the checklist that `extends` names.
  enum Base {
    case usable(Checklist)
    /// Has errors. The message names its file, since that is where to look.
    case broken(file: String)
    /// Checklists that extend each other in a cycle; the current one is first and last.
    case cycle([ChecklistID])
    case unknown(nearest: String?)
    /// `extends` isn't a valid id.
    case unnamed
  }

  let parts: ChecklistParts
  let extends: Extends
  let calendars: CalendarNames
  let problems: [Draft]
  private(set) var decoder: DefinitionDecoder

  /// Combines the file with its base.
  ///
  /// - Parameter whereStands: Returns the file, line and column of an item of the base.
  /// - Returns: The checklist, nil if there are errors, and everything wrong with the file.
  mutating func resolve(
    by base: Base, whereStands: (ItemID) -> String?
  ) -> (checklist: Checklist?, drafts: [Draft]) {
    var checklist: Checklist?
    if case .usable(let base) = base {
      let items = decoder.items(of: self, extending: base, whereStands: whereStands)
      decoder.checkClosing(of: parts, extending: base)
      checkCalendar(base, isNeeded: items.contains(where: \.countsWorkdays))
      checklist = parts.checklist(extending: base, items: items)
    } else {
      report(base)
      decoder.checkAlone(self)
    }
    let drafts = problems + decoder.drafts
    return (drafts.hasErrors ? nil : checklist, drafts)
  }

  private mutating func report(_ base: Base) {
    let name = extends.base?.rawValue ?? ""
    switch base {
    case .usable, .unnamed: break
    case .broken(let file):
      decoder.error(
        "broken-base", at: extends.node,
        en: "the checklist '\(name)' has errors itself, and can't be extended; "
          + "run lint on \(file.printablePath)",
        zh: "任务清单“\(name)”本身有错误，无法扩展；请用 lint 检查 \(file.printablePath)")
    case .cycle(let ids):
      let names = Self.names(ids)
      decoder.error(
        "extends-cycle", at: extends.node,
        en: "these checklists extend each other, and none has items to begin with: \(names)",
        zh: "这些任务清单互相扩展，没有哪一份有最初的任务项：\(names)")
    case .unknown(let near):
      decoder.error(
        "unknown-checklist", at: extends.node,
        en: "unknown checklist '\(name)'; "
          + (near.map { "did you mean '\($0)'?" } ?? "no file of this folder that can be read has this id"),
        zh: "未知的任务清单“\(name)”；"
          + (near.map { "是不是想写“\($0)”？" } ?? "这个文件夹里能读取的文件都没有这个 id"))
    }
  }

  /// Names only some: otherwise each of hundreds of checklists in a cycle would name all the others.
  private static func names(_ ids: [ChecklistID]) -> String {
    let names = ids.map(\.rawValue)
    let shown = names.count <= 50 ? names : names.prefix(48) + ["…"] + names.suffix(1)
    return shown.joined(separator: " → ")
  }

  /// Reports a broken calendar that is only needed because base and extension together use workdays: at the
  /// calendar's name, or at the base's if that brings it.
  private mutating func checkCalendar(_ base: Checklist, isNeeded: Bool) {
    guard isNeeded else { return }
    let name = extends.calendarNode == nil ? base.calendar : parts.calendar
    guard let name, calendars.broken.contains(name) else { return }
    decoder.brokenCalendar(name, at: extends.calendarNode ?? extends.node)
  }
}
