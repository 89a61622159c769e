import CLibYAML

/// Reads YAML through libyaml's events.
package enum YAMLReader {
  /// Reads a text that should hold one document. The limits keep hostile input from crashing it or taking
  /// long.
  package static func read(_ bytes: [UInt8], limits: YAMLLimits = YAMLLimits()) -> YAMLReading {
    if let problem = problemAtFirstSight(bytes, limits: limits) {
      return YAMLReading(document: nil, problem: problem)
    }
    let mark = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    return bytes.withUnsafeBufferPointer { buffer in
      let text = UnsafeBufferPointer(rebasing: buffer[mark...])
      var events = YAMLEvents(text)
      var arena = YAMLArena(limits: limits, capacity: text.count)
      var reading = arena.build(from: &events)
      if reading.document == nil, case .syntax? = reading.problem?.kind, let found = events.readerProblem {
        reading = YAMLReading(document: nil, problem: found)
      }
      return reading
    }
  }

  static func problemAtFirstSight(_ bytes: [UInt8], limits: YAMLLimits) -> YAMLProblem? {
    if bytes.count > limits.bytes { return YAMLProblem(place: .start, kind: .tooLarge) }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
      || bytes.prefix(2).contains(0)
    {
      return YAMLProblem(place: .start, kind: .utf16)
    }
    return tooManyTagDirectives(bytes, limit: limits.tagDirectives)
  }

  private static func tooManyTagDirectives(_ bytes: [UInt8], limit: Int) -> YAMLProblem? {
    bytes.withUnsafeBufferPointer { text in
      guard let start = text.baseAddress else { return nil }
      var position = 0
      var found = 0
      while let hit = memchr(start + position, 0x25, text.count - position) {
        let offset = UnsafeRawPointer(hit) - UnsafeRawPointer(start)
        position = offset + 1
        let beginsLine = offset == 0 || text[offset - 1] == 0x0A || text[offset - 1] == 0x0D
        guard beginsLine, text[position...].starts(with: "TAG".utf8) else { continue }
        found += 1
        if found > limit {
          let before = UnsafeBufferPointer(rebasing: text[..<offset])
          return YAMLProblem(place: YAMLEvents.place(after: before), kind: .tooManyDirectives)
        }
      }
      return nil
    }
  }
}
