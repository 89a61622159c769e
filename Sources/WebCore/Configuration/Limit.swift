/// What each sender may use; the README's table describes each limit. This is the only place that defines
/// defaults: `serve --limit NAME=NUMBER` overrides one, and `/metrics` shows the values in force and how
/// often they were exceeded.
package enum Limit: String, Sendable, CaseIterable {
  case linkChanges = "link-changes-per-minute"
  case personChanges = "person-changes-per-minute"
  case shopChanges = "shop-changes-per-minute"
  case linkBytes = "link-bytes-per-day"
  case personBytes = "person-bytes-per-day"
  case linkFiles = "link-files-per-day"
  case personFiles = "person-files-per-day"
  case shopFiles = "shop-files"
  case shopBytes = "shop-bytes"
  case linkStreams = "link-streams"
  case personStreams = "person-streams"
  case addressStreams = "address-streams"
  case streams = "streams"
  case downloads = "downloads"
  case largeBodies = "large-bodies"
  case largeBodiesOfSender = "large-bodies-per-sender"
  case addressAttempts = "address-attempts-per-quarter"
  case addressAccountAttempts = "address-account-attempts-per-quarter"
  case accountAttempts = "account-attempts-per-hour"
  case deviceAttempts = "device-attempts-per-quarter"
  case waitingPasswords = "waiting-passwords"

  /// The default. Sizes are in bytes.
  package var standard: Int {
    switch self {
    case .linkChanges: 120
    case .personChanges: 6000
    case .shopChanges: 600
    case .linkBytes: 100 << 20
    case .personBytes: 4 << 30
    case .linkFiles: 200
    case .personFiles: 5000
    case .shopFiles: 2000
    case .shopBytes: 1 << 30
    case .linkStreams: 20
    case .personStreams: 50
    case .addressStreams: 500
    case .streams: 2000
    case .downloads: 24
    case .largeBodies: 12
    case .largeBodiesOfSender: 3
    case .addressAttempts: 20
    case .addressAccountAttempts: 10
    case .accountAttempts: 60
    case .deviceAttempts: 10
    case .waitingPasswords: 32
    }
  }

  /// In how many milliseconds a used-up allowance is replenished; nil for limits on simultaneous use.
  package var period: Int64? {
    switch self {
    case .linkChanges, .personChanges, .shopChanges: 60_000
    case .addressAttempts, .addressAccountAttempts, .deviceAttempts: 15 * 60_000
    case .accountAttempts: 60 * 60_000
    case .linkBytes, .personBytes, .linkFiles, .personFiles: 24 * 60 * 60_000
    case .shopFiles, .shopBytes, .linkStreams, .personStreams, .addressStreams, .streams, .downloads,
      .largeBodies, .largeBodiesOfSender, .waitingPasswords:
      nil
    }
  }

  /// How much of an allowance may be used at once: a third of an account's hour, so that guessing is slow
  /// from the start.
  func burst(of limit: Int) -> Int { self == .accountAttempts ? max(1, limit / 3) : limit }
}

/// The limits in force.
package struct Limits: Sendable {
  private var chosen: [Limit: Int] = [:]

  package init() {}

  package subscript(_ limit: Limit) -> Int {
    get { chosen[limit] ?? limit.standard }
    set { chosen[limit] = newValue }
  }
}
