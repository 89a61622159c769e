import Domain
import Formats

// Refuses, naming the line, what this program would never have written and what a store's keys and
// constraints would reject.

extension User {
  func checked(in reading: any StoreReading) throws -> User {
    try ExportedAccess.check(name, "name", as: .userName)
    try ExportedAccess.check(teams, of: role)
    if !Password.isWellFormed(password) {
      throw ExportedAccess.Malformed(problem: "'password' isn't in a form that this program reads")
    }
    if try reading.user(named: name) != nil {
      throw ExportedAccess.Malformed(problem: "a user who is there already")
    }
    return self
  }
}

extension AccessToken {
  func checked(in reading: any StoreReading) throws -> AccessToken {
    try ExportedAccess.check(name, "name", as: .tokenName)
    try ExportedAccess.check(createdBy, "created_by", as: .author)
    try ExportedAccess.check(maker, "maker", as: .author)
    for team in teams { try ExportedAccess.check(team, "teams", as: .team) }
    let isPlain = Set(scopes).count == scopes.count && Set(teams).count == teams.count
    if try number < 1 || scopes.isEmpty || !isPlain || expiresAt <= createdAt || reading.token(digest) != nil
    {
      throw ExportedAccess.Malformed(problem: "a token that can't be")
    }
    return self
  }
}

extension ShopLink {
  func checked(in reading: any StoreReading) throws -> ShopLink {
    try ExportedAccess.check(createdBy, "created_by", as: .author)
    try ExportedAccess.check(maker, "maker", as: .author)
    if try number < 1 || expiresAt <= createdAt || reading.shop(shop) == nil || reading.link(digest) != nil {
      throw ExportedAccess.Malformed(problem: "a link that can't be")
    }
    return self
  }
}

extension KeptFile {
  func checked(in reading: any StoreReading) throws -> KeptFile {
    try ExportedAccess.check(name, "name", as: .fileName)
    try ExportedAccess.check(keptBy, "kept_by", as: .author)
    if MediaTypes.safe(mediaType) != mediaType {
      throw ExportedAccess.Malformed(problem: "'media_type' can't be '\(mediaType.quotable)'")
    }
    guard let digest = HexText.bytes(of: sha256), digest.count == 32, HexText.of(digest) == sha256 else {
      throw ExportedAccess.Malformed(problem: "'sha256' isn't a digest: 64 hexadecimal digits in lower case")
    }
    if try size > KeepFile.most || reading.file(sha256, of: shop) != nil || reading.shop(shop) == nil {
      throw ExportedAccess.Malformed(problem: "a file that can't be")
    }
    return self
  }
}

extension AuditEvent {
  func checked() throws -> AuditEvent {
    // A token's number precedes its name.
    for text in [subject, by] where text.count > 200 {
      throw ExportedAccess.Malformed(problem: "a name of more than 200 characters")
    }
    if let address, !(1...64 ~= address.utf8.count && address.utf8.allSatisfy { 0x21...0x7E ~= $0 }) {
      throw ExportedAccess.Malformed(problem: "'address' isn't an address")
    }
    return self
  }
}

extension ExportedAccess {
  /// Throws `Malformed` for a text that this program would have refused or stored differently.
  fileprivate static func check(_ text: String?, _ field: String, as use: TextUse) throws(Malformed) {
    guard let text else { return }
    let kept = try? TextRules.line(text, as: use)
    if kept?.utf8.elementsEqual(text.utf8) != true {
      throw Malformed(problem: "'\(field)' can't be '\(text.quotable)'")
    }
  }

  fileprivate static func check(_ teams: [String], of role: Role) throws(Malformed) {
    for team in teams { try check(team, "teams", as: .team) }
    guard let kept = try? ManageUsers.teams(teams, of: role), kept == teams else {
      throw Malformed(problem: "teams that a \(role.rawValue) can't have")
    }
  }
}
