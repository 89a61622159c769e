/// Who makes a change. On one machine the name is what somebody said, not a proof.
package struct Author: Sendable, Hashable {
  /// As given, trimmed and composed (NFC).
  package let name: String
  /// The operating system's login name, the user who signed in, or the link.
  package let login: String
  /// The way by which the change came in.
  package let channel: EntryChannel
  /// Acts as a lead, and may skip what is critical.
  package let isLead: Bool
  /// The moment was set with `--now` instead of read from the clock.
  package let clockWasSet: Bool
  /// Who made the link or token that is acted by; nil where it is neither. Events don't hold it, since a replay
  /// decides nothing.
  package let maker: String?

  /// Throws a refusal when the name is empty, too long or holds control characters.
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

  /// The number of the link by which the change came in; nil where it came otherwise.
  package var link: Int? { channel == .link ? Author.link(ofLogin: login) : nil }

  /// What the login of whoever comes by a link is.
  package static func login(ofLink number: Int) -> String { "link:\(number)" }

  /// The link's number in such a login; nil for another.
  package static func link(ofLogin login: String) -> Int? {
    guard let number = Int(login.drop { $0 != ":" }.dropFirst()), login == Author.login(ofLink: number) else {
      return nil
    }
    return number
  }

  /// Whether a name means this person: trimmed, composed and without case.
  package func isSamePerson(as other: String) -> Bool {
    Author.folded(name) == Author.folded(other)
  }

  /// What is the same for all ways to write a person's name. Upper case comes first, because one letter may
  /// have several lower-case forms (`ß` and `ss`, `ς` and `σ`).
  package static func folded(_ name: String) -> String {
    name.trimmedAndComposed.uppercased().lowercased().composed
  }
}
