import Domain

/// A terminal line of pieces, each with its own tone.
struct StyledLine {
  typealias Piece = (text: String, tone: Palette.Tone?)

  private(set) var pieces: [Piece] = []
  private(set) var cells = 0
  private var piecesKept = 0
  private var cellsKept = 0

  init() {}

  init(_ text: String, _ tone: Palette.Tone? = nil) { append(text, tone) }

  /// Appends a text that has passed through `TerminalText.safe`.
  mutating func append(_ text: String, _ tone: Palette.Tone? = nil) {
    pieces.append((text, tone))
    cells += DisplayWidth.of(text)
  }

  /// Protects what has been appended so far from being cut.
  mutating func keepWhole() {
    piecesKept = pieces.count
    cellsKept = cells
  }

  /// Appends spaces up to a column.
  mutating func pad(to column: Int) {
    if cells < column { append(TerminalText.spaces(column - cells)) }
  }

  /// Appends texts separated by ` · `, which should come in order of importance. One that doesn't fit is cut
  /// if enough of it remains to be understood, otherwise left out.
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

  /// Distributes groups of pieces over lines, separating those on the same line.
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

  /// Distributes phrases over lines, separated by ` · `; phrases wider than a line are broken.
  static func flow(_ phrases: [Piece], width: Int) -> [StyledLine] {
    let pieces = phrases.flatMap { phrase in
      Wrapping.lines(of: phrase.text, cells: width).map { [($0, phrase.tone) as Piece] }
    }
    return wrap(pieces, separator: " · ", width: width)
  }

  /// In cells: as wide as a date with time, which is thus never cut.
  private static let smallestCut = 16

  /// The coloured line, cut to the width, without trailing spaces.
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
