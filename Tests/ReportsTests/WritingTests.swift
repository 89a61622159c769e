import Domain
import Formats
import Foundation
import Reports
import Testing

@Suite("JSON and CSV") struct WritingTests {
  @Test func jsonEscapes() {
    #expect(json { $0.value("a\"b\\c/") } == #""a\"b\\c/""#)
    #expect(json { $0.value("\u{0}\u{8}\t\n\r\u{1B}\u{1F}") } == #""\u0000\u0008\t\n\r\u001b\u001f""#)
    #expect(json { $0.value("\u{7F}\u{80}\u{9F}\u{A0}") } == "\"\\u007f\\u0080\\u009f\u{A0}\"")
    #expect(json { $0.value("店铺 👩‍💻 é") } == "\"店铺 👩‍💻 é\"")
    #expect(json { $0.value(String?.none) } == "null")
    #expect(json { $0.value("") } == "\"\"")
  }

  @Test func jsonComesBackAsItWas() throws {
    let texts = (0...0x2FF).compactMap { Unicode.Scalar($0).map { "x\($0)y" } }
    let written = json { $0.value(texts) }
    #expect(try JSONSerialization.jsonObject(with: Data(written.utf8)) as? [String] == texts)
  }

  @Test func jsonNumbers() {
    let numbers = [Int64.min, -10, -1, 0, 9, 10, 1_234_567_890, .max]
    for number in numbers { #expect(json { $0.value(number) } == "\(number)") }
  }

  @Test func jsonCommas() {
    let written = json { json in
      json.object { json in
        json.field("a", 1)
        json.array("b") { list in
          list.value(true)
          list.object { _ in }
          list.value(Moment(seconds: 0))
        }
        json.null("c")
        json.object("d") { $0.field("e", [String]()) }
      }
    }
    #expect(written == #"{"a":1,"b":[true,{},"1970-01-01T00:00:00Z"],"c":null,"d":{"e":[]}}"#)
  }

  @Test(arguments: [
    ("plain", "plain"), ("", ""), ("a,b", "\"a,b\""), ("say \"hi\"", "\"say \"\"hi\"\"\""),
    ("two\nlines", "\"two\nlines\""), ("cr\rlf", "\"cr\rlf\""), (" spaced ", " spaced "), ("a=b", "a=b"),
    ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@a", "'@a"), ("\ta", "'\ta"), ("\ra", "\"'\ra\""),
    ("=\"x\",1", "\"'=\"\"x\"\",1\""), ("'=1", "''=1"), ("''＝1", "'''＝1"), ("'a", "'a"), ("'", "'"),
    ("Ａ", "Ａ"), ("＝1", "'＝1"), ("＋1", "'＋1"), ("－1", "'－1"), ("＠a", "'＠a"),
    ("！a", "！a"), ("'quoted", "'quoted"), ("\u{1B}[0m\u{9B}é", "\\u{1B}[0m\\u{9B}é"),
  ])
  func csvText(text: String, cell: String) {
    #expect(csv { $0.text(text) } == cell)
  }

  @Test func csvRows() {
    let written = csv { csv in
      csv.byteOrderMark()
      csv.header("a,b")
      csv.text(nil)
      csv.number(-5)
      csv.list(spaced: "x y-z")
      csv.moment(nil)
      csv.flag(false)
      csv.endRow()
    }
    #expect(written == "\u{FEFF}a,b\r\n,-5,x;y-z,,false\r\n")
  }

  private func json(_ write: (inout JSONWriter) -> Void) -> String {
    var output: [UInt8] = []
    JSONWriter.append(to: &output) { write(&$0) }
    return String(decoding: output, as: UTF8.self)
  }

  private func csv(_ write: (inout CSVWriter) -> Void) -> String {
    var output: [UInt8] = []
    CSVWriter.append(to: &output) { write(&$0) }
    return String(decoding: output, as: UTF8.self)
  }
}
