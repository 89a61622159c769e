/// A language that the program speaks.
public enum Language: String, Sendable, CaseIterable {
  case english = "en"
  case chinese = "zh"
}

/// A text of the program's own, in every language it speaks.
///
/// Both languages stand side by side at the place that needs the text, so that neither can be forgotten.
public struct Wording: Sendable, Equatable {
  /// The English text.
  public let en: String
  /// The Chinese text (simplified).
  public let zh: String

  /// Takes the same thing said in both languages.
  public init(en: String, zh: String) {
    self.en = en
    self.zh = zh
  }

  /// The text in one language.
  public func callAsFunction(_ language: Language) -> String {
    switch language {
    case .english: en
    case .chinese: zh
    }
  }
}
