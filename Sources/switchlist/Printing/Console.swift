import Domain
import Glibc
import Reports

/// Where results, notes and errors go, and what the terminal can show.
final class Console {
  /// Colours for standard output.
  let palette: Palette
  /// Cells of a line on standard output: `COLUMNS`, else the terminal's; nil when it isn't one, and nothing is cut.
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
    let asked = environment["COLUMNS"].flatMap { Int($0) }.flatMap { 1...Self.noLimit ~= $0 ? $0 : nil }
    terminalWidth = asked ?? (isTerminal ? Self.columns(of: STDOUT_FILENO) : nil)
  }

  /// More cells than any line has.
  private static let noLimit = 1_000_000

  /// Cells of a line, for what is laid out by a width also where nothing is cut.
  var width: Int { terminalWidth ?? Self.noLimit }

  /// Cells of a line of the terminal behind a descriptor.
  static func columns(of descriptor: Int32, else usual: Int = 80) -> Int {
    var size = winsize()
    if ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return Int(size.ws_col) }
    return usual
  }

  /// Writes a line to standard output.
  func print(_ line: String) throws { try write(Array((line + "\n").utf8)) }

  /// Writes bytes to standard output; throws only where the command ends with its output.
  func write(_ bytes: [UInt8]) throws {
    if isGathering { gathered += bytes } else { try send(bytes) }
  }

  /// Whether a command ends when its output can't be written. What changes something, or says by its exit status
  /// what it found, goes on to its end whoever reads it.
  var endsWithItsOutput = false
  /// Nothing more can be written.
  private var isLost = false
  /// Why; nil where a reader has gone, who counts as having read.
  private var failure: OutputFailure?

  private func send(_ bytes: [UInt8]) throws {
    if isLost { return }
    do { try Self.write(bytes, to: STDOUT_FILENO) } catch let error as OutputFailure {
      if endsWithItsOutput { throw error }
      isLost = true
      if error.code != EPIPE { failure = error }
    }
  }

  /// Throws what kept output from being written, once the work is finished.
  func finish() throws {
    if let failure { throw failure }
  }

  /// While it is true, what goes to standard output is kept until `flush`.
  var isGathering = false
  private var gathered: [UInt8] = []

  var hasGathered: Bool { !gathered.isEmpty }

  /// Writes what was gathered.
  func flush() throws {
    if gathered.isEmpty { return }
    defer { gathered.removeAll(keepingCapacity: true) }
    try send(gathered)
  }

  /// Writes gathered bytes to standard output and empties the buffer.
  func flush(_ bytes: inout [UInt8]) throws {
    try write(bytes)
    bytes.removeAll(keepingCapacity: true)
  }

  /// Where the notes and warnings of a server go: into its log, which programs read, or before the eyes of a person.
  private var log: (@Sendable (_ isWarning: Bool, String) -> Void)?

  /// From now on notes and warnings are entries of a log, unless a person watches standard error.
  func becomesLog(_ log: @escaping @Sendable (_ isWarning: Bool, String) -> Void) {
    if !showsProgress { self.log = log }
  }

  /// Writes a note to standard error.
  func note(_ line: String) { noting(line) }

  /// The same for those on other threads.
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

/// Standard output, or the file written to, takes no more.
struct OutputFailure: Error {
  let code: Int32
  /// The change that it would have told of was saved.
  var isAfterChange = false
}
