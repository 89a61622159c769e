import Domain

/// The language of this process: `--lang`, else `SWITCHLIST_LANG`, else the locale's.
enum ProcessLanguage {
  static let language: Language = chosen(
    arguments: CommandLine.arguments, environment: Environment())

  static func chosen(arguments: [String], environment: Environment) -> Language {
    for (index, argument) in arguments.enumerated() {
      if argument == "--" { break }
      if argument == "--lang", index + 1 < arguments.count,
        let language = Language(tag: arguments[index + 1])
      {
        return language
      }
      if argument.hasPrefix("--lang="), let language = Language(tag: String(argument.dropFirst(7))) {
        return language
      }
    }
    if let language = environment.filled("SWITCHLIST_LANG").flatMap(Language.init(tag:)) { return language }
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap { environment[$0] }
      .first { !$0.isEmpty }
    return locale?.lowercased().hasPrefix("zh") == true ? .chinese : .english
  }
}

extension Language {
  /// Matches the first subtag, ignoring case: `zh_CN`, `zh-Hans`, `EN`, `zh_CN.UTF-8`.
  init?(tag: String) {
    let first = tag.prefix { $0 != "-" && $0 != "_" && $0 != "." }
    self.init(rawValue: first.lowercased())
  }
}

/// Selects the text in this process's language.
func say(en: String, zh: String) -> String {
  Wording(en: en, zh: zh)(ProcessLanguage.language)
}

extension Wording {
  /// The text in this process's language.
  var said: String { self(ProcessLanguage.language) }
}
