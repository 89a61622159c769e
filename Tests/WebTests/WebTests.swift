import Testing

@testable import Web
@testable import WebAPI
@testable import WebCore
@testable import WebPages

struct MultipartTests {
  @Test func readsTextsAndFiles() throws {
    let body = """
      --x\r\nContent-Disposition: form-data; name="note"\r\n\r\n做完了\r\n--x\r\n\
      Content-Disposition: form-data; name="file"; filename="图 1.png"\r\nContent-Type: image/png\r\n\r\nPNG\r\n\
      --x--\r\n
      """
    let fields = try FormFields(multipart: Array(body.utf8), boundary: "x")
    #expect(fields["note"] == "做完了")
    #expect(fields.files["file"]?.name == "图 1.png")
    #expect(fields.files["file"]?.mediaType == "image/png")
    #expect(fields.files["file"]?.content == Array("PNG".utf8))
  }

  @Test(arguments: ["", "--x", "--x\r\n\r\n", "--x\r\nContent-Disposition: form-data\r\n\r\nv\r\n--x--"])
  func refusesWhatIsBroken(body: String) {
    #expect(throws: Problem.self) { try FormFields(multipart: Array(body.utf8), boundary: "x") }
  }
}
