import Domain
import YAMLReading

/// Reads the values of one document and collects findings. A value that can't be read is nil and has been
/// reported.
struct DefinitionDecoder {
  let document: YAMLDocument
  private(set) var drafts: [Draft] = []
  /// The number of suggestions still allowed: a file full of unknown names must not cost a search for each.
  private var searches = 200

  init(_ document: YAMLDocument) {
    self.document = document
    reportUnknownTags()
  }

  mutating func error(_ code: String, at node: Int, en: String, zh: String) {
    report(.error, code, at: node, Wording(en: en, zh: zh))
  }

  mutating func warning(_ code: String, at node: Int, en: String, zh: String) {
    report(.warning, code, at: node, Wording(en: en, zh: zh))
  }

  mutating func error(_ code: String, at node: Int, _ wording: Wording) {
    report(.error, code, at: node, wording)
  }

  private mutating func report(
    _ severity: Finding.Severity, _ code: String, at node: Int, _ wording: Wording
  ) {
    let place = document.place(of: node)
    drafts.append(Draft(place: place, severity: severity, code: code, message: wording))
  }

  /// The known name nearest to an unknown one; nil if none is near.
  mutating func nearest(to text: String, among names: @autoclosure () -> [String]) -> String? {
    guard searches > 0 else { return nil }
    searches -= 1
    return Suggestions.one(to: text, among: names())
  }

  /// Reports a value of the wrong type.
  mutating func wrongType(at node: Int, key: String, wanted: Wording) {
    let found = found(at: node)
    error(
      "wrong-type", at: node,
      en: "'\(key)' must be \(wanted.en), not \(found.en)",
      zh: "“\(key)”必须是\(wanted.zh)，不能是\(found.zh)")
    reportRepeatedKeys(inside: node)
  }

  /// A value's type in words.
  func found(at node: Int) -> Wording {
    switch document.kind(of: node) {
    case .mapping: Wording(en: "a map", zh: "映射")
    case .sequence: Wording(en: "a list", zh: "列表")
    case .scalar, .alias:
      if isNothing(node) {
        Wording(en: "empty", zh: "空的")
      } else {
        Wording(en: "text", zh: "文字")
      }
    }
  }

  /// Whether a key has no value.
  func isNothing(_ node: Int) -> Bool {
    document.kind(of: node) == .scalar && document.style(of: node) == .plain
      && document.withBytes(of: node) { $0.isEmpty }
  }

  /// A scalar's text, made safe for a message.
  func quotable(_ node: Int) -> String {
    document.string(node).quotable
  }

  private mutating func reportUnknownTags() {
    for (node, tag) in document.tags where !Self.isKnown(tag, for: document.kind(of: node)) {
      let short = tag.hasPrefix(Self.yaml) ? "!!" + tag.dropFirst(Self.yaml.count) : tag
      error(
        "unknown-tag", at: node,
        en: "unknown tag '\(short.quotable)'; leave it out: the place of a value says how it is read",
        zh: "未知的标签“\(short.quotable)”；请删掉它，值的含义由它所在的位置决定")
    }
  }

  private static let yaml = "tag:yaml.org,2002:"

  private static func isKnown(_ tag: String, for kind: YAMLDocument.Kind) -> Bool {
    if tag == "!" { return true }
    guard tag.hasPrefix(yaml) else { return false }
    let names =
      switch kind {
      case .mapping: ["map"]
      case .sequence: ["seq"]
      case .scalar, .alias: ["str", "bool", "int", "float", "null", "timestamp", "merge"]
      }
    return names.contains(String(tag.dropFirst(yaml.count)))
  }
}
