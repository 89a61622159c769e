import Domain
import Operations
import Storage

/// Ticks items in one process, each in a transaction of its own that is on the disk before the next begins.
struct DurableTicks {
  private let store: SQLiteShopStore
  private let change: ChangeItems
  private let now: Moment
  private let note: String

  /// - Parameter now: ISO 8601 in UTC.
  init(store path: String, now: String, note: String) throws {
    guard let now = Moment(iso8601: now) else { throw BadTime(text: now) }
    let author = try Author(name: "benchmark", login: "benchmark", channel: .commandLine, clockWasSet: true)
    store = try SQLiteShopStore(path: path)
    change = ChangeItems(zones: ZoneDirectory { _ in nil }, by: author, now: now)
    self.now = now
    self.note = note
  }

  /// The milliseconds that all of them took.
  func run(_ items: [(shop: String, item: String)]) throws -> Double {
    try milliseconds {
      for (shop, item) in items {
        _ = try store.write { transaction in
          try change(
            [item], of: ShopID(trusted: shop), run: nil, inFinished: true, in: transaction,
            asked: { _ in ChangeItems.TimedRequest(.tick(note: note, proof: nil), at: now) })
        }
      }
    }
  }

  struct BadTime: Error {
    let text: String
  }
}
