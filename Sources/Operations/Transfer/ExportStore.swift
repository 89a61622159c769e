import Crypto
import Domain
import Formats

/// Writes a whole store as JSON Lines: the definitions that runs are pinned to; each shop's chain of events
/// by shop and number, from which everything shown about shops follows; then users and tokens, links, files
/// given as proof, and the access log.
package struct ExportStore: Sendable {
  /// The number of lines written of each kind.
  package struct Counts: Sendable, Hashable {
    package var definitions = 0
    package var shops = 0
    package var events = 0
    /// Users, tokens, links, files and entries of the access log.
    package var others = 0
  }

  package init() {}

  /// Throws a `StoreError`, or what `flush` throws.
  ///
  /// - Parameter flush: writes the lines collected so far and empties the buffer.
  package func callAsFunction(
    from reading: any StoreReading, progress: (Counts) -> Void = { _ in },
    flush: (inout [UInt8]) throws -> Void
  ) throws -> Counts {
    var counts = Counts()
    var out: [UInt8] = []
    out.reserveCapacity(80 * 1024)
    out += try header(of: reading)
    out.append(UInt8(ascii: "\n"))
    try reading.forEachDefinition { sha256, canonical in
      out.append(contentsOf: #"{"definition":"#.utf8)
      out.append(contentsOf: canonical)
      out.append(contentsOf: #","sha256":"\#(sha256)"}"#.utf8)
      out.append(UInt8(ascii: "\n"))
      counts.definitions += 1
      if out.count > 64 * 1024 { try flush(&out) }
    }
    try reading.forEachEventOfAll { number, body, hash in
      out.append(contentsOf: #"{"event":"#.utf8)
      out.append(contentsOf: body)
      out.append(contentsOf: #","hash":""#.utf8)
      HexText.append(hash, to: &out)
      out.append(contentsOf: #""}"#.utf8)
      out.append(UInt8(ascii: "\n"))
      counts.events += 1
      if number == 1 { counts.shops += 1 }
      if out.count > 64 * 1024 {
        try flush(&out)
        progress(counts)
      }
    }
    try ExportedAccess.write(reading) { kind, fields in
      var json = JSONWriter(.canonical)
      json.object { json in
        json.key(kind)
        json.object(fields)
      }
      out.append(contentsOf: json.bytes)
      out.append(UInt8(ascii: "\n"))
      counts.others += 1
      if out.count > 64 * 1024 { try flush(&out) }
    }
    var json = JSONWriter(.canonical)
    json.object { json in
      json.key("end")
      json.object { json in
        json.field("definitions", Int64(counts.definitions))
        json.field("shops", Int64(counts.shops))
        json.field("events", Int64(counts.events))
        if counts.others > 0 { json.field("others", Int64(counts.others)) }
      }
    }
    out.append(contentsOf: json.bytes)
    out.append(UInt8(ascii: "\n"))
    try flush(&out)
    return counts
  }

  /// The first line: format and version, and the kinds of events in the file, so that a program that doesn't
  /// know one can refuse the file at once.
  private func header(of reading: any StoreReading) throws -> [UInt8] {
    var kinds: Set<String> = []
    var last: [UInt8] = []
    try reading.forEachEventOfAll { _, body, _ in
      guard let kind = Event.kind(ofCanonical: body), !kind.elementsEqual(last) else { return }
      last = Array(kind)
      kinds.insert(String(decoding: kind, as: UTF8.self))
    }
    var json = JSONWriter(.canonical)
    json.object { json in
      json.field("format", "switchlist-export")
      json.field("version", 1 as Int64)
      json.field("kinds", kinds.sorted())
    }
    return json.bytes
  }
}
