import Domain
import Formats
import HTTPTypes
import Hummingbird
import NIOCore
import Operations

/// Serves files that were given as proof.
package enum FileAnswer {
  /// Serves a file in such a way that it can't act as one of our pages, whatever it contains. Throws a
  /// problem if it doesn't exist or was deleted.
  package static func of(_ sha256: String, _ request: WebRequest, _ services: WebServices) async throws
    -> Response
  {
    guard let shop = request.shop?.stored.shop.id else { throw Problem.notFound }
    let request = request.http
    let (file, content) = try await services.store.read(.background) { reading in
      guard let file = try reading.file(sha256.lowercased(), of: shop) else {
        throw AccessRefusal.unknownFile(shop, sha256: sha256)
      }
      // A browser that has the content needn't load it again, but every request checks whether it was
      // deleted.
      let isKnown = file.deletedAt == nil && EntityTag.isKnown("\"\(file.sha256)\"", to: request)
      return (file, isKnown ? [] : try reading.content(ofFile: file.sha256, of: shop))
    }
    if content?.isEmpty == true, EntityTag.isKnown("\"\(file.sha256)\"", to: request) {
      return Response(
        status: .notModified, headers: [.eTag: "\"\(file.sha256)\"", .cacheControl: "private, no-cache"])
    }
    guard let content else {
      throw Problem(
        .fileDeleted,
        Wording(
          en:
            "this file was deleted; its SHA-256 \(file.sha256) stays, so that whoever has the file can show it",
          zh: "该文件已被删除；其 SHA-256 \(file.sha256) 仍保留，持有原文件的人可据此证明"))
    }
    let isShown = MediaTypes.isShown(file.mediaType)
    let name = PercentEncoding.encoded(file.name, keeping: "")
    return Response(
      status: .ok,
      headers: [
        .contentType: file.mediaType,
        .contentDisposition: "\(isShown ? "inline" : "attachment"); filename*=UTF-8''\(name)",
        .contentSecurityPolicy: "default-src 'none'; sandbox", .eTag: "\"\(file.sha256)\"",
        .cacheControl: "private, no-cache",
      ], body: .init(byteBuffer: ByteBuffer(bytes: content)))
  }
}
