/// One line of a terminal, in pieces that each have their tone.
struct StyledLine {
  typealias Piece = (text: String, tone: Palette.Tone?)

  private(set) var pieces: [Piece] = []
  private(set) var cells = 0

  init() {}

  init(_ text: String, _ tone: Palette.Tone? = nil) { append(text, tone) }

  /// Adds a text that `TerminalText.safe` has seen.
  mutating func append(_ text: String, _ tone: Palette.Tone? = nil) {
    pieces.append((text, tone))
    cells += DisplayWidth.of(text)
  }

  /// Adds spaces up to a column.
  mutating func pad(to column: Int) {
    if cells < column { append(TerminalText.spaces(column - cells)) }
  }

  /// Adds texts with a ` · ` between them.
  mutating func append(joined parts: [Piece]) {
    for (index, part) in parts.enumerated() {
      if index > 0 { append(" · ", .secondary) }
      append(part.text, part.tone)
    }
  }

  /// The line in its colours, cut to the width, without spaces at its end.
  func rendered(width: Int, palette: Palette) -> String {
    var pieces = pieces
    while let last = pieces.last, last.text.utf8.allSatisfy({ $0 == UInt8(ascii: " ") }) {
      pieces.removeLast()
    }
    guard cells > width, pieces.reduce(0, { $0 + DisplayWidth.of($1.text) }) > width else {
      return pieces.reduce(into: "") { $0 += palette($1.tone, $1.text) }
    }
    var line = ""
    var room = max(0, width - 1)
    for piece in pieces {
      let taken = DisplayWidth.of(piece.text)
      guard taken <= room else {
        return line + palette(piece.tone, TerminalText.prefix(of: piece.text, cells: room) + "…")
      }
      line += palette(piece.tone, piece.text)
      room -= taken
    }
    return line
  }
}
