import ChecklistFiles
import Dispatch
import Domain
import Formats
import Glibc
import Logging
import Operations
import Reports
import Storage
import Synchronization
import Web
import WebCore

/// Wires the web to the store, the clock, the checklists and the log, and serves.
struct Serving {
  let invocation: Invocation
  let location: StoreLocation
  let writer: any ShopStore
  let options: WebOptions

  private func access() throws -> any StoreAccess {
    if let store = writer as? PostgreSQLStore {
      return PostgreSQLStoreAccess(store, monotonicMilliseconds: Self.monotonicMilliseconds)
    }
    return try SQLiteStoreAccess(
      path: location.name, writer: writer, monotonicMilliseconds: Self.monotonicMilliseconds,
      turns: LoopTurns())
  }

  private func definitions() throws -> WatchedDefinitions {
    if invocation.hasChecklistsInStore {
      return WatchedDefinitions(
        files: try writer.read { try DefinitionsInStore.current(in: $0).files }, zones: invocation.zones,
        monotonicMilliseconds: Self.monotonicMilliseconds)
    }
    return try WatchedDefinitions(
      folder: try invocation.checklistFolder(), zones: invocation.zones,
      monotonicMilliseconds: Self.monotonicMilliseconds)
  }

  /// Returns after a signal to stop, once requests in progress are finished.
  ///
  /// - Parameter opened: called with the address once connections are accepted.
  func run(level: Logger.Level, opened: @escaping @Sendable (String) -> Void = { _ in }) throws {
    let definitions = try definitions()
    let store = try access()
    let clock = invocation.movingClock
    let parts = WebDependencies(
      now: clock, monotonicMilliseconds: Self.monotonicMilliseconds, zones: invocation.zones,
      zone: invocation.readersZone, definitions: { definitions.current() },
      check: { definitions.check($0, as: $1, today: Zone.utc.local(clock()).date) },
      schema: { ChecklistSchema.text(in: $0) },
      store: store, secrets: SystemSecrets(), login: LoginName.current(invocation.environment))
    var logger = Logger(label: "switchlist") { _ in JSONLogHandler() }
    logger.logLevel = level
    let server = WebServer(dependencies: parts, options: options, logger: logger)
    let host = options.host.contains(":") ? "[\(options.host)]" : options.host
    let finished = DispatchSemaphore(value: 0)
    let failure = Mutex<(any Error)?>(nil)
    let local = options.local
    let note = invocation.console.noting
    let isHangUpIgnored = Self.isHangUpIgnored
    let following = Task { [logger] in await definitions.follow(store, log: logger) }
    Task {
      defer { following.cancel() }
      do {
        try await server.run(
          alsoAtHangUp: !isHangUpIgnored,
          running: { port in
            let address = "http://\(host):\(port)"
            ServiceManager.tell(.ready, status: "serving on \(address)/")
            note(
              say(
                en: local.map {
                  "serving on \(address)\($0.entryPath()) for this machine alone; stop with Ctrl-C"
                }
                  ?? "serving on \(address)/",
                zh: local.map { "正在 \(address)\($0.entryPath()) 提供服务，仅限本机；按 Ctrl-C 停止" }
                  ?? "正在 \(address)/ 提供服务"))
            opened(address)
          }, stopping: { ServiceManager.tell(.stopping, status: "finishing what is under way") })
      } catch {
        failure.withLock { $0 = error }
      }
      finished.signal()
    }
    finished.wait()
    switch failure.withLock({ $0 }) {
    case nil: return
    case let failure as ListenFailure: throw CommandFailure(words(of: failure))
    case let error?:
      throw CommandFailure(
        Wording(en: "the server ended: \(error)", zh: "服务已中止：\(error)"))
    }
  }

  /// A program started with `nohup` should outlive the terminal.
  private static var isHangUpIgnored: Bool {
    var action = sigaction()
    guard sigaction(SIGHUP, nil, &action) == 0 else { return false }
    return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
      == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  private func words(of failure: ListenFailure) -> Wording {
    let isMetrics = options.metrics.map { $0.host == failure.host && $0.port == failure.port } ?? false
    let option = isMetrics ? "--metrics-listen" : "--listen"
    let host = failure.host.contains(":") ? "[\(failure.host)]" : failure.host
    let reason =
      switch failure.reason {
      case .isTaken:
        Wording(
          en: "another program uses that port; stop it, or take another port with \(option)",
          zh: "该端口已被其他程序占用；请停止那个程序，或用 \(option) 换一个端口")
      case .isForbidden:
        Wording(
          en: "ports below 1024 are for root; take a higher one with \(option), and let a proxy serve on 443",
          zh: "1024 以下的端口只有 root 可以使用；请用 \(option) 换一个更大的端口，443 端口交给代理")
      case .isElsewhere:
        Wording(
          en: "this machine has no such address; for all of its own take \(option) 0.0.0.0:\(failure.port)",
          zh: "本机没有这个地址；要监听本机所有地址，请用 \(option) 0.0.0.0:\(failure.port)")
      case .other(let detail): Wording(en: detail, zh: detail)
      }
    return Wording(
      en: "can't serve on \(host):\(failure.port): \(reason.en)",
      zh: "无法在 \(host):\(failure.port) 提供服务：\(reason.zh)")
  }

  @Sendable private static func monotonicMilliseconds() -> Int64 {
    Int64(DispatchTime.now().uptimeNanoseconds / 1_000_000)
  }
}

/// Writes each log entry as a JSON object on a line of standard error.
struct JSONLogHandler: LogHandler {
  var logLevel: Logger.Level = .info
  var metadata: Logger.Metadata = [:]

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let all = metadata.merging(event.metadata ?? [:]) { _, new in new }
    Self.write(event.level, event.message.description, all)
  }

  static func write(_ level: Logger.Level, _ message: String, _ metadata: Logger.Metadata = [:]) {
    var json = JSONWriter()
    json.object { json in
      json.field("at", Moment(seconds: Int64(time(nil))))
      json.field("level", level.rawValue)
      json.field("message", message)
      for (key, value) in metadata.sorted(by: { $0.key < $1.key }) {
        json.field(named: key, value.description)
      }
    }
    // Failing to write the log is no reason to stop serving.
    try? Console.write(json.document(), to: STDERR_FILENO)
  }
}
