import Domain

/// Reads definitions from memory.
package enum DefinitionText {
  /// Reads a checklist; nil if a finding is an error.
  ///
  /// - Parameters:
  ///   - text: The file's bytes.
  ///   - file: The file's name in findings.
  ///   - calendars: The calendars that it may name.
  ///   - zones: The time zones that it may name.
  ///   - bases: The checklists that it may extend.
  package static func checklist(
    _ text: [UInt8], file: String, calendars: Set<String>, zones: any ZoneSource, bases: [Checklist] = []
  ) -> (checklist: Checklist?, findings: [Finding]) {
    let surroundings = Surroundings(zones: zones, calendars: CalendarNames(usable: calendars))
    let decoded = DefinitionDecoder.checklist(in: text, surroundings)
    guard let unresolved = decoded.unresolved else {
      return (decoded.checklist, decoded.drafts.findings(file: file, source: text))
    }
    var resolver = ExtensionResolver()
    resolver.add(
      [ExtendingFile(file: file, bytes: text, isFirst: true, drafts: [], unresolved: unresolved)],
      bases.map { LoadedChecklist(checklist: $0, file: "") }, files: [:])
    let (checklist, drafts) = resolver.outcome(0)
    return (checklist, drafts.findings(file: file, source: text))
  }

  /// Reads a calendar; nil if a finding is an error.
  ///
  /// - Parameters:
  ///   - text: The file's bytes.
  ///   - file: The file's name in findings; without its extension, the calendar's name.
  ///   - today: Warns if the calendar ends within 60 days of it; nil: no warning.
  package static func calendar(
    _ text: [UInt8], file: String, today: CivilDate? = nil
  ) -> (calendar: WorkCalendar?, findings: [Finding]) {
    let decoded = DefinitionDecoder.calendar(in: text, name: file.fileName.withoutEnding, today: today)
    return (decoded.calendar, decoded.drafts.findings(file: file, source: text))
  }

  /// Reads a platform's rules; nil if a finding is an error.
  ///
  /// - Parameters:
  ///   - text: The file's bytes.
  ///   - file: The file's name in findings and places; without its extension, the platform's name.
  ///   - today: Warns if the rules were checked over 180 days before it, or after it; nil: no warning.
  ///   - zones: The time zones that it may name.
  package static func platform(
    _ text: [UInt8], file: String, today: CivilDate? = nil, zones: any ZoneSource
  ) -> (rules: PlatformRules?, findings: [Finding]) {
    let decoded = DefinitionDecoder.platform(
      in: text, file: file, name: file.fileName.withoutEnding, today: today, zones: zones)
    return (decoded.rules, decoded.drafts.findings(file: file, source: text))
  }
}
