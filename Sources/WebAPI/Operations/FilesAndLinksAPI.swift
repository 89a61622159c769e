import Domain
import Formats
import HTTPTypes
import Hummingbird
import Operations
import Reports
import WebCore

/// A shop's files given as proof, and the links that open it.
struct FilesAndLinksAPI: Sendable {
  let services: WebServices

  var routes: [Route] {
    [
      .api(
        .get, "/shops/{shop}/files", .shop(.see),
        APIOperation(id: "listFiles", summary: "Files given for the shop", answer: .json(schema: "Files")),
        files),
      .api(
        .post, "/shops/{shop}/files", .shop(.change),
        APIOperation(
          id: "keepFile", summary: "Keep a file, which a tick can then give as proof by its SHA-256",
          query: [
            .init(
              "name", .line(most: 1000), "What it is called, where it doesn't come in a form",
              example: "store-page.png")
          ],
          body: .file(
            most: KeepFile.most,
            about: "A form with the file; or the file itself, of any type, named in the query."),
          answer: .json(schema: "KeptFile", status: 201), problems: [409]), keepFile),
      .api(
        .get, "/shops/{shop}/files/{sha256}", .shop(.see),
        APIOperation(
          id: "getFile", summary: "A file as it was given", answer: .bytes(type: "application/octet-stream"),
          problems: [410]), file),
      .api(
        .delete, "/shops/{shop}/files/{sha256}", .shop(.lead),
        APIOperation(
          id: "deleteFile", summary: "Delete a file's content; its digest stays", answer: .nothing),
        deleteFile),
      .api(
        .get, "/shops/{shop}/links", .shop(.lead),
        APIOperation(id: "listLinks", summary: "Links that open the shop", answer: .json(schema: "Links")),
        links),
      .api(
        .post, "/shops/{shop}/links", .shop(.lead),
        APIOperation(
          id: "createLink", summary: "Make a link that opens the shop; its secret is in this answer alone",
          body: .fields([
            .init("expires", .duration, "How long it works, such as 30d; a year at most", example: "30d")
          ]
          ),
          answer: .json(schema: "NewLink", status: 201), problems: [409]), createLink),
      .api(
        .delete, "/shops/{shop}/links/{link}", .shop(.lead),
        APIOperation(id: "revokeLink", summary: "Make a link useless at once", answer: .nothing), revokeLink),
    ]
  }

  private func files(_ request: WebRequest, _ input: APIInput) async throws -> Response {
    let shop = try request.shopID
    let files = try await services.store.read { try $0.files(of: shop) }
    var json = JSONWriter()
    json.object { json in
      json.array("files") { json in
        for file in files { json.object { Self.write(file, to: &$0) } }
      }
    }
    return .json(json.document())
  }

  private static func write(_ file: KeptFile, to json: inout JSONWriter) {
    json.field("sha256", file.sha256)
    json.field("size", file.size)
    json.field("name", file.name)
    json.field("media_type", file.mediaType)
    json.field("kept_at", file.keptAt)
    json.field("kept_by", file.keptBy)
    json.optional("kept_by_link", file.keptByLink)
    json.field("deleted_at", file.deletedAt)
  }

  private func keepFile(_ request: WebRequest, _ input: APIInput) async throws -> Response {
    let shop = try request.shopID
    let given =
      input.body.files["file"]
      ?? FormFields.File(
        name: input.query["name"] ?? "file",
        mediaType: request.http.headers[.contentType] ?? "application/octet-stream", content: input.bytes)
    let type = MediaTypes.safe(given.mediaType)
    let quotas = request.quotas
    let sha256 = try await WorkQueue.large.run(given.content.count) { KeepFile.digest(given.content) }
    let kept = try await services.change(shop, request) { transaction, grant in
      try quotas.checkRoom(for: given.content.count, sha256, in: shop, transaction)
      return try KeepFile(by: try grant.author(through: .api), now: grant.now)(
        given.content, sha256: sha256, named: given.name, mediaType: type, in: shop, transaction
      ).file
    }
    var json = JSONWriter()
    json.object { Self.write(kept, to: &$0) }
    return .json(json.document(), status: .created)
  }

  private func file(_ request: WebRequest, _ input: APIInput) async throws -> Response {
    try await FileAnswer.of(request["sha256"], request, services)
  }

  private func deleteFile(_ request: WebRequest, _ input: APIInput) async throws -> Response {
    let shop = try request.shopID
    let sha256 = request["sha256"].lowercased()
    _ = try await services.change(shop, request) { transaction, grant in
      try DeleteFile(by: try grant.author(through: .api), now: grant.now)(sha256, of: shop, in: transaction)
    }
    return Response(status: .noContent)
  }

  private func links(_ request: WebRequest, _ input: APIInput) async throws -> Response {
    let shop = try request.shopID
    return .json(AccessJSON.links(try await services.store.read { try $0.links(of: shop) }, named: "links"))
  }

  private var manage: @Sendable (Grant) throws -> ManageLinks {
    let secrets = services.dependencies.secrets
    return { grant in ManageLinks(secrets: secrets, by: try grant.author(through: .api), now: grant.now) }
  }

  private func createLink(_ request: WebRequest, _ input: APIInput) async throws -> Response {
    let shop = try request.shopID
    let expiresAt = try ExpiryText.moment(input.body["expires"], now: request.now)
    let manage = manage
    let made = try await services.change(shop, request) { transaction, grant in
      try manage(grant).create(shop, expiresAt: expiresAt, in: transaction)
    }
    let path = "/l/\(made.secret.text)/"
    return .json(
      AccessJSON.link(made.link, path: path, url: services.options.publicURL.map { $0 + path }),
      status: .created
    )
  }

  private func revokeLink(_ request: WebRequest, _ input: APIInput) async throws -> Response {
    let shop = try request.shopID
    guard let number = Int(request["link"]), number > 0 else { throw Problem.notFound }
    let manage = manage
    _ = try await services.change(shop, request) { transaction, grant in
      try manage(grant).revoke(number, of: shop, in: transaction)
    }
    return Response(status: .noContent)
  }
}
