import Domain
import YAMLReading

/// A checklist with the path of its file.
package struct LoadedChecklist: Sendable, Equatable {
  package let checklist: Checklist
  /// The path, beginning with the folder's.
  package let file: String
}

/// Reads definition files one after another and collects the results.
struct DefinitionFiles {
  private(set) var checklists: [LoadedChecklist] = []
  private(set) var calendars: [String: WorkCalendar] = [:]
  private(set) var platforms: [String: PlatformRules] = [:]
  private(set) var findings: [Finding] = []
  private(set) var failures: [FileFailure] = []
  /// Calendars that exist but have errors.
  private(set) var brokenCalendars: Set<String> = []
  /// The first place of each id.
  private var firstUses: [ChecklistID: (file: String, place: YAMLPlace)] = [:]
  /// Checklists that extend others, which may not have been read yet.
  private var extensions: [ExtendingFile] = []

  /// Warns if a calendar ends soon after this day, or if a platform's rules were checked long before it; nil:
  /// no warnings.
  let today: CivilDate?

  private let zones: any ZoneSource
  /// Contents to use instead of reading a file, by path.
  private let given: [String: [UInt8]]
  /// Whether these are all there are: the folder isn't one of the file system.
  private let isAllGiven: Bool

  init(
    today: CivilDate?, zones: any ZoneSource, given: [String: [UInt8]] = [:], isAllGiven: Bool = false
  ) {
    self.today = today
    self.zones = zones
    self.given = given
    self.isAllGiven = isAllGiven
  }

  var calendarNames: CalendarNames {
    CalendarNames(usable: Set(calendars.keys), broken: brokenCalendars)
  }

  /// Reads everything in a folder of definitions.
  mutating func readFolder(_ folder: String) {
    readCalendars(of: folder)
    readPlatforms(of: folder)
    let calendars = calendarNames
    for file in files(in: folder) { readChecklist(file, within: folder, calendars: calendars) }
    resolveExtensions()
  }

  /// Whether any checklist read so far extends another.
  var hasExtensions: Bool { !extensions.isEmpty }

  /// Reads a checklist, whose id must be new. One that extends another is available only after
  /// `resolveExtensions`.
  ///
  /// - Parameter folder: the folder that no symbolic link may lead out of; nil for a file that the user
  ///   named.
  mutating func readChecklist(_ file: String, within folder: String? = nil, calendars: CalendarNames) {
    guard let bytes = read(file, within: folder) else { return }
    let decoded = DefinitionDecoder.checklist(in: bytes, Surroundings(zones: zones, calendars: calendars))
    var drafts = decoded.drafts
    var isFirst = false
    if let (id, place) = decoded.id {
      if let first = firstUses[id] {
        drafts.append(Self.repeated(id, at: place, first))
      } else {
        firstUses[id] = (file, place)
        isFirst = true
      }
    }
    if let unresolved = decoded.unresolved {
      extensions.append(
        ExtendingFile(
          file: file, bytes: bytes, isFirst: isFirst, drafts: drafts, unresolved: unresolved))
      return
    }
    if let checklist = decoded.checklist, !drafts.hasErrors {
      checklists.append(LoadedChecklist(checklist: checklist, file: file))
    }
    findings += drafts.findings(file: file, source: bytes)
  }

  /// Resolves the checklists that extend others, once all files have been read. Their bases may also be among
  /// `neighbours`.
  mutating func resolveExtensions(neighbours: DefinitionFiles? = nil) {
    guard hasExtensions else { return }
    var resolver = ExtensionResolver()
    resolver.add(extensions, checklists, files: firstUses.mapValues(\.file))
    if let neighbours {
      resolver.add(
        neighbours.extensions, neighbours.checklists, files: neighbours.firstUses.mapValues(\.file))
    }
    for (position, file) in extensions.enumerated() {
      let (checklist, drafts) = resolver.outcome(position)
      if let checklist { checklists.append(LoadedChecklist(checklist: checklist, file: file.file)) }
      findings += drafts.findings(file: file.file, source: file.bytes)
    }
    extensions = []
    checklists.sort { $0.file.utf8.lexicographicallyPrecedes($1.file.utf8) }
  }

  mutating func readCalendar(_ file: String, within folder: String? = nil) {
    let name = file.fileName.withoutEnding
    brokenCalendars.insert(name)
    guard let bytes = read(file, within: folder) else { return }
    let decoded = DefinitionDecoder.calendar(in: bytes, name: name, today: today)
    if let calendar = decoded.calendar {
      calendars[name] = calendar
      brokenCalendars.remove(name)
    }
    findings += decoded.drafts.findings(file: file, source: bytes)
  }

  /// Reads `calendars/*.yaml` of a folder, if it has any.
  mutating func readCalendars(of folder: String) {
    let path = folder.appending(pathComponent: "calendars")
    guard isAllGiven || FileSystem.isFolder(path) else { return }
    for file in files(in: path) { readCalendar(file, within: folder) }
  }

  mutating func readPlatform(_ file: String, within folder: String? = nil) {
    let name = file.fileName.withoutEnding
    guard let bytes = read(file, within: folder) else { return }
    let decoded = DefinitionDecoder.platform(in: bytes, file: file, name: name, today: today, zones: zones)
    if let rules = decoded.rules { platforms[name] = rules }
    findings += decoded.drafts.findings(file: file, source: bytes)
  }

  /// Reads `platforms/*.yaml` of a folder, if it has any.
  mutating func readPlatforms(of folder: String) {
    let path = folder.appending(pathComponent: "platforms")
    guard isAllGiven || FileSystem.isFolder(path) else { return }
    for file in files(in: path) { readPlatform(file, within: folder) }
  }

  /// The `*.yaml` files of a folder. Warns about names that were probably meant to match.
  mutating func files(in folder: String) -> [String] {
    do throws(FileFailure) {
      var files: [String] = []
      for name in try names(in: folder) {
        let path = folder.appending(pathComponent: name)
        if name.hasSuffix(".yaml") { files.append(path) }
        if let meant = Self.meantName(name) { warnOfEnding(path, meant) }
      }
      return files
    } catch {
      failures.append(error)
      return []
    }
  }

  private func names(in folder: String) throws(FileFailure) -> [String] {
    guard isAllGiven else { return try FileSystem.names(in: folder) }
    let start = folder.appending(pathComponent: "")
    return given.keys.filter { $0.hasPrefix(start) }.map { String($0.dropFirst(start.count)) }
      .filter { !$0.contains("/") }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// The corrected name of a file that almost ends in `.yaml`: with another spelling, in upper case, or with
  /// the extension that a system adds while hiding extensions.
  private static func meantName(_ name: String) -> String? {
    if name.hasSuffix(".yaml") { return nil }
    let folded = name.lowercased()
    guard let ending = [".yaml.txt", ".yml.txt", ".yaml", ".yml"].first(where: folded.hasSuffix) else {
      return nil
    }
    return String(name.dropLast(ending.count)) + ".yaml"
  }

  private mutating func warnOfEnding(_ file: String, _ meant: String) {
    let ending = file.fileName.dropFirst(meant.count - ".yaml".count).quotable
    let name = meant.quotable
    let draft = Draft(
      place: .start, severity: .warning, code: "wrong-ending",
      message: Wording(
        en: "this file isn't read, because its name ends in \(ending); rename it to \(name)",
        zh: "文件名以 \(ending) 结尾，所以不会读取；请改名为 \(name)"))
    findings += [draft].findings(file: file, source: [])
  }

  /// The contents of a file that the user named.
  func text(of file: String) throws(FileFailure) -> [UInt8] { try text(of: file, within: nil) ?? [] }

  private func text(of file: String, within folder: String?) throws(FileFailure) -> [UInt8]? {
    if let text = given[file] { return text }
    return try FileSystem.read(file, within: folder)
  }

  private mutating func read(_ file: String, within folder: String?) -> [UInt8]? {
    do throws(FileFailure) {
      let text = try text(of: file, within: folder)
      if text == nil { findings += [Self.leadsOut].findings(file: file, source: []) }
      return text
    } catch {
      failures.append(error)
      return nil
    }
  }

  private static let leadsOut = Draft(
    place: .start, severity: .error, code: "link-outside",
    message: Wording(
      en: "this is a link to a file outside of the folder, which isn't read; put the file itself here",
      zh: "这是指向文件夹之外的链接，不会读取；请把文件本身放到这里"))

  private static func repeated(
    _ id: ChecklistID, at place: YAMLPlace, _ first: (file: String, place: YAMLPlace)
  ) -> Draft {
    let position = first.file.place(first.place)
    return Draft(
      place: place, severity: .error, code: "repeated-checklist",
      message: Wording(
        en: "the checklist id '\(id)' is used twice in this folder; it stands first at \(position)",
        zh: "任务清单 id“\(id)”在这个文件夹里用了两次；第一次在 \(position)"))
  }
}
