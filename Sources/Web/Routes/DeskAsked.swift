import Domain
import Foundation
import Operations

/// What a request wants to see of the desk, in its query.
struct DeskAsked: Sendable {
  /// How many shops a page has.
  static let pageSize = 50

  let filter: DeskFilter
  let after: DeskPosition?
  /// What the query said of it, for links that change one thing.
  let fields: Fields

  /// Narrowed to what the principal may see, whatever the query says.
  ///
  /// - Parameter given: what a form said; nil: the query is asked.
  init(_ asked: Asked, fields given: Fields? = nil) throws(Problem) {
    let fields = if let given { given } else { try asked.query() }
    self.fields = fields
    let reach = asked.principal.reach
    var filter = DeskFilter(teams: reach.teams, owner: reach.owner, now: asked.now)
    if let team = fields["team"] {
      filter.teams = reach.teams.map { $0.contains(team) ? [team] : [] } ?? [team]
    }
    if let owner = fields["owner"], reach.owner == nil { filter.owner = owner }
    filter.search = fields["q"]
    filter.checklist = fields["checklist"]
    filter.holdingUp = fields["checklist"] == nil ? nil : fields["holding_up"]
    filter.state = try Self.choice("state", fields) ?? .all
    filter.order = try Self.choice("order", fields) ?? .due
    self.filter = filter
    after = try fields["after"].map { text throws(Problem) in
      guard let position = DeskPosition(cursor: text) else {
        throw .invalid(
          "after",
          Wording(en: "isn't a place that a page gave; begin with the first page", zh: "不是有效的翻页位置；请从第一页开始"))
      }
      return position
    }
  }

  static func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ name: String, _ fields: Fields
  ) throws(Problem) -> Choice? {
    guard let text = fields[name] else { return nil }
    if let choice = Choice(rawValue: text) { return choice }
    let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
    throw .invalid(
      name, Wording(en: "'\(text)' isn't one of \(known)", zh: "“\(text)”应为 \(known) 之一"))
  }
}

extension DeskPosition {
  /// A text for addresses and JSON; of no meaning but to be sent back.
  var cursor: String {
    let text = (key.map { "k\($0)" } ?? "n") + "\u{1F}" + shop
    return Data(text.utf8).base64EncodedString()
      .replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_")
      .replacingOccurrences(of: "=", with: "")
  }

  init?(cursor: String) {
    var base64 = cursor.replacingOccurrences(of: "-", with: "+").replacingOccurrences(of: "_", with: "/")
    base64 += String(repeating: "=", count: (4 - base64.count % 4) % 4)
    guard let data = Data(base64Encoded: base64), let text = String(data: data, encoding: .utf8) else {
      return nil
    }
    let parts = text.split(separator: "\u{1F}", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let kind = parts[0].first, kind == "k" || parts[0] == "n" else { return nil }
    self.init(key: kind == "k" ? String(parts[0].dropFirst()) : nil, shop: String(parts[1]))
  }
}
