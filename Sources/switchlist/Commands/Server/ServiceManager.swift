import Glibc

/// Notifies systemd, or any other manager that sets `NOTIFY_SOCKET`, of the state (sd_notify(3)).
enum ServiceManager {
  enum State: String {
    /// Requests are answered from now on.
    case ready = "READY=1"
    /// A signal was received; requests in progress are being finished.
    case stopping = "STOPPING=1"
  }

  /// Does nothing if no manager asked for it or it doesn't listen any more.
  ///
  /// - Parameter status: a line for people, as `systemctl status` shows.
  static func tell(_ state: State, status: String) {
    guard let name = Environment().filled("NOTIFY_SOCKET"), let address = SocketName(name) else { return }
    let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    let message = Array("\(state.rawValue)\nSTATUS=\(status)\n".utf8)
    address.withAddress { pointer, length in
      _ = sendto(descriptor, message, message.count, Int32(MSG_NOSIGNAL), pointer, length)
    }
  }
}

/// A socket's address: a path, or after `@` a name in the abstract namespace.
private struct SocketName {
  private var address = sockaddr_un()
  private let length: socklen_t

  /// Nil if it is neither, or too long.
  init?(_ name: String) {
    var bytes = Array(name.utf8)
    let isAbstract = bytes.first == UInt8(ascii: "@")
    guard isAbstract || bytes.first == UInt8(ascii: "/"),
      bytes.count < MemoryLayout.size(ofValue: address.sun_path)
    else { return nil }
    if isAbstract { bytes[0] = 0 }
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    // An abstract name extends to the end of the address; a path ends with a zero.
    let path = MemoryLayout<sockaddr_un>.offset(of: \.sun_path) ?? 2
    length = socklen_t(path + bytes.count + (isAbstract ? 0 : 1))
  }

  func withAddress(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Void) {
    withUnsafePointer(to: address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, length) }
    }
  }
}
