import Domain
import Formats
import Reports

/// For whom a problem's words are.
package enum ProblemReader: Sendable {
  /// A person, on a page of ours.
  case page
  /// A program, which knows fields and ids instead of buttons and titles.
  case program
}

extension Problem {
  /// RFC 9457, with members of our own.
  ///
  /// - Parameter isAdmin: whether places in the operator's files are told.
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

  /// Rules of the platform that forbid it: the one that does so for longest last, and last of all one that
  /// waiting doesn't help with.
  private var violations: [RuleViolation] {
    guard case .forbidden(_, _, _, let violations) = refusal else { return [] }
    return violations.sorted { left, right in
      guard let first = left.allowedFrom else { return false }
      return right.allowedFrom.map { first < $0 } ?? true
    }
  }
}
