import WebCore

/// The API's operations, and the document that describes them.
package enum APIRoutes {
  package static func operations(_ services: WebServices, _ signIn: SignIn) -> [Route] {
    let groups = [
      ItemsAPI(services: services).routes, ShopsAPI(services: services).routes,
      HistoryAPI(services: services).routes, RunsAPI(services: services).routes,
      SwitchAPI(services: services).routes, ReportsAPI(services: services).routes,
      DefinitionsAPI(services: services).routes, BulkAPI(services: services).routes,
      TransferAPI(services: services).routes, FilesAndLinksAPI(services: services).routes,
      UsersAPI(services: services, signIn: signIn).routes,
    ]
    return groups.flatMap(\.self)
  }

  package static func document(of operations: [Route], _ options: WebOptions) -> Route {
    APIDocument.route(for: operations, publicURL: options.publicURL)
  }
}
