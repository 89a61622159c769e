import Domain
import Foundation

/// The operating system's time zone database.
enum SystemZones {
  static let folder = ProcessInfo.processInfo.environment["TZDIR"] ?? "/usr/share/zoneinfo"

  static let directory = ZoneDirectory(read: { name in
    FileManager.default.contents(atPath: "\(folder)/\(name)").map { [UInt8]($0) }
  })
}
