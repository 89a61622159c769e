/// How long what isn't a shop's history is kept, in seconds.
package enum Retention {
  /// A session, from the sign-in on.
  package static let sessions: Int64 = 30 * 86_400
  /// The answer to a request with an idempotency key. Longer than a phone stays offline.
  package static let answers: Int64 = 31 * 86_400
  /// What was refused at the sign-in, in the access log.
  package static let refusedSignIns: Int64 = 90 * 86_400
}
