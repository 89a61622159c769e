import Domain
import YAMLReading

extension DefinitionDecoder {
  /// How many lines a text may have.
  enum Lines {
    case one
    case many
  }

  /// A string, or a map from language tags to strings.
  mutating func text(_ node: Int, key: String, _ lines: Lines) -> LocalizedText? {
    switch document.kind(of: node) {
    case .scalar, .alias:
      return string(node, key: key, lines).map { LocalizedText($0) }
    case .mapping:
      return translations(node, key: key, lines)
    case .sequence:
      wrongType(
        at: node, key: key,
        wanted: Wording(en: "text, or a map such as {zh: …, en: …}", zh: "文字，或 {zh: …, en: …} 这样的映射"))
      return nil
    }
  }

  private mutating func translations(_ node: Int, key: String, _ lines: Lines) -> LocalizedText? {
    var entries: [LocalizedText.Entry] = []
    var broken = false
    for (languageNode, value) in pairs(of: node) {
      let language = document.string(languageNode)
      if language != "zh", language != "en", !isLanguageTag(language) {
        broken = true
        error(
          "bad-language", at: languageNode,
          en: "'\(language.quotable)' is not a language tag; write one such as zh, en or zh-Hant",
          zh: "“\(language.quotable)”不是语言标签；请写 zh、en 或 zh-Hant 这样的标签")
      }
      guard let text = string(value, key: key, language: language, lines) else {
        broken = true
        continue
      }
      entries.append(LocalizedText.Entry(language: language, text: text))
    }
    if entries.isEmpty, !broken {
      error(
        "empty-text", at: node,
        en: "'\(key)' has no text in any language; write it, such as {zh: …, en: …}",
        zh: "“\(key)”没有任何语言的文字；请写上，例如 {zh: …, en: …}")
    }
    return broken ? nil : LocalizedText(entries: entries)
  }

  /// One text. The line break at its end isn't part of it.
  mutating func string(
    _ node: Int, key: String, language: String? = nil, _ lines: Lines = .one
  ) -> String? {
    guard document.kind(of: node) == .scalar else {
      wrongType(at: node, key: name(key, language), wanted: Wording(en: "text", zh: "文字"))
      return nil
    }
    let style = document.style(of: node)
    let (text, problem) = document.withBytes(of: node) { bytes -> (String, TextProblem?) in
      var end = bytes.count
      if style != .plain { while end > 0, bytes[end - 1] == 0x0A { end -= 1 } }
      let kept = UnsafeBufferPointer(rebasing: bytes[..<end])
      return (
        String(decoding: kept, as: UTF8.self), TextProblem(kept, style: style, oneLine: lines == .one)
      )
    }
    guard let problem else { return text }
    error(problem.code, at: node, problem.wording(name(key, language)))
    return nil
  }

  /// Such as `title.zh`.
  private func name(_ key: String, _ language: String?) -> String {
    language.map { "\(key).\($0.quotable)" } ?? key
  }

  private func isLanguageTag(_ text: String) -> Bool {
    let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    guard text.utf8.count <= 35, let first = parts.first, 2...8 ~= first.count else { return false }
    return first.allSatisfy { UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 | 0x20 }
      && parts.dropFirst().allSatisfy { part in
        1...8 ~= part.count
          && part.allSatisfy {
            UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 | 0x20 || UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0
          }
      }
  }
}

/// Why bytes can't be a text of a checklist.
private enum TextProblem {
  case empty
  case controlCharacter(UInt32)
  case severalLines

  var code: String {
    switch self {
    case .empty: "empty-text"
    case .controlCharacter: "control-character"
    case .severalLines: "several-lines"
    }
  }

  init?(_ text: UnsafeBufferPointer<UInt8>, style: YAMLDocument.Style, oneLine: Bool) {
    // Only an escape can produce a control character; libyaml refuses literal ones.
    if style == .doubleQuoted, let found = Self.controlCharacter(in: text) {
      self = .controlCharacter(found)
    } else if Self.isBlank(text) {
      self = .empty
    } else if oneLine, text.contains(0x0A) {
      self = .severalLines
    } else {
      return nil
    }
  }

  private static func isBlank(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    for byte in text where byte != 0x20 && byte != 0x09 && byte != 0x0A {
      return byte >= 0x80 && String(decoding: text, as: UTF8.self).showsNothing
    }
    return true
  }

  private static func controlCharacter(in text: UnsafeBufferPointer<UInt8>) -> UInt32? {
    for (offset, byte) in text.enumerated() {
      if byte < 0x20, byte != 0x09, byte != 0x0A { return UInt32(byte) }
      if byte == 0x7F { return 0x7F }
      if byte == 0xC2, offset + 1 < text.count, text[offset + 1] < 0xA0 { return UInt32(text[offset + 1]) }
    }
    return nil
  }

  func wording(_ key: String) -> Wording {
    switch self {
    case .empty:
      return Wording(
        en: "'\(key)' is empty; write a text, or leave the key out where it is optional",
        zh: "“\(key)”是空的；请写上文字，如果不是必填，也可以去掉这个键")
    case .controlCharacter(let value):
      let name = Unicode.Scalar(value)?.codePoint ?? ""
      return Wording(
        en: "'\(key)' contains the control character \(name); take it out",
        zh: "“\(key)”里有控制字符 \(name)；请删掉它")
    case .severalLines:
      return Wording(
        en: "'\(key)' must stand on one line; put the rest elsewhere",
        zh: "“\(key)”只能写一行；其余内容请写到别处")
    }
  }
}
