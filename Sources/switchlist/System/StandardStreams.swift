import Glibc

/// The three streams that every program expects to be there.
enum StandardStreams {
  /// Puts something in the place of a stream that was closed (`<&-`): otherwise the next file to be opened, such as
  /// the store, would be read as input or written to as output. What is asked of it fails as it would of none.
  static func fillGaps() {
    let modes = [(STDIN_FILENO, O_WRONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_RDONLY)]
    for (stream, mode) in modes where fcntl(stream, F_GETFD) < 0 {
      // The lowest number that is free is this stream's.
      _ = open("/dev/null", mode)
    }
  }
}
