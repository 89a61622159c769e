/// A text of a checklist's author: one string, or one for each language tag, in the file's order.
package struct LocalizedText: Sendable, Hashable {
  /// One translation; the tag is `nil` where the file holds a bare string.
  package struct Entry: Sendable, Hashable {
    /// A language tag as written, such as `zh` or `en`.
    package let language: String?
    /// The text in that language.
    package let text: String

    package init(language: String?, text: String) {
      self.language = language
      self.text = text
    }
  }

  /// At least one entry.
  package let entries: [Entry]

  /// A text that is the same in every language.
  package init(_ text: String) {
    entries = [Entry(language: nil, text: text)]
  }

  /// Nil without entries: a text says something in some language.
  package init?(entries: [Entry]) {
    guard !entries.isEmpty else { return nil }
    self.entries = entries
  }

  /// The text in a language: tags are matched whole, else by their first part, without case, so `ZH` and `zh-Hans` are
  /// read by who reads `zh`. A language that is missing falls back to the first that the author wrote.
  package func callAsFunction(_ language: Language) -> String {
    // Most are tagged just so, and each text of each answer comes by here.
    for entry in entries where entry.language == language.rawValue { return entry.text }
    let tag = language.rawValue.utf8
    let wanted =
      entries.first { $0.language.map { tag.isSameTag(as: $0.utf8) } ?? false }
      ?? entries.first {
        $0.language.map { tag.isSameTag(as: $0.utf8.prefix { $0 != UInt8(ascii: "-") }) } ?? false
      }
    return (wanted ?? entries[0]).text
  }
}

extension Sequence<UInt8> {
  /// Whether two language tags are the same, which have ASCII letters alone, in any case.
  package func isSameTag(as other: some Sequence<UInt8>) -> Bool {
    elementsEqual(other) {
      $0 == $1 || $0 | 0x20 == $1 | 0x20 && UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 | 0x20
    }
  }
}
