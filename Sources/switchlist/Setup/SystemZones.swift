import Domain
import Foundation

/// The operating system's time zone database. Foundation's zones are no choice here: they bring the 50 MB
/// of ICU into the program or, where a static link leaves it out, know no zone at all.
enum SystemZones {
  static let folder = ProcessInfo.processInfo.environment["TZDIR"] ?? "/usr/share/zoneinfo"

  static let directory = ZoneDirectory(
    read: { name in FileManager.default.contents(atPath: "\(folder)/\(name)").map { [UInt8]($0) } })
}
