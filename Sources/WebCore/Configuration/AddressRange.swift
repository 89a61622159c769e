import Formats
import NIOCore

/// A network address or a network: `10.0.0.0/8`, `::1`, `192.168.1.4`.
package struct AddressRange: Sendable, Hashable {
  private let bytes: [UInt8]
  private let bits: Int

  /// Nil for anything else.
  package init?(_ text: String) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let address = parts.first.flatMap({ try? SocketAddress(ipAddress: String($0), port: 0) }) else {
      return nil
    }
    bytes = address.addressBytes
    let all = bytes.count * 8
    if parts.count == 2 {
      guard let given = Int(parts[1]), 0...all ~= given else { return nil }
      bits = given
    } else {
      bits = all
    }
  }

  package func contains(_ address: SocketAddress) -> Bool {
    let other = address.addressBytes
    guard other.count == bytes.count else { return false }
    return (0..<bits).allSatisfy { bit in
      (bytes[bit / 8] ^ other[bit / 8]) & (0x80 >> UInt8(bit % 8)) == 0
    }
  }
}

extension SocketAddress {
  /// 4 or 16 bytes. An IPv4-mapped IPv6 address is returned as the 4 bytes of its IPv4 address.
  var addressBytes: [UInt8] {
    switch self {
    case .v4(let address): return withUnsafeBytes(of: address.address.sin_addr) { Array($0) }
    case .v6(let address):
      let bytes = withUnsafeBytes(of: address.address.sin6_addr) { Array($0) }
      let isMapped = bytes.prefix(10).allSatisfy { $0 == 0 } && bytes[10] == 0xFF && bytes[11] == 0xFF
      return isMapped ? Array(bytes.suffix(4)) : bytes
    case .unixDomainSocket: return []
    }
  }

  package var isLoopback: Bool {
    let bytes = addressBytes
    return bytes.count == 4 ? bytes[0] == 127 : bytes == [UInt8](repeating: 0, count: 15) + [1]
  }
}

/// How senders are identified for quotas: by IPv4 address, or by the /64 of an IPv6 address, which usually
/// belongs to one customer.
enum SenderAddress {
  package static func subject(_ text: String?) -> String {
    guard let text, let address = try? SocketAddress(ipAddress: text, port: 0) else { return "address:" }
    let bytes = address.addressBytes
    return "address:" + HexText.of(bytes.count == 16 ? bytes.prefix(8) : bytes[...])
  }
}
