import ChecklistFiles
import Domain
import Foundation

/// Reads a folder of checklists to validated definitions.
struct ReadChecklists {
  let folder: String

  /// The milliseconds that it took; throws when a file of the folder isn't right.
  func run() throws -> Double {
    let zones = ZoneDirectory(read: { name in
      FileManager.default.contents(atPath: "/usr/share/zoneinfo/\(name)").map { [UInt8]($0) }
    })
    var loaded: LoadedFolder?
    let taken = try milliseconds { loaded = try ChecklistFolder.load(at: folder, zones: zones) }
    guard let loaded, loaded.findings.isEmpty, loaded.failures.isEmpty, !loaded.checklists.isEmpty else {
      throw UnusableFolder(findings: loaded?.findings.count, failures: loaded?.failures.count)
    }
    return taken
  }

  struct UnusableFolder: Error {
    let findings: Int?
    let failures: Int?
  }
}
