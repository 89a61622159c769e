/// A language that the program speaks.
package enum Language: String, Sendable, CaseIterable {
  case english = "en"
  case chinese = "zh"
}

/// A text of the program's own, in every language it speaks.
///
/// Both languages stand side by side at the place that needs the text, so that neither can be forgotten.
package struct Wording: Sendable, Equatable {
  /// The English text.
  package let en: String
  /// The Chinese text (simplified).
  package let zh: String

  /// Takes the same thing said in both languages.
  package init(en: String, zh: String) {
    self.en = en
    self.zh = zh
  }

  /// The text in one language.
  package func callAsFunction(_ language: Language) -> String {
    switch language {
    case .english: en
    case .chinese: zh
    }
  }
}
