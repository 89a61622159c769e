import Domain
import Operations

/// What a request's query asks of the desk.
package struct ShopListParameters: Sendable {
  /// Shops per page.
  package static let pageSize = 50

  package let filter: DeskFilter
  package let after: DeskPosition?
  /// The query's fields, for links that change one of them.
  package let fields: FormFields

  /// Restricted to what the principal may see, whatever the query says.
  ///
  /// - Parameter given: a form's fields; nil: the query's.
  package init(_ request: WebRequest, fields given: FormFields? = nil, in services: WebServices) async throws
  {
    var fields = if let given { given } else { try request.query() }
    let reach = request.principal.reach
    var filter = DeskFilter(teams: reach.teams, owner: reach.owner, now: request.now)
    if fields["team"] != nil {
      let narrowing = FilterParameters(request, by: [.team], fields, in: services, leniently: true)
      let found = try await services.store.read { try narrowing(in: $0) }
      filter.teams = found.shops.teams
      if let team = found.names[.team] { fields.set("team", [team]) }
    }
    self.fields = fields
    if let owner = fields["owner"], reach.owner == nil { filter.owner = owner }
    filter.search = fields["q"]
    filter.checklist = fields["checklist"]
    filter.holdingUp = fields["checklist"] == nil ? nil : fields["holding_up"]
    filter.state = try Self.choice("state", fields) ?? .all
    filter.order = try Self.choice("order", fields) ?? .due
    self.filter = filter
    let order = filter.order
    after = try fields["after"].map { text throws(Problem) in try DeskPosition(cursor: text, of: order) }
  }

  package static func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ name: String, _ fields: FormFields
  ) throws(Problem) -> Choice? {
    guard let text = fields[name] else { return nil }
    if let choice = Choice(rawValue: text) { return choice }
    let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
    throw .invalid(
      name, Wording(en: "'\(text)' isn't one of \(known)", zh: "“\(text)”应为 \(known) 之一"))
  }
}
