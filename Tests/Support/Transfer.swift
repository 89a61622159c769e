import Domain
import Operations

extension ShopStore {
  /// The whole store as its export.
  package func exported() throws -> [UInt8] {
    try read { reading in
      var bytes: [UInt8] = []
      _ = try ExportStore()(from: reading) { out in
        bytes += out
        out.removeAll()
      }
      return bytes
    }
  }

  /// Imports lines, all or none.
  @discardableResult
  package func importing(_ bytes: [UInt8]) throws -> ExportStore.Counts {
    try write { transaction in
      var importing = ImportStore(in: transaction)
      for line in bytes.split(separator: UInt8(ascii: "\n")) {
        try Array(line).withUnsafeBufferPointer { try importing.read($0) }
      }
      return try importing.finish()
    }
  }

  /// What is wrong with any shop's history; empty when all is well.
  package func breaks() throws -> [String] {
    try read { reading in
      var ids: [ShopID] = []
      try reading.forEachShop(ShopFilter(includesArchived: true)) { ids.append($0.shop.id) }
      return try ids.flatMap { id in
        try VerifyHistory()(id, head: nil, in: reading).breaks.map { "\(id): \($0)" }
      }
    }
  }
}
