import Crypto
import CryptoExtras
import Domain
import Formats

/// An acceptable password in its stored form: `scrypt$n$r$p$salt$hash`.
///
/// Hashing and verifying take about 32 MB and 60 ms each, so both are done outside of transactions.
package struct Password: Sendable, Hashable {
  /// In characters.
  package static let fewest = 10
  /// In characters, so that nobody can make the program hash megabytes.
  package static let most = 1000
  /// In UTF-8. Checked before anything else.
  static let mostBytes = 4 * most

  /// The hash with its parameters.
  package let stored: String

  /// Throws an `AccessRefusal` if the password isn't acceptable.
  ///
  /// - Parameter name: the user's name, which the password must not contain.
  package init(_ text: String, of name: String, from secrets: some SecretSource) throws(AccessRefusal) {
    try Self.check(text, of: name)
    guard let hashed = Cost.current.hash(text, salt: secrets.bytes(16)) else { throw .passwordNotHashed }
    stored = hashed.text
  }

  /// Whether a text is the password behind a stored form. Takes the same time for an unreadable form, so that
  /// timing doesn't reveal which users exist: pass `nobody` for an unknown one.
  ///
  /// A text that can't be anybody's password is refused immediately.
  package static func verifies(_ text: String, against stored: String) -> Bool {
    if text.utf8.count > mostBytes || !text.isStreamSafe { return false }
    let known = Hashed(stored)
    let cost = known?.cost ?? .current
    let given = cost.hash(text, salt: known?.salt ?? [UInt8](repeating: 0, count: 16))?.key
    guard let known, let given, known.key.count == given.count else { return false }
    // Compares in constant time.
    return zip(known.key, given).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }

  /// Stands for a stored form that no password matches.
  package static let nobody = "nobody"

  /// Whether `verifies` can read a stored form, and its cost is within what this program accepts.
  package static func isWellFormed(_ stored: String) -> Bool { stored == nobody || Hashed(stored) != nil }

  static func check(_ text: String, of name: String) throws(AccessRefusal) {
    if text.utf8.count > mostBytes { throw .passwordTooLong(most: most) }
    if !text.isStreamSafe { throw .passwordHasTooManyMarks }
    let count = text.composed.count
    if count < fewest { throw .passwordTooShort(count: count, fewest: fewest) }
    if count > most { throw .passwordTooLong(most: most) }
    let folded = Author.folded(text)
    let parts = [name] + name.split(separator: " ").map(String.init)
    for part in parts.map(Author.folded) where part.count > 2 || part == Author.folded(name) && part.count > 1
    {
      if folded.contains(part) { throw .passwordHoldsName }
    }
    if CommonPasswords.contain(folded) { throw .passwordIsCommon }
  }

  /// The parameters that determine the cost of an attempt.
  private struct Cost: Equatable {
    let rounds: Int
    let blockSize: Int
    let parallelism: Int

    static let current = Cost(rounds: 1 << 15, blockSize: 8, parallelism: 1)

    /// Whether scrypt accepts the parameters (RFC 7914, section 6) and the cost is acceptable: at most about
    /// 130 MB and half a second.
    var isAffordable: Bool {
      guard rounds > 1, rounds <= 1 << 20, rounds.nonzeroBitCount == 1, (1...32).contains(blockSize),
        (1...16).contains(parallelism)
      else { return false }
      return (blockSize >= 2 || rounds < 1 << 16) && rounds * blockSize * parallelism <= 1 << 20
    }

    /// Nil if there isn't enough memory.
    func hash(_ text: String, salt: [UInt8]) -> Hashed? {
      let key = try? KDF.Scrypt.deriveKey(
        from: Array(text.composed.utf8), salt: salt, outputByteCount: 32, rounds: rounds,
        blockSize: blockSize, parallelism: parallelism)
      guard let key else { return nil }
      return Hashed(cost: self, salt: salt, key: key.withUnsafeBytes { Array($0) })
    }
  }

  private struct Hashed {
    let cost: Cost
    let salt: [UInt8]
    let key: [UInt8]

    init(cost: Cost, salt: [UInt8], key: [UInt8]) {
      self.cost = cost
      self.salt = salt
      self.key = key
    }

    /// Accepts only what `text` returns; nil for anything else.
    init?(_ stored: String) {
      if stored.utf8.count > 500 { return nil }
      let parts = stored.split(separator: "$", omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 6, parts[0] == "scrypt", let rounds = Int(parts[1]),
        let blockSize = Int(parts[2]), let parallelism = Int(parts[3]),
        let salt = Base64URL.bytes(of: parts[4]), let key = Base64URL.bytes(of: parts[5]), key.count == 32
      else { return nil }
      cost = Cost(rounds: rounds, blockSize: blockSize, parallelism: parallelism)
      if !cost.isAffordable { return nil }
      self.salt = salt
      self.key = key
    }

    var text: String {
      let numbers = [cost.rounds, cost.blockSize, cost.parallelism].map(String.init)
      return (["scrypt"] + numbers + [Base64URL.text(of: salt), Base64URL.text(of: key)])
        .joined(separator: "$")
    }
  }
}
