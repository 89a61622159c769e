import Domain
import YAMLReading

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
    let reading = YAMLReader.read(text)
    var drafts = reading.problem.map { [Draft($0)] } ?? []
    var checklist: Checklist?
    if let document = reading.document {
      let decoded = Decoder.checklist(
        in: document, Surroundings(zones: zones, calendars: CalendarNames(usable: calendars)))
      drafts += decoded.drafts
      checklist = drafts.hasErrors ? nil : decoded.checklist
    }
    return (checklist, drafts.findings(file: file, source: text))
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
    let reading = YAMLReader.read(text)
    var drafts = reading.problem.map { [Draft($0)] } ?? []
    var calendar: WorkCalendar?
    if let document = reading.document {
      let decoded = Decoder.calendar(in: document, name: file.fileName.withoutEnding, today: today)
      drafts += decoded.drafts
      calendar = drafts.hasErrors ? nil : decoded.calendar
    }
    return (calendar, drafts.findings(file: file, source: text))
  }
}
