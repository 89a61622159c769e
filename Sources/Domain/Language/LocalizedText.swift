/// A text of a checklist's author: one string, or one for each language tag, in the file's order.
public struct LocalizedText: Sendable, Hashable {
  /// One translation; the tag is `nil` where the file holds a bare string.
  public struct Entry: Sendable, Hashable {
    /// A language tag as written, such as `zh` or `en`.
    public let language: String?
    /// The text in that language.
    public let text: String

    package init(language: String?, text: String) {
      self.language = language
      self.text = text
    }
  }

  /// At least one entry.
  public let entries: [Entry]

  /// A text that is the same in every language.
  public init(_ text: String) {
    entries = [Entry(language: nil, text: text)]
  }

  /// Nil without entries: a text says something in some language.
  public init?(entries: [Entry]) {
    guard !entries.isEmpty else { return nil }
    self.entries = entries
  }

  /// The text in a language; one that is missing falls back to the first that the author wrote.
  public func callAsFunction(_ language: Language) -> String {
    let wanted = entries.first { $0.language == language.rawValue }
    return (wanted ?? entries[0]).text
  }
}
