import Operations

/// A file format for the list of shops, written row by row so that it can be streamed.
package protocol DeskListFormat: Sendable {
  var mediaType: String { get }

  /// Before the first row.
  func head() -> [UInt8]

  func append(_ row: DeskRow, isFirst: Bool, to output: inout [UInt8])

  /// After the last row.
  func foot() -> [UInt8]
}
