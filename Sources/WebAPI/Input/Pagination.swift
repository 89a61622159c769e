import Domain
import Formats
import Operations
import Reports
import WebCore

/// The parameters and responses of paginated lists.
enum Pagination {
  /// How many a page has where a request doesn't say it: of events, log entries and rows of the matrix.
  static let usual = 200
  /// The same of overdue items.
  static let usualOverdue = 100

  static func fields(most: Int) -> [APIOperation.Field] {
    [
      .init("limit", .whole(1...most), "How many at the most"),
      .init("after", .cursor, "Where the page before ended: its next"),
    ]
  }

  static func limit(_ query: FormFields, usual: Int) throws(Problem) -> Int {
    try query.integer("limit") ?? usual
  }
}

extension ShopListParameters {
  /// Query fields other than those for the page.
  static let fields: [APIOperation.Field] = [
    .init("q", .text(most: 200), "Only shops with this in their id or name"),
    .init("team", .text(most: 100), "Only this team's"),
    .init("owner", .text(most: 100), "Only this owner's"),
    .init("state", .oneOf(DeskFilter.State.allCases.map(\.rawValue)), "Only shops in this state"),
    .init("order", .oneOf(DeskFilter.Order.allCases.map(\.rawValue)), "What comes first; default: due"),
  ]
}
