import Domain
import Operations
import Reports
import TestSupport
import Testing

@Suite("overdue for monitoring") struct NagiosTests {
  @Test func nothingIsOK() {
    let check = OverdueNagios(language: .english)
    #expect(check.status == .ok)
    #expect(check.render().hasPrefix("SWITCHLIST OK - nothing is overdue | "))
  }

  @Test func whatIsOnlyToComeIsAWarning() {
    var check = OverdueNagios(language: .english)
    check.add(OverdueItem.various[4])
    #expect(check.status == .warning)
    #expect(check.render().hasPrefix("SWITCHLIST WARNING - 1 due soon | overdue=0;0;;0 "))
  }

  @Test func onlyCriticalItemsAreCritical() {
    var check = OverdueNagios(language: .english)
    check.add(OverdueItem.various[2])
    #expect(check.status == .warning)
    check.add(OverdueItem.various[0])
    #expect(check.status == .critical)
    #expect(check.status.rawValue == 2)
  }

  @Test(arguments: Language.allCases) func output(language: Language) throws {
    var check = OverdueNagios(language: language)
    for item in OverdueItem.various { check.add(item) }
    for _ in 0..<20 { check.add(OverdueItem.various[5]) }
    let rendered = check.render()
    try expectSnapshot(rendered, "nagios.\(language.rawValue).txt")
    #expect(rendered.split(separator: "|", omittingEmptySubsequences: false).count == 2)
  }

  @Test func failuresAreUnknown() {
    let line = OverdueNagios.unknown("no store at /x | y\n\u{1B}[0m")
    #expect(line == "SWITCHLIST UNKNOWN - no store at /x ¦ y⏎\\u{1B}[0m\n")
    #expect(OverdueNagios.Status.unknown.rawValue == 3)
  }
}
