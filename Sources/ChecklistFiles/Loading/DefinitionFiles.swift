import Domain
import YAMLReading

/// A checklist and the file that it stands in.
public struct LoadedChecklist: Sendable, Equatable {
  /// The definition.
  public let checklist: Checklist
  /// The file's path, the folder's own at its front.
  public let file: String
}

/// Reads files of definitions one after the other, and keeps what came of each.
struct DefinitionFiles {
  private(set) var checklists: [LoadedChecklist] = []
  private(set) var calendars: [String: WorkCalendar] = [:]
  private(set) var findings: [Finding] = []
  private(set) var failures: [FileFailure] = []
  /// Calendars whose files are there but can't be used.
  private(set) var brokenCalendars: Set<String> = []
  /// Where each id of a folder stands first.
  private var firstUses: [ChecklistID: (file: String, place: YAMLPlace)] = [:]

  /// Warns when a calendar ends near this day; nil doesn't.
  let today: CivilDate?

  private let zones: any ZoneSource

  init(today: CivilDate?, zones: any ZoneSource) {
    self.today = today
    self.zones = zones
  }

  var calendarNames: CalendarNames {
    CalendarNames(usable: Set(calendars.keys), broken: brokenCalendars)
  }

  /// Reads a checklist whose id must be new among those read since `beginFolder`.
  mutating func readChecklist(_ file: String, calendars: CalendarNames) {
    guard let bytes = read(file) else { return }
    let decoded = Decoder.checklist(in: bytes, Surroundings(zones: zones, calendars: calendars))
    var drafts = decoded.drafts
    if let (id, place) = decoded.id {
      if let first = firstUses[id] {
        drafts.append(Self.repeated(id, at: place, first))
      } else {
        firstUses[id] = (file, place)
      }
    }
    if let checklist = decoded.checklist, !drafts.hasErrors {
      checklists.append(LoadedChecklist(checklist: checklist, file: file))
    }
    findings += drafts.findings(file: file, source: bytes)
  }

  mutating func readCalendar(_ file: String) {
    let name = file.fileName.withoutEnding
    brokenCalendars.insert(name)
    guard let bytes = read(file) else { return }
    let decoded = Decoder.calendar(in: bytes, name: name, today: today)
    if let calendar = decoded.calendar {
      calendars[name] = calendar
      brokenCalendars.remove(name)
    }
    findings += decoded.drafts.findings(file: file, source: bytes)
  }

  /// Reads `calendars/*.yaml` of a folder that may lack them.
  mutating func readCalendars(of folder: String) {
    let path = folder.appending(pathComponent: "calendars")
    guard FileSystem.isFolder(path) else { return }
    for file in files(in: path) { readCalendar(file) }
  }

  /// The `*.yaml` of a folder; `*.yml` is warned of.
  mutating func files(in folder: String) -> [String] {
    do throws(FileFailure) {
      var files: [String] = []
      for name in try FileSystem.names(in: folder) {
        let path = folder.appending(pathComponent: name)
        if name.hasSuffix(".yaml") { files.append(path) }
        if name.hasSuffix(".yml") { warnOfEnding(path) }
      }
      return files
    } catch {
      failures.append(error)
      return []
    }
  }

  /// Ids are unique in a folder: those of another one are forgotten.
  mutating func beginFolder() { firstUses = [:] }

  private mutating func warnOfEnding(_ file: String) {
    let name = file.fileName.withoutEnding.quotable
    let draft = Draft(
      place: .start, severity: .warning, code: "wrong-ending",
      message: Wording(
        en: "this file isn't read, because its name ends in .yml; rename it to \(name).yaml",
        zh: "文件名以 .yml 结尾，所以不会读取；请改名为 \(name).yaml"))
    findings += [draft].findings(file: file, source: [])
  }

  private mutating func read(_ file: String) -> [UInt8]? {
    do throws(FileFailure) {
      return try FileSystem.read(file)
    } catch {
      failures.append(error)
      return nil
    }
  }

  private static func repeated(
    _ id: ChecklistID, at place: YAMLPlace, _ first: (file: String, place: YAMLPlace)
  ) -> Draft {
    let position = "\(first.file.printablePath):\(first.place.line):\(first.place.column)"
    return Draft(
      place: place, severity: .error, code: "repeated-checklist",
      message: Wording(
        en: "the checklist id '\(id)' is used twice in this folder; it stands first at \(position)",
        zh: "任务清单 id“\(id)”在这个文件夹里用了两次；第一次在 \(position)"))
  }
}

extension String {
  var fileName: String { split(separator: "/").last.map(String.init) ?? self }

  /// The path of the folder that a file is in; `.` for a bare name.
  var folder: String {
    guard let slash = lastIndex(of: "/") else { return "." }
    return slash == startIndex ? "/" : String(self[..<slash])
  }

  var withoutEnding: String {
    guard let dot = lastIndex(of: "."), dot != startIndex else { return self }
    return String(self[..<dot])
  }

  func appending(pathComponent: String) -> String {
    hasSuffix("/") ? self + pathComponent : self + "/" + pathComponent
  }
}
