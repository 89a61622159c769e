import Domain
import YAMLReading

extension [Draft] {
  /// If the file has errors, adds a finding for each look-alike of YAML's syntax: those cause most syntax
  /// errors, but libyaml blames what follows them.
  func naming(_ signs: @autoclosure () -> [YAMLSign], in source: [UInt8]) -> [Draft] {
    let isWrong = hasErrors
    guard isWrong || source.hasHiddenLineEnds else { return self }
    let broken = first { $0.code == "yaml" }?.place
    var named: [Draft] = []
    var kept = self
    for sign in signs().prefix(100) where isWrong || sign.kind == .lineEnd {
      let isCause =
        broken.map { !sign.isInText && sign.place <= $0 && $0.line - sign.place.line <= 3 } ?? false
      if isCause { kept.removeAll { $0.code == "yaml" } }
      kept.removeAll { $0.code == "unknown-key" && $0.place == sign.place }
      let isError = isCause || sign.kind != .lineEnd
      named.append(
        Draft(
          place: sign.place, severity: isError ? .error : .warning, code: "look-alike", message: sign.wording)
      )
    }
    return kept + named
  }
}

extension YAMLSign {
  fileprivate var wording: Wording {
    let name = scalar.codePoint
    switch kind {
    case .lineEnd:
      return Wording(
        en:
          "here stands the character \(name), which editors don't show and YAML takes for the end of a line; take it out",
        zh: "这里有字符 \(name)，编辑器里看不见，YAML 却把它当作换行；请删掉")
    case .space:
      return Wording(
        en:
          "here stands the character \(name), which looks like a space and is none for YAML; write plain spaces",
        zh: "这里有字符 \(name)，看起来像空格，YAML 却不当作空格；请改用普通空格")
    case .colon:
      return Wording(
        en: "here stands the full-width colon '：' (\(name)); write a plain one and a space, ': '",
        zh: "这里是全角冒号“：”（\(name)）；请改成半角冒号加空格“: ”")
    case .dash:
      return Wording(
        en: "here stands the full-width '－' (\(name)); write a plain one and a space, '- '",
        zh: "这里是全角的“－”（\(name)）；请改成半角加空格“- ”")
    }
  }
}

extension [UInt8] {
  /// Whether the text contains a U+0085, U+2028 or U+2029.
  fileprivate var hasHiddenLineEnds: Bool { withUnsafeBufferPointer { $0.hasOtherBreaks } }
}
