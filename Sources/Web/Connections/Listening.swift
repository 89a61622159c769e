import Glibc
import Hummingbird
import HummingbirdCore
import NIOCore
import ServiceLifecycle
import WebCore

/// The port can't be listened on.
package struct ListenFailure: Error {
  package enum Reason: Sendable {
    /// Another program uses the port.
    case isTaken
    /// Ports below 1024 require privileges.
    case isForbidden
    /// The address isn't one of this machine's, or the name can't be resolved.
    case isElsewhere
    /// The system's error message.
    case other(String)
  }

  package let host: String
  package let port: Int
  package let reason: Reason
}

/// A server on one port. Turns errors of any call into what is wrong with the port.
struct Listening<Served: Service>: Service {
  let service: Served
  package let host: String
  package let port: Int

  func run() async throws {
    do { try await service.run() } catch {
      guard let reason = Self.reason(of: error) else { throw error }
      throw ListenFailure(host: host, port: port, reason: reason)
    }
  }

  private static func reason(of error: any Error) -> ListenFailure.Reason? {
    if error is SocketAddressError || error is SocketAddressError.UnknownHost { return .isElsewhere }
    guard let error = error as? IOError else { return nil }
    return switch error.errnoCode {
    case EADDRINUSE: .isTaken
    case EACCES: .isForbidden
    case EADDRNOTAVAIL: .isElsewhere
    default: .other("\(error)")
    }
  }
}

/// Reports that a signal to stop was received.
struct StopNotice: Service {
  let stopped: @Sendable () -> Void

  func run() async throws {
    try await gracefulShutdown()
    stopped()
  }
}
