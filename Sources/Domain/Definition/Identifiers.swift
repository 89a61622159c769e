/// The id of a checklist or of an item: lower-case ASCII letters, digits and `-`, 1 to 64 of them,
/// beginning with a letter or a digit.
package protocol DefinitionIdentifier: RawRepresentable, Sendable, Hashable, Comparable,
  CustomStringConvertible
where RawValue == String {
  /// Wraps a text that is known to have the form; use `init?(_:)` for what comes from outside.
  init(trusted: String)
}

extension DefinitionIdentifier {
  /// Nil when the text hasn't the form of an id.
  package init?(_ text: some StringProtocol) {
    var text = String(text)
    guard text.withUTF8({ isDefinitionIdentifier($0) }) else { return nil }
    self.init(trusted: text)
  }

  /// See `init(_:)`.
  package init?(rawValue: String) {
    self.init(rawValue)
  }

  /// The id as it is written.
  package var description: String { rawValue }

  /// By bytes, which for these characters is alphabetical.
  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// Whether a text in UTF-8 has the form of an id.
package func isDefinitionIdentifier(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
  guard let first = bytes.first, bytes.count <= 64, first != UInt8(ascii: "-") else { return false }
  for byte in bytes {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
      UInt8(ascii: "-"):
      continue
    default: return false
    }
  }
  return true
}

/// Names a checklist; unique in a folder of them.
package struct ChecklistID: DefinitionIdentifier {
  /// The id as it is written.
  package let rawValue: String

  /// See `DefinitionIdentifier`.
  package init(trusted: String) { rawValue = trusted }
}

/// Names an item; unique in its checklist.
package struct ItemID: DefinitionIdentifier {
  /// The id as it is written.
  package let rawValue: String

  /// See `DefinitionIdentifier`.
  package init(trusted: String) { rawValue = trusted }
}
