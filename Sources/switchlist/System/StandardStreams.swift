import Glibc

/// Standard input, output and error.
enum StandardStreams {
  /// Replaces streams that were closed (`<&-`): otherwise the next file opened, such as the store, would take
  /// their number and be read as input or written as output. Using a replacement fails, as using a closed
  /// stream would.
  static func fillGaps() {
    let modes = [(STDIN_FILENO, O_WRONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_RDONLY)]
    for (stream, mode) in modes where fcntl(stream, F_GETFD) < 0 {
      // `open` returns the lowest free number, which is this stream's.
      _ = open("/dev/null", mode)
    }
  }
}
