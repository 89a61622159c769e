import Domain
import YAMLReading

package struct LintReport: Sendable {
  /// Sorted by file and place.
  package let findings: [Finding]
  /// Files and folders that couldn't be read at all.
  package let failures: [FileFailure]

  /// Whether any file can't be used.
  package var hasErrors: Bool { findings.contains { $0.severity == .error } }
}

extension LintReport {
  /// The report under another file name, for text that was read from elsewhere, such as standard input.
  package func renamed(_ path: String, to name: String) -> LintReport {
    LintReport(
      findings: findings.map { finding in
        guard finding.file == path else { return finding }
        return Finding(
          file: name, line: finding.line, column: finding.column, severity: finding.severity,
          code: finding.code, message: finding.message, excerpt: finding.excerpt)
      }, failures: failures)
  }
}

/// Checks definitions without using them.
package enum Lint {
  /// Checks files and folders of definitions. Next to a file given by name, only calendars and the checklists
  /// that it extends are read, and nothing about them is reported.
  ///
  /// - Parameters:
  ///   - paths: A file in a folder called `calendars` is a calendar, one in `platforms` a platform's rules.
  ///   - today: Warns about calendars that end within 60 days of it, and about rules that nobody has compared
  ///     with the platform's page for 180 days.
  ///   - zones: The time zones that checklists and platforms may name.
  package static func check(_ paths: [String], today: CivilDate, zones: any ZoneSource) -> LintReport {
    var findings: [Finding] = []
    var failures: [FileFailure] = []
    var named: [String: [String]] = [:]
    for path in paths {
      if FileSystem.isFolder(path), !path.hasSuffix(".yaml") {
        let files = folder(path, DefinitionFiles(today: today, zones: zones))
        findings += files.findings
        failures += files.failures
      } else {
        named[path.folder, default: []].append(path)
      }
    }
    for (folder, paths) in named {
      let files = Self.files(paths, in: folder, DefinitionFiles(today: today, zones: zones))
      findings += files.findings
      failures += files.failures
    }
    return LintReport(
      findings: findings.sortedByPlace.withoutRepetition,
      failures: failures.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }.withoutRepetition)
  }

  /// Checks a text as if it were the file at this path, which needn't exist.
  ///
  /// - Parameters:
  ///   - path: Calendars and extended checklists are read from its folder.
  ///   - today: As for files.
  ///   - zones: As for files.
  ///   - neighbours: the folder's files by their paths, where it isn't one of the file system.
  package static func check(
    _ text: [UInt8], as path: String, today: CivilDate, zones: any ZoneSource,
    among neighbours: [String: [UInt8]]? = nil
  ) -> LintReport {
    let given = (neighbours ?? [:]).merging([path: text]) { _, own in own }
    let empty = DefinitionFiles(
      today: today, zones: zones, given: given, isAllGiven: neighbours != nil)
    let files = files([path], in: path.folder, empty)
    return LintReport(findings: files.findings.sortedByPlace, failures: files.failures)
  }

  private static func folder(_ path: String, _ empty: DefinitionFiles) -> DefinitionFiles {
    var files = empty
    switch path.fileName {
    case "platforms":
      for file in files.files(in: path) { files.readPlatform(file, within: path) }
    case "calendars":
      for file in files.files(in: path) { files.readCalendar(file, within: path) }
    default: files.readFolder(path)
    }
    return files
  }

  private static func files(
    _ paths: [String], in folder: String, _ empty: DefinitionFiles
  ) -> DefinitionFiles {
    var files = empty
    var calendars: CalendarNames?
    let sorted = Set(paths).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    for path in sorted {
      switch kind(of: path, in: folder, files) {
      case .platform: files.readPlatform(path)
      case .calendar: files.readCalendar(path)
      case .checklist:
        let known = calendars ?? calendarNames(beside: folder, empty)
        calendars = known
        files.readChecklist(path, calendars: known)
      }
    }
    if files.hasExtensions {
      let named = Set(sorted.map(\.fileName))
      let neighbours = neighbours(in: folder, besides: named, calendars ?? CalendarNames(), empty)
      files.resolveExtensions(neighbours: neighbours)
    }
    return files
  }

  private static func calendarNames(beside folder: String, _ empty: DefinitionFiles) -> CalendarNames {
    var files = empty
    files.readCalendars(of: folder)
    return files.calendarNames
  }

  /// The checklists of a folder that weren't given by name, for those that extend them.
  private static func neighbours(
    in folder: String, besides named: Set<String>, _ calendars: CalendarNames, _ empty: DefinitionFiles
  ) -> DefinitionFiles {
    var files = empty
    for file in files.files(in: folder) where !named.contains(file.fileName) {
      // Messages name files as the user did: without a folder if they are in the current one.
      let path = file.hasPrefix("./") && folder == "." ? String(file.dropFirst(2)) : file
      files.readChecklist(path, within: folder, calendars: calendars)
    }
    return files
  }

  private enum Kind {
    case checklist
    case calendar
    case platform
  }

  private static func kind(of path: String, in folder: String, _ files: DefinitionFiles) -> Kind {
    switch folder.fileName {
    case "calendars": return .calendar
    case "platforms": return .platform
    default: break
    }
    guard let bytes = try? files.text(of: path), let document = YAMLReader.read(bytes).document,
      document.kind(of: document.root) == .mapping
    else { return .checklist }
    var keys: Set<String> = []
    var children = document.children(of: document.root)
    while let key = children.next(), children.next() != nil { keys.insert(document.string(key)) }
    if !keys.isDisjoint(with: ["checklist", "extends", "items"]) { return .checklist }
    if keys.contains("covers") { return .calendar }
    return keys.contains("platform") ? .platform : .checklist
  }
}

extension Array where Element: Equatable {
  /// Without duplicates among nearby elements, since a file may have been given twice.
  fileprivate var withoutRepetition: [Element] {
    reduce(into: []) { kept, element in
      if !kept.suffix(16).contains(element) { kept.append(element) }
    }
  }
}
