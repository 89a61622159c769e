import ChecklistFiles
import Domain
import FoundationEssentials
import Glibc
import Logging
import Operations
import Synchronization
import Web
import WebCore

/// The definitions for a long-running program: read again when a file has changed, or when somebody has pushed a
/// folder into the store.
final class WatchedDefinitions: Sendable {
  private struct State {
    var read: DefinitionsSnapshot
    var signature: [String]
    var lookedAt: Int64
    /// The store's files by their paths; nil for a folder.
    var files: [String: [UInt8]]?
    /// The store's digest that differs from this process's, when that was last said.
    var toldOf: String?
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

  /// Takes the definitions from the store, where `follow` looks for newer ones.
  init(
    files: [String: [UInt8]], zones: ZoneDirectory, monotonicMilliseconds: @escaping @Sendable () -> Int64
  ) {
    folder = DefinitionsInStore.name
    self.zones = zones
    self.monotonicMilliseconds = monotonicMilliseconds
    state = Mutex(
      State(read: Self.read(files, zones, number: 1), signature: [], lookedAt: 0, files: files))
  }

  /// Looks every two seconds, until the task ends, which definitions are in the store: takes them, or says once that
  /// those of this process differ.
  func follow(_ store: any StoreAccess, log: Logger) async {
    while !Task.isCancelled {
      try? await Task.sleep(for: .seconds(2))
      guard let shared = try? await store.read(.background, { try $0.currentDefinitionFolder() }) ?? nil,
        shared.digest != current().digest
      else { continue }
      guard state.withLock({ $0.files != nil }) else {
        let isNew = state.withLock { state in
          defer { state.toldOf = shared.digest }
          return state.toldOf != shared.digest
        }
        if isNew {
          log.warning(
            "this server's definitions differ from those in the store; start it with --checklists store:, or push its folder",
            metadata: ["store": "\(shared.digest.prefix(12))", "pushed_by": "\(shared.pushedBy)"])
        }
        continue
      }
      guard let files = try? await store.read(.background, { try $0.definitionFiles(shared.digest) }) else {
        continue
      }
      state.withLock { state in
        state.read = Self.read(files, zones, number: state.read.number + 1)
        state.files = files
      }
      log.notice(
        "took new definitions from the store",
        metadata: ["digest": "\(shared.digest.prefix(12))", "pushed_by": "\(shared.pushedBy)"])
    }
  }

  /// At most two seconds out of date.
  func current() -> DefinitionsSnapshot {
    state.withLock { state in
      if state.files != nil { return state.read }
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
    let digest = (try? ChecklistFolder.contents(of: folder)).map(PushDefinitions.digest)
    return snapshot(of: loaded, in: folder, number: number, digest: digest)
  }

  private static func read(
    _ files: [String: [UInt8]], _ zones: ZoneDirectory, number: Int
  ) -> DefinitionsSnapshot {
    let name = DefinitionsInStore.name
    return snapshot(
      of: ChecklistFolder.load(files, named: name, zones: zones), in: name, number: number,
      digest: PushDefinitions.digest(files))
  }

  private static func snapshot(
    of loaded: LoadedFolder, in folder: String, number: Int, digest: String?
  ) -> DefinitionsSnapshot {
    let findings = findings(loaded.findings, loaded.failures, in: folder)
    return DefinitionsSnapshot(
      number: number,
      definitions: Definitions(
        checklists: loaded.checklists.map(\.checklist), calendars: loaded.calendars,
        platforms: loaded.platforms),
      findings: findings,
      files: Dictionary(
        loaded.checklists.map { ($0.checklist.id.rawValue, name($0.file, in: folder)) },
        uniquingKeysWith: { first, _ in first }), digest: digest)
  }

  /// Checks the text of a definition as if it were a file of this name in the folder.
  func check(_ text: [UInt8], as file: String, today: CivilDate) -> [DefinitionsSnapshot.Finding] {
    let files = state.withLock { $0.files }
    let neighbours = files.map { files in
      Dictionary(uniqueKeysWithValues: files.map { ("\(folder)/\($0)", $1) })
    }
    let report = Lint.check(
      text, as: "\(folder)/\(file)", today: today, zones: zones, among: neighbours)
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
