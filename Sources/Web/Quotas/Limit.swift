import Domain

/// What each sender may use up. The one place of the defaults; `serve --limit NAME=NUMBER` sets another, and
/// `/metrics` shows what holds and how often it was refused.
public enum Limit: String, Sendable, CaseIterable {
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
  case largeBodies = "large-bodies"
  case largeBodiesOfSender = "large-bodies-per-sender"
  case addressAttempts = "address-attempts-per-quarter"
  case addressAccountAttempts = "address-account-attempts-per-quarter"
  case accountAttempts = "account-attempts-per-hour"
  case deviceAttempts = "device-attempts-per-quarter"
  case waitingPasswords = "waiting-passwords"

  /// What holds where the operator says nothing else. Bytes are bytes.
  public var standard: Int {
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
    case .largeBodies: 12
    case .largeBodiesOfSender: 3
    case .addressAttempts: 20
    case .addressAccountAttempts: 10
    case .accountAttempts: 60
    case .deviceAttempts: 10
    case .waitingPasswords: 32
    }
  }

  /// What it bounds, in a few words.
  package var about: Wording {
    switch self {
    case .linkChanges: Wording(en: "changes by one link in a minute", zh: "一个链接每分钟的操作次数")
    case .personChanges: Wording(en: "changes by one user or token in a minute", zh: "一个用户或令牌每分钟的操作次数")
    case .shopChanges: Wording(en: "changes of one shop in a minute", zh: "一家店铺每分钟的操作次数")
    case .linkBytes: Wording(en: "bytes sent by one link in a day", zh: "一个链接每天发送的字节数")
    case .personBytes: Wording(en: "bytes sent by one user or token in a day", zh: "一个用户或令牌每天发送的字节数")
    case .linkFiles: Wording(en: "files sent by one link in a day", zh: "一个链接每天上传的文件数")
    case .personFiles: Wording(en: "files sent by one user or token in a day", zh: "一个用户或令牌每天上传的文件数")
    case .shopFiles: Wording(en: "files kept in one shop", zh: "一家店铺保存的文件数")
    case .shopBytes: Wording(en: "bytes of files kept in one shop", zh: "一家店铺保存的文件总字节数")
    case .linkStreams: Wording(en: "pages of one link that are told of changes", zh: "一个链接同时打开、会自动更新的页面数")
    case .personStreams: Wording(en: "pages of one person that are told of changes", zh: "一个人同时打开、会自动更新的页面数")
    case .addressStreams:
      Wording(en: "pages at one address that are told of changes", zh: "一个地址同时打开、会自动更新的页面数")
    case .streams: Wording(en: "pages that are told of changes, in all", zh: "同时打开、会自动更新的页面总数")
    case .largeBodies: Wording(en: "requests of over 256 KB at once", zh: "同时处理的大请求（超过 256 KB）数")
    case .largeBodiesOfSender:
      Wording(en: "requests of over 256 KB at once by one sender", zh: "同一发送者同时的大请求（超过 256 KB）数")
    case .addressAttempts:
      Wording(en: "sign-ins tried from one address in a quarter of an hour", zh: "一个地址每 15 分钟尝试登录的次数")
    case .addressAccountAttempts:
      Wording(
        en: "sign-ins tried to one account from one address in a quarter of an hour",
        zh: "一个地址每 15 分钟尝试登录同一账号的次数")
    case .accountAttempts:
      Wording(en: "sign-ins tried to one account by new devices in an hour", zh: "一个账号每小时由新设备尝试登录的次数")
    case .deviceAttempts:
      Wording(
        en: "sign-ins tried by a device that signed in before, in a quarter of an hour",
        zh: "登录过的设备每 15 分钟尝试登录的次数")
    case .waitingPasswords: Wording(en: "passwords that wait to be checked", zh: "排队等待校验的密码数")
    }
  }

  /// In how many milliseconds a whole allowance grows again; nil: it is a number of what there is at once.
  var period: Int64? {
    switch self {
    case .linkChanges, .personChanges, .shopChanges: 60_000
    case .addressAttempts, .addressAccountAttempts, .deviceAttempts: 15 * 60_000
    case .accountAttempts: 60 * 60_000
    case .linkBytes, .personBytes, .linkFiles, .personFiles: 24 * 60 * 60_000
    case .shopFiles, .shopBytes, .linkStreams, .personStreams, .addressStreams, .streams, .largeBodies,
      .largeBodiesOfSender, .waitingPasswords:
      nil
    }
  }

  /// How much of an allowance may be taken at once: of an account's hour no more than a third, so that whoever
  /// guesses is slow from the start.
  func burst(of limit: Int) -> Int { self == .accountAttempts ? max(1, limit / 3) : limit }
}

/// The limits that hold.
public struct Limits: Sendable {
  private var chosen: [Limit: Int] = [:]

  package init() {}

  /// What holds.
  public subscript(_ limit: Limit) -> Int {
    get { chosen[limit] ?? limit.standard }
    set { chosen[limit] = newValue }
  }
}
