import Domain
import Operations

/// What a request narrows its list to, by names that have to be found first.
package struct FilterParameters: Sendable {
  private let names: FilterNames
  private let reach: ShopScope
  private let definitions: Definitions
  private let isLenient: Bool

  /// - Parameter keys: what the list can be narrowed by; the query's fields have the same names.
  /// - Parameter leniently: as pages, which show that there is none; programs are refused what nobody has.
  package init(
    _ request: WebRequest, by keys: [FilterKey], _ fields: FormFields, in services: WebServices,
    leniently: Bool = false
  ) {
    var names = FilterNames(onlyCritical: fields.flag("critical"))
    // A form leaves fields empty; a program that says an empty name has lost it.
    for key in keys { names[key] = leniently ? fields[key.rawValue] : fields.all(key.rawValue).first }
    self.names = names
    reach = ShopScope(request.principal)
    definitions = services.dependencies.definitions().definitions
    isLenient = leniently
  }

  /// Throws a problem that names the nearest of what the principal may see; leniently it doesn't.
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
  /// What lists of items can be narrowed by.
  package static let itemFilters: [APIOperation.Field] = [
    .init("team", .text(most: 100), "Only this team's shops"),
    .init("platform", .text(most: 100), "Only this platform's shops"),
    .init("tag", .text(most: 100), "Only shops with this tag"),
    .init("item", .text(most: 200), "Only this item: its id, or checklist/id"),
    .init("critical", .flag, "Only items that a lead alone may skip"),
  ]
}

extension ShopScope {
  /// The shops that somebody sees.
  package init(_ principal: Principal) {
    let reach = principal.reach
    self.init(teams: reach.teams, owner: reach.owner)
  }
}
