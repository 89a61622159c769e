import CLibYAML

/// A character that looks like a part of YAML's syntax, or is invisible, and doesn't mean what it seems to.
package struct YAMLSign: Sendable, Hashable {
  /// What an author takes it for.
  package enum Kind: Sendable, Hashable {
    /// Ends a line for YAML, but not for editors.
    case lineEnd
    /// Looks like white space, but is a letter for YAML.
    case space
    /// The colon after a key.
    case colon
    /// The `-` before an element.
    case dash
  }

  package let place: YAMLPlace
  package let scalar: Unicode.Scalar
  package let kind: Kind
  /// Whether it stands in a quoted or block scalar, where it may be intended.
  package let isInText: Bool
}

extension YAMLReader {
  /// Look-alikes where YAML expects its own syntax: the first in each line that looks like a key or an
  /// element, and every line end that editors don't show. The caller decides which of them matter, given the
  /// other problems.
  package static func signs(in bytes: [UInt8], limits: YAMLLimits = YAMLLimits()) -> [YAMLSign] {
    guard bytes.count <= limits.bytes, problemAtFirstSight(bytes, limits: limits) == nil,
      let string = String(validating: bytes, as: UTF8.self)
    else { return [] }
    var scalars = Array(string.unicodeScalars)
    if scalars.first == "\u{FEFF}" { scalars.removeFirst() }
    let text = String(String.UnicodeScalarView(scalars))
    return SignSearch(scalars: scalars, texts: texts(in: text, limits)).signs
  }

  /// The ranges of quoted and block scalars, in Unicode scalars and in order.
  private static func texts(in string: String, _ limits: YAMLLimits) -> [Range<Int>] {
    Array(string.utf8).withUnsafeBufferPointer { text in
      var events = YAMLEvents(text)
      var texts: [Range<Int>] = []
      var depth = 0
      while let event = events.next(), event.pointee.type != YAML_STREAM_END_EVENT {
        // Deeper nesting is refused anyway, and costs libyaml time quadratic in the depth.
        switch event.pointee.type {
        case YAML_SEQUENCE_START_EVENT, YAML_MAPPING_START_EVENT: depth += 1
        case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: depth -= 1
        default: break
        }
        if depth > limits.nesting { break }
        guard event.pointee.type == YAML_SCALAR_EVENT,
          event.pointee.data.scalar.style != YAML_PLAIN_SCALAR_STYLE
        else { continue }
        let start = Int(event.pointee.start_mark.index)
        texts.append(start..<max(start, Int(event.pointee.end_mark.index)))
      }
      if let open = events.openText { texts.append(open..<max(open, text.count)) }
      return texts
    }
  }
}

/// Goes through a text line by line.
private struct SignSearch {
  let scalars: [Unicode.Scalar]
  let texts: [Range<Int>]

  var signs: [YAMLSign] {
    var signs: [YAMLSign] = []
    var line = 1
    var start = 0
    var text = 0
    func isInText(_ index: Int) -> Bool {
      while text < texts.count, texts[text].upperBound <= index { text += 1 }
      return text < texts.count && texts[text].lowerBound < index
    }
    while start < scalars.count {
      let end = scalars[start...].firstIndex { $0 == "\n" || $0 == "\r" } ?? scalars.count
      let structure = isInText(start) ? nil : structuralSign(start..<end)
      if let (index, kind) = structure { signs.append(sign(at: index, kind, line: line, from: start, false)) }
      for index in start..<end where scalars[index].endsLineForYAML {
        signs.append(sign(at: index, .lineEnd, line: line, from: start, isInText(index)))
      }
      start = end + 1
      if end + 1 < scalars.count, scalars[end] == "\r", scalars[end + 1] == "\n" { start += 1 }
      line += 1
    }
    return signs
  }

  private func sign(
    at index: Int, _ kind: YAMLSign.Kind, line: Int, from start: Int, _ isInText: Bool
  ) -> YAMLSign {
    YAMLSign(
      place: YAMLPlace(line: line, column: index - start + 1), scalar: scalars[index], kind: kind,
      isInText: isInText)
  }

  /// The first misplaced look-alike in a line such as `- key: …`.
  private func structuralSign(_ line: Range<Int>) -> (index: Int, kind: YAMLSign.Kind)? {
    var position = line.lowerBound
    var found: (index: Int, kind: YAMLSign.Kind)?
    func next() -> Unicode.Scalar? { position < line.upperBound ? scalars[position] : nil }
    func skipSpaces() -> Int {
      let from = position
      while let scalar = next(), scalar == " " || scalar.isOddSpace {
        if scalar.isOddSpace { found = found ?? (position, .space) }
        position += 1
      }
      return position - from
    }
    _ = skipSpaces()
    var isElement = false
    while let scalar = next(), scalar == "-" || scalar == "－" {
      let dash = position
      position += 1
      if skipSpaces() == 0 { return nil }
      if scalar == "－", found.map({ $0.index > dash }) ?? true { found = (dash, .dash) }
      isElement = isElement || scalar == "-"
    }
    let word = position
    while let scalar = next(), scalar.isOfKey { position += 1 }
    let before = found
    guard position > word else { return isElement ? before : nil }
    _ = skipSpaces()
    // White space before a colon isn't a mistake of its own.
    found = before
    switch next() {
    case "：": return before ?? (position, .colon)
    case ":":
      position += 1
      if let scalar = next(), scalar.isOddSpace { return before ?? (position, .space) }
      let isKey = next() == nil || next() == " "
      return isKey || isElement ? before : nil
    default: return isElement ? before : nil
    }
  }
}

extension Unicode.Scalar {
  fileprivate var endsLineForYAML: Bool { value == 0x85 || value == 0x2028 || value == 0x2029 }

  /// White space or an invisible format character that YAML doesn't treat as white space.
  fileprivate var isOddSpace: Bool {
    if value < 0x85 || self == "\u{85}" || value == 0x2028 || value == 0x2029 { return false }
    return properties.isWhitespace || properties.generalCategory == .format
  }

  /// Characters that keys of format 1 consist of.
  fileprivate var isOfKey: Bool {
    switch self {
    case "a"..."z", "A"..."Z", "0"..."9", "-", "_": true
    default: false
    }
  }
}
