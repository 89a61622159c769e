import Formats

/// Reads any bytes as a form of both kinds: nothing crashes, what is taken is within the limits, and the same form is
/// read when it is written again.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  if let fields = try? FormDecoder.fields(bytes, most: 50) {
    precondition(fields.count <= 50)
    let again = try? FormDecoder.fields(encoded(fields), most: 50)
    precondition(again?.map(\.name.bytes) == fields.map(\.name.bytes))
    precondition(again?.map(\.value.bytes) == fields.map(\.value.bytes))
  }
  for boundary in ["b", "----WebKitFormBoundary", "\r\n", ""] {
    guard let parts = try? MultipartDecoder.parts(bytes, boundary: boundary) else { continue }
    precondition(parts.count <= MultipartDecoder.mostParts)
    for part in parts where part.fileName == nil {
      precondition(part.content.count <= MultipartDecoder.longestText)
      precondition(String(validating: part.content, as: UTF8.self) != nil)
    }
    if boundary.utf8.contains(UInt8(ascii: "\n")) || !parts.allSatisfy(isWritable) { continue }
    precondition((try? MultipartDecoder.parts(written(parts, boundary), boundary: boundary)) == parts)
  }
  return 0
}

extension String {
  fileprivate var bytes: [UInt8] { Array(utf8) }
}

private func encoded(_ fields: [(name: String, value: String)]) -> [UInt8] {
  func escaped(_ text: String) -> [UInt8] {
    text.utf8.flatMap { [UInt8(ascii: "%")] + HexText.of([$0]).utf8 }
  }
  return Array(
    fields.map { escaped($0.name) + [UInt8(ascii: "=")] + escaped($0.value) }.joined(separator: [
      UInt8(ascii: "&")
    ]))
}

/// Whether a head may hold it as it is.
private func isWritable(_ part: MultipartDecoder.Part) -> Bool {
  let type = part.mediaType?.utf8.first
  return type != UInt8(ascii: " ")
    && (part.name + (part.fileName ?? "") + (part.mediaType ?? "")).utf8.count < MultipartDecoder.longestHead
      / 4
}

private func written(_ parts: [MultipartDecoder.Part], _ boundary: String) -> [UInt8] {
  var bytes: [UInt8] = []
  func quoted(_ text: String) -> [UInt8] {
    text.utf8.flatMap { $0 == UInt8(ascii: "\"") ? Array("%22".utf8) : [$0] }
  }
  for part in parts {
    bytes += Array("--\(boundary)\r\nContent-Disposition: form-data; name=\"".utf8) + quoted(part.name) + [34]
    if let fileName = part.fileName { bytes += Array("; filename=\"".utf8) + quoted(fileName) + [34] }
    if let mediaType = part.mediaType { bytes += Array("\r\nContent-Type: \(mediaType)".utf8) }
    bytes += Array("\r\n\r\n".utf8) + part.content + Array("\r\n".utf8)
  }
  return bytes + Array("--\(boundary)--\r\n".utf8)
}
