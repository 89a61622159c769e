import Formats
import Testing

@Suite struct MultipartDecoderTests {
  private func parts(_ body: String, boundary: String = "x") throws -> [MultipartDecoder.Part] {
    try MultipartDecoder.parts(Array(body.utf8), boundary: boundary)
  }

  private func text(_ name: String, _ content: String, boundary: String = "x") -> String {
    "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(content)\r\n"
  }

  @Test func readsTextsAndFiles() throws {
    let file = """
      --x\r\ncontent-type: image/png\r\nCONTENT-DISPOSITION:form-data;  filename="a; name=%22b%22.png"; name=file\
      \r\n\r\n\r\n--xy\r\n-\r\n
      """
    let read = try parts(
      "before\r\n\(text("note", "做完了"))\(file)\(text("note", ""))--x--\r\nafter\r\n--x\r\n")
    #expect(read.map(\.name) == ["note", "file", "note"])
    #expect(read.map(\.fileName) == [nil, "a; name=\"b\".png", nil])
    #expect(read.map(\.mediaType) == [nil, "image/png", nil])
    // A line that only begins like the boundary belongs to what is sent.
    #expect(read.map { String(decoding: $0.content, as: UTF8.self) } == ["做完了", "\r\n--xy\r\n-", ""])
  }

  @Test(arguments: [
    "", "x", "--x", "--x\r\n\r\n", "--x\r\n--x--", "--x\r\n\r\n\r\n--x--",
    "--x\r\nContent-Disposition: form-data\r\n\r\nv\r\n--x--",
    "--x\r\nContent-Disposition: form-data; name=\"a\r\n\r\nv\r\n--x--",
    "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nv\r\n",
    "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nv\n--x--",
    "--x\r\nContent-Disposition: form-data; name=\"a\"\n\nv\r\n--x--",
    "--x\r\nContent-Disposition form-data\r\n\r\nv\r\n--x--",
  ])
  func refusesWhatIsBroken(body: String) {
    #expect(throws: MultipartError.malformed) { try parts(body) }
  }

  @Test func refusesTextsThatArentUTF8() {
    let body = Array(text("note", "v").utf8).map { $0 == UInt8(ascii: "v") ? 0xFF : $0 } + Array("--x--".utf8)
    #expect(throws: MultipartError.malformed) { try MultipartDecoder.parts(body, boundary: "x") }
  }

  @Test func refusesMoreThanItTakes() throws {
    let most = MultipartDecoder.mostParts
    let many = String(repeating: text("a", "1"), count: most)
    #expect(try parts(many + "--x--").count == most)
    #expect(throws: MultipartError.tooManyParts(most: most)) { try parts(many + text("b", "") + "--x--") }

    let longest = String(repeating: "a", count: MultipartDecoder.longestText)
    #expect(try parts(text("a", longest) + "--x--").first?.content.count == longest.utf8.count)
    #expect(throws: MultipartError.textTooLong(name: "a", most: longest.utf8.count)) {
      try parts(text("a", longest + "a") + "--x--")
    }
    let head = "--x\r\nX: \(String(repeating: "a", count: MultipartDecoder.longestHead))\r\n\r\n\r\n--x--"
    #expect(throws: MultipartError.headTooLong(most: MultipartDecoder.longestHead)) { try parts(head) }
    let boundary = String(repeating: "b", count: MultipartDecoder.longestBoundary)
    #expect(try parts(text("a", "1", boundary: boundary) + "--\(boundary)--", boundary: boundary).count == 1)
    #expect(throws: MultipartError.malformed) {
      try parts(text("a", "1", boundary: boundary + "b") + "--\(boundary)b--", boundary: boundary + "b")
    }
  }

  /// Each is what once took minutes, or may.
  @Test(arguments: [
    "\n", "\r\n", "\r\n--", "--x\r\n", "\r\n--x\r\n\r\n", "\n--\(String(repeating: "b", count: 50))",
  ])
  func tenMegabytesTakeNoTimeToSpeakOf(unit: String) {
    let filler = String(repeating: unit, count: (10 << 20) / unit.utf8.count)
    let file = "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"f\"\r\n\r\n\(filler)\r\n--b--"
    let whole = Array(file.utf8)
    let many = Array(String(repeating: text("a", "1"), count: 170_000).utf8)
    let taken = ContinuousClock().measure {
      #expect((try? MultipartDecoder.parts(whole, boundary: "b"))?.first?.content.count == filler.utf8.count)
      #expect((try? MultipartDecoder.parts(many, boundary: "x")) == nil)
      _ = try? MultipartDecoder.parts(Array(filler.utf8), boundary: String(repeating: "b", count: 100))
    }
    #expect(taken < .seconds(30))
  }
}
