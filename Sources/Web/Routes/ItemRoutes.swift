import Domain
import Formats
import Hummingbird
import Operations
import Reports

/// What people do to items, by forms, by the page's script, by links, and over the API.
enum ItemAction: String, CaseIterable, Sendable {
  case tick
  case confirm
  case untick
  case skip
  case block
  case unblock
  case note
  case assign
  case due

  var level: Level {
    switch self {
    case .assign, .due: .lead
    default: .change
    }
  }

  /// What is asked of a run's items.
  func request(_ fields: Fields, proof: Proof.Content?, zone: Zone) throws -> ItemRequest {
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
        to: try fields.requiredTime("due").resolveDue(in: zone), reason: try fields.required("reason"))
    }
  }

  /// The reason of an undo, which asks for none.
  private static let undone = "undo / 撤销"
}

extension Fields {
  func requiredTime(_ name: String) throws(Problem) -> TimeText {
    let text = try required(name)
    do throws(TimeTextError) { return try TimeText(text) } catch { throw .invalid(name, error.wording) }
  }
}

/// Changes items as a request asks.
struct ChangeItemsByRequest: Sendable {
  let books: Books

  /// Throws a `Problem`, a `Refusal` or a `StoreError`.
  ///
  /// - Parameter items: all of them or none.
  /// - Parameter reply: what is answered, made while the change is under way.
  func callAsFunction(
    _ action: ItemAction, _ items: [String], _ fields: Fields, _ asked: Asked, channel: Channel,
    reply: @escaping @Sendable (ChangeItems.Outcome) -> Reply
  ) async throws -> Reply {
    guard let found = asked.shop else { throw Problem.notFound }
    let shop = found.stored.shop
    // Who opened a link says a name before a file is looked at.
    _ = try asked.principal.actor(through: channel, isLead: asked.mayLead)
    let given = try fields.time("at")
    let run = try fields.integer("run")
    let proof = try await GivenProof(fields, of: shop.id, with: action)
    let zones = books.parts.zones
    return try await books.change(shop.id, asked, fields) { transaction, grant in
      let now = grant.now
      let actor = try grant.actor(through: channel)
      let content = try proof.content(in: transaction)
      let outcome = try ChangeItems(zones: zones, by: actor, now: now)(
        items, of: shop.id, run: run, inFinished: action == .tick || action == .untick, in: transaction
      ) { run in
        let zone = zones.zone(named: run.timeZone) ?? .utc
        // A phone's clock may be ahead of the server's, whose word counts.
        let at = given.map { min($0.resolveHappened(in: zone, now: now), now) } ?? now
        return ChangeItems.Asked(try action.request(fields, proof: content, zone: zone), at: at)
      }
      // A tick that is refused leaves no file behind.
      try proof.keep(by: actor, at: now, within: asked.quotas, in: transaction)
      return reply(outcome)
    }
  }
}

/// What a request gives as proof: a link, a file that comes with it, or the digest of one that came before.
struct GivenProof: Sendable {
  private enum Given: Sendable {
    case nothing
    case link(String)
    case file(Fields.File, name: String, sha256: String)
    case kept(sha256: String)
  }

  /// In bytes.
  static let largestFile = 10 << 20

  private let given: Given
  private let shop: ShopID

  /// Throws a problem for a file that is too large, or where the action takes none, and a refusal for a name
  /// that can't be kept.
  init(_ fields: Fields, of shop: ShopID, with action: ItemAction) async throws {
    self.shop = shop
    if action != .tick {
      if !fields.files.isEmpty { throw Self.takesNoFile }
      given = .nothing
    } else if let file = fields.files["file"] {
      if file.content.count > Self.largestFile { throw Problem.tooLarge(Self.largestFile) }
      let name = try GivenText.line(file.name, as: .fileName)
      let sha256 = try await WorkQueue.large.run(file.content.count) {
        KeepFile.digest(file.content)
      }
      given = .file(file, name: name, sha256: sha256)
    } else if let sha256 = fields["file"] {
      given = .kept(sha256: sha256.lowercased())
    } else if let link = fields["link"] {
      given = .link(link)
    } else {
      given = .nothing
    }
  }

  /// What is recorded as proof.
  func content(in transaction: any ShopWriting) throws -> Proof.Content? {
    switch given {
    case .nothing: return nil
    case .link(let url): return .link(url: url)
    case .file(let file, let name, let sha256):
      return .file(name: name, size: Int64(file.content.count), sha256: sha256)
    case .kept(let sha256):
      guard let file = try transaction.file(sha256, of: shop) else {
        throw Problem.invalid(
          "file", Wording(en: "no file with this SHA-256 was sent for the shop", zh: "该店铺没有这个 SHA-256 的文件"))
      }
      return .file(name: file.name, size: file.size, sha256: file.sha256)
    }
  }

  /// Keeps the file that came along.
  func keep(by actor: Actor, at now: Moment, within quotas: Quotas, in transaction: any ShopWriting) throws {
    guard case .file(let file, let name, let sha256) = given else { return }
    try quotas.checkRoom(for: file.content.count, sha256, in: shop, transaction)
    try transaction.keep(
      KeptFile(
        shop: shop, sha256: sha256, size: Int64(file.content.count), name: name,
        mediaType: MediaTypes.safe(file.mediaType), keptAt: now, keptBy: actor.name,
        keptByLink: actor.link),
      content: file.content)
  }

  private static let takesNoFile = Problem.invalid(
    "file",
    Wording(
      en: "isn't taken here; a file is given with a tick, as its proof", zh: "这里不能传文件；请在勾选任务时作为凭证上传"))
}
