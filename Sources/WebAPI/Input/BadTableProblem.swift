import Domain
import Operations
import Reports
import WebCore

/// Turns a table's problems into a problem.
enum BadTableProblem {
  /// Throws a problem if the body throws a table's problems.
  static func catching<Output>(_ body: () async throws -> Output) async throws -> Output {
    do { return try await body() } catch let bad as BadTable {
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
