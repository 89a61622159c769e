import Domain

/// The response to a request with an idempotency key, so that repeating the request gets the same response.
package struct IdempotencyRecord: Sendable, Hashable {
  /// Whose key it is, since different people may use the same key.
  package let principal: String
  /// As sent by the client.
  package let key: String
  /// SHA-256 of the request. The same key with a different request is refused.
  package let request: [UInt8]
  package let status: Int
  /// As sent to the client.
  package let body: [UInt8]
  package let at: Moment

  package init(principal: String, key: String, request: [UInt8], status: Int, body: [UInt8], at: Moment) {
    self.principal = principal
    self.key = key
    self.request = request
    self.status = status
    self.body = body
    self.at = at
  }
}
