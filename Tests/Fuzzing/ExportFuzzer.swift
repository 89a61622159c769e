import Crypto
import Domain
import Formats
import Foundation
import Operations
import Reports
import Storage

private struct Done: Error {}

/// A store in memory's own file system, which each input finds empty.
private let store: SQLiteShopStore? = {
  let path = "/dev/shm/switchlist-fuzz-\(getpid()).sqlite"
  try? SQLiteShopStore.write(creatingAt: path) { _ in }
  let store = try? SQLiteShopStore(path: path)
  for ending in ["", "-wal", "-shm"] { unlink(path + ending) }
  return store
}()

/// Imports any lines, with hashes that are right, into an empty store: nothing crashes, a refusal has words and the line
/// of what it refuses, and what is taken holds: its history can be verified, and its export be written and counted.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  guard let store else { preconditionFailure("no store") }
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
  var seals = Seals()
  let sealed = lines.map { seals.sealing(Array($0)) }
  do {
    try store.write { transaction in
      var importing = ImportStore(in: transaction)
      for line in sealed { try line.withUnsafeBufferPointer { try importing.read($0) } }
      try check(try importing.finish(), in: transaction)
      throw Done()
    }
  } catch let bad as ImportStore.BadExport {
    precondition(1...lines.count ~= bad.line)
    precondition(!bad.wording.en.isEmpty && !bad.wording.zh.isEmpty)
  } catch is Done {} catch {
    preconditionFailure("\(error)")
  }
  return 0
}

private func check(_ counts: ExportStore.Counts, in reading: any StoreReading) throws {
  var ids: [ShopID] = []
  try reading.forEachShop(ShopFilter(includesArchived: true)) { ids.append($0.shop.id) }
  precondition(ids.count == counts.shops)
  for id in ids {
    let verdict = try VerifyHistory()(id, head: nil, in: reading)
    precondition(verdict.breaks.isEmpty, "a history that isn't whole")
  }
  try reading.forEachUser { user in
    precondition(Password.isWellFormed(user.password))
    precondition((try? TextRules.line(user.name, as: .userName)) != nil)
  }
  var size = 0
  let written = try ExportStore()(from: reading) { out in
    size += out.count
    out.removeAll()
  }
  precondition(written == counts && size > 0)
}

/// Gives lines the hashes that they should have, which no fuzzer finds by itself.
private struct Seals {
  private var shop: ShopID?
  private var head = ChainHead.empty

  mutating func sealing(_ line: [UInt8]) -> [UInt8] {
    var (event, definition): ([UInt8]?, [UInt8]?)
    let isRead = try? JSONCursor.read(line) { cursor in
      try cursor.object { key, cursor in
        switch key {
        case "event": event = Array(try cursor.rawValue())
        case "definition": definition = Array(try cursor.rawValue())
        default: try cursor.skipValue()
        }
      }
    }
    guard isRead != nil else { return line }
    if let definition {
      return Array("{\"definition\":".utf8) + definition
        + Array(",\"sha256\":\"\(HexText.of(SHA256.hash(data: definition)))\"}".utf8)
    }
    guard let event, let read = try? Event(canonical: event) else { return line }
    if read.shop != shop { (shop, head) = (read.shop, .empty) }
    head = ChainHead(number: read.number, hash: EventChain.hash(of: event, after: head.hash))
    return Array("{\"event\":".utf8) + event + Array(",\"hash\":\"\(HexText.of(head.hash))\"}".utf8)
  }
}
