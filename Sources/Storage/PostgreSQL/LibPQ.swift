import CLibPQ
import Operations

/// The loaded library. Loading takes some milliseconds, and happens only where a store is on PostgreSQL.
struct LibPQ: @unchecked Sendable {
  // Unchecked, because the table of functions is written once, before the pointer is given out.
  private let table: UnsafePointer<libpq>

  /// Throws a `StoreError` where the library isn't installed.
  init(for name: String) throws(StoreError) {
    var why: UnsafePointer<CChar>?
    guard let table = libpq_load(&why) else {
      throw .noPostgreSQLLibrary(
        path: name, detail: why.map { String(cString: $0) } ?? "libpq.so.5")
    }
    self.table = table
  }

  var call: libpq {
    unsafeAddress { table }
  }
}
