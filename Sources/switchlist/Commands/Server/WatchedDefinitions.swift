import ChecklistFiles
import Domain
import FoundationEssentials
import Glibc
import Operations
import Synchronization
import Web
import WebCore

/// The folder of definitions for a long-running program: read again when a file has changed.
final class WatchedDefinitions: Sendable {
  private struct State {
    var read: DefinitionsSnapshot
    var signature: [String]
    var lookedAt: Int64
  }

  private let folder: String
  private let zones: ZoneDirectory
  private let monotonicMilliseconds: @Sendable () -> Int64
  private let state: Mutex<State>

  /// Throws if the folder can't be read now. If that happens later, the last snapshot stays in use.
  init(folder: String, zones: ZoneDirectory, monotonicMilliseconds: @escaping @Sendable () -> Int64) throws {
    self.folder = folder
    self.zones = zones
    self.monotonicMilliseconds = monotonicMilliseconds
    state = Mutex(
      State(
        read: try Self.read(folder, zones, number: 1), signature: Self.signature(folder),
        lookedAt: monotonicMilliseconds()))
  }

  /// At most two seconds out of date.
  func current() -> DefinitionsSnapshot {
    state.withLock { state in
      guard monotonicMilliseconds() - state.lookedAt > 2000 else { return state.read }
      state.lookedAt = monotonicMilliseconds()
      let signature = Self.signature(folder)
      if signature != state.signature,
        let read = try? Self.read(folder, zones, number: state.read.number + 1)
      {
        state.read = read
        state.signature = signature
      }
      return state.read
    }
  }

  private static func read(_ folder: String, _ zones: ZoneDirectory, number: Int) throws
    -> DefinitionsSnapshot
  {
    let loaded = try ChecklistFolder.load(at: folder, zones: zones)
    let findings = findings(loaded.findings, loaded.failures, in: folder)
    return DefinitionsSnapshot(
      number: number,
      definitions: Definitions(
        checklists: loaded.checklists.map(\.checklist), calendars: loaded.calendars,
        platforms: loaded.platforms),
      findings: findings,
      files: Dictionary(
        loaded.checklists.map { ($0.checklist.id.rawValue, name($0.file, in: folder)) },
        uniquingKeysWith: { first, _ in first }))
  }

  /// Checks the text of a definition as if it were a file of this name in the folder.
  func check(_ text: [UInt8], as file: String, today: CivilDate) -> [DefinitionsSnapshot.Finding] {
    let report = Lint.check(text, as: "\(folder)/\(file)", today: today, zones: zones)
    return Self.findings(report.findings, report.failures, in: folder)
  }

  private static func findings(
    _ findings: [Finding], _ failures: [FileFailure], in folder: String
  ) -> [DefinitionsSnapshot.Finding] {
    findings.map { finding in
      DefinitionsSnapshot.Finding(
        file: name(finding.file, in: folder), line: finding.line, column: finding.column,
        isError: finding.severity == .error, code: finding.code, message: finding.message,
        quote: finding.excerpt?.text)
    }
      + failures.map { failure in
        DefinitionsSnapshot.Finding(
          file: name(failure.path, in: folder), line: 1, column: 1, isError: true, code: "unreadable-file",
          message: Wording(
            en: message(failure, failure.message.en, in: folder),
            zh: message(failure, failure.message.zh, in: folder)), quote: nil)
      }
  }

  /// Relative to the folder, since the pages' readers needn't know where it is.
  private static func name(_ file: String, in folder: String) -> String {
    file == folder ? "." : file.hasPrefix(folder + "/") ? String(file.dropFirst(folder.count + 1)) : file
  }

  /// Makes the path with which such a text begins relative, too.
  private static func message(_ failure: FileFailure, _ text: String, in folder: String) -> String {
    text.hasPrefix(failure.path) ? name(failure.path, in: folder) + text.dropFirst(failure.path.count) : text
  }

  /// Changes whenever a file is added, removed or written.
  private static func signature(_ folder: String) -> [String] {
    ["", "/calendars", "/platforms"].flatMap { part in
      let names = (try? FileManager.default.contentsOfDirectory(atPath: folder + part)) ?? []
      return names.sorted().map { file in
        var status = stat()
        stat("\(folder)\(part)/\(file)", &status)
        return "\(part)/\(file) \(status.st_size) \(status.st_mtim.tv_sec) \(status.st_mtim.tv_nsec)"
      }
    }
  }
}
