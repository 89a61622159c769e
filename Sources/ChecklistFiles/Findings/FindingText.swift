import Domain

/// Findings as text for people, and as JSON for programs.
package enum FindingReport {
  /// `FILE:LINE:COLUMN: error: MESSAGE`, the line, and a caret under the place; empty without findings.
  package static func text(_ findings: [Finding], in language: Language, colour: Bool = false) -> String {
    var result = ""
    for finding in findings {
      result += line(finding, in: language, colour: colour)
      if let excerpt = finding.excerpt {
        let caret = String(repeating: " ", count: excerpt.cellsBefore)
        result += excerpt.text + "\n" + caret + styled("^", "1;32", colour) + "\n"
      }
    }
    return result
  }

  /// Counts such as `2 errors, 1 warning`.
  package static func summary(_ findings: [Finding]) -> Wording {
    let errors = findings.count { $0.severity == .error }
    let warnings = findings.count - errors
    return Wording(
      en: "\(errors) error\(errors == 1 ? "" : "s"), \(warnings) warning\(warnings == 1 ? "" : "s")",
      zh: "\(errors) 个错误，\(warnings) 个警告")
  }

  private static func line(_ finding: Finding, in language: Language, colour: Bool) -> String {
    let place = "\(finding.file.printablePath):\(finding.line):\(finding.column):"
    let severity = finding.severity == .error ? ("error:", "1;31") : ("warning:", "1;33")
    return styled(place, "1", colour) + " " + styled(severity.0, severity.1, colour) + " "
      + finding.message(language) + "\n"
  }

  private static func styled(_ text: String, _ style: String, _ colour: Bool) -> String {
    colour ? "\u{1B}[\(style)m\(text)\u{1B}[0m" : text
  }
}

extension String {
  /// The path with control characters made visible, since the file system allows any character.
  var printablePath: String {
    var result = ""
    for scalar in unicodeScalars {
      if scalar.isPlainlyVisible {
        result.unicodeScalars.append(scalar)
      } else {
        result += scalar.escaped
      }
    }
    return result
  }
}
