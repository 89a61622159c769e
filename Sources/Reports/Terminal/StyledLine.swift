import Domain

/// One line of a terminal, in pieces that each have their tone.
struct StyledLine {
  typealias Piece = (text: String, tone: Palette.Tone?)

  private(set) var pieces: [Piece] = []
  private(set) var cells = 0
  private var piecesKept = 0
  private var cellsKept = 0

  init() {}

  init(_ text: String, _ tone: Palette.Tone? = nil) { append(text, tone) }

  /// Adds a text that `TerminalText.safe` has seen.
  mutating func append(_ text: String, _ tone: Palette.Tone? = nil) {
    pieces.append((text, tone))
    cells += DisplayWidth.of(text)
  }

  /// What stands here already is never cut, whatever the width.
  mutating func keepWhole() {
    piecesKept = pieces.count
    cellsKept = cells
  }

  /// Adds spaces up to a column.
  mutating func pad(to column: Int) {
    if cells < column { append(TerminalText.spaces(column - cells)) }
  }

  /// Adds texts with a ` · ` between them, the important ones first. One that there is no room for is cut
  /// when enough of it remains to be understood, else left out.
  mutating func append(joined parts: [Piece], width: Int) {
    var separator = ""
    for part in parts {
      let room = width - cells - DisplayWidth.of(separator)
      let isWhole = DisplayWidth.of(part.text) <= room
      guard isWhole || room >= Self.smallestCut else { continue }
      append(separator, .secondary)
      append(isWhole ? part.text : TerminalText.truncated(part.text, to: room), part.tone)
      separator = " · "
    }
  }

  /// Puts groups of pieces on as many lines as they need, `separator` between two on a line.
  static func wrap(_ groups: [[Piece]], separator: String, width: Int) -> [StyledLine] {
    var lines: [StyledLine] = []
    for group in groups {
      let taken = group.reduce(DisplayWidth.of(separator)) { $0 + DisplayWidth.of($1.text) }
      if let last = lines.last, last.cells + taken <= width {
        lines[lines.count - 1].append(separator, .secondary)
      } else {
        lines.append(StyledLine())
      }
      for piece in group { lines[lines.count - 1].append(piece.text, piece.tone) }
    }
    return lines
  }

  /// Puts phrases on as many lines as they need, ` · ` between two on a line; one that is wider than a line
  /// is broken into several.
  static func flow(_ phrases: [Piece], width: Int) -> [StyledLine] {
    let pieces = phrases.flatMap { phrase in
      Wrapping.lines(of: phrase.text, cells: width).map { [($0, phrase.tone) as Piece] }
    }
    return wrap(pieces, separator: " · ", width: width)
  }

  /// As wide as a date with its time, which is never cut.
  private static let smallestCut = 16

  /// The line in its colours, cut to the width, without spaces at its end.
  func rendered(width: Int, palette: Palette) -> String {
    var pieces = pieces
    while let last = pieces.last, last.text.utf8.allSatisfy({ $0 == UInt8(ascii: " ") }) {
      pieces.removeLast()
    }
    guard cells > width, pieces.reduce(0, { $0 + DisplayWidth.of($1.text) }) > width else {
      return pieces.reduce(into: "") { $0 += palette($1.tone, $1.text) }
    }
    if cellsKept >= width {
      return pieces.prefix(piecesKept).reduce(into: "") { $0 += palette($1.tone, $1.text) }
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
