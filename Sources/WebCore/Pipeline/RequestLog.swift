import HTTPTypes
import Hummingbird
import Logging

/// One line per request that changes something or fails; reads are logged at `debug`. Logs the route instead
/// of the path, since paths contain links' secrets.
package struct RequestLog: Sendable {
  package let logger: Logger
  package let metrics: WebMetrics

  package init(logger: Logger, metrics: WebMetrics) {
    self.logger = logger
    self.metrics = metrics
  }

  package func note(
    _ request: Request, route: String, status: Int, principal: Principal, milliseconds: Int64,
    address: String?,
    id: String
  ) {
    metrics.count(request.method.rawValue, route: route, status: status, milliseconds: milliseconds)
    let level: Logger.Level = status >= 500 ? .error : request.method == .get && status < 400 ? .debug : .info
    guard logger.logLevel <= level else { return }
    logger.log(
      level: level, "request",
      metadata: [
        "method": .string(request.method.rawValue), "route": .string(route),
        "status": .stringConvertible(status),
        "ms": .stringConvertible(milliseconds), "who": .string(principal.key),
        "address": .string(address ?? ""),
        "request_id": .string(id),
      ])
  }

  package func failure(_ error: any Error, id: String) {
    logger.error("failure", metadata: ["error": .string("\(error)"), "request_id": .string(id)])
  }
}
