import Domain
import Formats
import Operations

/// A page of all usable links, and all usable tokens.
package struct CredentialPart: Sendable {
  package let links: [ShopLink]
  package let tokens: [AccessToken]
  /// The total number of links.
  package let linkCount: Int
  /// The cursor of the next page of links; nil on the last.
  package let next: String?

  /// Throws a problem for an invalid cursor or an unknown person, or a `StoreError`.
  package static func read(
    _ services: WebServices, by: String?, after: String?, limit: Int, at now: Moment
  ) async throws -> CredentialPart {
    let start = try after.map { text throws(Problem) in try LivePosition(cursor: text) }
    let live: ActiveCredentials
    do {
      live = try await services.store.read(.background) { try ReadCredentials(now: now)(of: by, in: $0) }
    } catch let refusal as AccessRefusal { throw Problem.invalid("by", Problem(refusal).detail) }
    let rest = live.links.drop { link in
      start.map { !$0.isBefore(LivePosition(link)) } ?? false
    }
    let links = Array(rest.prefix(limit))
    let next = links.count < rest.count ? links.last : nil
    return CredentialPart(
      links: links, tokens: live.tokens, linkCount: live.links.count,
      next: next.map { LivePosition($0).cursor })
  }
}

/// A link's position among all usable ones.
private struct LivePosition {
  /// Folded by `Author.folded`.
  private let maker: String
  private let shop: String
  private let number: Int

  init(_ link: ShopLink) {
    (maker, shop, number) = (Author.folded(link.maker), link.shop.rawValue, link.number)
  }

  /// Throws a problem for a cursor that no page returned.
  init(cursor text: String) throws(Problem) {
    do throws(PageCursorError) {
      let parts = try PageCursor.parts(text, count: 3)
      (maker, shop) = (parts[0], parts[2])
      number = Int(try PageCursor.integer(parts[1], in: 0...999_999_999))
    } catch { throw Problem(error) }
  }

  var cursor: String { PageCursor.text([maker, "\(number)", shop]) }

  func isBefore(_ other: LivePosition) -> Bool {
    (maker, shop, number) < (other.maker, other.shop, other.number)
  }
}
