import Domain
import Formats
import Foundation
import TestSupport
import Testing

@Suite struct CanonicalJSONTests {
  @Test func oneFormOnly() {
    var json = JSONWriter(.canonical)
    json.object { json in
      json.field("text", "店铺 \"\\/\u{08}\t\n\u{0C}\r\u{1F}\u{7F}\u{2028}😀")
      json.field("absent", nil as String?)
      json.field("number", Int64.min)
      json.field("yes", true)
      json.field("no", false)
      json.field("at", Moment.switched)
      json.field("never", nil as Moment?)
      json.field("texts", ["a", "b"])
      json.field("none", [String]())
      json.key("objects")
      json.array { json in
        json.object { _ in }
        json.object { json in json.field("a", Int64(0)) }
        json.array { json in json.value(-1) }
      }
      json.key("店")
      json.value("")
    }
    #expect(
      json.text == #"""
        {"text":"店铺 \"\\/\b\t\n\f\r\u001f\#u{7F}\#u{2028}😀","number":-9223372036854775808,"yes":true,"no":false,"at":"2026-11-01T02:00:00Z","texts":["a","b"],"none":[],"objects":[{},{"a":0},[-1]],"店":""}
        """#)
  }

  @Test(arguments: Seeds.first(20)) func whatIsWrittenIsRead(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let value = JSONValue.random(&random, depth: 5, flags: false)
    var json = JSONWriter(.canonical)
    value.write(to: &json)
    #expect(try JSONValue.read(json.bytes) == value)
    let foundation = try JSONSerialization.jsonObject(with: Data(json.bytes), options: .fragmentsAllowed)
    #expect(JSONValue(foundation: foundation) == value.unordered)
  }

  /// The cursor reads what another writer writes: white space, escapes, nulls, keys in any order.
  @Test(arguments: Seeds.first(20)) func agreesWithFoundation(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let value = JSONValue.random(&random, depth: 5, flags: true).unordered
    let text = value.spread(&random)
    let foundation = try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
    #expect(JSONValue(foundation: foundation) == value, "\(text)")
    #expect(try JSONValue.read(Array(text.utf8)).unordered == value, "\(text)")
  }
}
