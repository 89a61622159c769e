import CAssets
import Crypto
import Formats
import HTTPTypes
import Hummingbird
import NIOCore
import Operations

/// The pages' embedded assets. Their paths contain a part of their digest, so that browsers can cache them
/// forever and load them again once they change.
package enum WebAssets {
  private struct Asset: Sendable {
    let address: String
    let type: String
    let content: ByteBuffer
    /// Nil for images, which are compressed already.
    let compressed: ByteBuffer?
  }

  package static let paths = AssetPaths(
    style: address("web.css"), script: address("web.js"), digest: address("digest.js"),
    icon: address("icon.svg"), touchIcon: address("icon-180.png"))

  package static let routes: [Route] = [
    Route(.get, "/assets/{file}", .plain, .nothing) { request in
      guard let asset = byAddress["/assets/" + request["file"]] else { throw Problem.notFound }
      return answer(asset, to: request.http, caching: "public, max-age=31536000, immutable")
    },
    Route(.get, "/sw.js", .plain, .nothing) { request in
      guard let asset = byName["sw.js"] else { throw Problem.notFound }
      return answer(asset, to: request.http, caching: "no-cache").with(
        .contentSecurityPolicy, "default-src 'none'; connect-src 'self'")
    },
    Route(.get, "/favicon.ico", .plain, .nothing) { request in
      guard let asset = byName["icon-192.png"] else { throw Problem.notFound }
      return answer(asset, to: request.http, caching: "public, max-age=86400")
    },
    Route(.get, "/manifest.webmanifest", .plain, .nothing) { request in
      manifest(request, start: "/")
    },
    Route(.get, "/l/{secret}/manifest.webmanifest", .plain, .shop(.see)) { request in
      manifest(request, start: "./")
    },
  ]

  package static func address(_ name: String) -> String { byName[name]?.address ?? "/assets/\(name)" }

  private static let byName: [String: Asset] = {
    var assets: [String: Asset] = [:]
    for index in 0..<switchlist_web_asset_count {
      let asset = switchlist_web_assets[index]
      let name = String(cString: asset.name)
      let content = lean(name, UnsafeRawBufferPointer(start: asset.content, count: asset.length))
      let isPicture = name.hasSuffix(".png")
      let digest = HexText.of(SHA256.hash(data: content).prefix(5))
      let parts = name.split(separator: ".", maxSplits: 1)
      assets[name] = Asset(
        address: "/assets/\(parts[0]).\(digest).\(parts.last ?? "")", type: type(of: name),
        content: ByteBuffer(bytes: content),
        compressed: isPicture ? nil : Gzip.compressed(ByteBuffer(bytes: content)))
    }
    return assets
  }()

  private static let byAddress = Dictionary(
    byName.values.map { ($0.address, $0) }, uniquingKeysWith: { first, _ in first })

  private static func lean(_ name: String, _ content: UnsafeRawBufferPointer) -> [UInt8] {
    switch name.split(separator: ".").last {
    case "css": Array(AssetBundler.css(String(decoding: content, as: UTF8.self)).utf8)
    case "js": Array(AssetBundler.script(String(decoding: content, as: UTF8.self)).utf8)
    default: Array(content)
    }
  }

  private static func type(of name: String) -> String {
    switch name.split(separator: ".").last {
    case "css": "text/css; charset=utf-8"
    case "js": "text/javascript; charset=utf-8"
    case "svg": "image/svg+xml"
    default: "image/png"
    }
  }

  private static func answer(_ asset: Asset, to request: Request, caching: String) -> Response {
    var response = Response(
      status: .ok, headers: [.contentType: asset.type, .cacheControl: caching],
      body: .init(byteBuffer: asset.content))
    guard let compressed = asset.compressed else { return response }
    guard Gzip.isAccepted(by: request) else { return response }
    response.headers[.contentEncoding] = "gzip"
    response.headers[.vary] = "Accept-Encoding"
    response.body = .init(byteBuffer: compressed)
    return response
  }

  private static func manifest(_ request: WebRequest, start: String) -> Response {
    let isChinese = request.language == .chinese
    let name = request.shop?.stored.shop.name ?? (isChinese ? "换绑清单" : "switchlist")
    let manifest: [String: Any] = [
      "name": name, "short_name": String(name.prefix(12)), "lang": isChinese ? "zh-CN" : "en",
      "start_url": start, "scope": start, "display": "standalone", "background_color": "#f4f6f8",
      "theme_color": "#17693c",
      "icons": [192, 512].map { size in
        [
          "src": address("icon-\(size).png"), "sizes": "\(size)x\(size)", "type": "image/png",
          "purpose": "any",
        ]
      },
    ]
    return Response(
      status: .ok, headers: [.contentType: "application/manifest+json", .cacheControl: "private, no-cache"],
      body: .init(byteBuffer: ByteBuffer(bytes: UntypedJSON.bytes(of: manifest))))
  }
}
