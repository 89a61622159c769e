import Domain
import YAMLReading

/// What `lint` found.
public struct LintReport: Sendable {
  /// Sorted by file and place.
  public let findings: [Finding]
  /// Files and folders that couldn't be read at all.
  public let failures: [FileFailure]

  /// Whether a file can't be used.
  public var hasErrors: Bool { findings.contains { $0.severity == .error } }
}

/// Checks definitions without using them.
public enum Lint {
  /// Checks files and folders of definitions; of a named file's neighbours only the calendars are read,
  /// and nothing of theirs is reported.
  ///
  /// - Parameters:
  ///   - paths: A file in a folder called `calendars` is a calendar, one in `platforms` isn't checked yet.
  ///   - today: Calendars that end within 60 days of it are warned of.
  ///   - zones: The time zones that checklists may name.
  public static func check(_ paths: [String], today: CivilDate, zones: any ZoneSource) -> LintReport {
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

  private static func folder(_ path: String, _ empty: DefinitionFiles) -> DefinitionFiles {
    var files = empty
    switch path.fileName {
    case "platforms": break
    case "calendars":
      for file in files.files(in: path) { files.readCalendar(file) }
    default:
      files.readCalendars(of: path)
      for file in files.files(in: path) { files.readChecklist(file, calendars: files.calendarNames) }
    }
    return files
  }

  private static func files(
    _ paths: [String], in folder: String, _ empty: DefinitionFiles
  ) -> DefinitionFiles {
    var files = empty
    var neighbours: CalendarNames?
    let sorted = Set(paths).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    for path in sorted {
      switch kind(of: path, in: folder) {
      case .platform: break
      case .calendar: files.readCalendar(path)
      case .checklist:
        if neighbours == nil {
          var calendars = empty
          calendars.readCalendars(of: folder)
          neighbours = calendars.calendarNames
        }
        files.readChecklist(path, calendars: neighbours ?? CalendarNames())
      }
    }
    return files
  }

  private enum Kind {
    case checklist
    case calendar
    case platform
  }

  private static func kind(of path: String, in folder: String) -> Kind {
    switch folder.fileName {
    case "calendars": return .calendar
    case "platforms": return .platform
    default: break
    }
    guard let bytes = try? FileSystem.read(path), let document = YAMLReader.read(bytes).document,
      document.kind(of: document.root) == .mapping
    else { return .checklist }
    var keys: Set<String> = []
    var children = document.children(of: document.root)
    while let key = children.next(), children.next() != nil { keys.insert(document.string(key)) }
    return keys.contains("covers") && !keys.contains("checklist") && !keys.contains("items")
      ? .calendar : .checklist
  }
}

extension Array where Element: Equatable {
  /// Each element once, where equal ones stand near each other: a file may have been named twice.
  fileprivate var withoutRepetition: [Element] {
    reduce(into: []) { kept, element in
      if !kept.suffix(16).contains(element) { kept.append(element) }
    }
  }
}
