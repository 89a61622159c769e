import Domain
import Glibc

/// Splits an export into lines while it is read.
package struct LineReader {
  /// In bytes. A file given as proof has at most 10 MiB, which is 14 MiB in base64.
  private static let limit = 32 << 20

  private var rest: [UInt8] = []
  private var lines = 0

  package init() {}

  /// Throws `ImportStore.BadExport` for an overlong line, and what `line` throws.
  package mutating func read(
    _ chunk: UnsafeRawBufferPointer, _ line: (UnsafeBufferPointer<UInt8>) throws -> Void
  ) throws {
    var bytes: UnsafeBufferPointer<UInt8> = chunk.bindMemory(to: UInt8.self)
    while let start = bytes.baseAddress, !bytes.isEmpty,
      let found = memchr(start, Int32(UInt8(ascii: "\n")), bytes.count)
    {
      let count = UnsafeRawPointer(found) - UnsafeRawPointer(start)
      let piece = UnsafeBufferPointer(rebasing: bytes[..<count])
      lines += 1
      if rest.isEmpty {
        try line(piece)
      } else {
        rest.append(contentsOf: piece)
        try rest.withUnsafeBufferPointer(line)
        rest.removeAll(keepingCapacity: true)
      }
      bytes = UnsafeBufferPointer(rebasing: bytes[(count + 1)...])
    }
    rest.append(contentsOf: bytes)
    if rest.count > Self.limit { throw ImportStore.BadExport(line: lines + 1, problem: .lineTooLong) }
  }

  /// Delivers the last line if no line end follows it.
  package func end(_ line: (UnsafeBufferPointer<UInt8>) throws -> Void) throws {
    if !rest.isEmpty { try rest.withUnsafeBufferPointer(line) }
  }
}
