import CLibYAML

/// libyaml's parser over one text, whose bytes must outlive it.
struct YAMLEvents: ~Copyable {
  private let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
  private let event = UnsafeMutablePointer<yaml_event_t>.allocate(capacity: 1)
  private let text: UnsafeBufferPointer<UInt8>
  private let lines: YAMLLines
  private var holdsEvent = false
  private let ready: Bool

  init(_ text: UnsafeBufferPointer<UInt8>) {
    self.text = text
    lines = YAMLLines(text)
    ready = yaml_parser_initialize(parser) == 1
    guard ready else { return }
    // libyaml refuses a null pointer even for an empty text.
    let start = text.baseAddress ?? UnsafePointer(bitPattern: 1)
    yaml_parser_set_input_string(parser, start, text.count)
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
  }

  deinit {
    if holdsEvent { yaml_event_delete(event) }
    if ready { yaml_parser_delete(parser) }
    event.deallocate()
    parser.deallocate()
  }

  /// The next event, valid until the following call; nil after an error, which `problem` describes.
  mutating func next() -> UnsafeMutablePointer<yaml_event_t>? {
    guard ready else { return nil }
    if holdsEvent { yaml_event_delete(event) }
    holdsEvent = yaml_parser_parse(parser, event) == 1
    return holdsEvent ? event : nil
  }

  /// The error after `next()` returned nil.
  var problem: YAMLProblem {
    guard ready, parser.pointee.error != YAML_MEMORY_ERROR else {
      return YAMLProblem(place: .start, kind: .outOfMemory)
    }
    let failed = parser.pointee
    let context = failed.context.map { String(cString: $0) }
    return YAMLProblem(
      place: place(failed.problem_mark),
      kind: .syntax(
        problem: failed.problem.map { String(cString: $0) } ?? "",
        context: context, contextPlace: context == nil ? nil : place(failed.context_mark)))
  }

  /// A mark's line and column as an editor counts them.
  func place(_ mark: yaml_mark_t) -> YAMLPlace { lines.place(mark) }

  /// Where the quoted or block scalar begins in which libyaml stopped, in Unicode scalars; nil if it stopped
  /// elsewhere.
  var openText: Int? {
    guard ready, parser.pointee.error != YAML_NO_ERROR, let context = parser.pointee.context,
      ["while scanning a quoted scalar", "while scanning a block scalar"].contains(String(cString: context))
    else { return nil }
    return Int(parser.pointee.context_mark.index)
  }

  /// The problem with the encoding or a forbidden character, if that is what stopped the parser.
  var readerProblem: YAMLProblem? {
    guard ready, parser.pointee.error == YAML_READER_ERROR else { return nil }
    var offset = min(parser.pointee.problem_offset, text.count)
    let words = parser.pointee.problem.map { String(cString: $0) } ?? ""
    // libyaml points at the byte that should have continued the character, not at its first byte.
    if words.hasPrefix("invalid trailing") {
      offset = text[max(0, offset - 3)..<offset].lastIndex { $0 & 0xC0 == 0xC0 } ?? offset
    }
    let place = Self.place(after: UnsafeBufferPointer(rebasing: text[..<offset]))
    let kind: YAMLProblem.Kind =
      words.hasPrefix("control characters")
      ? .forbiddenCharacter(UInt32(truncatingIfNeeded: parser.pointee.problem_value)) : .notUTF8
    return YAMLProblem(place: place, kind: kind)
  }

  /// The place just after a text.
  static func place(after text: UnsafeBufferPointer<UInt8>) -> YAMLPlace {
    var line = 1
    var column = 1
    for (offset, byte) in text.enumerated() where byte & 0xC0 != 0x80 {
      switch text.lineBreakLength(at: offset) {
      case 0: column += 1
      default:
        // The `\n` that follows ends the line.
        if byte == 0x0D, offset + 1 < text.count, text[offset + 1] == 0x0A { continue }
        line += 1
        column = 1
      }
    }
    return YAMLPlace(line: line, column: column)
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// The length in bytes of the line break at this offset, as editors see it; 0 if there is none.
  package func lineBreakLength(at offset: Int) -> Int {
    switch self[offset] {
    case 0x0A: 1
    case 0x0D: offset + 1 < count && self[offset + 1] == 0x0A ? 2 : 1
    default: 0
    }
  }
}
