import Synchronization

/// Finds zones by name: who starts the program says where their files are read.
package protocol ZoneSource: Sendable {
  /// Nil for a name that the time zone database doesn't have.
  func zone(named name: String) -> Zone?
  /// Names that somebody may have meant, the nearest first; at most three.
  func nearest(to name: String) -> [String]
  /// The folder in which there is no time zone database at all; nil where there is one.
  var missing: String? { get }
}

extension ZoneSource {
  /// There is a database.
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

  /// Takes what gives a compiled file's bytes by the zone's name, nil where there is none. It is asked
  /// only for names that are safe in a path.
  ///
  /// - Parameter names: gives all names, for suggestions.
  /// - Parameter missing: gives the folder in which there is no database at all; nil where there is one.
  package init(
    read: @escaping @Sendable (String) -> [UInt8]?, names: @escaping @Sendable () -> [String] = { [] },
    missing: @escaping @Sendable () -> String? = { nil }
  ) {
    self.read = read
    self.names = names
    absence = missing
  }

  /// See `ZoneSource`.
  package var missing: String? { absence() }

  /// See `ZoneSource`.
  package func nearest(to name: String) -> [String] { Suggestions.to(name, among: names()) }

  /// Nil for a name that the database doesn't have; names differ by case.
  package func zone(named name: String) -> Zone? {
    // What is too long isn't compared at all.
    guard name.utf8.count <= Self.longestName else { return nil }
    if let utc = Zone.utc(named: name) { return utc }
    if let known = decoded.withLock({ $0[name] }) { return known }
    guard Self.isWellFormed(name), let bytes = read(name), let table = ZoneTable(tzif: bytes)
    else { return nil }
    let zone = Zone(name: name, offsets: table)
    decoded.withLock { $0[name] = zone }
    return zone
  }

  /// Parts of letters, digits, `_`, `-` and `+` with `/` between them: no path out of the folder. Some
  /// systems keep other things beside the zones: variants of the whole database, their own zone.
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
