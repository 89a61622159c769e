import Domain

/// Who did something, as people read it. Nobody checks a name that was given through a link, so the link stands
/// beside it.
package enum DoneBy {
  /// - Parameter link: the link's number; nil where there is none.
  package static func wording(_ name: String, link: Int?) -> Wording {
    guard let link else { return Wording(en: name, zh: name) }
    return Wording(en: "\(name) (link \(link))", zh: "\(name)（链接 \(link)）")
  }
}
