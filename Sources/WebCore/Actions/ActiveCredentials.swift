import Domain
import Formats
import Operations

/// A part of the live links, and all live tokens.
package struct ActiveCredentials: Sendable {
  package let links: [ShopLink]
  package let tokens: [AccessToken]
  /// How many links there are.
  package let linkCount: Int
  /// Where the links go on; nil where they don't.
  package let next: String?

  /// Throws a problem for a cursor that no part gave and for somebody unknown, or a `StoreError`.
  package static func read(
    _ services: WebServices, by: String?, after: String?, limit: Int, at now: Moment
  ) async throws -> ActiveCredentials {
    let start = try after.map { text throws(Problem) in try LivePosition(cursor: text) }
    let live: LiveCredentials
    do {
      live = try await services.store.read(.background) { try ReadCredentials(now: now)(of: by, in: $0) }
    } catch let refusal as AccessRefusal { throw Problem.invalid("by", Problem(refusal).detail) }
    let rest = live.links.drop { link in
      start.map { !$0.isBefore(LivePosition(link)) } ?? false
    }
    let links = Array(rest.prefix(limit))
    let next = links.count < rest.count ? links.last : nil
    return ActiveCredentials(
      links: links, tokens: live.tokens, linkCount: live.links.count,
      next: next.map { LivePosition($0).cursor })
  }
}

/// A link's place among all that work.
private struct LivePosition {
  /// As names are compared.
  private let maker: String
  private let shop: String
  private let number: Int

  init(_ link: ShopLink) {
    (maker, shop, number) = (Author.folded(link.maker), link.shop.rawValue, link.number)
  }

  /// Throws a problem for what no page gave.
  init(cursor text: String) throws(Problem) {
    do throws(CursorError) {
      let parts = try Cursor.parts(text, count: 3)
      (maker, shop) = (parts[0], parts[2])
      number = Int(try Cursor.integer(parts[1], in: 0...999_999_999))
    } catch { throw Problem(error) }
  }

  var cursor: String { Cursor.text([maker, "\(number)", shop]) }

  func isBefore(_ other: LivePosition) -> Bool {
    (maker, shop, number) < (other.maker, other.shop, other.number)
  }
}
