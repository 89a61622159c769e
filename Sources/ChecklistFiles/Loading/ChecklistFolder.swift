import Domain

/// The contents of a folder of definitions.
package struct LoadedFolder: Sendable {
  /// Checklists without errors, ordered by file name.
  package let checklists: [LoadedChecklist]
  /// Calendars without errors, by name.
  package let calendars: [String: WorkCalendar]
  /// Platform rules without errors, by platform.
  package let platforms: [String: PlatformRules]
  /// All findings, sorted by file and place.
  package let findings: [Finding]
  /// Files that couldn't be read at all.
  package let failures: [FileFailure]
}

/// A folder of checklists, with `calendars/` and `platforms/` beside them.
package enum ChecklistFolder {
  /// Reads `*.yaml`, `calendars/*.yaml` and `platforms/*.yaml`. A file that is broken or unreadable doesn't
  /// affect any others, except those that extend it.
  ///
  /// - Parameters:
  ///   - path: The folder.
  ///   - zones: The time zones that checklists and platforms may name.
  /// - Throws: If the folder itself can't be read.
  package static func load(
    at path: String, zones: any ZoneSource
  ) throws(FileFailure) -> LoadedFolder {
    _ = try FileSystem.names(in: path)
    return loaded(path, DefinitionFiles(today: nil, zones: zones))
  }

  /// Reads a folder whose files are given, such as one from a store.
  ///
  /// - Parameters:
  ///   - files: each file's content, by its path in the folder.
  ///   - name: what the folder is called in findings.
  package static func load(
    _ files: [String: [UInt8]], named name: String, zones: any ZoneSource
  ) -> LoadedFolder {
    let given = Dictionary(uniqueKeysWithValues: files.map { (name.appending(pathComponent: $0), $1) })
    return loaded(name, DefinitionFiles(today: nil, zones: zones, given: given, isAllGiven: true))
  }

  /// All files of a folder that definitions are read from, by their paths in it. Throws where one can't be read.
  package static func contents(of path: String) throws(FileFailure) -> [String: [UInt8]] {
    var contents: [String: [UInt8]] = [:]
    for part in ["", "calendars", "platforms"] {
      let folder = part.isEmpty ? path : path.appending(pathComponent: part)
      if !part.isEmpty, !FileSystem.isFolder(folder) { continue }
      for name in try FileSystem.names(in: folder) where name.hasSuffix(".yaml") {
        let file = folder.appending(pathComponent: name)
        guard let bytes = try FileSystem.read(file, within: path) else { continue }
        contents[part.isEmpty ? name : "\(part)/\(name)"] = bytes
      }
    }
    return contents
  }

  private static func loaded(_ path: String, _ definitions: DefinitionFiles) -> LoadedFolder {
    var files = definitions
    files.readFolder(path)
    return LoadedFolder(
      checklists: files.checklists, calendars: files.calendars, platforms: files.platforms,
      findings: files.findings.sortedByPlace, failures: files.failures)
  }
}

extension [Finding] {
  /// By file, line and column; stable for findings at the same place.
  var sortedByPlace: [Finding] {
    enumerated().sorted { left, right in
      if left.element.file != right.element.file {
        return left.element.file.utf8.lexicographicallyPrecedes(right.element.file.utf8)
      }
      return (left.element.line, left.element.column, left.offset)
        < (right.element.line, right.element.column, right.offset)
    }
    .map(\.element)
  }
}
