import Domain
import FoundationEssentials
import Glibc

/// The reader's zone, determined like the C library does: from the variable TZ and the system's settings.
enum ReadersZone {
  /// - Parameter variable: the value of TZ: a zone's name, the path of a TZif file, either optionally after
  ///   `:`, or a rule such as `CST-8`. Anything unreadable, including an empty text, means UTC; nil: the
  ///   system's zone.
  /// - Parameter folder: the time zone database's folder.
  static func of(_ variable: String?, in zones: ZoneDirectory, folder: String) -> Zone {
    guard let variable else { return system(zones) }
    let text = variable.hasPrefix(":") ? String(variable.dropFirst()) : variable
    if text.hasPrefix("/") { return file(at: text, in: zones, folder: folder) ?? .utc }
    return zones.zone(named: text) ?? Zone(posix: text) ?? .utc
  }

  private static func system(_ zones: ZoneDirectory) -> Zone {
    let link = try? FileManager.default.destinationOfSymbolicLink(atPath: "/etc/localtime")
    if let link, let zone = named(in: link, zones) { return zone }
    // If `/etc/localtime` is a copy, this names the original.
    let named = (try? String(contentsOfFile: "/etc/timezone", encoding: .utf8))?.trimmedAndComposed
    if let zone = named.flatMap(zones.zone(named:)) { return zone }
    return SystemZones.bytes(at: "/etc/localtime").flatMap { Zone(tzif: $0, name: "/etc/localtime") } ?? .utc
  }

  private static func file(at path: String, in zones: ZoneDirectory, folder: String) -> Zone? {
    if path.hasPrefix(folder + "/"), let zone = zones.zone(named: String(path.dropFirst(folder.count + 1))) {
      return zone
    }
    return named(in: path, zones) ?? SystemZones.bytes(at: path).flatMap { Zone(tzif: $0, name: path) }
  }

  /// The zone's name after `zoneinfo/` in a path.
  private static func named(in path: String, _ zones: ZoneDirectory) -> Zone? {
    path.ranges(of: "zoneinfo/").last.flatMap {
      zones.zone(named: String(path[$0.upperBound...]))
    }
  }
}
