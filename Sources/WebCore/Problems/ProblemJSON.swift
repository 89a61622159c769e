import Domain
import Formats
import Reports

/// Whom a problem's wording addresses.
package enum ProblemReader: Sendable {
  /// A person, on one of our pages.
  case page
  /// A program's author, who knows fields and ids instead of buttons and titles.
  case program
}

extension Problem {
  /// RFC 9457, with extension members.
  ///
  /// - Parameter isAdmin: whether to include places in definition files.
  package func json(_ language: Language, instance: String, for reader: ProblemReader, isAdmin: Bool)
    -> [UInt8]
  {
    let violations = violations
    let last = violations.last
    let detail = reader == .program ? refusal?.programWording ?? detail : detail
    var json = JSONWriter()
    json.object { json in
      json.field("type", "/api#problem-\(code.rawValue)")
      json.field("code", code.rawValue)
      json.field("title", title(language))
      json.field("status", status.code)
      json.field("detail", detail(language))
      json.field("instance", "/requests/\(instance)")
      json.array("errors") { json in
        for error in errors {
          json.object { json in
            json.field("field", error.field)
            json.field("detail", error.detail(language))
          }
        }
      }
      json.field("rule", last?.rule.rawValue)
      json.field("place", isAdmin ? last?.place?.inFolder : nil)
      json.field("allowed_from", last?.allowedFrom)
      json.array("violations") { json in
        for violation in violations {
          json.object { json in
            json.field("rule", violation.rule.rawValue)
            json.field("place", isAdmin ? violation.place?.inFolder : nil)
            json.field("allowed_from", violation.allowedFrom)
          }
        }
      }
    }
    return json.document()
  }

  /// The violated rules, the one that forbids it the longest last, or finally one that waiting doesn't help
  /// with.
  private var violations: [RuleViolation] {
    guard case .forbidden(_, _, _, let violations) = refusal else { return [] }
    return violations.sorted { left, right in
      guard let first = left.allowedFrom else { return false }
      return right.allowedFrom.map { first < $0 } ?? true
    }
  }
}
