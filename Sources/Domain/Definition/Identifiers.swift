/// The id of a checklist or of an item: lower-case ASCII letters, digits and `-`, 1 to 64 of them,
/// beginning with a letter or a digit.
package protocol DefinitionIdentifier: RawRepresentable, Sendable, Hashable, Comparable,
  CustomStringConvertible
where RawValue == String {
  /// Doesn't check the form; for text that has been checked before. Use `init?(_:)` for input.
  init(trusted: String)
}

extension DefinitionIdentifier {
  /// Nil if the text isn't a valid id.
  package init?(_ text: some StringProtocol) {
    var text = String(text)
    guard text.withUTF8({ isDefinitionIdentifier($0) }) else { return nil }
    self.init(trusted: text)
  }

  package init?(rawValue: String) {
    self.init(rawValue)
  }

  package var description: String { rawValue }

  /// By bytes, which is alphabetical for these characters.
  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// Whether UTF-8 bytes are a valid id.
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

/// Unique within a folder of checklists.
package struct ChecklistID: DefinitionIdentifier {
  package let rawValue: String

  package init(trusted: String) { rawValue = trusted }
}

/// Unique within its checklist.
package struct ItemID: DefinitionIdentifier {
  package let rawValue: String

  package init(trusted: String) { rawValue = trusted }
}
