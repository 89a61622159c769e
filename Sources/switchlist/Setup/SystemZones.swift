import Domain
import Foundation

/// The operating system's time zone database.
enum SystemZones {
  static let folder = ProcessInfo.processInfo.environment["TZDIR"] ?? "/usr/share/zoneinfo"

  static let directory = ZoneDirectory(read: { name in
    guard let file = fopen("\(folder)/\(name)", "r") else { return nil }
    defer { fclose(file) }
    // The largest of the database's files has 4 KB.
    return [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, count in
      count = fread(buffer.baseAddress, 1, buffer.count, file)
    }
  })
}
