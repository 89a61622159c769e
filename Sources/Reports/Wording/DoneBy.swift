import Domain

/// Who did something. Names given through a link aren't checked, so the link is named as well.
package enum DoneBy {
  /// - Parameter link: the number of the shop link used; nil if none was.
  package static func wording(_ name: String, link: Int?) -> Wording {
    guard let link else { return Wording(en: name, zh: name) }
    return Wording(en: "\(name) (link \(link))", zh: "\(name)（链接 \(link)）")
  }
}
