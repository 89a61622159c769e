import Formats

extension Event {
  /// All kinds that this program knows, and that an export may therefore hold.
  package static let kinds: Set<String> = [
    "shop-added", "shop-edited", "shop-archived", "shop-restored", "run-started", "run-stopped",
    "run-superseded",
    "run-moved", "run-upgraded", "item-ticked", "item-ticked-to-confirm", "item-confirmed", "item-unticked",
    "item-skipped", "item-blocked", "item-unblocked", "item-assigned", "item-due-moved", "item-noted",
    "item-missed",
    "account-bound", "switch-planned", "switch-unbound", "switch-corrected", "switch-rebound",
    "switch-abandoned",
    "link-created", "link-revoked", "file-deleted",
  ]

  /// The kind in an event's stored bytes, without parsing them; nil if there is none.
  ///
  /// Only a number and a shop's id stand before it, and neither can contain a quotation mark.
  package static func kind(ofCanonical bytes: UnsafeBufferPointer<UInt8>) -> Slice<
    UnsafeBufferPointer<UInt8>
  >? {
    var place = 0
    while place + mark.count <= bytes.count {
      guard bytes[place] == mark[0], bytes[place..<place + mark.count].elementsEqual(mark) else {
        place += 1
        continue
      }
      let kind = bytes[(place + mark.count)...].prefix { $0 != UInt8(ascii: "\"") }
      return kind.isEmpty ? nil : kind
    }
    return nil
  }

  private static let mark = Array("\"kind\":\"".utf8)
}
