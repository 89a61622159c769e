import Domain
import YAMLReading

extension DefinitionDecoder {
  /// Reports keys missing from a map's table, and repetitions among them.
  mutating func reportUnknown(_ keys: [Int], _ table: KeyTable) {
    guard !keys.isEmpty else { return }
    var seen: [String: Int] = [:]
    for key in keys {
      guard document.kind(of: key) == .scalar else {
        notText(key)
        continue
      }
      let name = document.string(key)
      if let first = seen[name] {
        repeated(key, after: document.place(of: first).line)
      } else {
        seen[name] = key
        unknown(key, name, table)
      }
    }
  }

  private mutating func unknown(_ key: Int, _ name: String, _ table: KeyTable) {
    if let near = nearest(to: name, among: table.names) {
      error(
        "unknown-key", at: key,
        en: "unknown key '\(name.quotable)'; did you mean '\(near)'?",
        zh: "未知的键“\(name.quotable)”；是不是想写“\(near)”？")
    } else {
      error(
        "unknown-key", at: key,
        en: "unknown key '\(name.quotable)'; known here are \(table.names.joined(separator: ", "))",
        zh: "未知的键“\(name.quotable)”；这里可以写的键有 \(table.names.joined(separator: "、"))")
    }
  }

  mutating func notText(_ key: Int) {
    error(
      "bad-key", at: key,
      en: "a key must be text, not \(found(at: key).en)",
      zh: "键必须是文字，不能是\(found(at: key).zh)")
    reportRepeatedKeys(inside: key)
  }

  /// Reports repeated keys in a value that isn't read otherwise. Aliases aren't followed, since their targets
  /// are checked where they stand.
  mutating func reportRepeatedKeys(inside node: Int) {
    switch document.kindAsWritten(of: node) {
    case .scalar, .alias: return
    case .sequence:
      for element in document.children(of: node) { reportRepeatedKeys(inside: element) }
    case .mapping:
      var seen: [String: Int] = [:]
      var children = document.children(of: node)
      while let key = children.next(), let value = children.next() {
        reportRepeatedKeys(inside: value)
        guard document.kind(of: key) == .scalar else {
          reportRepeatedKeys(inside: key)
          continue
        }
        let name = document.string(key)
        if let first = seen[name] {
          repeated(key, after: document.place(of: first).line)
        } else {
          seen[name] = key
        }
      }
    }
  }
}
