import Domain
import Glibc
import Reports

/// Where results, notes and errors go, and what the terminal supports.
final class Console {
  /// For standard output.
  let palette: Palette
  /// In cells: `COLUMNS`, else the terminal's; nil if standard output isn't a terminal, in which case nothing
  /// is cut.
  let terminalWidth: Int?
  /// Whether standard error is a terminal that somebody watches.
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
    let asked = environment["COLUMNS"].flatMap { Int($0) }.flatMap { 1...Self.noLimit ~= $0 ? $0 : nil }
    terminalWidth = asked ?? (isTerminal ? Self.columns(of: STDOUT_FILENO) : nil)
  }

  /// In cells; wider than any line.
  private static let noLimit = 1_000_000

  /// In cells, for layouts that need a width even if nothing is cut.
  var width: Int { terminalWidth ?? Self.noLimit }

  /// The width of the terminal behind a descriptor, in cells.
  static func columns(of descriptor: Int32, else usual: Int = 80) -> Int {
    var size = winsize()
    if ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return Int(size.ws_col) }
    return usual
  }

  /// Writes a line to standard output.
  func print(_ line: String) throws { try write(Array((line + "\n").utf8)) }

  /// Writes bytes to standard output. Throws only if the command ends with its output.
  func write(_ bytes: [UInt8]) throws {
    if isGathering { gathered += bytes } else { try send(bytes) }
  }

  /// Whether to end the command once its output can't be written. A command that changes something, or
  /// reports by its exit status, finishes regardless.
  var endsWithItsOutput = false
  /// Set once output can't be written.
  private var isLost = false
  /// Why; nil if the reader closed the pipe, which is no failure.
  private var failure: OutputFailure?

  private func send(_ bytes: [UInt8]) throws {
    if isLost { return }
    do { try Self.write(bytes, to: STDOUT_FILENO) } catch let error as OutputFailure {
      if endsWithItsOutput { throw error }
      isLost = true
      if error.code != EPIPE { failure = error }
    }
  }

  /// Throws the error that kept output from being written, once the work is done.
  func finish() throws {
    if let failure { throw failure }
  }

  /// While true, standard output is buffered until `flush`.
  var isGathering = false
  private var gathered: [UInt8] = []

  var hasGathered: Bool { !gathered.isEmpty }

  /// Writes what was buffered while `isGathering`.
  func flush() throws {
    if gathered.isEmpty { return }
    defer { gathered.removeAll(keepingCapacity: true) }
    try send(gathered)
  }

  /// Writes a caller's buffer to standard output and empties it.
  func flush(_ bytes: inout [UInt8]) throws {
    try write(bytes)
    bytes.removeAll(keepingCapacity: true)
  }

  /// Where a server's notes and warnings go: to its log, or if nil, to the person at the terminal.
  private var log: (@Sendable (_ isWarning: Bool, String) -> Void)?

  /// Sends notes and warnings to a log from now on, unless somebody watches standard error.
  func becomesLog(_ log: @escaping @Sendable (_ isWarning: Bool, String) -> Void) {
    if !showsProgress { self.log = log }
  }

  /// Writes a note to standard error.
  func note(_ line: String) { noting(line) }

  /// Like `note`, for use on other threads.
  var noting: @Sendable (String) -> Void {
    let log = log
    return { line in
      if let log { log(false, line) } else { Self.toStandardError(line) }
    }
  }

  /// Writes a warning to standard error.
  func warn(_ line: String) {
    if let log { log(true, line) } else { Self.toStandardError("warning: \(line)") }
  }

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

/// Standard output, or the file being written, can't be written to.
struct OutputFailure: Error {
  let code: Int32
  /// Whether the change to be reported has been saved.
  var isAfterChange = false
}
