import Domain
import Hummingbird
import Operations

/// `If-Match`: the shop must still be as it was when its entity tag was returned.
struct Precondition: Sendable {
  private let numbers: [Int]

  /// Nil without the header, or with `*`, which matches every shop.
  package init?(_ request: Request) throws(Problem) {
    guard let header = request.headers[.ifMatch], header != "*" else { return nil }
    numbers = header.split(separator: ",").compactMap { tag in
      Int(tag.drop { $0 == " " || $0 == "\"" }.prefix { $0.isNumber })
    }
  }

  package func check(_ shop: ShopID, in transaction: any StoreWriting) throws {
    guard let stored = try transaction.shop(shop) else { return }
    if numbers.contains(stored.head.number) { return }
    throw Problem(
      .changedSince,
      Wording(
        en: "the shop has been changed since you read it; read it again, and decide anew",
        zh: "店铺在您读取之后有改动；请重新读取后再决定"))
  }
}
