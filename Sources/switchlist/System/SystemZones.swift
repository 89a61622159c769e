import Domain
import FoundationEssentials
import Glibc

/// The operating system's time zone database. Foundation's zones aren't an option: they add the 50 MB of ICU
/// to the program or, if static linking leaves that out, know no zones at all.
enum SystemZones {
  static let folder = Environment().filled("TZDIR") ?? "/usr/share/zoneinfo"

  static let directory = ZoneDirectory(read: read, names: names, missing: missing)

  /// The folder, if it lacks the zones that every database has.
  @Sendable private static func missing() -> String? {
    ["Etc/UTC", "UTC", "Asia/Shanghai"].contains { access("\(folder)/\($0)", F_OK) == 0 } ? nil : folder
  }

  @Sendable private static func read(_ name: String) -> [UInt8]? {
    bytes(at: "\(folder)/\(name)")
  }

  static func bytes(at path: String) -> [UInt8]? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    // The largest file in the database has 4 KB.
    return [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, count in
      count = fread(buffer.baseAddress, 1, buffer.count, file)
    }
  }

  /// From the database's source, which lists zones as `Z NAME …` and links as `L TARGET NAME`.
  @Sendable private static func names() -> [String] {
    guard let source = try? String(contentsOfFile: "\(folder)/tzdata.zi", encoding: .utf8) else { return [] }
    return source.split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ", maxSplits: 3)
      if line.hasPrefix("Z "), words.count > 1 { return String(words[1]) }
      if line.hasPrefix("L "), words.count > 2 { return String(words[2]) }
      return nil
    }
  }
}
