import Domain
import HTTPTypes
import Operations
import Synchronization

/// Charges senders for what they do, and refuses what exceeds their limits.
package struct Quotas: Sendable {
  package let limits: Limits
  private let counters: any QuotaCounters
  private let metrics: WebMetrics
  private let monotonicMilliseconds: @Sendable () -> Int64

  package init(
    limits: Limits, counters: any QuotaCounters, metrics: WebMetrics,
    monotonicMilliseconds: @escaping @Sendable () -> Int64
  ) {
    self.limits = limits
    self.counters = counters
    self.metrics = metrics
    self.monotonicMilliseconds = monotonicMilliseconds
  }

  func makeCharge(_ limit: Limit, _ subject: String, _ amount: Int = 1) -> QuotaCharge {
    QuotaCharge(
      key: QuotaKey(limit: limit, subject: subject), amount: amount, limit: limits[limit])
  }

  /// The whole allowance for a limit.
  package func fullCharge(_ charge: QuotaCharge) -> QuotaCharge {
    QuotaCharge(key: charge.key, amount: charge.limit, limit: charge.limit)
  }

  /// Takes all or nothing. Throws a problem that says what was exceeded, and for how long.
  package func take(_ charges: [QuotaCharge]) async throws {
    if charges.isEmpty { return }
    do { try await counters.take(charges, now: monotonicMilliseconds()) } catch let short as QuotaShortage {
      throw refusal(short)
    }
  }

  package func giveBack(_ charges: [QuotaCharge]) async {
    await counters.giveBack(charges, now: monotonicMilliseconds())
  }

  /// Holds all or nothing, until the lease ends. Throws a problem that says what was exceeded.
  func hold(_ charges: [QuotaCharge]) async throws -> QuotaLease {
    do { try await counters.hold(charges) } catch let short as QuotaShortage { throw refusal(short) }
    return QuotaLease { [counters] in counters.release(charges) }
  }

  /// Charges a request that changes something.
  func takeChange(_ principal: Principal, in shop: ShopID?) async throws {
    guard let subject = principal.quotaSubject else { return }
    var charges = [makeCharge(principal.isLink ? .linkChanges : .personChanges, subject)]
    if let shop { charges.append(makeCharge(.shopChanges, "shop:\(shop)")) }
    try await take(charges)
  }

  /// Charges the body of a change.
  ///
  /// - Parameter files: the number of files in it.
  func takeBody(_ principal: Principal, bytes: Int, files: Int) async throws {
    guard let subject = principal.quotaSubject else { return }
    let (ofBytes, ofFiles): (Limit, Limit) =
      principal.isLink ? (.linkBytes, .linkFiles) : (.personBytes, .personFiles)
    var charges: [QuotaCharge] = []
    if bytes > 0 { charges.append(makeCharge(ofBytes, subject, bytes)) }
    if files > 0 { charges.append(makeCharge(ofFiles, subject, files)) }
    try await take(charges)
  }

  /// Holds a place for a body larger than a form, while it is in memory.
  func holdLargeBody(of sender: String) async throws -> QuotaLease {
    try await hold([makeCharge(.largeBodies, ""), makeCharge(.largeBodiesOfSender, sender)])
  }

  /// Holds a place for a report or an export that is sent as it is read.
  func holdDownload() async throws -> QuotaLease { try await hold([makeCharge(.downloads, "")]) }

  /// Holds a place for a page that listens for changes.
  package func holdStream(_ principal: Principal, address: String?) async throws -> QuotaLease {
    var charges = [makeCharge(.streams, "")]
    if let address { charges.append(makeCharge(.addressStreams, "address:\(address)")) }
    if let subject = principal.quotaSubject {
      charges.append(makeCharge(principal.isLink ? .linkStreams : .personStreams, subject))
    }
    return try await hold(charges)
  }

  /// Throws a problem if a shop would exceed its number or total size of files. A file that is stored already
  /// takes no more room.
  package func checkRoom(for size: Int, _ sha256: String, in shop: ShopID, _ reading: any StoreReading) throws
  {
    if let known = try reading.file(sha256, of: shop), known.deletedAt == nil { return }
    let kept = try reading.keptFiles(of: shop)
    let short: Limit? =
      kept.count >= limits[.shopFiles]
      ? .shopFiles : kept.bytes + Int64(size) > Int64(limits[.shopBytes]) ? .shopBytes : nil
    guard let short else { return }
    metrics.refused(short)
    throw Problem(
      .shopIsFull,
      Wording(
        en:
          "this shop keeps as many files as it may (\(kept.count) files, \(kept.bytes >> 20) MB); ask a lead to delete old ones, or give a link instead",
        zh: "这家店铺保存的文件已达上限（\(kept.count) 个，\(kept.bytes >> 20) MB）；请主管删除旧文件，或改填链接"))
  }

  /// The problem for an exceeded limit.
  package func refusal(_ short: QuotaShortage) -> Problem {
    metrics.refused(short.limit)
    let seconds = short.milliseconds.map { max(1, ($0 + 999) / 1000) } ?? 5
    let wait = QuotaWait(seconds: seconds)
    let detail: Wording =
      switch short.limit {
      case .linkChanges, .personChanges, .shopChanges:
        Wording(
          en: "too much was changed within a minute; try again in \(wait.en)",
          zh: "一分钟内操作太多；请 \(wait.zh)后再试")
      case .linkBytes, .personBytes, .linkFiles, .personFiles, .shopFiles, .shopBytes:
        Wording(
          en: "too much was sent within a day; try again in \(wait.en), or send less",
          zh: "一天内发送的内容太多；请 \(wait.zh)后再试，或减少内容")
      case .downloads:
        Wording(
          en: "too many long reports are being made at the moment; try again in \(wait.en)",
          zh: "当前正在生成的大报告太多；请 \(wait.zh)后再试")
      case .linkStreams, .personStreams, .addressStreams, .streams:
        Wording(
          en: "too many pages are open at once; close some, or reload this one to see what is new",
          zh: "同时打开的页面太多；请关掉一些，或刷新本页查看最新内容")
      case .largeBodies, .largeBodiesOfSender:
        Wording(
          en: "several large files are on their way already; try again in \(wait.en)",
          zh: "已有几个大文件正在上传；请 \(wait.zh)后再试")
      case .addressAttempts, .addressAccountAttempts, .accountAttempts, .deviceAttempts:
        Wording(
          en:
            "too many attempts failed; try again in \(wait.en), sign in from a device that you used before, or ask an admin for a new password",
          zh: "尝试次数太多；请 \(wait.zh)后再试，或用以前登录过的设备登录，或请管理员重设密码")
      case .waitingPasswords:
        Wording(en: "many people are signing in; try again in \(wait.en)", zh: "登录的人较多；请 \(wait.zh)后再试")
      }
    let isAttempt = short.limit.rawValue.contains("attempts")
    return Problem(
      isAttempt ? .tooManyAttempts : .tooManyRequests, detail,
      headers: [.retryAfter: String(seconds)])
  }
}

/// How long to wait, in words.
private struct QuotaWait {
  let seconds: Int64

  var en: String {
    if seconds < 90 { return seconds == 1 ? "1 second" : "\(seconds) seconds" }
    if seconds < 2 * 3600 { return "\((seconds + 59) / 60) min" }
    return "\((seconds + 3599) / 3600) h"
  }

  var zh: String {
    if seconds < 90 { return "\(seconds) 秒" }
    if seconds < 2 * 3600 { return "\((seconds + 59) / 60) 分钟" }
    return "\((seconds + 3599) / 3600) 小时"
  }
}

/// Something held until `end`, which takes effect once.
package final class QuotaLease: Sendable {
  private let release: Mutex<(@Sendable () -> Void)?>

  package init(_ release: @escaping @Sendable () -> Void) { self.release = Mutex(release) }

  package func end() {
    let release = release.withLock { release in
      defer { release = nil }
      return release
    }
    release?()
  }

  deinit { end() }
}

/// What a request holds until it has been answered.
package final class RequestLeases: Sendable {
  private let leases = Mutex<[QuotaLease]>([])

  package func keep(_ lease: QuotaLease) { leases.withLock { $0.append(lease) } }

  package func end() {
    let all = leases.withLock { leases in
      defer { leases = [] }
      return leases
    }
    for lease in all { lease.end() }
  }
}

extension Principal {
  package var isLink: Bool { if case .link = self { true } else { false } }

  /// Whom quotas count for; nil for the person at the machine, and for nobody, who can't change anything.
  var quotaSubject: String? {
    switch self {
    case .nobody, .local: nil
    case .user(let user, _): "user:\(user.name)"
    case .token(let token): "token:\(token.number)"
    case .link(let link, _): "link:\(link.shop.rawValue):\(link.number)"
    }
  }
}
