import Domain

/// Why a change of users, tokens, links or files is refused.
package enum AccessRefusal: Error, Sendable, Hashable {
  // Passwords
  case passwordTooShort(count: Int, fewest: Int)
  case passwordTooLong(most: Int)
  /// Too many combining marks in a row.
  case passwordHasTooManyMarks
  /// There wasn't enough memory to hash it.
  case passwordNotHashed
  case passwordIsCommon
  case passwordHoldsName
  /// The current password was wrong, or was changed in the meantime.
  case wrongPassword

  // Users
  case unknownUser(String, nearest: [String])
  case userExists(String)
  /// There would be no enabled admin left.
  case lastAdmin(String)
  case leadWithoutTeam
  /// Only leads have teams.
  case teamsOfNoUse(Role)

  // Tokens and links
  case unknownToken(Int)
  case noScope
  case unknownLink(ShopID, number: Int)
  case endsInThePast(Moment, now: Moment)
  case lastsTooLong(days: Int)

  // Files
  case unknownFile(ShopID, sha256: String)
  case fileTooLarge(size: Int64, most: Int64)
  case onlyLeadsDeleteFiles
}
