/// Pieces of GitHub's Markdown.
enum Markdown {
  /// A text that somebody typed, on one line and without effect on what is around it.
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

  /// A row of a table from texts that are Markdown already.
  static func row(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |\n" }

  /// The heading of a table; columns of numbers stand at the right.
  static func heading(_ columns: [(name: String, isNumber: Bool)]) -> String {
    row(columns.map(\.name)) + row(columns.map { $0.isNumber ? "---:" : "---" })
  }
}
