import Domain
import HTTPTypes
import Hummingbird

/// Which language a page is in: what was chosen on a page, else what the browser prefers.
enum LanguageChoice {
  package static func of(_ request: Request) -> Language {
    if let chosen = CookieName.value(.language, in: request).flatMap(Language.init(rawValue:)) {
      return chosen
    }
    return request.headers[.acceptLanguage].map(preferred) ?? .english
  }

  /// The first of the languages with the highest weight that we speak.
  private static func preferred(_ header: String) -> Language {
    // What scripts and many browsers send.
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
