import Domain

/// Checks how long a link or token lasts.
enum Lifetime {
  static func check(_ expiresAt: Moment, now: Moment, most days: Int) throws(AccessRefusal) {
    if expiresAt <= now { throw .endsInThePast(expiresAt, now: now) }
    if expiresAt > now + Int64(days) * 86_400 { throw .lastsTooLong(days: days) }
  }
}
