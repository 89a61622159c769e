import Domain
import Operations

extension CredentialCount {
  /// Counts in words; empty if there are none.
  package var wording: Wording {
    var (en, zh): ([String], [String]) = ([], [])
    if links > 0 {
      en.append(links == 1 ? "1 link" : "\(links) links")
      zh.append("\(links) 个链接")
    }
    if tokens > 0 {
      en.append(tokens == 1 ? "1 token" : "\(tokens) tokens")
      zh.append("\(tokens) 个令牌")
    }
    return Wording(en: en.joined(separator: " and "), zh: zh.joined(separator: "和 "))
  }
}

/// Who made a link or token. If a token did, names the person responsible as well.
package enum MadeBy {
  package static func wording(_ createdBy: String, maker: String) -> Wording {
    if createdBy == maker { return Wording(en: createdBy, zh: createdBy) }
    return Wording(en: "\(createdBy), made by \(maker)", zh: "\(createdBy)（由 \(maker) 创建）")
  }
}
