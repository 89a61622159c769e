import Domain
import Formats
import Hummingbird
import Operations
import Reports

/// What people do to items, whether by forms, the page's script, links or the API.
package enum ItemAction: String, CaseIterable, Sendable {
  case tick
  case confirm
  case untick
  case skip
  case block
  case unblock
  case note
  case assign
  case due

  package var level: ShopPermission {
    switch self {
    case .assign, .due: .lead
    default: .change
    }
  }

  /// The request for items of a run.
  ///
  /// - Parameter zone: the run's zone; only evaluated if a time depends on it.
  package func request(
    _ fields: FormFields, proof: Proof.Content?, now: Moment, in zone: @autoclosure () throws(Refusal) -> Zone
  ) throws -> RequestedItemChange {
    switch self {
    case .tick: .tick(note: fields["note"], proof: proof)
    case .confirm: .confirm
    case .untick: .untick(reason: fields["reason"] ?? Self.undone)
    case .skip: .skip(reason: try fields.required("reason"))
    case .block: .block(reason: try fields.required("reason"))
    case .unblock: .unblock
    case .note: .note(try fields.required("note"))
    case .assign: .assign(to: try fields.required("owner"))
    case .due:
      .moveDue(
        to: try fields.requiredTime("due").moment(.ends, in: zone(), now: now),
        reason: try fields.required("reason"))
    }
  }

  /// Whether the user typed or chose something that would be lost if nothing changes.
  package func hasTyped(_ fields: FormFields) -> Bool {
    let names = self == .untick ? [] : ["note", "link", "reason"]
    return names.contains { fields[$0] != nil } || !fields.files.isEmpty
  }

  /// The recorded reason for an undo, since nobody is asked for one.
  private static let undone = "undo / 撤销"
}

extension FormFields {
  func requiredTime(_ name: String) throws(Problem) -> TimeText {
    let text = try required(name)
    do throws(TimeTextError) { return try TimeText(text) } catch { throw .invalid(name, error.wording) }
  }
}

/// Changes items as requested over the web.
package struct ChangeItemsByRequest: Sendable {
  package let services: WebServices

  package init(services: WebServices) {
    self.services = services
  }

  /// Throws a `Problem`, a `Refusal` or a `StoreError`.
  ///
  /// - Parameter items: changed all or none.
  /// - Parameter reply: makes the response, inside the transaction.
  package func callAsFunction(
    _ action: ItemAction, _ items: [String], _ fields: FormFields, _ request: WebRequest,
    channel: EntryChannel,
    reply: @escaping @Sendable (ChangeItems.Outcome) throws -> ReplayableResponse
  ) async throws -> ReplayableResponse {
    guard let found = request.shop else { throw Problem.notFound }
    let shop = found.stored.shop
    // Refuses a link's user without a name before a file is processed.
    _ = try request.principal.author(through: channel, isLead: request.mayLead)
    let given = try fields.time("at")
    // The clock of a device that was offline. Nobody typed this time and nobody can correct it later, so it
    // is adjusted instead of refused.
    let deviceTime = try fields.time("told_at")
    let run = try fields.integer("run")
    let proof = try await GivenProof(fields, of: shop.id, with: action)
    let zones = services.dependencies.zones
    return try await services.change(shop.id, request, fields) { transaction, grant in
      let now = grant.now
      let author = try grant.author(through: channel)
      guard let current = grant.shop else { throw Problem.notFound }
      let content = try proof.content(in: transaction)
      let outcome = try ChangeItems(zones: zones, by: author, now: now)(
        items, of: current, run: run, inFinished: action == .tick || action == .untick, in: transaction
      ) { run in
        let zone = try zones.stored(run.timeZone)
        let change = try action.request(fields, proof: content, now: now, in: zone)
        if let deviceTime = try deviceTime?.moment(.happened, in: zone, now: now) {
          return ChangeItems.TimedRequest(change, deviceTime: deviceTime, of: run, now: now)
        }
        let at = try given?.moment(.happened, in: zone, now: now) ?? now
        // Older versions of the page's script send the device's time in this field; it may be ahead. Times
        // that users typed are refused if so.
        let isByDevice = if case .absolute = given { channel != .api } else { false }
        return ChangeItems.TimedRequest(change, at: isByDevice ? min(at, now) : at)
      }
      // A tick that is refused or changes nothing must not leave a file behind.
      if outcome.items.contains(where: \.changed) {
        try proof.keep(by: author, at: now, within: request.quotas, in: transaction)
      }
      return try reply(outcome)
    }
  }
}

/// The proof in a request: a link; a file that comes with it; the digest of a file sent earlier; or name,
/// size and digest of a file that isn't uploaded.
package struct GivenProof: Sendable {
  private enum Given: Sendable {
    case nothing
    case link(String)
    case file(FormFields.File, name: String, sha256: String, isKept: Bool)
    case named(name: String, size: Int64, sha256: String)
    case kept(sha256: String)
  }

  private let given: Given
  private let shop: ShopID

  /// Throws a problem for a file that is too large or that the action doesn't take, and a refusal for an
  /// unacceptable name.
  package init(_ fields: FormFields, of shop: ShopID, with action: ItemAction) async throws {
    self.shop = shop
    if action != .tick {
      if !fields.files.isEmpty { throw Self.takesNoFile }
      given = .nothing
    } else if let file = fields.files["file"] {
      if file.content.count > KeepFile.most { throw Problem.tooLarge(KeepFile.most) }
      if file.content.isEmpty { throw Self.isEmpty }
      let name = try TextRules.line(file.name, as: .fileName)
      let sha256 = try await WorkQueue.large.run(file.content.count) {
        KeepFile.digest(file.content)
      }
      // A form that offers to store the file has this field; a script that sends a file wants it stored.
      let isKept = fields.all("keep").isEmpty || fields.all("keep").contains("1")
      given = .file(file, name: name, sha256: sha256, isKept: isKept)
    } else if let sha256 = fields["file_sha256"] {
      given = .named(
        name: try TextRules.line(try fields.required("file_name"), as: .fileName),
        size: try Self.size(try fields.required("file_size")), sha256: try Self.digest(sha256))
    } else if let sha256 = fields["file"] {
      given = .kept(sha256: sha256.lowercased())
    } else if let link = fields["link"] {
      given = .link(link)
    } else {
      given = .nothing
    }
  }

  /// The proof to record; nil if the request has none.
  package func content(in transaction: any StoreWriting) throws -> Proof.Content? {
    switch given {
    case .nothing: return nil
    case .link(let url): return .link(url: url)
    case .file(let file, let name, let sha256, _):
      return .file(name: name, size: Int64(file.content.count), sha256: sha256)
    case .named(let name, let size, let sha256): return .file(name: name, size: size, sha256: sha256)
    case .kept(let sha256):
      guard let file = try transaction.file(sha256, of: shop) else {
        throw Problem.invalid(
          "file", Wording(en: "no file with this SHA-256 was sent for the shop", zh: "该店铺没有这个 SHA-256 的文件"))
      }
      return .file(name: file.name, size: file.size, sha256: file.sha256)
    }
  }

  /// Stores the uploaded file, if there is one.
  package func keep(
    by author: Author, at now: Moment, within quotas: Quotas, in transaction: any StoreWriting
  )
    throws
  {
    guard case .file(let file, let name, let sha256, true) = given else { return }
    try quotas.checkRoom(for: file.content.count, sha256, in: shop, transaction)
    try transaction.keep(
      KeptFile(
        shop: shop, sha256: sha256, size: Int64(file.content.count), name: name,
        mediaType: MediaTypes.safe(file.mediaType), keptAt: now, keptBy: author.name,
        keptByLink: author.link),
      content: file.content)
  }

  private static func size(_ text: String) throws(Problem) -> Int64 {
    if text == "0" { throw isEmpty }
    if text.utf8.allSatisfy({ 0x30...0x39 ~= $0 }), let size = Int64(text), size < 1 << 53 { return size }
    throw .invalid(
      "file_size", Wording(en: "'\(text.quotable)' isn't a number of bytes", zh: "“\(text.quotable)”不是字节数"))
  }

  private static func digest(_ text: String) throws(Problem) -> String {
    if text.wholeMatch(of: /[0-9A-Fa-f]{64}/) != nil { return text.lowercased() }
    throw .invalid(
      "file_sha256", Wording(en: "isn't a SHA-256 of 64 hexadecimal digits", zh: "不是 64 位十六进制的 SHA-256"))
  }

  private static let isEmpty = Problem.invalid(
    "file", Wording(en: "the file is empty and proves nothing; choose another", zh: "文件是空的，不能作凭证；请另选一个"))

  private static let takesNoFile = Problem.invalid(
    "file",
    Wording(
      en: "isn't taken here; a file is given with a tick, as its proof", zh: "这里不能传文件；请在勾选任务时作为凭证上传"))
}
