import Domain
import HTTPTypes
import Hummingbird
import NIOCore

extension ShopCache.Rendering {
  /// The tag contains the number of the shop's last event, which `If-Match` compares, and a hash that
  /// distinguishes texts.
  package init(_ bytes: [UInt8], of found: ShopCache.Found, validUntil: Moment) {
    self.init(
      body: ByteBuffer(bytes: bytes), validUntil: validUntil,
      entityTag: "\"\(found.stored.head.number)-\(String(Self.hash(bytes), radix: 36))\"")
  }

  /// FNV-1a over eight bytes at a time, with the high bits mixed in.
  private static func hash(_ bytes: [UInt8]) -> UInt64 {
    bytes.withUnsafeBytes { bytes in
      var hash = 0xcbf2_9ce4_8422_2325 ^ UInt64(bytes.count)
      func mix(_ word: UInt64) {
        hash = (hash ^ word) &* 0x100_0000_01b3
        hash ^= hash >> 32
      }
      let whole = bytes.count & ~7
      for start in stride(from: 0, to: whole, by: 8) {
        mix(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: start, as: UInt64.self)))
      }
      for byte in bytes[whole...] { mix(UInt64(byte)) }
      return hash
    }
  }

  package func answer(to request: WebRequest) -> Response {
    var headers: HTTPFields = [
      .eTag: entityTag, .cacheControl: "private, no-cache", .vary: "Accept-Language, Cookie, Authorization",
    ]
    if EntityTag.isKnown(entityTag, to: request.http) {
      return Response(status: .notModified, headers: headers)
    }
    headers[.contentType] = "application/json"
    return Response(status: .ok, headers: headers, body: .init(byteBuffer: body))
  }
}
