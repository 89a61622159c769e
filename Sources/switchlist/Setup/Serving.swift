import ChecklistFiles
import Dispatch
import Domain
import Foundation
import Logging
import Operations
import Reports
import Storage
import Synchronization
import Web

/// Wires the web to the store, the clock, the checklists and the log, and serves.
struct Serving {
  let session: Session
  let path: String
  let writer: SQLiteShopStore
  let options: WebOptions

  /// Returns when a signal told it to stop and what was under way is done.
  ///
  /// - Parameter opened: called with the address once connections are taken.
  func run(level: Logger.Level, opened: @escaping @Sendable (String) -> Void = { _ in }) throws {
    let definitions = try WatchedDefinitions(
      folder: try session.checklistFolder(), zones: session.zones, milliseconds: Self.milliseconds)
    let version = try SQLiteVersion(path: path)
    let path = path
    let clock = session.movingClock
    let parts = WebParts(
      now: clock, milliseconds: Self.milliseconds, zones: session.zones,
      zone: session.readersZone, definitions: { definitions.current() },
      check: { definitions.check($0, as: $1, today: Zone.utc.local(clock()).date) },
      schema: { ChecklistSchema.text(in: $0) },
      openReader: { try SQLiteShopStore(readingAt: path) },
      writer: writer, version: { try version.current() }, secrets: SystemSecrets(),
      login: LoginName.current(session.environment))
    var logger = Logger(label: "switchlist") { _ in JSONLogHandler() }
    logger.logLevel = level
    let server = WebServer(parts: parts, options: options, logger: logger)
    let host = options.host.contains(":") ? "[\(options.host)]" : options.host
    let finished = DispatchSemaphore(value: 0)
    let failure = Mutex<(any Error)?>(nil)
    let local = options.local
    Task {
      do {
        try await server.run { port in
          let address = "http://\(host):\(port)"
          Console.toStandardError(
            say(
              en: local.map { "serving on \(address)\($0.path()) for this machine alone; stop with Ctrl-C" }
                ?? "serving on \(address)/",
              zh: local.map { "正在 \(address)\($0.path()) 提供服务，仅限本机；按 Ctrl-C 停止" }
                ?? "正在 \(address)/ 提供服务"))
          opened(address)
        }
      } catch {
        failure.withLock { $0 = error }
      }
      finished.signal()
    }
    finished.wait()
    if let error = failure.withLock({ $0 }) {
      throw CommandFailure(
        Wording(
          en: "can't serve on \(host):\(options.port): \(error); is another program using the port?",
          zh: "无法在 \(host):\(options.port) 提供服务：\(error)；端口是否被其他程序占用？"))
    }
  }

  @Sendable private static func milliseconds() -> Int64 {
    Int64(DispatchTime.now().uptimeNanoseconds / 1_000_000)
  }
}

/// A JSON object on a line of standard error for each entry.
struct JSONLogHandler: LogHandler {
  var logLevel: Logger.Level = .info
  var metadata: Logger.Metadata = [:]

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    var json = JSONWriter()
    json.object { json in
      json.field("at", Moment(seconds: Int64(time(nil))))
      json.field("level", event.level.rawValue)
      json.field("message", event.message.description)
      let all = metadata.merging(event.metadata ?? [:]) { _, new in new }
      for (key, value) in all.sorted(by: { $0.key < $1.key }) { json.field(named: key, value.description) }
    }
    // A log that can't be written is no reason to stop serving.
    try? Console.write(json.document(), to: STDERR_FILENO)
  }
}
