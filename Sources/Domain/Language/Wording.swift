/// A language of the user interface.
package enum Language: String, Sendable, CaseIterable {
  case english = "en"
  case chinese = "zh"
}

/// A text of the program's own in every language it speaks.
///
/// The languages stand side by side where the text is needed, so that none can be forgotten.
package struct Wording: Sendable, Equatable {
  package let en: String
  /// Simplified Chinese.
  package let zh: String

  package init(en: String, zh: String) {
    self.en = en
    self.zh = zh
  }

  package func callAsFunction(_ language: Language) -> String {
    switch language {
    case .english: en
    case .chinese: zh
    }
  }
}
