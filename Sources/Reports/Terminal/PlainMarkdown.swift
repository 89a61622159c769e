/// The little Markdown that checklists are written in, as a terminal shows it.
enum PlainMarkdown {
  /// Lines no wider than `cells`: emphasis and code without their marks, lists with their lines below the
  /// dash standing in.
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
