import Crypto
import Domain
import HTTPTypes
import Hummingbird
import NIOCore
import Operations

/// A response that can be stored together with the change that it reports.
package struct ReplayableResponse: Sendable {
  package let status: Int
  package let body: [UInt8]
  /// The shop's tag after the change, for the next `If-Match`. A replayed response has none, since the shop
  /// may have changed since.
  package var entityTag: String?

  package init(status: Int = 200, _ body: [UInt8]) {
    self.status = status
    self.body = body
  }

  package var response: Response {
    var response =
      body.isEmpty
      ? Response(status: .init(code: status)) : Response.json(body, status: .init(code: status))
    if let entityTag { response.headers[.eTag] = entityTag }
    return response
  }
}

/// A request that is carried out only once, however often it arrives.
package struct IdempotentRequest: Sendable {
  private let principal: String
  private let key: String

  /// Unique among all requests.
  package var name: String { "\(key) \(principal)" }

  /// Over everything that distinguishes requests.
  private let digest: [UInt8]
  private let now: Moment

  /// Nil without an idempotency key; throws a problem for an invalid one.
  package init?(_ request: WebRequest, _ fields: FormFields) async throws {
    guard let key = request.http.headers[.idempotencyKey] else { return nil }
    guard 1...200 ~= key.utf8.count, key.utf8.allSatisfy({ 0x21...0x7E ~= $0 }) else {
      throw Problem(
        .badIdempotencyKey,
        Wording(
          en: "an Idempotency-Key has 1 to 200 printable characters without spaces; a UUID is usual",
          zh: "Idempotency-Key 应为 1 到 200 个可见字符（不含空格），通常用 UUID"))
    }
    self.key = key
    principal = request.principal.key
    now = request.now
    let (method, path) = (request.http.method.rawValue, request.http.uri.path)
    let size = fields.files.values.reduce(0) { $0 + $1.content.count }
    digest = try await WorkQueue.large.run(size) { Self.digest(method, path, fields) }
  }

  /// Covers everything that distinguishes requests.
  private static func digest(_ method: String, _ path: String, _ fields: FormFields) -> [UInt8] {
    var digest = SHA256()
    func add(_ text: String) { digest.update(data: Array("\(text.utf8.count):\(text)".utf8)) }
    add(method)
    add(path)
    // Times are left out: a phone adds the time of the action only when it repeats a request, and it is still
    // the same request.
    for (name, values) in fields.texts.sorted(by: { $0.key < $1.key })
    where !["at", "told_at"].contains(name) {
      add(name)
      for value in values { add(value) }
    }
    for (name, file) in fields.files.sorted(by: { $0.key < $1.key }) {
      add(name)
      digest.update(data: file.content)
    }
    return Array(digest.finalize())
  }

  /// The answer that it was given before, so that nothing is changed again; nil for a new request. Throws a problem if
  /// the key was used for a different request.
  ///
  /// The transaction has to be committed before the answer is given again: the first COMMIT may not have reached the
  /// standby, and this one waits for that.
  package func earlierAnswer(in transaction: any StoreWriting) throws -> ReplayableResponse? {
    guard let answer = try transaction.lockAnswer(to: key, of: principal) else { return nil }
    guard answer.request == digest else {
      throw Problem(
        .idempotencyKeyReused,
        Wording(
          en: "this Idempotency-Key was used for another request; take a new key for each request",
          zh: "这个 Idempotency-Key 已用于另一个请求；每个请求请用新的"))
    }
    return ReplayableResponse(status: answer.status, answer.body)
  }

  /// Whether a part of the request, which covers many shops, has been carried out for a shop, and has changed it; nil:
  /// not yet. So a request that broke off, or that two servers got, changes no shop twice.
  package func hasChanged(_ shop: ShopID, in transaction: any StoreWriting) throws -> Bool? {
    guard let answer = try transaction.lockAnswer(to: key(of: shop), of: principal), answer.request == digest
    else {
      return nil
    }
    return answer.status == Self.changed
  }

  package func keepPart(_ shop: ShopID, hasChanged: Bool, in transaction: any StoreWriting) throws {
    try transaction.keep(
      IdempotencyRecord(
        principal: principal, key: key(of: shop), request: digest,
        status: hasChanged ? Self.changed : Self.unchanged, body: [], at: now))
  }

  /// No client's key has a space.
  private func key(of shop: ShopID) -> String { "\(key) \(shop)" }

  private static let changed = 200
  private static let unchanged = 204

  package func keep(_ reply: ReplayableResponse, in transaction: any StoreWriting) throws {
    try transaction.keep(
      IdempotencyRecord(
        principal: principal, key: key, request: digest, status: reply.status, body: reply.body, at: now))
  }
}
