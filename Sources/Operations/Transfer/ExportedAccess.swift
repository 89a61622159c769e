import Crypto
import Domain
import Formats
import FoundationEssentials

/// What a store contains besides events, as lines of an export: users and tokens, links, files given as
/// proof, and the access log. Sessions and stored responses aren't exported, since they expire by themselves.
struct ExportedAccess {
  /// The numbers read so far, which must not repeat. The store had none before.
  private var tokens: Set<Int> = []
  private var links: [ShopID: Set<Int>] = [:]

  /// The keys of such lines.
  static let kinds = ["user", "token", "link", "file", "access"]

  /// - Parameter line: receives a line's kind and writes its object.
  static func write(
    _ reading: any StoreReading, _ line: (StaticString, (inout JSONWriter) -> Void) throws -> Void
  )
    throws
  {
    try reading.forEachUser { user in try line("user", user.write) }
    try reading.forEachToken { token in try line("token", token.write) }
    try reading.forEachLink { link in try line("link", link.write) }
    try reading.forEachFile { file, content in try line("file") { file.write(content, to: &$0) } }
    try reading.forEachAuditEvent { event in try line("access", event.write) }
  }

  /// Writes the contents of a line to the store. Throws `Malformed`, a `JSONCursor.Fault` or a `StoreError`.
  mutating func read(
    _ kind: String, _ body: UnsafeBufferPointer<UInt8>, into transaction: any StoreWriting
  ) throws {
    // The log contains names as they were typed, which may be unacceptable as texts.
    let fields = try ExportedFields(body, isUntrusted: kind != "access")
    switch kind {
    case "user": try transaction.insert(try User(fields).checked(in: transaction))
    case "token":
      let token = try AccessToken(fields).checked(in: transaction)
      if !tokens.insert(token.number).inserted {
        throw Malformed(problem: "token \(token.number) is there twice")
      }
      try transaction.insert(token)
    case "link":
      let link = try ShopLink(fields).checked(in: transaction)
      if !links[link.shop, default: []].insert(link.number).inserted {
        throw Malformed(problem: "link \(link.number) of \(link.shop) is there twice")
      }
      try transaction.insert(link)
    case "file":
      let content = try fields.content()
      try transaction.insert(try KeptFile(fields, content).checked(in: transaction), content: content)
    default: try transaction.log(try AuditEvent(fields).checked())
    }
  }

  /// Why a line's object can't be imported.
  struct Malformed: Error {
    let problem: String
  }
}

extension User {
  fileprivate func write(to json: inout JSONWriter) {
    json.field("name", name)
    json.field("role", role.rawValue)
    json.field("teams", teams)
    json.field("disabled", isDisabled)
    json.field("password", password)
    json.field("must_change", mustChangePassword)
    json.field("created_at", createdAt)
  }

  fileprivate init(_ fields: ExportedFields) throws {
    self.init(
      name: try fields.text("name"), role: try fields.one("role"), teams: fields.list("teams"),
      isDisabled: fields.flag("disabled"), password: try fields.text("password"),
      mustChangePassword: fields.flag("must_change"), createdAt: try fields.moment("created_at"))
  }
}

extension AccessToken {
  fileprivate func write(to json: inout JSONWriter) {
    json.field("number", Int64(number))
    json.field("name", name)
    json.field("sha256", HexText.of(digest))
    json.field("scopes", scopes.map(\.rawValue))
    json.field("teams", teams)
    json.field("created_by", createdBy)
    json.field("created_at", createdAt)
    json.field("expires_at", expiresAt)
    json.field("revoked_at", revokedAt)
    json.field("maker", maker == createdBy ? nil : maker)
    json.field("last_used_at", lastUsedAt)
  }

  fileprivate init(_ fields: ExportedFields) throws {
    self.init(
      number: try fields.number("number"), name: try fields.text("name"), digest: try fields.digest("sha256"),
      scopes: try fields.list("scopes").map { text in try fields.one(of: text, "scopes") },
      teams: fields.list("teams"), createdBy: try fields.text("created_by"),
      maker: fields.texts["maker"], createdAt: try fields.moment("created_at"),
      expiresAt: try fields.moment("expires_at"), revokedAt: try fields.optionalMoment("revoked_at"),
      lastUsedAt: try fields.optionalMoment("last_used_at"))
  }
}

extension ShopLink {
  fileprivate func write(to json: inout JSONWriter) {
    json.field("shop", shop.rawValue)
    json.field("number", Int64(number))
    json.field("sha256", HexText.of(digest))
    json.field("created_by", createdBy)
    json.field("created_at", createdAt)
    json.field("expires_at", expiresAt)
    json.field("revoked_at", revokedAt)
    json.field("maker", maker == createdBy ? nil : maker)
    json.field("last_used_at", lastUsedAt)
  }

  fileprivate init(_ fields: ExportedFields) throws {
    self.init(
      number: try fields.number("number"), shop: try fields.shop("shop"), digest: try fields.digest("sha256"),
      createdBy: try fields.text("created_by"), maker: fields.texts["maker"],
      createdAt: try fields.moment("created_at"), expiresAt: try fields.moment("expires_at"),
      revokedAt: try fields.optionalMoment("revoked_at"),
      lastUsedAt: try fields.optionalMoment("last_used_at"))
  }
}

extension KeptFile {
  fileprivate func write(_ content: [UInt8]?, to json: inout JSONWriter) {
    json.field("shop", shop.rawValue)
    json.field("sha256", sha256)
    json.field("size", size)
    json.field("name", name)
    json.field("media_type", mediaType)
    json.field("kept_at", keptAt)
    json.field("kept_by", keptBy)
    if let keptByLink { json.field("kept_by_link", Int64(keptByLink)) }
    json.field("deleted_at", deletedAt)
    json.field("content", content.map { Data($0).base64EncodedString() })
  }

  fileprivate init(_ fields: ExportedFields, _ content: [UInt8]?) throws {
    self.init(
      shop: try fields.shop("shop"), sha256: try fields.text("sha256"),
      size: Int64(try fields.number("size")),
      name: try fields.text("name"), mediaType: try fields.text("media_type"),
      keptAt: try fields.moment("kept_at"), keptBy: try fields.text("kept_by"),
      keptByLink: try fields.optionalNumber("kept_by_link"),
      deletedAt: try fields.optionalMoment("deleted_at"))
    if (content == nil) != (deletedAt != nil) {
      throw ExportedAccess.Malformed(problem: "a file has either content or deleted_at")
    }
    if let content, HexText.of(SHA256.hash(data: content)) != sha256 || Int64(content.count) != size {
      throw ExportedAccess.Malformed(problem: "the file's content doesn't match its sha256")
    }
  }
}

extension AuditEvent {
  fileprivate func write(to json: inout JSONWriter) {
    json.field("kind", kind.rawValue)
    json.field("at", at)
    json.field("subject", subject)
    json.field("by", by)
    json.field("address", address)
    if attempts != 1 { json.field("attempts", Int64(attempts)) }
  }

  fileprivate init(_ fields: ExportedFields) throws {
    self.init(
      kind: try fields.one("kind"), at: try fields.moment("at"), subject: try fields.text("subject"),
      by: try fields.text("by"), address: fields.texts["address"],
      attempts: max(1, try fields.optionalNumber("attempts") ?? 1))
  }
}
