import Domain

/// Why users, tokens, links or files aren't changed.
package enum AccessRefusal: Error, Sendable, Hashable {
  // Passwords
  case passwordTooShort(count: Int, fewest: Int)
  case passwordTooLong(most: Int)
  /// More marks in a row, combined with one character, than any language has.
  case passwordHasTooManyMarks
  /// The machine has no memory for it.
  case passwordNotHashed
  case passwordIsCommon
  case passwordHoldsName
  /// The password given isn't the user's, or was changed in between.
  case wrongPassword

  // Users
  case unknownUser(String, nearest: [String])
  case userExists(String)
  /// Nobody would be left who may do everything.
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
