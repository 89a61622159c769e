import Domain
import Formats
import Operations

/// Users, tokens, links and the access log as JSON. Never contains password hashes; contains a secret only
/// when it has just been made.
package enum AccessJSON {
  /// `[{"name", "role", "teams", "disabled", "must_change_password", "created_at"}]`
  package static func users(_ users: [User]) -> [UInt8] {
    list(users) { user, json in write(user, to: &json) }
  }

  /// An element of `users`, with the password if one has just been made.
  package static func user(_ user: User, password: String? = nil) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      write(user, to: &json)
      if let password { json.field("password", password) }
    }
    return json.document()
  }

  /// An element of `users`, with the numbers of the user's links and tokens that are usable and that were
  /// revoked.
  package static func changed(_ user: User, live: CredentialCount, revoked: CredentialCount) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      write(user, to: &json)
      json.field("live_links", live.links)
      json.field("live_tokens", live.tokens)
      json.field("revoked_links", revoked.links)
      json.field("revoked_tokens", revoked.tokens)
    }
    return json.document()
  }

  /// `[{"number", "name", "scopes", "teams", "created_by", "maker", "created_at", "expires_at", "revoked_at",
  /// "last_used_at"}]`
  package static func tokens(_ tokens: [AccessToken]) -> [UInt8] {
    list(tokens) { token, json in write(token, to: &json) }
  }

  /// An element of `tokens`, with its secret.
  package static func token(_ token: AccessToken, secret: String) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      write(token, to: &json)
      json.field("secret", secret)
    }
    return json.document()
  }

  /// `[{"shop", "number", "created_by", "maker", "created_at", "expires_at", "revoked_at", "last_used_at"}]`
  package static func links(_ links: [ShopLink]) -> [UInt8] {
    list(links) { link, json in write(link, to: &json) }
  }

  /// An element of `links`, with its URL.
  package static func link(_ link: ShopLink, address: String) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      write(link, to: &json)
      json.field("address", address)
    }
    return json.document()
  }

  /// `[{"number", "kind", "at", "subject", "by", "address", "attempts"}]`
  package static func log(_ events: [(number: Int, event: AuditEvent)]) -> [UInt8] {
    list(events) { entry, json in write(entry, to: &json) }
  }

  /// `{"users": […]}`
  package static func users(_ users: [User], named name: StaticString) -> [UInt8] {
    list(users, named: name) { user, json in write(user, to: &json) }
  }

  /// `{"tokens": […]}`
  package static func tokens(_ tokens: [AccessToken], named name: StaticString) -> [UInt8] {
    list(tokens, named: name) { token, json in write(token, to: &json) }
  }

  /// `{"links": […]}`, without the shop, which the request's path names.
  package static func links(_ links: [ShopLink], named name: StaticString) -> [UInt8] {
    list(links, named: name) { link, json in writeInShop(link, to: &json) }
  }

  /// `{"links": […], "next": …}`: links of many shops, and the cursor of the next page or null.
  package static func links(_ links: some Sequence<ShopLink>, next: String?) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.array("links") { json in
        for link in links { json.object { write(link, to: &$0) } }
      }
      json.field("next", next)
    }
    return json.document()
  }

  /// A link that was just made, with its path, and its URL if that is known.
  package static func link(_ link: ShopLink, path: String, url: String?) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      writeInShop(link, to: &json)
      json.field("path", path)
      json.field("url", url)
    }
    return json.document()
  }

  /// `{"events": […], "before": …}`: `before` is where older ones continue, or null.
  package static func log(_ events: [(number: Int, event: AuditEvent)], next: Int?) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.array("events") { json in
        for entry in events { json.object { write(entry, to: &$0) } }
      }
      json.optional("before", next)
    }
    return json.document()
  }

  private static func list<Element>(
    _ elements: [Element], named name: StaticString, _ write: (Element, inout JSONWriter) -> Void
  ) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.array(name) { json in
        for element in elements { json.object { write(element, &$0) } }
      }
    }
    return json.document()
  }

  private static func list<Element>(
    _ elements: [Element], _ write: (Element, inout JSONWriter) -> Void
  ) -> [UInt8] {
    var json = JSONWriter()
    json.array { json in
      for element in elements {
        json.newLine()
        json.object { json in write(element, &json) }
      }
    }
    return json.document()
  }

  private static func write(_ user: User, to json: inout JSONWriter) {
    json.field("name", user.name)
    json.field("role", user.role.rawValue)
    json.field("teams", user.teams)
    json.field("disabled", user.isDisabled)
    json.field("must_change_password", user.mustChangePassword)
    json.field("created_at", user.createdAt)
  }

  private static func write(_ token: AccessToken, to json: inout JSONWriter) {
    json.field("number", token.number)
    json.field("name", token.name)
    json.field("scopes", token.scopes.map(\.rawValue))
    json.field("teams", token.teams)
    json.field("created_by", token.createdBy)
    json.field("maker", token.maker)
    json.field("created_at", token.createdAt)
    json.field("expires_at", token.expiresAt)
    json.field("revoked_at", token.revokedAt)
    json.field("last_used_at", token.lastUsedAt)
  }

  private static func write(_ entry: (number: Int, event: AuditEvent), to json: inout JSONWriter) {
    json.field("number", entry.number)
    json.field("kind", entry.event.kind.rawValue)
    json.field("at", entry.event.at)
    json.field("subject", entry.event.subject)
    json.field("by", entry.event.by)
    json.field("address", entry.event.address)
    json.field("attempts", entry.event.attempts)
  }

  private static func write(_ link: ShopLink, to json: inout JSONWriter) {
    json.field("shop", link.shop.rawValue)
    writeInShop(link, to: &json)
  }

  private static func writeInShop(_ link: ShopLink, to json: inout JSONWriter) {
    json.field("number", link.number)
    json.field("created_by", link.createdBy)
    json.field("maker", link.maker)
    json.field("created_at", link.createdAt)
    json.field("expires_at", link.expiresAt)
    json.field("revoked_at", link.revokedAt)
    json.field("last_used_at", link.lastUsedAt)
  }
}
