/// Building blocks of GitHub-flavoured Markdown.
enum Markdown {
  /// Escapes a typed text and puts it on one line, so that it can't affect its surroundings.
  static func text(_ text: String) -> String {
    var escaped = ""
    for scalar in TerminalText.safe(text).unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case "\\", "`", "*", "_", "[", "]", "|", "~", "#", ">": escaped += "\\\(scalar)"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  /// A table row of cells that are Markdown already.
  static func row(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |\n" }

  /// A table's header; columns of numbers are right-aligned.
  static func tableHeader(_ columns: [(name: String, isNumber: Bool)]) -> String {
    row(columns.map(\.name)) + row(columns.map { $0.isNumber ? "---:" : "---" })
  }
}
