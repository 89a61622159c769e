import Domain
import HTTPTypes
import Hummingbird
import NIOCore
import NIOPosix
import Operations
import Synchronization

extension WebRequest {
  package func query() throws(Problem) -> FormFields { try FormFields(encoded: http.uri.query ?? "") }

  /// The fields of the body, in any supported format. Throws a problem for a body that is too large, too slow
  /// or malformed.
  ///
  /// - Parameter most: the maximum number of fields.
  package func fields(upTo limit: Int = 256 << 10, most: Int = FormFields.most) async throws -> FormFields {
    let bytes = try await bytes(upTo: limit)
    let type = http.headers[.contentType] ?? ""
    let fields = try await WorkQueue.large.run(bytes.count) { try Self.fields(bytes, type: type, most: most) }
    if !fields.files.isEmpty { try await quotas.takeBody(principal, bytes: 0, files: fields.files.count) }
    return fields
  }

  private static func fields(_ bytes: [UInt8], type: String, most: Int) throws -> FormFields {
    let kind = type.prefix { $0 != ";" }.lowercased().filter { $0 != " " }
    switch kind {
    case "application/json": return try FormFields(json: bytes, most: most)
    case "application/x-www-form-urlencoded":
      guard let text = String(validating: bytes, as: UTF8.self) else { throw Self.notUTF8 }
      return try FormFields(encoded: text, most: most)
    case "multipart/form-data":
      guard let start = type.firstRange(of: "boundary=")?.upperBound else { throw Self.unknownType }
      let boundary = type[start...].prefix { $0 != ";" }.filter { $0 != "\"" }
      if boundary.isEmpty || boundary.count > 100 { throw Self.unknownType }
      return try FormFields(multipart: bytes, boundary: String(boundary))
    case "" where bytes.isEmpty: return FormFields()
    default: throw Self.unknownType
    }
  }

  /// In bytes. Larger bodies are tables or files, only a few of which may be in memory at once.
  private static let largestForm = 256 << 10

  /// The raw body, charged to the sender's daily quota.
  package func bytes(upTo limit: Int) async throws -> [UInt8] {
    let length = http.headers[.contentLength].flatMap(Int.init)
    if let length, length > limit { throw Problem.tooLarge(limit) }
    if length ?? limit > Self.largestForm {
      leases.keep(try await quotas.holdLargeBody(of: principal.quotaSubject ?? sender))
    }
    let bytes = try await received(upTo: limit)
    try await quotas.takeBody(principal, bytes: bytes.count, files: 0)
    return bytes
  }

  private func received(upTo limit: Int) async throws -> [UInt8] {
    continuing.begin(http)
    let body = http.body
    // Most bodies arrive with their heads, so reading mostly completes at once.
    let arrived = Atomic(0)
    let isRead = Atomic(false)
    let reading = Task.immediate {
      var bytes = ByteBuffer()
      for try await var part in body {
        if bytes.readableBytes + part.readableBytes > limit { throw Problem.tooLarge(limit) }
        arrived.add(part.readableBytes, ordering: .relaxed)
        bytes.writeBuffer(&part)
      }
      isRead.store(true, ordering: .releasing)
      return bytes
    }
    if isRead.load(ordering: .acquiring) { return Array(try await reading.value.readableBytesView) }
    let isLate = Atomic(false)
    let loop = MultiThreadedEventLoopGroup.currentEventLoop ?? MultiThreadedEventLoopGroup.singleton.next()
    let alarm = loop.scheduleRepeatedTask(initialDelay: Self.patience, delay: Self.patience) { _ in
      // A large body may take long as long as it makes progress.
      if arrived.exchange(0, ordering: .relaxed) >= Self.leastInPatience { return }
      isLate.store(true, ordering: .sequentiallyConsistent)
      reading.cancel()
    }
    defer { alarm.cancel() }
    do {
      let buffer = try await withTaskCancellationHandler {
        try await reading.value
      } onCancel: {
        reading.cancel()
      }
      return Array(buffer.readableBytesView)
    } catch {
      throw isLate.load(ordering: .sequentiallyConsistent) ? Self.tooSlow : error
    }
  }

  private static let patience = TimeAmount.seconds(60)
  /// In bytes: 8 KB a second, so that nobody can hold memory longer by sending slowly.
  private static let leastInPatience = 480 << 10

  private static let tooSlow = Problem(
    .tooSlow,
    Wording(
      en: "the request all but stopped arriving for a minute; try again", zh: "请求有一分钟几乎没有传来内容；请重试"))

  private static let notUTF8 = Problem(
    .malformed, Wording(en: "the body isn't valid UTF-8", zh: "请求正文不是有效的 UTF-8"))

  private static let unknownType = Problem(
    .mediaType,
    Wording(
      en: "send the body as application/json, or as a form", zh: "请以 application/json 或表单格式发送正文"))
}
