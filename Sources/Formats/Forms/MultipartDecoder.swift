/// Why a multipart form can't be read.
package enum MultipartError: Error, Sendable, Hashable {
  /// Not as RFC 7578 requires, or a name or value isn't UTF-8.
  case malformed
  case tooManyParts(most: Int)
  /// A part's headers are longer than `most` bytes.
  case headTooLong(most: Int)
  case textTooLong(name: String, most: Int)
}

/// Reads `multipart/form-data` (RFC 7578), the encoding of forms with files.
package enum MultipartDecoder {
  /// One field of the form.
  package struct Part: Sendable, Hashable {
    package let name: String
    /// Nil for a field that isn't a file.
    package let fileName: String?
    package let mediaType: String?
    package let content: ArraySlice<UInt8>

    package init(name: String, fileName: String?, mediaType: String?, content: ArraySlice<UInt8>) {
      self.name = name
      self.fileName = fileName
      self.mediaType = mediaType
      self.content = content
    }
  }

  package static let mostParts = 50
  package static let longestHead = 8 << 10
  package static let longestText = 64 << 10
  package static let longestBoundary = 100

  /// The parts in order.
  package static func parts(_ body: [UInt8], boundary: String) throws(MultipartError) -> [Part] {
    let delimiter = Array("--\(boundary)".utf8)
    guard boundary.utf8.count <= longestBoundary, var (_, start) = next(delimiter, in: body, from: 0) else {
      throw .malformed
    }
    var parts: [Part] = []
    while !body[start...].starts(with: dashes) {
      if parts.count == mostParts { throw .tooManyParts(most: mostParts) }
      guard let (end, after) = next(delimiter, in: body, from: start) else { throw .malformed }
      parts.append(try part(body[start..<end]))
      start = after
    }
    return parts
  }

  private static let dashes = Array("--".utf8)
  private static let lineEnd = Array("\r\n".utf8)

  /// The range of the next delimiter. A delimiter starts a line and is followed by a line end or, if it is
  /// the last, by two dashes.
  private static func next(
    _ delimiter: [UInt8], in body: [UInt8], from start: Int
  ) -> (start: Int, end: Int)? {
    var line = start
    if start > 0 {
      guard let first = LineEnds.next(in: body, from: start) else { return nil }
      line = first + 1
    }
    while true {
      let rest = body[line...]
      if rest.starts(with: delimiter) {
        let end = line + delimiter.count
        if body[end...].starts(with: lineEnd) || body[end...].starts(with: dashes) { return (line, end) }
      }
      guard let end = LineEnds.next(in: body, from: line) else { return nil }
      line = end + 1
    }
  }

  /// A part starts with the line end after its delimiter, and ends with the line end that belongs to the next
  /// delimiter.
  private static func part(_ part: ArraySlice<UInt8>) throws(MultipartError) -> Part {
    guard part.count >= 4, part.starts(with: lineEnd), part.suffix(2).elementsEqual(lineEnd) else {
      throw .malformed
    }
    let (head, content) = try headAndContent(part.dropFirst(2))
    let disposition = head["content-disposition"].map(PartParameters.init)
    guard let disposition, let name = disposition["name"] else { throw .malformed }
    let fileName = disposition["filename"]
    if fileName == nil {
      if content.count > longestText { throw .textTooLong(name: name, most: longestText) }
      if String(validating: content, as: UTF8.self) == nil { throw .malformed }
    }
    return Part(name: name, fileName: fileName, mediaType: head["content-type"], content: content)
  }

  /// Header lines by lower-case name; the first of a name wins.
  private static func headAndContent(
    _ part: ArraySlice<UInt8>
  ) throws(MultipartError) -> (head: [String: String], ArraySlice<UInt8>) {
    var head: [String: String] = [:]
    var rest = part
    while true {
      // Don't search beyond the longest head allowed.
      let left = part.startIndex + longestHead + 2 - rest.startIndex
      guard left > 0, let end = rest.prefix(left).firstIndex(of: UInt8(ascii: "\n")) else {
        throw part.count > longestHead + 2 ? .headTooLong(most: longestHead) : .malformed
      }
      let line = rest[rest.startIndex..<end]
      rest = rest[(end + 1)...]
      guard line.last == UInt8(ascii: "\r") else { throw .malformed }
      if line.count == 1 {
        guard rest.count >= 2 else { throw .malformed }
        return (head, rest.dropLast(2))
      }
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")),
        let name = String(validating: line[..<colon], as: UTF8.self)?.asciiLowercased,
        let text = String(
          validating: line[(colon + 1)...].dropLast().drop { $0 == UInt8(ascii: " ") }, as: UTF8.self)
      else { throw .malformed }
      if head[name] == nil { head[name] = text }
    }
  }
}

extension String {
  /// Nil if there are characters outside ASCII.
  fileprivate var asciiLowercased: String? { utf8.allSatisfy { $0 < 0x80 } ? lowercased() : nil }
}

/// A header's parameters: what follows the first semicolon in `form-data; name="note"; filename="图 1.png"`.
private struct PartParameters {
  private var values: [(name: String, value: String)] = []

  init(_ text: String) {
    var rest = Array(text.utf8)[...].drop { $0 != UInt8(ascii: ";") }
    while rest.popFirst() == UInt8(ascii: ";") {
      rest = rest.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
      let name = rest.prefix { $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: ";") }
      rest = rest.dropFirst(name.count)
      guard rest.popFirst() == UInt8(ascii: "=") else { return }
      let isQuoted = rest.first == UInt8(ascii: "\"")
      if isQuoted { rest = rest.dropFirst() }
      let end = isQuoted ? UInt8(ascii: "\"") : UInt8(ascii: ";")
      let value = rest.prefix { $0 != end }
      rest = rest.dropFirst(value.count)
      if isQuoted, rest.popFirst() == nil { return }
      guard let name = String(validating: name, as: UTF8.self)?.asciiLowercased else { return }
      values.append((name, Self.unquoted(value)))
    }
  }

  subscript(_ name: String) -> String? { values.first { $0.name == name }?.value }

  /// Browsers send `"` in a name as `%22`.
  private static func unquoted(_ text: ArraySlice<UInt8>) -> String {
    var bytes: [UInt8] = []
    var rest = text
    let quote = Array("%22".utf8)
    while let byte = rest.first {
      let isQuote = byte == quote[0] && rest.starts(with: quote)
      bytes.append(isQuote ? UInt8(ascii: "\"") : byte)
      rest = rest.dropFirst(isQuote ? 3 : 1)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
