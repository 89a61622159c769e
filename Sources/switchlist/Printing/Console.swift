import Domain
import Foundation
import Reports

/// Where results, notes and errors go, and what the terminal can show.
final class Console {
  /// Colours for standard output.
  let palette: Palette
  /// Cells of a line on standard output; nil when it isn't a terminal.
  let terminalWidth: Int?
  /// Whether a person watches standard error.
  let showsProgress: Bool

  init(color: ColorChoice, environment: Environment) {
    let isTerminal = isatty(STDOUT_FILENO) == 1
    let wantsNone = environment.filled("NO_COLOR") != nil
    let isColored =
      switch color {
      case .always: true
      case .never: false
      case .auto: isTerminal && !wantsNone && environment["TERM"] != "dumb"
      }
    palette = Palette(isOn: isColored)
    showsProgress = isatty(STDERR_FILENO) == 1
    terminalWidth = isTerminal ? Self.columns(environment) : nil
  }

  /// Cells of a line: the terminal's, else `COLUMNS`, else 80.
  let fallbackWidth = 80

  var width: Int { terminalWidth ?? fallbackWidth }

  private static func columns(_ environment: Environment) -> Int {
    columns(of: STDOUT_FILENO, else: environment["COLUMNS"].flatMap { Int($0) } ?? 80)
  }

  /// Cells of a line of the terminal behind a descriptor.
  static func columns(of descriptor: Int32, else usual: Int = 80) -> Int {
    var size = winsize()
    if ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return Int(size.ws_col) }
    return usual
  }

  /// Writes a line to standard output.
  func print(_ line: String) throws { try write(Array((line + "\n").utf8)) }

  /// Writes bytes to standard output; throws when they can't all be written.
  func write(_ bytes: [UInt8]) throws {
    if isGathering { gathered += bytes } else { try Self.write(bytes, to: STDOUT_FILENO) }
  }

  /// While it is true, what goes to standard output is kept until `flush`.
  var isGathering = false
  private var gathered: [UInt8] = []

  var hasGathered: Bool { !gathered.isEmpty }

  /// Writes what was gathered.
  func flush() throws {
    if gathered.isEmpty { return }
    defer { gathered.removeAll(keepingCapacity: true) }
    try Self.write(gathered, to: STDOUT_FILENO)
  }

  /// Writes gathered bytes to standard output and empties the buffer.
  func flush(_ bytes: inout [UInt8]) throws {
    try write(bytes)
    bytes.removeAll(keepingCapacity: true)
  }

  /// Writes a note to standard error.
  func note(_ line: String) { Self.toStandardError(line) }

  /// Writes a warning to standard error.
  func warn(_ line: String) { Self.toStandardError("warning: \(line)") }

  static func toStandardError(_ line: String) {
    var text = String.UnicodeScalarView()
    for scalar in line.unicodeScalars {
      if scalar.isPlainlyVisible || scalar == "\n" || scalar == "\t" {
        text.append(scalar)
      } else {
        text.append(contentsOf: scalar.escaped.unicodeScalars)
      }
    }
    text.append("\n")
    try? write(Array(String(text).utf8), to: STDERR_FILENO)
  }

  static func write(_ bytes: [UInt8], to descriptor: Int32) throws {
    try bytes.withUnsafeBytes { buffer in
      var rest = buffer[...]
      while !rest.isEmpty {
        let count = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        if count < 0 {
          if errno == EINTR { continue }
          throw OutputFailure(code: errno)
        }
        rest = rest.dropFirst(count)
      }
    }
  }
}

/// Standard output, or the file written to, takes no more.
struct OutputFailure: Error {
  let code: Int32
  /// The change that it would have told of was saved.
  var isAfterChange = false
}
