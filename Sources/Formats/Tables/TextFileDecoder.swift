import Glibc

/// Why bytes can't be decoded as text.
package enum TextFileError: Error, Sendable, Hashable {
  /// No supported encoding fits. `line`, from 1, is where UTF-8 breaks off.
  case unknownEncoding(line: Int)
  /// The bytes may be GB18030, but the C library's conversion module isn't installed.
  case conversionMissing
}

/// Converts what spreadsheets and editors save to UTF-8: UTF-8 with or without a byte-order mark, UTF-16 with
/// one, and GB18030 with its older subsets GB2312 and GBK.
package enum TextFileDecoder {
  /// The text without a byte-order mark. At most half as long again as `bytes`.
  package static func utf8(_ bytes: [UInt8]) throws(TextFileError) -> ArraySlice<UInt8> {
    if bytes.starts(with: [0xFF, 0xFE]) { return try fromUTF16(bytes) { UInt16($0) | UInt16($1) << 8 } }
    if bytes.starts(with: [0xFE, 0xFF]) { return try fromUTF16(bytes) { UInt16($0) << 8 | UInt16($1) } }
    let isMarked = bytes.starts(with: [0xEF, 0xBB, 0xBF])
    let text = isMarked ? bytes[3...] : bytes[...]
    guard let invalid = firstInvalid(in: text) else { return text }
    if !isMarked, !isMostlyUTF8(text, around: text.startIndex + invalid),
      let converted = try fromGB18030(bytes)
    {
      return converted[...]
    }
    throw .unknownEncoding(line: lines(before: text.startIndex + invalid, in: text))
  }

  private static func fromUTF16(
    _ bytes: [UInt8], _ unit: (UInt8, UInt8) -> UInt16
  ) throws(TextFileError) -> ArraySlice<UInt8> {
    let units = stride(from: 2, to: bytes.count - 1, by: 2).map { unit(bytes[$0], bytes[$0 + 1]) }
    if bytes.count.isMultiple(of: 2), let text = String(validating: units, as: UTF16.self) {
      return Array(text.utf8)[...]
    }
    let valid = String(decoding: units, as: UTF16.self).unicodeScalars.prefix { $0 != "\u{FFFD}" }
    let text = Array(String(valid).utf8)
    throw .unknownEncoding(line: lines(before: text.count, in: text[...]))
  }

  private static func firstInvalid(in text: ArraySlice<UInt8>) -> Int? {
    do {
      _ = try UTF8Span(validating: text.span)
      return nil
    } catch { return error.byteOffsets.lowerBound }
  }

  /// Whether the surroundings of the first invalid byte are mostly UTF-8, as after a truncation or a careless
  /// edit. Such a file might even pass as GB18030, with every word garbled; real GB18030 contains almost no
  /// valid UTF-8.
  private static func isMostlyUTF8(_ text: ArraySlice<UInt8>, around place: Int) -> Bool {
    let reach = 32 << 10
    let near = text[max(text.startIndex, place - reach)..<min(text.endIndex, place + reach)]
    var good = 0
    var bad = 0
    for scalar in String(decoding: near, as: UTF8.self).unicodeScalars {
      if scalar == "\u{FFFD}" { bad += 1 } else if scalar.value >= 0x800 { good += 1 }
    }
    return good > bad
  }

  /// Nil if the bytes aren't GB18030. Throws `conversionMissing` if the C library lacks its conversion
  /// module, which is a file of its own.
  private static func fromGB18030(_ bytes: [UInt8]) throws(TextFileError) -> [UInt8]? {
    let conversion = iconv_open("UTF-8", "GB18030")
    guard let conversion, conversion != iconv_t(bitPattern: -1) else { throw .conversionMissing }
    defer { iconv_close(conversion) }
    var input = bytes
    var isWhole = false
    let converted = [UInt8](unsafeUninitializedCapacity: bytes.count * 3 / 2 + 16) { output, count in
      input.withUnsafeMutableBytes { input in
        var from = input.baseAddress?.assumingMemoryBound(to: CChar.self)
        var left = input.count
        var to = output.baseAddress.map { UnsafeMutableRawPointer($0).assumingMemoryBound(to: CChar.self) }
        var room = output.count
        let result = iconv(conversion, &from, &left, &to, &room)
        isWhole = result != -1 && left == 0
        count = output.count - room
      }
    }
    return isWhole ? converted : nil
  }

  /// The line number, from 1, of an offset.
  private static func lines(before end: Int, in text: ArraySlice<UInt8>) -> Int {
    var line = 1
    for offset in text.startIndex..<end {
      let endsLine =
        text[offset] == 0x0A
        || text[offset] == 0x0D && !(offset + 1 < text.endIndex && text[offset + 1] == 0x0A)
      if endsLine { line += 1 }
    }
    return line
  }
}
