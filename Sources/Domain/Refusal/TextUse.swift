/// What a text from input is used for, which decides its maximum length.
package enum TextUse: Sendable, Hashable {
  case author
  case account
  /// A statement about an account that a platform requires.
  case requirement
  case owner
  case shopName
  case platform
  case team
  case tag
  case reason
  case note
  case link
  case fileName
  case userName
  case tokenName

  /// In Unicode scalars.
  package var limit: Int {
    switch self {
    case .author, .account, .requirement, .owner, .platform, .team, .tag, .userName, .tokenName: 100
    case .shopName: 200
    case .link: 2000
    case .fileName: 1000
    case .reason, .note: 10_000
    }
  }
}
