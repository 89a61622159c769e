import Domain
import YAMLReading

extension DefinitionDecoder {
  /// The elements of a list; nil, with a report, if it isn't one, or if it is empty where that means nothing.
  mutating func elements(
    _ node: Int, key: String, of wanted: Wording, mayBeEmpty: Bool = true
  ) -> YAMLChildren? {
    guard document.kind(of: node) == .sequence else {
      wrongType(
        at: node, key: key,
        wanted: Wording(en: "a list of \(wanted.en), such as […]", zh: "\(wanted.zh)的列表，例如 […]"))
      return nil
    }
    guard mayBeEmpty || document.childCount(of: node) > 0 else {
      error(
        "empty-list", at: node,
        en: "the list '\(key)' is empty; fill it, or leave the key out",
        zh: "列表“\(key)”是空的；请填上内容，或者去掉这个键")
      return nil
    }
    return document.children(of: node)
  }

  /// The id of a checklist or an item.
  mutating func identifier<ID: DefinitionIdentifier>(_ node: Int, key: String) -> ID? {
    guard document.kind(of: node) == .scalar else {
      wrongType(at: node, key: key, wanted: Wording(en: "an id", zh: "一个 id"))
      return nil
    }
    let text = document.string(node)
    if document.withBytes(of: node, isDefinitionIdentifier) { return ID(trusted: text) }
    let near = Self.slug(text).flatMap { ID($0) }?.rawValue
    error(
      "bad-id", at: node,
      en: "'\(text.quotable)' is not an id: it has lower-case letters, digits and '-', at most 64, "
        + "and doesn't begin with '-'"
        + (near.map { "; did you mean '\($0)'?" } ?? ""),
      zh: "“\(text.quotable)”不是合格的 id：只能用小写字母、数字和“-”，最多 64 个，不能以“-”开头"
        + (near.map { "；是不是想写“\($0)”？" } ?? ""))
    return nil
  }

  /// An id made from a text; nil if no character is usable.
  private static func slug(_ text: String) -> String? {
    let bytes = text.lowercased().utf8.prefix(64).map { byte -> UInt8 in
      switch byte {
      case UInt8(ascii: "_"), UInt8(ascii: " "), UInt8(ascii: "."): UInt8(ascii: "-")
      default: byte
      }
    }
    let slug = String(decoding: bytes.drop { $0 == UInt8(ascii: "-") }, as: UTF8.self)
    return slug.isEmpty ? nil : slug
  }

  mutating func boolean(_ node: Int, key: String) -> Bool? {
    if document.kind(of: node) == .scalar, document.style(of: node) == .plain {
      switch document.string(node) {
      case "true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON": return true
      case "false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF": return false
      default: break
      }
    }
    let found = document.kind(of: node) == .scalar && !isNothing(node) ? quotable(node) : nil
    error(
      "wrong-type", at: node,
      en: "'\(key)' must be true or false, not \(found.map { "'\($0)'" } ?? self.found(at: node).en)",
      zh: "“\(key)”只能是 true 或 false，不能是\(found.map { "“\($0)”" } ?? self.found(at: node).zh)")
    reportRepeatedKeys(inside: node)
    return nil
  }

  mutating func duration(_ node: Int, key: String) -> CalendarDuration? {
    guard document.kind(of: node) == .scalar else {
      wrongType(at: node, key: key, wanted: Wording(en: "a duration, such as 2h", zh: "时长，例如 2h"))
      return nil
    }
    switch document.withBytes(of: node, { CalendarDuration.parse($0) }) {
    case .success(let parsed): return parsed
    case .failure(let problem):
      error("bad-duration", at: node, problem.wording)
      return nil
    }
  }

  /// Durations counted from the due time, in the direction that their key implies.
  mutating func durations(_ node: Int, key: String) -> [CalendarDuration]? {
    guard let elements = elements(node, key: key, of: Wording(en: "durations", zh: "时长")) else { return nil }
    return elements.reduce(into: [] as [CalendarDuration]?) { durations, element in
      guard let parsed = duration(element, key: key) else {
        durations = nil
        return
      }
      guard !parsed.before else {
        durations = nil
        error(
          "bad-duration", at: element,
          en: "'before' can't stand here: '\(key)' says itself in which direction it counts",
          zh: "这里不能写“before”：“\(key)”本身已经说明往哪个方向算")
        return
      }
      durations?.append(parsed)
    }
  }

  /// One of a fixed set of words. `kind` names what they denote, for messages.
  mutating func word<Word: RawRepresentable<String> & CaseIterable>(
    _ node: Int, key: String, code: String, kind: Wording
  ) -> Word? {
    guard let text = string(node, key: key) else { return nil }
    if let word = Word(rawValue: text) { return word }
    let words = Word.allCases.map(\.rawValue)
    let near = nearest(to: text, among: words)
    error(
      code, at: node,
      en: "unknown \(kind.en) '\(text.quotable)'; "
        + (near.map { "did you mean '\($0)'?" } ?? "known are \(words.joined(separator: ", "))"),
      zh: "未知的\(kind.zh)“\(text.quotable)”；"
        + (near.map { "是不是想写“\($0)”？" } ?? "可以写 \(words.joined(separator: "、"))"))
    return nil
  }
}
