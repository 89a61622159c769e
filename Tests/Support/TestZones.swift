import Domain
import Foundation

/// The zones kept beside the tests of times, so that no test depends on the machine's database.
package enum TestZones {
  package static let directory = ZoneDirectory(
    read: { name in FileManager.default.contents(atPath: "\(folder)/\(name)").map { [UInt8]($0) } },
    names: { ["America/New_York", "Asia/Shanghai", "Asia/Tokyo", "Europe/Berlin"] })

  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "DomainTests/Time/Model/zoneinfo").path
}
