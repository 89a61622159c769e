import Formats
import Testing

@Suite struct FormDecoderTests {
  @Test func keepsTheFieldsInTheirOrder() throws {
    let fields = try FormDecoder.fields("b=1&a=%E4%BD%A0+x&&b=&c".utf8, most: 4)
    #expect(fields.map(\.name) == ["b", "a", "b", "c"])
    #expect(fields.map(\.value) == ["1", "你 x", "", ""])
  }

  @Test(arguments: ["a=%", "a=%4", "a=%G1", "%=1", "a=%E4", "a=%FF", "a=1&b=%zz"])
  func refusesBrokenEscapes(text: String) {
    #expect(throws: FormError.brokenEscape) { try FormDecoder.fields(text.utf8, most: 10) }
  }

  @Test func refusesMoreFieldsThanItsCallerTakes() throws {
    #expect(try FormDecoder.fields("a&&b&".utf8, most: 2).count == 2)
    #expect(throws: FormError.tooManyFields(most: 2)) { try FormDecoder.fields("a&b&c".utf8, most: 2) }
  }

  @Test(arguments: ["&", "%", "a=&", "+", "%41", "\u{301}"]) func aMegabyteTakesNoTimeToSpeakOf(unit: String)
  {
    let text = Array(String(repeating: unit, count: (1 << 20) / unit.utf8.count).utf8)
    let taken = ContinuousClock().measure { _ = try? FormDecoder.fields(text, most: .max) }
    #expect(taken < .seconds(20))
  }
}
