import Domain
import Formats
import FoundationEssentials
import Glibc
import HTTPTypes
import Hummingbird
import NIOCore
import Operations
import Reports
import WebCore

/// Export and import of the whole store.
struct TransferAPI: Sendable {
  let services: WebServices

  /// JSON Lines have no registered media type that tools recognize.
  private static let type = "application/octet-stream"

  var routes: [Route] {
    [
      .api(
        .get, "/export", .admin,
        APIOperation(
          id: "exportStore",
          summary: "The whole store as JSON Lines, passwords' and secrets' digests and files included",
          answer: .bytes(type: Self.type)), export),
      .api(
        .post, "/import", .admin,
        APIOperation(
          id: "importStore",
          summary: "Read an export into a store without shops, users and tokens, all or nothing",
          body: .long(
            type: "application/octet-stream", most: 8 << 30,
            about: "What an export gave, JSON Lines; every hash is verified."),
          answer: .json(schema: "ImportedStore", status: 201), problems: [409]), importStore),
    ]
  }

  private func export(_ request: WebRequest, _ input: APIInput) async throws -> Response {
    try await services.streamResponse(type: Self.type) { reading, flush in
      _ = try ExportStore()(from: reading, flush: flush)
    }.with(
      .contentDisposition,
      "attachment; filename=\"switchlist-\(services.readersZone(request).local(request.now).date).jsonl\"")
  }

  private func importStore(_ request: WebRequest, _ input: APIInput) async throws -> Response {
    try await services.store.read(.background) { reading in if try !reading.isEmpty { throw Self.notEmpty } }
    let draft = try await SpooledBody(request, upTo: 8 << 30)
    let counts: ExportStore.Counts
    do {
      counts = try await services.change(request) { transaction, _ in
        // Checked again, since somebody may have written to it in between.
        try transaction.lockPeople()
        if try !transaction.isEmpty { throw Self.notEmpty }
        var importing = ImportStore(in: transaction)
        var lines = LineReader()
        try draft.forEachChunk { chunk in try lines.read(chunk) { try importing.read($0) } }
        try lines.end { try importing.read($0) }
        return try importing.finish()
      }
    } catch let bad as ImportStore.BadExport {
      throw Problem(.badExport, bad.wording)
    }
    services.live.tellAll(.changed)
    var json = JSONWriter()
    json.object { json in
      json.field("shops", counts.shops)
      json.field("events", counts.events)
      json.field("definitions", counts.definitions)
    }
    return .json(json.document(), status: .created)
  }

  private static let notEmpty = Problem(
    .notEmpty,
    Wording(
      en:
        "the store has shops, users or tokens already, and nothing was changed; an export goes into an empty store",
      zh: "数据库里已有店铺、用户或令牌，数据未作改动；只能导入空的数据库"))
}

/// A body too large for memory, in an unlinked file that disappears with this object.
private final class SpooledBody: Sendable {
  private let descriptor: Int32

  /// Throws a problem for a body that is too large or too slow, and if there is no space for it.
  init(_ request: WebRequest, upTo limit: Int) async throws {
    if let length = request.http.headers[.contentLength].flatMap(Int.init), length > limit {
      throw Problem.tooLarge(limit)
    }
    var name = Array("\(FileManager.default.temporaryDirectory.path)/switchlist-import-XXXXXX".utf8CString)
    descriptor = name.withUnsafeMutableBufferPointer { $0.baseAddress.map { mkstemp($0) } ?? -1 }
    guard descriptor >= 0 else { throw Self.noRoom }
    name.withUnsafeBufferPointer { path in _ = path.baseAddress.map { unlink($0) } }
    request.continuing.begin(request.http)
    let (file, body) = (descriptor, request.http.body)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        var size = 0
        for try await buffer in body {
          size += buffer.readableBytes
          if size > limit { throw Problem.tooLarge(limit) }
          try Self.write(buffer, to: file)
        }
      }
      group.addTask {
        try await Task.sleep(for: .seconds(3600))
        throw Problem(
          .tooSlow,
          Wording(
            en: "the export took over an hour to arrive; use switchlist import on the server",
            zh: "超过一小时没有传完；请在服务器上用 switchlist import"))
      }
      defer { group.cancelAll() }
      try await group.next()
    }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  func forEachChunk(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 16)
    defer { buffer.deallocate() }
    var offset = 0
    while true {
      let count = pread(descriptor, buffer.baseAddress, buffer.count, off_t(offset))
      if count < 0 { throw Self.noRoom }
      if count == 0 { return }
      offset += count
      try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
  }

  private static func write(_ buffer: ByteBuffer, to file: Int32) throws {
    try buffer.withUnsafeReadableBytes { bytes in
      var rest = bytes[...]
      while !rest.isEmpty {
        let part = UnsafeRawBufferPointer(rebasing: rest)
        let count = Glibc.write(file, part.baseAddress, part.count)
        if count < 0, errno == EINTR { continue }
        if count <= 0 { throw noRoom }
        rest = rest.dropFirst(count)
      }
    }
  }

  private static let noRoom = Problem(
    .diskFull,
    Wording(
      en: "the server has no room to take the export in, so nothing was changed; free some and try again",
      zh: "服务器没有空间接收导出文件，数据未作改动；请腾出空间后再试"))
}
