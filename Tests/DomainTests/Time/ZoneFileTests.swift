import Domain
import Synchronization
import TestSupport
import Testing

@Suite struct ZoneFileTests {
  @Test(arguments: ["America/New_York", "Australia/Lord_Howe", "Asia/Shanghai"])
  func aFileThatIsCutOffIsNone(name: String) throws {
    let bytes = try TimeFixtures.bytes(of: name)
    #expect(ZoneTable(tzif: bytes) != nil)
    for length in 0..<bytes.count {
      #expect(ZoneTable(tzif: Array(bytes[..<length])) == nil, "\(length) bytes of \(name)")
    }
  }

  @Test func damageNeverCrashes() throws {
    let bytes = try TimeFixtures.bytes(of: "Pacific/Apia")
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<5000 {
      var damaged = bytes
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        damaged[Int.random(in: 0..<bytes.count, using: &generator)] = .random(in: 0...255, using: &generator)
      }
      guard let table = ZoneTable(tzif: damaged) else { continue }
      let zone = Zone(name: "Test/Damaged", offsets: table)
      let moment = Moment(seconds: .random(in: 0...5_000_000_000, using: &generator))
      let (date, second) = zone.local(moment)
      #expect(abs(zone.moment(of: date, secondsOfDay: second) - moment) <= 3 * 86_400)
    }
  }

  @Test func leapSecondsAreNotCounted() throws {
    var bytes = try TimeFixtures.bytes(of: "Etc/GMT+12")
    let header = try #require(bytes.indices.dropFirst().first { bytes[$0...].starts(with: "TZif".utf8) })
    bytes[header + 31] = 1
    bytes.insert(contentsOf: [UInt8](repeating: 0, count: 12), at: bytes.count - 10)
    #expect(ZoneTable(tzif: bytes) == nil)
  }

  @Test func theFirstVersionHasNoRule() throws {
    var bytes = Array("TZif".utf8) + [UInt8](repeating: 0, count: 28)
    bytes += [0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 4]
    bytes += [0x10, 0, 0, 0, 1] + [0, 0, 0, 0, 0, 0] + [0xFF, 0xFF, 0xF8, 0xF8, 1, 0] + Array("ABC\0".utf8)
    let zone = Zone(name: "Test/Old", offsets: try #require(ZoneTable(tzif: bytes)))
    #expect(zone.secondsFromGMT(at: Moment(seconds: 0x0FFF_FFFF)) == 0)
    #expect(zone.secondsFromGMT(at: Moment(seconds: 0x1000_0000)) == -1800)
  }

  @Test func utcReadsNothingAndOthersAreReadOnce() throws {
    let asked = AskedNames()
    let tokyo = try TimeFixtures.bytes(of: "Asia/Tokyo")
    let zones = ZoneDirectory { name in
      asked.names.withLock { $0.append(name) }
      return name == "Asia/Tokyo" ? tokyo : nil
    }
    for name in ["UTC", "Etc/UTC", "GMT", "Etc/GMT"] {
      #expect(zones.zone(named: name)?.name == name)
    }
    #expect(asked.names.withLock { $0 }.isEmpty)
    for _ in 0..<3 { #expect(zones.zone(named: "Asia/Tokyo")?.name == "Asia/Tokyo") }
    #expect(asked.names.withLock { $0 } == ["Asia/Tokyo"])
    #expect(zones.zone(named: "Asia/Atlantis") == nil)
  }

  private final class AskedNames: Sendable {
    let names = Mutex<[String]>([])
  }

  @Test(arguments: [
    "", "/", "/etc/passwd", "../Asia/Tokyo", "Asia/../Tokyo", "Asia/", "Asia//Tokyo", "Asia/Tokyo ",
    "Asia/Tokyo\0", "tzdata.zi", "posix/Asia/Tokyo", "right/Asia/Tokyo", "localtime", "亚洲/上海",
  ])
  func namesThatCouldBeOtherFilesAreNeverRead(name: String) throws {
    let any = try TimeFixtures.bytes(of: "Asia/Tokyo")
    #expect(ZoneDirectory { _ in any }.zone(named: name) == nil)
  }
}
