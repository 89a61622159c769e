/// An author's text in one or several languages, in the file's order.
package struct LocalizedText: Sendable, Hashable {
  /// One translation. `language` is nil if the file has a bare string.
  package struct Entry: Sendable, Hashable {
    /// A language tag as written, such as `zh` or `en`.
    package let language: String?
    package let text: String

    package init(language: String?, text: String) {
      self.language = language
      self.text = text
    }
  }

  /// At least one entry.
  package let entries: [Entry]

  /// A text for all languages.
  package init(_ text: String) {
    entries = [Entry(language: nil, text: text)]
  }

  /// Nil for no entries.
  package init?(entries: [Entry]) {
    guard !entries.isEmpty else { return nil }
    self.entries = entries
  }

  /// The text for a language. Tags match as a whole, else by their first subtag, ignoring case, so readers of
  /// `zh` get `ZH` and `zh-Hans`. If the language is missing, the author's first.
  package func callAsFunction(_ language: Language) -> String {
    // The usual case, taken for every text of every response.
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
  /// Whether two language tags, which consist of ASCII, are equal ignoring case.
  package func isSameTag(as other: some Sequence<UInt8>) -> Bool {
    elementsEqual(other) {
      $0 == $1 || $0 | 0x20 == $1 | 0x20 && UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 | 0x20
    }
  }
}
