/// Who makes a change. On the command line the name is only what somebody claims.
package struct Author: Sendable, Hashable {
  /// Trimmed and normalized (NFC).
  package let name: String
  /// The operating system's login name, the user who signed in, or `link:` with the link's number.
  package let login: String
  package let channel: EntryChannel
  /// Acts as a lead, and so may skip critical items.
  package let isLead: Bool
  /// The moment came from `--now` instead of the clock.
  package let clockWasSet: Bool
  /// Who made the link or token that is used; nil if none is. Not part of events, since a replay decides
  /// nothing.
  package let maker: String?

  /// Throws a refusal if the name is empty, too long or contains control characters.
  package init(
    name: String, login: String, channel: EntryChannel, isLead: Bool = false, clockWasSet: Bool = false,
    maker: String? = nil
  ) throws(Refusal) {
    self.name = try SingleLineText.check(name, as: .author)
    self.login = login
    self.channel = channel
    self.isLead = isLead
    self.clockWasSet = clockWasSet
    self.maker = maker
  }

  /// The number of the shop link used; nil for any other way.
  package var link: Int? { channel == .link ? Author.link(ofLogin: login) : nil }

  package static func login(ofLink number: Int) -> String { "link:\(number)" }

  /// The number in such a login; nil for others.
  package static func link(ofLogin login: String) -> Int? {
    guard let number = Int(login.drop { $0 != ":" }.dropFirst()), login == Author.login(ofLink: number) else {
      return nil
    }
    return number
  }

  /// Whether a name means the same person, ignoring white space around it, normalization and case.
  package func isSamePerson(as other: String) -> Bool {
    Author.folded(name) == Author.folded(other)
  }

  /// The key by which names are compared. Uppercases first, because one letter may have several lower-case
  /// forms (`ß` and `ss`, `ς` and `σ`).
  package static func folded(_ name: String) -> String {
    name.trimmedAndComposed.uppercased().lowercased().composed
  }
}
