import Crypto
import Domain
import Foundation
import TestSupport
import Testing

@testable import Operations

/// Tokens, links and files.
@Suite struct KeyTests {
  private let user: StoreUser
  private let secrets = CountedSecrets()
  private static let day: Int64 = 86_400

  init() throws {
    user = StoreUser(try TemporaryStore.sqlite().store, [.named("after", [.named("one", proof: [.file])])])
    try user.add("s-1")
    try user.start("s-1")
  }

  private var links: ManageLinks { ManageLinks(secrets: secrets, by: .li, now: .now) }
  private var tokens: ManageTokens { ManageTokens(secrets: secrets, by: .li, now: .now) }
  private func write<Output>(_ body: (any StoreWriting) throws -> Output) throws -> Output {
    try user.store.write(body)
  }

  private func history() throws -> [Event.Change] {
    try user.store.read { reading throws in
      var changes: [Event.Change] = []
      try reading.forEachEvent(of: "s-1") { changes.append(try Event(canonical: $0.bytes).change) }
      return changes
    }
  }

  @Test func aLinkIsFoundByItsSecretAlone() throws {
    let (link, secret) = try write { try links.create("s-1", in: $0) }
    #expect(secret.text == "AQEBAQEBAQEBAQEBAQEBAQ")
    #expect(link.number == 1)
    #expect(link.expiresAt == .now + 30 * Self.day)
    let found = try user.store.read { try $0.link(Secret.digest(of: secret.text)) }
    #expect(found == link)
    #expect(try user.store.exported().firstRange(of: Array(secret.text.utf8)) == nil)
    let second = try write { try links.create("s-1", expiresAt: .now + 1, in: $0) }
    #expect(second.link.number == 2)
    #expect(second.secret != secret)
    #expect(
      try history().suffix(2) == [
        .linkCreated(number: 1, expiresAt: .now + 30 * Self.day),
        .linkCreated(number: 2, expiresAt: .now + 1),
      ])
    #expect(try user.store.breaks() == [])
  }

  /// Whoever makes a token makes what the token makes.
  @Test func whoIsBehindATokenIsBehindWhatItMakes() throws {
    let script = Author.byToken(1, "cron", maker: "Li")
    let link = try write {
      try ManageLinks(secrets: secrets, by: script, now: .now).create("s-1", in: $0).link
    }
    #expect(link.createdBy == "cron" && link.maker == "Li")
    let token = try write {
      try ManageTokens(secrets: secrets, by: script, now: .now).create("next", scopes: [.read], in: $0).token
    }
    #expect(token.createdBy == "cron" && token.maker == "Li")
    #expect(try user.store.breaks() == [])
  }

  @Test func whatIsGivenThroughALinkSaysSo() throws {
    let keep = KeepFile(by: .byLink(4, "root1"), now: .now)
    let file = try write {
      try keep([1], sha256: KeepFile.digest([1]), named: "a", mediaType: "image/png", in: "s-1", $0).file
    }
    #expect(file.keptBy == "root1" && file.keptByLink == 4)
  }

  @Test func aLinkIsRevokedOnce() throws {
    _ = try write { try links.create("s-1", in: $0) }
    let (link, changed) = try write { try links.revoke(1, of: "s-1", in: $0) }
    #expect(changed)
    #expect(link.revokedAt == .now)
    #expect(try !write { try links.revoke(1, of: "s-1", in: $0) }.changed)
    #expect(try history().last == .linkRevoked(number: 1))
    #expect(try user.store.read { try $0.links(of: "s-1") } == [link])
    #expect(try user.store.breaks() == [])
    // A number isn't given again.
    #expect(try write { try links.create("s-1", in: $0) }.link.number == 2)
  }

  @Test func whatNoLinkIsMadeForIsRefused() throws {
    #expect(throws: AccessRefusal.unknownLink("s-1", number: 1)) {
      try write { try links.revoke(1, of: "s-1", in: $0) }
    }
    #expect(throws: AccessRefusal.endsInThePast(.now, now: .now)) {
      try write { try links.create("s-1", expiresAt: .now, in: $0) }
    }
    #expect(throws: AccessRefusal.lastsTooLong(days: 366)) {
      try write { try links.create("s-1", expiresAt: .now + 366 * Self.day + 1, in: $0) }
    }
    #expect(throws: Refusal.unknownShop("s-2", nearest: ["s-1"])) {
      try write { try links.create("s-2", in: $0) }
    }
    try user.setArchived("s-1", true)
    #expect(throws: Refusal.shopArchived("s-1")) { try write { try links.create("s-1", in: $0) } }
    #expect(try user.store.read { try $0.links(of: "s-1") } == [])
  }

  @Test func aLinkThatItsEventsDontTellOfIsABreak() throws {
    try write {
      try $0.insert(
        ShopLink(
          number: 1, shop: "s-1", digest: [UInt8](repeating: 1, count: 32), createdBy: "Li", createdAt: .now,
          expiresAt: .now + 1))
    }
    #expect(try user.store.breaks() == ["s-1: links"])
  }

  @Test func aTokenIsFoundByItsSecretAlone() throws {
    let (token, secret) = try write { transaction in
      try tokens.create("cron", scopes: [.change, .read, .read], teams: ["east"], in: transaction)
    }
    #expect(secret.text == "slt_AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE")
    #expect(token.scopes == [.read, .change])
    #expect(token.expiresAt == .now + 90 * Self.day)
    #expect(try user.store.read { try $0.token(Secret.digest(of: secret.text)) } == token)
    #expect(try write { try tokens.revoke(1, in: $0) }.token.revokedAt == .now)
    #expect(try !write { try tokens.revoke(1, in: $0) }.changed)
    let log = try user.store.read { try $0.auditEvents(before: nil, limit: 9).map(\.event) }
    #expect(log.map(\.kind) == [.tokenRevoked, .tokenCreated])
    #expect(log.map(\.subject) == ["1 cron", "1 cron"])
    #expect(throws: AccessRefusal.noScope) { try write { try tokens.create("x", scopes: [], in: $0) } }
    #expect(throws: AccessRefusal.unknownToken(2)) { try write { try tokens.revoke(2, in: $0) } }
    #expect(throws: AccessRefusal.lastsTooLong(days: 366)) {
      try write { try tokens.create("x", scopes: [.read], expiresAt: .now + 400 * Self.day, in: $0) }
    }
  }

  @Test func aFileIsKeptByItsDigestUntilALeadDeletesIt() throws {
    let content = Array("proof".utf8)
    let keep = KeepFile(by: .li, now: .now)
    let (file, proof) = try write {
      try keep(
        content, sha256: KeepFile.digest(content), named: "a.png", mediaType: "image/png", in: "s-1", $0)
    }
    let sha256 = SHA256.hash(data: content).map { String(format: "%02x", $0) }.joined()
    #expect(proof == .file(name: "a.png", size: 5, sha256: sha256))
    #expect(try user.store.read { try $0.file(sha256, of: "s-1") } == file)
    try user.change("s-1", ["one"], .tick(note: nil, proof: proof))
    let again = try write {
      try keep(
        content, sha256: KeepFile.digest(content), named: "b.png", mediaType: "image/gif", in: "s-1", $0)
    }
    #expect(again.file == file)
    #expect(again.proof == .file(name: "b.png", size: 5, sha256: sha256))

    #expect(throws: AccessRefusal.onlyLeadsDeleteFiles) {
      try write { try DeleteFile(by: .li, now: .now)(sha256, of: "s-1", in: $0) }
    }
    let delete = DeleteFile(by: .lead, now: .now)
    #expect(try write { try delete(sha256, of: "s-1", in: $0) }.changed)
    #expect(try !write { try delete(sha256, of: "s-1", in: $0) }.changed)
    #expect(try history().last == .fileDeleted(sha256: sha256))
    #expect(try user.store.read { try $0.content(ofFile: sha256, of: "s-1") } == nil)
    #expect(try user.store.read { try $0.run(1, of: "s-1")?["one"]?.proof?.content } == proof)
    #expect(try user.store.breaks() == [])
    #expect(throws: AccessRefusal.unknownFile("s-1", sha256: "x")) {
      try write { try delete("x", of: "s-1", in: $0) }
    }
  }

  @Test func aFileHasItsLimit() throws {
    let keep = KeepFile(by: .li, now: .now)
    let most = [UInt8](repeating: 1, count: 10 << 20)
    func write(_ content: [UInt8]) throws {
      _ = try self.write {
        try keep(
          content, sha256: KeepFile.digest(content), named: "a", mediaType: "image/png", in: "s-1", $0)
      }
    }
    try write(most)
    #expect(throws: AccessRefusal.fileTooLarge(size: (10 << 20) + 1, most: 10 << 20)) {
      try write(most + [1])
    }
  }
}
