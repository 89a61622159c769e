import Domain

/// What was answered to a request with an idempotency key, so that the same request gets the same answer.
package struct IdempotencyRecord: Sendable, Hashable {
  /// Whose key it is: keys of different people don't meet.
  package let principal: String
  /// As the request gave it.
  package let key: String
  /// SHA-256 over what was asked: the same key for something else is refused.
  package let request: [UInt8]
  /// An HTTP status.
  package let status: Int
  /// As it was sent.
  package let body: [UInt8]
  /// When it was given.
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
