import Testing

@testable import Domain

@Suite struct CutNumberTests {
  @Test(arguments: [
    ("7.01235E+18", true), ("4,8E+17", true), ("7E+18", true), ("1.5e+3", true), ("7.01235E18", false),
    ("7.01235E+", false), ("7.E+18", false), (".5E+18", false), ("E+18", false), ("s7E+18", false),
    ("7E+18 ", false),
    ("7E-18", false), ("701234567890123456", false), ("", false),
  ])
  func knowsARoundedNumber(_ text: String, _ isRounded: Bool) {
    #expect(CutNumber.isRounded(text) == isRounded)
  }

  @Test(arguments: [
    ("701234567890123000", true), ("1234567890123450", true), ("123456789012345", false), ("1000000", false),
    ("701234567890123001", false), ("70123456789012300x", false),
  ])
  func knowsZerosAfterThe15thDigit(_ text: String, _ endsInZeros: Bool) {
    #expect(CutNumber.endsInZeros(text) == endsInZeros)
  }

  @Test(
    arguments: [("0012", "12"), ("12", "12"), ("000", "0"), ("", nil), ("a12", nil)] as [(String, String?)])
  func leavesZerosOut(_ text: String, _ number: String?) {
    #expect(CutNumber.withoutZeros(text) == number)
  }

  @Test func anAccountThatWasCutIsRefused() {
    #expect(throws: Refusal.cutNumber("7.01235E+18")) { try TextRules.line(" 7.01235E+18", as: .account) }
    #expect(throws: Never.self) { try TextRules.line("7.01235E+18", as: .note) }
  }
}
