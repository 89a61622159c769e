import Domain
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import Operations
import ServiceLifecycle
import WebAPI
import WebCore
import WebPages

/// The web server, with its background services.
package struct WebServer: Sendable {
  let services: WebServices
  let routes: [Route]
  let pipeline: RequestPipeline
  private let logger: Logger

  package init(dependencies: WebDependencies, options: WebOptions, logger: Logger) {
    let metrics = WebMetrics()
    let services = WebServices(dependencies: dependencies, options: options, metrics: metrics)
    self.services = services
    let local = options.local.map { LocalMode($0, login: dependencies.login, services.store) }
    let authenticate = Authenticator(store: services.store, local: local)
    pipeline = RequestPipeline(
      services: services, authenticate: authenticate,
      pages: WebErrorPages(), log: RequestLog(logger: logger, metrics: metrics))
    routes = RouteTable.all(services)
    self.logger = logger
  }

  /// The request handler, which tests can use without a connection.
  func responder() -> some HTTPResponder<WebContext> {
    let router = Router(context: WebContext.self)
    for route in routes {
      router.on(RouterPath(route.path), method: route.method) { request, context in
        await pipeline.answer(route, request, context)
      }
    }
    return NotFoundResponder(routed: router.buildResponder(), routes: routes, pipeline: pipeline)
  }

  /// Serves until a signal to stop, then finishes requests in progress, for at most ten seconds.
  ///
  /// Throws a `ListenFailure` if it can't listen on a port.
  ///
  /// - Parameter alsoAtHangUp: whether a hang-up of the terminal stops it as well.
  /// - Parameter running: called with the port once connections are accepted.
  /// - Parameter stopping: called once a signal was received.
  package func run(
    alsoAtHangUp: Bool = false, running: @escaping @Sendable (Int) -> Void,
    stopping: @escaping @Sendable () -> Void = {}
  ) async throws {
    let options = services.options
    let application = Application(
      responder: responder(),
      server: HTTPServerBuilder { responder in
        LoopChannel(
          HTTP1Channel(
            responder: responder,
            configuration: HTTP1Channel.Configuration(
              additionalChannelHandlers: [FlushTogether(), RequestDeadlines()],
              idleTimeout: TimeAmount.seconds(75),
              httpDecoderConfiguration: HTTP1Channel.Configuration.DecoderConfiguration(
                maxHeaderFieldSize: 16 << 10, maxHeaderListSize: 32 << 10, maxHeaderFieldCount: 100))))
      },
      configuration: .init(
        address: .hostname(options.host, port: options.port), serverName: nil, backlog: 1024),
      onServerRunning: { channel in running(channel.localAddress?.port ?? options.port) },
      logger: logger)
    var services: [ServiceGroupConfiguration.ServiceConfiguration] = [
      .init(service: Listening(service: application, host: options.host, port: options.port)),
      .init(service: Housekeeping(services: services)), .init(service: StopNotice(stopped: stopping)),
    ]
    if let metrics = options.metrics {
      let beside = Application(
        responder: sideResponder(),
        server: .http1(
          configuration: HTTP1Channel.Configuration(
            additionalChannelHandlers: [RequestDeadlines()], idleTimeout: .seconds(75))),
        configuration: .init(address: .hostname(metrics.host, port: metrics.port), serverName: nil),
        logger: logger)
      services.append(.init(service: Listening(service: beside, host: metrics.host, port: metrics.port)))
    }
    var configuration = ServiceGroupConfiguration(
      services: services,
      gracefulShutdownSignals: [.sigterm, .sigint] + (alsoAtHangUp ? [.sighup] : []),
      logger: logger)
    configuration.maximumGracefulShutdownDuration = .seconds(10)
    try await ServiceGroup(configuration: configuration).run()
  }

  /// Only health and metrics, for a separate port.
  private func sideResponder() -> some HTTPResponder<WebContext> {
    let router = Router(context: WebContext.self)
    for route in HealthRoutes(services: services, isOnItsOwn: true).routes {
      router.on(RouterPath(route.path), method: route.method) { request, context in
        await pipeline.answer(route, request, context)
      }
    }
    return NotFoundResponder(routed: router.buildResponder(), routes: [], pipeline: pipeline)
  }
}

/// Responds where there is no route.
private struct NotFoundResponder<Routed: HTTPResponder<WebContext>>: HTTPResponder {
  let routed: Routed
  let routes: [Route]
  let pipeline: RequestPipeline

  /// HEAD is handled like GET, including all checks, but without the body.
  func respond(to request: Request, context: WebContext) async throws -> Response {
    guard request.method == .head else { return try await answer(request, context) }
    var head = request.head
    head.method = .get
    return try await answer(Request(head: head, body: request.body), context).createHeadResponse()
  }

  private func answer(_ request: Request, _ context: WebContext) async throws -> Response {
    if !request.hasSafeHead {
      return await pipeline.answer(.unsafeHead(request.method), request.strippedOfHeader, context)
    }
    // Responses of our own routes have the request's id, set by the pipeline.
    let answer = try? await routed.respond(to: request, context: context)
    if let answer, answer.headers.contains(.requestID) { return answer }
    let allowed = allowed(at: request.uri.path)
    let isAPI = request.uri.path.hasPrefix("/api/")
    let route = Route(request.method, "(elsewhere)", isAPI ? .api : .page, .nothing) { request in
      if allowed.isEmpty { throw Problem.notFound }
      let list = allowed.joined(separator: ", ")
      if request.http.method == .options { return Response(status: .noContent, headers: [.allow: list]) }
      throw Problem(
        .methodNotAllowed,
        Wording(en: "this address takes \(list) only", zh: "这个网址只接受 \(allowed.joined(separator: "、"))"),
        headers: [.allow: list])
    }
    return await pipeline.answer(route, request, context)
  }

  /// The methods allowed at a path. As in the router, a literal path precedes one with parameters, so that no
  /// method is listed that wouldn't work.
  private func allowed(at path: String) -> [String] {
    let matching = path == "*" ? routes : routes.filter { $0.matches(path) }
    let fewest = matching.map(\.parameters.count).min()
    let methods = matching.filter { path == "*" || $0.parameters.count == fewest }.map(\.method)
    if methods.isEmpty { return [] }
    return Set(methods.map(\.rawValue) + (methods.contains(.get) ? ["HEAD"] : []) + ["OPTIONS"]).sorted()
  }
}

extension Route {
  func matches(_ path: String) -> Bool {
    let mine = self.path.split(separator: "/")
    let theirs = path.split(separator: "/")
    return mine.count == theirs.count && zip(mine, theirs).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
  }
}
