import Domain

/// Definitions from texts that are in memory already.
public enum DefinitionText {
  /// Reads a checklist; it is nil when a finding is an error.
  ///
  /// - Parameters:
  ///   - text: The file's bytes.
  ///   - file: Names the file in findings.
  ///   - calendars: The calendars that it may name.
  ///   - zones: The time zones that it may name.
  public static func checklist(
    _ text: [UInt8], file: String, calendars: Set<String>, zones: any ZoneSource
  ) -> (checklist: Checklist?, findings: [Finding]) {
    let surroundings = Surroundings(zones: zones, calendars: CalendarNames(usable: calendars))
    let decoded = Decoder.checklist(in: text, surroundings)
    return (decoded.checklist, decoded.drafts.findings(file: file, source: text))
  }

  /// Reads a calendar; it is nil when a finding is an error.
  ///
  /// - Parameters:
  ///   - text: The file's bytes.
  ///   - file: Names the file in findings, and without its ending the calendar.
  ///   - today: Warns when the calendar ends within 60 days of it; nil doesn't.
  public static func calendar(
    _ text: [UInt8], file: String, today: CivilDate? = nil
  ) -> (calendar: WorkCalendar?, findings: [Finding]) {
    let decoded = Decoder.calendar(in: text, name: file.fileName.withoutEnding, today: today)
    return (decoded.calendar, decoded.drafts.findings(file: file, source: text))
  }
}
