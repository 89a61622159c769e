import Domain
import HTTPTypes
import Hummingbird

/// Chooses a page's language: the one chosen on a page, else the browser's preference.
enum LanguageChoice {
  package static func of(_ request: Request) -> Language {
    if let chosen = CookieName.value(.language, in: request).flatMap(Language.init(rawValue:)) {
      return chosen
    }
    return request.headers[.acceptLanguage].map(preferred) ?? .english
  }

  /// The first supported language with the highest weight.
  private static func preferred(_ header: String) -> Language {
    // Fast path for what scripts and many browsers send.
    if header == "zh-CN" || header == "zh" { return .chinese }
    var best: (Language, Double)?
    for part in header.split(separator: ",") {
      let pieces = part.split(separator: ";")
      guard let tag = pieces.first?.drop(while: { $0 == " " }).lowercased() else { continue }
      let language: Language? =
        tag.hasPrefix("zh") ? .chinese : tag.hasPrefix("en") || tag == "*" ? .english : nil
      let quality = pieces.dropFirst().first { $0.contains("q=") }.flatMap {
        Double($0.drop { $0 != "=" }.dropFirst())
      }
      if let language, best.map({ $0.1 < quality ?? 1 }) ?? true { best = (language, quality ?? 1) }
    }
    return best?.0 ?? .english
  }
}
