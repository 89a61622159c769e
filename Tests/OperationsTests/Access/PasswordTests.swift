import Domain
import TestSupport
import Testing

@testable import Operations

@Suite struct PasswordTests {
  private let secrets = CountedSecrets()

  @Test func aPasswordIsVerifiedByItsStoredForm() throws {
    let first = try Password("correct horse e\u{301}", of: "Li", from: secrets)
    let second = try Password("correct horse e\u{301}", of: "Li", from: secrets)
    #expect(first.stored.hasPrefix("scrypt$32768$8$1$AQEBAQEBAQEBAQEBAQEBAQ$"))
    #expect(first != second)
    #expect(!first.stored.contains("correct"))
    // However the letters are composed.
    #expect(Password.verifies("correct horse \u{E9}", against: first.stored))
    for other in ["Correct horse \u{E9}", "correct horse e", "correct horse \u{E9} ", ""] {
      #expect(!Password.verifies(other, against: first.stored))
    }
  }

  /// By Python's `hashlib.scrypt`, the second with other parameters than ours.
  @Test(arguments: [
    "scrypt$32768$8$1$AAECAwQFBgcICQoLDA0ODw$bxugL3i-ITfw6APdB5ReaX-HmpAPUsVKb-eVkGznnZg",
    "scrypt$1024$8$2$AAECAwQFBgcICQoLDA0ODw$2XSXWVu_0UAxMI-4S27c2e6ymQdHxxGjqiM0HJD5pwE",
  ]) func itIsScrypt(stored: String) {
    #expect(Password.verifies("correct horse \u{E9}", against: stored))
    #expect(!Password.verifies("correct horse e", against: stored))
  }

  @Test(arguments: [
    "", Password.nobody, "scrypt$1000$8$1$AAECAw$bxugL3i-ITfw6APdB5ReaX-HmpAPUsVKb-eVkGznnZg",
    "scrypt$1073741824$8$1$AAECAw$bxugL3i-ITfw6APdB5ReaX-HmpAPUsVKb-eVkGznnZg", "scrypt$2$1$1$$",
    "scrypt$0$0$0$AAECAw$bxugL3i-ITfw6APdB5ReaX-HmpAPUsVKb-eVkGznnZg",
    // scrypt itself takes fewer rounds with so small a block.
    "scrypt$65536$1$1$AAECAw$bxugL3i-ITfw6APdB5ReaX-HmpAPUsVKb-eVkGznnZg",
    // 22 seconds each time that somebody signs in.
    "scrypt$1048576$4$16$AAECAw$bxugL3i-ITfw6APdB5ReaX-HmpAPUsVKb-eVkGznnZg",
    "scrypt$131072$8$2$AAECAw$bxugL3i-ITfw6APdB5ReaX-HmpAPUsVKb-eVkGznnZg",
    "scrypt$9223372036854775808$8$1$AAECAw$bxugL3i-ITfw6APdB5ReaX-HmpAPUsVKb-eVkGznnZg",
  ]) func whatCantBeReadVerifiesNothing(stored: String) {
    #expect(!Password.verifies("", against: stored))
    #expect(!Password.verifies("correct horse", against: stored))
    #expect(Password.isWellFormed(stored) == (stored == Password.nobody))
  }

  @Test(arguments: [
    ("123456789", AccessRefusal.passwordTooShort(count: 9, fewest: 10)),
    ("九个汉字也不够长的", .passwordTooShort(count: 9, fewest: 10)),
    (String(repeating: "ab1c", count: 251), .passwordTooLong(most: 1000)),
    ("1234567890", .passwordIsCommon), ("Password2026!", .passwordIsCommon),
    ("PASSW0RD!!", .passwordIsCommon),
    ("qwertyuiop", .passwordIsCommon), ("woaini1314520", .passwordIsCommon),
    ("5201314520", .passwordIsCommon),
    ("zxczxczxczxc", .passwordIsCommon), ("xxxxxxxxxxxx", .passwordIsCommon),
    ("Iloveyou520", .passwordIsCommon),
    ("i am Wang Wei", .passwordHoldsName), ("zhang-WANG-1", .passwordHoldsName),
    ("xxWANG WEIxx1", .passwordHoldsName),
  ]) func whatIsNoPassword(text: String, refusal: AccessRefusal) {
    #expect(throws: refusal) { try Password(text, of: "Wang Wei", from: secrets) }
  }

  /// Nothing is composed, folded or hashed of what can't be a password.
  @Test func aMegabyteOfMarksIsRefusedAtOnce() throws {
    let stored = try Password("three plain words", of: "Li", from: secrets).stored
    let (short, long) = (600, 1 << 18)
    let taken = ContinuousClock().measure {
      for _ in 0..<100 {
        for text in [
          "a" + String(repeating: "\u{301}\u{323}", count: short),
          "a" + String(repeating: "\u{301}\u{323}", count: long),
        ] {
          #expect(!Password.verifies(text, against: stored))
          #expect(!Password.verifies(text, against: Password.nobody))
          #expect(throws: AccessRefusal.self) { try Password.check(text, of: "Li") }
        }
      }
    }
    #expect(taken < .seconds(10))
    #expect(throws: AccessRefusal.passwordHasTooManyMarks) {
      try Password.check("a" + String(repeating: "\u{301}", count: 31), of: "Li")
    }
  }

  @Test(arguments: [
    "three plain words", "十个汉字就已经是足够的", "correct2026horse", "2026-correct-horse", "wandering away",
    "password for my own shop",
  ]) func whatIsOne(text: String) throws {
    #expect(try Password(text, of: "Wang Wei", from: secrets).stored.isEmpty == false)
  }
}
