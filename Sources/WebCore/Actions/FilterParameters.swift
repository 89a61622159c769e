import Domain
import Operations

/// The filters in a request for a list, whose names have yet to be resolved.
package struct FilterParameters: Sendable {
  private let names: FilterNames
  private let reach: ShopScope
  private let definitions: Definitions
  private let isLenient: Bool

  /// - Parameter keys: the filters that the list supports, named as in the query.
  /// - Parameter leniently: for pages, which show an unknown name; the API refuses it.
  package init(
    _ request: WebRequest, by keys: [FilterKey], _ fields: FormFields, in services: WebServices,
    leniently: Bool = false
  ) {
    var names = FilterNames(onlyCritical: fields.flag("critical"))
    // Forms send empty fields; a program that sends an empty name has lost it.
    for key in keys { names[key] = leniently ? fields[key.rawValue] : fields.all(key.rawValue).first }
    self.names = names
    reach = ShopScope(request.principal)
    definitions = services.dependencies.definitions().definitions
    isLenient = leniently
  }

  /// Throws a problem that suggests names the principal may see, unless lenient.
  package func callAsFunction(in reading: any StoreReading) throws -> ResolvedFilter {
    let definitions = definitions
    let find = FilterLookup { definitions }
    if isLenient { return try find.leniently(names, within: reach, in: reading) }
    do { return try find(names, within: reach, in: reading) } catch let refusal as Refusal {
      switch refusal {
      case .unknownName(let key, _, _), .emptyFilter(let key): throw Problem(refusal, in: key.rawValue)
      default: throw refusal
      }
    }
  }
}

extension APIOperation.Field {
  /// The filters of lists of items.
  package static let itemFilters: [APIOperation.Field] = [
    .init("team", .text(most: 100), "Only this team's shops"),
    .init("platform", .text(most: 100), "Only this platform's shops"),
    .init("tag", .text(most: 100), "Only shops with this tag"),
    .init("item", .text(most: 200), "Only this item: its id, or checklist/id"),
    .init("critical", .flag, "Only items that a lead alone may skip"),
  ]
}

extension ShopScope {
  /// The shops that a principal may see.
  package init(_ principal: Principal) {
    let reach = principal.reach
    self.init(teams: reach.teams, owner: reach.owner)
  }
}
