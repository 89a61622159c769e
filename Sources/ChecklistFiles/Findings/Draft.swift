import Domain
import YAMLReading

/// A finding of one file, without the quoted line.
struct Draft: Equatable {
  let place: YAMLPlace
  let severity: Finding.Severity
  let code: String
  let message: Wording
}

extension [Draft] {
  var hasErrors: Bool { contains { $0.severity == .error } }

  /// In order of place, without duplicates: an aliased value is checked wherever it is used.
  func findings(file: String, source: [UInt8]) -> [Finding] {
    let drafts = naming(YAMLReader.signs(in: source), in: source)
    guard !drafts.isEmpty else { return [] }
    var seen: Set<String> = []
    let sorted = drafts.enumerated().sorted { ($0.element.place, $0.offset) < ($1.element.place, $1.offset) }
    var quoter = LineQuoter(source)
    var place: YAMLPlace?
    return sorted.compactMap { _, draft in
      if draft.place != place {
        seen.removeAll(keepingCapacity: true)
        place = draft.place
      }
      guard seen.insert(draft.code + draft.message.en).inserted else { return nil }
      return Finding(
        file: file, line: draft.place.line, column: draft.place.column, severity: draft.severity,
        code: draft.code, message: draft.message, excerpt: quoter.excerpt(at: draft.place))
    }
  }
}
