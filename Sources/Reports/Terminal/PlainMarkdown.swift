/// Renders the subset of Markdown that checklists use for a terminal.
enum PlainMarkdown {
  /// Lines at most `cells` wide: emphasis and code without their marks, list items with a hanging indent.
  static func lines(of text: String, cells: Int) -> [String] {
    var lines: [String] = []
    for paragraph in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      let plain = String(paragraph).replacing("**", with: "").replacing("__", with: "").replacing(
        "`", with: "")
      let body = plain.drop { $0 == "#" || $0 == " " }
      let isListed = body.hasPrefix("- ") || body.hasPrefix("* ")
      lines += Wrapping.lines(of: String(body), cells: cells, indent: isListed ? 2 : 0)
    }
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }
}
