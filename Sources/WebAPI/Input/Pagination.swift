import Domain
import Formats
import Operations
import Reports
import WebCore

/// The parameters and responses of paginated lists.
enum Pagination {
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

/// Turns a table's problems into a problem.
enum BadTableProblem {
  /// Throws a problem if the body throws a table's problems.
  static func catching<Output>(_ body: () async throws -> Output) async throws -> Output {
    do { return try await body() } catch let bad as ImportShops.BadTable {
      let shown = bad.problems.prefix(50)
      let rest = bad.problems.count - shown.count
      func text(_ language: Language) -> String {
        var lines = shown.map { line, problem in
          Wording(en: "line \(line): ", zh: "第 \(line) 行：")(language) + problem.wording(language)
        }
        if rest > 0 { lines.append(Wording(en: "and \(rest) more", zh: "另有 \(rest) 处")(language)) }
        return lines.joined(separator: "\n")
      }
      throw Problem(
        .badTable, Wording(en: text(.english), zh: text(.chinese)))
    }
  }
}
