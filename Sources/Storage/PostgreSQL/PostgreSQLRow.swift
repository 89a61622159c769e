import CLibPQ

/// A row of a result in PostgreSQL's binary format.
struct PostgreSQLRow: SQLRow {
  /// The types by which results come; the server's catalogue fixes their numbers.
  private enum TypeID {
    static let bool: UInt32 = 16
    static let int8: UInt32 = 20
    static let int2: UInt32 = 21
    static let int4: UInt32 = 23
    static let numeric: UInt32 = 1700
  }

  let library: LibPQ
  let result: OpaquePointer
  let row: Int32

  func isNull(_ column: Int) -> Bool { library.call.getisnull(result, row, Int32(column)) != 0 }

  /// Sums of `BIGINT` are `numeric`, comparisons are booleans, and constants are `INTEGER`.
  func integer(_ column: Int) -> Int64 {
    withBytes(column) { bytes in
      switch library.call.ftype(result, Int32(column)) {
      case TypeID.numeric: Self.whole(numeric: bytes)
      case TypeID.bool: Int64(bytes.first ?? 0)
      case TypeID.int8 where bytes.count == 8: Int64(bigEndian: bytes.loadUnaligned(as: Int64.self))
      case TypeID.int4 where bytes.count == 4: Int64(Int32(bigEndian: bytes.loadUnaligned(as: Int32.self)))
      case TypeID.int2 where bytes.count == 2: Int64(Int16(bigEndian: bytes.loadUnaligned(as: Int16.self)))
      default: 0
      }
    }
  }

  /// The format is that of the server's `numeric_send`: counts of digits to the base 10,000, the first one's weight,
  /// a sign, a scale, and the digits.
  private static func whole(numeric bytes: UnsafeRawBufferPointer) -> Int64 {
    func word(_ index: Int) -> Int64 {
      guard bytes.count >= 2 * index + 2 else { return 0 }
      return Int64(Int16(bigEndian: bytes.loadUnaligned(fromByteOffset: 2 * index, as: Int16.self)))
    }
    let (digits, weight) = (word(0), word(1))
    var value: Int64 = 0
    for place in 0...max(0, weight) {
      let digit = place < digits ? word(4 + Int(place)) : 0
      let (shifted, isTooLarge) = value.multipliedReportingOverflow(by: 10_000)
      let (sum, isTooLargeToo) = shifted.addingReportingOverflow(digit)
      if isTooLarge || isTooLargeToo { return .max }
      value = sum
    }
    return bytes.count >= 6 && word(2) != 0 ? -value : value
  }

  func text(_ column: Int) -> String { withUTF8(column) { String(decoding: $0, as: UTF8.self) } }

  func withBytes<Output>(
    _ column: Int, _ body: (UnsafeRawBufferPointer) throws -> Output
  ) rethrows -> Output {
    let count = Int(library.call.getlength(result, row, Int32(column)))
    return try body(
      UnsafeRawBufferPointer(start: library.call.getvalue(result, row, Int32(column)), count: count))
  }

  func withUTF8<Output>(
    _ column: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> Output
  ) rethrows -> Output {
    try withBytes(column) { bytes in try body(bytes.assumingMemoryBound(to: UInt8.self)) }
  }
}
