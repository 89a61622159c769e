import Domain
import Foundation

extension ZoneDirectory {
  /// The machine's own time zone database. Foundation's zones are no choice here: they bring the 50 MB
  /// of ICU into the program, or, where a static link leaves it out, know no zone at all.
  static let system = ZoneDirectory { name in
    FileManager.default.contents(atPath: "/usr/share/zoneinfo/" + name).map { [UInt8]($0) }
  }
}
