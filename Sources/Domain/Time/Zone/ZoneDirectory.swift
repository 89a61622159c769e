import Synchronization

/// Finds zones by name: who starts the program says where their files are read.
public protocol ZoneSource: Sendable {
  /// Nil for a name that the time zone database doesn't have.
  func zone(named name: String) -> Zone?
  /// Names that somebody may have meant, the nearest first; at most three.
  func nearest(to name: String) -> [String]
}

/// The zones of a time zone database, each decoded once.
public final class ZoneDirectory: ZoneSource {
  private let read: @Sendable (String) -> [UInt8]?
  private let names: @Sendable () -> [String]
  private let decoded = Mutex<[String: Zone]>([:])

  /// Takes what gives a compiled file's bytes by the zone's name, nil where there is none. It is asked
  /// only for names that are safe in a path.
  ///
  /// - Parameter names: gives all names, for suggestions.
  public init(
    read: @escaping @Sendable (String) -> [UInt8]?, names: @escaping @Sendable () -> [String] = { [] }
  ) {
    self.read = read
    self.names = names
  }

  /// See `ZoneSource`.
  public func nearest(to name: String) -> [String] { Nearest.to(name, among: names()) }

  /// Nil for a name that the database doesn't have; names differ by case.
  public func zone(named name: String) -> Zone? {
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
    let parts = name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard name.utf8.count <= 64, parts.count <= 3, !["posix", "right"].contains(String(parts[0])),
      !["Factory", "localtime", "posixrules"].contains(name)
    else { return false }
    return parts.allSatisfy { part in
      !part.isEmpty
        && part.allSatisfy {
          ASCIICursor.isDigit($0) || UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 | 0x20
            || [UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "+")].contains($0)
        }
    }
  }
}
