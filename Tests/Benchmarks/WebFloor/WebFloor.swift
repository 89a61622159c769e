import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// What the web is measured against; see the README of the benchmarks. Serves until it is killed.
@main
struct WebFloor {
  static func main() async throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    switch (arguments.first, arguments.count) {
    case ("bare", 3...):
      try await BareRoute(path: arguments[1], bodyFile: arguments[2], headers: arguments.dropFirst(3)).serve()
    case ("ticks", 2):
      try await TickServer(store: arguments[1]).serve()
    default:
      complain("usage: switchlist-web-floor bare ROUTE BODY-FILE [NAME:VALUE ...] | ticks STORE")
      exit(64)
    }
  }

  static func complain(_ text: String) { FileHandle.standardError.write(Data("\(text)\n".utf8)) }

  /// Takes connections on loopback, with the limits of the program's own server, and says where.
  static func serve(_ router: Router<BasicRequestContext>) async throws {
    let application = Application(
      router: router,
      server: .http1(
        configuration: .init(
          idleTimeout: .seconds(75),
          httpDecoderConfiguration: .init(
            maxHeaderFieldSize: 16 << 10, maxHeaderListSize: 32 << 10, maxHeaderFieldCount: 100))),
      configuration: .init(address: .hostname("127.0.0.1", port: 0), serverName: nil, backlog: 1024),
      onServerRunning: { channel in
        complain("serving on http://127.0.0.1:\(channel.localAddress?.port ?? 0)/")
      })
    try await application.runService()
  }
}
