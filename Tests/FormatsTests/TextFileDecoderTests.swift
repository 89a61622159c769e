import Testing

@testable import Formats

@Suite struct TextFileDecoderTests {
  private static let text = "id,name\r\ns-1,晨光小店 €\u{1F600}\n"
  /// By Python's codec, the euro and the face among them.
  private static let gb18030: [UInt8] =
    Array("id,name\r\ns-1,".utf8)
    + [0xB3, 0xBF, 0xB9, 0xE2, 0xD0, 0xA1, 0xB5, 0xEA, 0x20, 0xA2, 0xE3, 0x94, 0x39, 0xFC, 0x36, 0x0A]

  private static func utf16(_ text: String, isBig: Bool) -> [UInt8] {
    ("\u{FEFF}" + text).utf16.flatMap { unit in
      let (high, low) = (UInt8(unit >> 8), UInt8(unit & 0xFF))
      return isBig ? [high, low] : [low, high]
    }
  }

  @Test(arguments: [
    Array(text.utf8), Array("\u{FEFF}\(text)".utf8), gb18030, utf16(text, isBig: false),
    utf16(text, isBig: true),
  ])
  func theSameTextInEveryEncoding(bytes: [UInt8]) throws {
    #expect(try Array(TextFileDecoder.utf8(bytes)) == Array(Self.text.utf8))
  }

  @Test(arguments: [[], [0xEF, 0xBB, 0xBF], [0xFF, 0xFE]] as [[UInt8]]) func nothing(bytes: [UInt8]) throws {
    #expect(try TextFileDecoder.utf8(bytes).isEmpty)
  }

  @Test(
    arguments: [
      ([0xFF], 1), ([0x61, 0x0A, 0xEB, 0x0A], 2), ([0x61, 0x0D, 0x61, 0x0D, 0x0A, 0xC4], 3),
      ([0xEF, 0xBB, 0xBF, 0x61, 0x0A, 0xC4, 0xE3], 2), ([0xFF, 0xFE, 0x61], 1),
      ([0xFF, 0xFE, 0x0A, 0x00, 0x00, 0xD8, 0x61, 0x00], 2), ([0xFE, 0xFF, 0xDC, 0x00], 1),
      ([0x81, 0x30, 0x81], 1),
    ] as [([UInt8], Int)])
  func whatIsNoneOfThemIsNamedByItsLine(bytes: [UInt8], line: Int) {
    #expect(throws: TextFileError.unknownEncoding(line: line)) { try TextFileDecoder.utf8(bytes) }
  }

  /// Read as GB18030 it would pass, and say something else.
  @Test func brokenUTF8IsNotTakenForGB18030() {
    let broken = Array("店铺的名称\n".utf8) + [0xC4, 0xE3]
    #expect(throws: TextFileError.unknownEncoding(line: 2)) { try TextFileDecoder.utf8(broken) }
  }

  @Test func tablesOf20MegabytesTakeNoTimeToSpeakOf() throws {
    let bytes = [[UInt8]](repeating: Self.gb18030, count: (20 << 20) / Self.gb18030.count).flatMap { $0 }
    let taken = try ContinuousClock().measure {
      let text = try TextFileDecoder.utf8(bytes)
      #expect(text.count <= bytes.count * 3 / 2)
    }
    #expect(taken < .seconds(60))
  }
}
