import Synchronization

/// Finds zones by name, so that only the program's entry point knows where their files are.
package protocol ZoneSource: Sendable {
  /// Nil if the time zone database doesn't have the name.
  func zone(named name: String) -> Zone?
  /// Similar names, nearest first; at most three.
  func nearest(to name: String) -> [String]
  /// The path at which a time zone database was expected; nil if there is one.
  var missing: String? { get }
}

extension ZoneSource {
  package var missing: String? { nil }
}

/// The zones of a time zone database, each decoded once.
package final class ZoneDirectory: ZoneSource {
  /// In bytes.
  package static let longestName = 64

  private let read: @Sendable (String) -> [UInt8]?
  private let names: @Sendable () -> [String]
  private let absence: @Sendable () -> String?
  private let decoded = Mutex<[String: Zone]>([:])

  /// - Parameter read: returns a zone's TZif bytes by name, nil if there is none. Only called with names that
  ///   are safe in a path.
  /// - Parameter names: returns all names, for suggestions.
  /// - Parameter missing: returns the path at which no database was found; nil if there is one.
  package init(
    read: @escaping @Sendable (String) -> [UInt8]?, names: @escaping @Sendable () -> [String] = { [] },
    missing: @escaping @Sendable () -> String? = { nil }
  ) {
    self.read = read
    self.names = names
    absence = missing
  }

  package var missing: String? { absence() }

  package func nearest(to name: String) -> [String] { Suggestions.to(name, among: names()) }

  /// Nil if the database doesn't have the name. Names are case-sensitive.
  package func zone(named name: String) -> Zone? {
    // Overlong names aren't looked up at all.
    guard name.utf8.count <= Self.longestName else { return nil }
    if let utc = Zone.utc(named: name) { return utc }
    if let known = decoded.withLock({ $0[name] }) { return known }
    guard Self.isWellFormed(name), let bytes = read(name), let table = ZoneTable(tzif: bytes)
    else { return nil }
    let zone = Zone(name: name, offsets: table)
    decoded.withLock { $0[name] = zone }
    return zone
  }

  /// Components of letters, digits, `_`, `-` and `+`, joined by `/`, so that a path can't leave the folder.
  /// Excludes what some systems keep beside the zones: variants of the whole database, their local zone.
  private static func isWellFormed(_ name: String) -> Bool {
    switch name {
    case "Factory", "localtime", "posixrules": return false
    default: if name.hasPrefix("posix/") || name.hasPrefix("right/") { return false }
    }
    let slash = UInt8(ascii: "/")
    var last = slash
    for byte in name.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "+"):
        break
      case slash where last != slash: break
      default: return false
      }
      last = byte
    }
    return last != slash
  }
}
