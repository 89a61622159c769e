import Domain

extension FindingReport {
  /// `{"errors", "warnings", "findings": [{"file", "line", "column", "severity", "code", "message"}]}`, with
  /// one finding per line.
  package static func json(_ findings: [Finding], in language: Language) -> String {
    let errors = findings.count { $0.severity == .error }
    let rows = findings.map { finding in
      "{\"file\": \(quoted(finding.file)), \"line\": \(finding.line), \"column\": \(finding.column), "
        + "\"severity\": \(quoted(finding.severity.rawValue)), \"code\": \(quoted(finding.code)), "
        + "\"message\": \(quoted(finding.message(language)))}"
    }
    let list = rows.isEmpty ? "[]" : "[\n  " + rows.joined(separator: ",\n  ") + "\n]"
    return "{\"errors\": \(errors), \"warnings\": \(findings.count - errors), \"findings\": \(list)}\n"
  }

  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\u{0}"..."\u{1F}", "\u{7F}", "\u{2028}", "\u{2029}":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
