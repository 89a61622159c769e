import Domain
import YAMLReading

extension DefinitionDecoder {
  /// The milestone at which a checklist's runs are closed.
  mutating func closes(_ node: Int) -> Milestone? {
    enum Closing: String, CaseIterable {
      case unbound
      case rebound
    }
    guard let text = string(node, key: "closes") else { return nil }
    // A valid milestone, though too early for any checklist, which `checkClosing` reports.
    if text == Milestone.planned.rawValue { return .planned }
    let closing: Closing? = word(
      node, key: "closes", code: "unknown-milestone", kind: Wording(en: "milestone", zh: "时点"))
    return closing.flatMap { Milestone(rawValue: $0.rawValue) }
  }

  /// Reports a checklist that is closed before it can begin, at whichever of the two values comes later in
  /// the file.
  ///
  /// - Parameter base: supplies what the file leaves out.
  mutating func checkClosing(of parts: ChecklistParts, extending base: Checklist? = nil) {
    // Unreadable values have been reported.
    if parts.begins == nil && parts.beginsNode != nil || parts.closes == nil && parts.closesNode != nil {
      return
    }
    let begins = parts.begins ?? base?.begins ?? .rebound
    guard let closes = parts.closes ?? base?.closes, closes <= begins else { return }
    let nodes = [parts.beginsNode, parts.closesNode].compactMap { $0 }
    guard let node = nodes.max(by: { document.place(of: $0) < document.place(of: $1) }) else { return }
    error(
      "closes-before-it-begins", at: node,
      en: "its runs are closed at '\(closes.rawValue)', which doesn't come after '\(begins.rawValue)', "
        + "where they begin; \(Self.closingHint(begins).en)",
      zh: "清单在“\(closes.rawValue)”关闭，而它从“\(begins.rawValue)”才开始；\(Self.closingHint(begins).zh)")
  }

  private static func closingHint(_ begins: Milestone) -> Wording {
    let later = Milestone.closing.filter { $0 > begins }.map(\.rawValue)
    if later.isEmpty {
      return Wording(
        en: "leave 'closes' out, or let them begin earlier", zh: "请去掉“closes”，或者让清单早一些开始")
    }
    return Wording(
      en: "write \(later.joined(separator: " or "))", zh: "请写 \(later.joined(separator: " 或 "))")
  }
}
