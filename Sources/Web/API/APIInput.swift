import Domain
import Formats
import HTTPTypes
import Hummingbird
import Operations

/// What a request says, checked against what its operation declares.
struct APIInput: Sendable {
  var query = Fields()
  var body = Fields()
  /// Fields of the body that are null.
  var nulls: Set<String> = []
  /// A body that isn't fields.
  var bytes: [UInt8] = []

  /// All that tells one request from another.
  var all: Fields {
    var all = body
    for (name, values) in query.texts { all.set("?" + name, values) }
    for name in nulls { all.set(name + "=null", []) }
    if !bytes.isEmpty { all.set("body", Fields.File(name: "", mediaType: "", content: bytes)) }
    return all
  }
}

extension Route {
  /// A route of the API: what reaches `answer` is what the operation declares.
  static func api(
    _ method: HTTPRequest.Method, _ path: String, _ need: Need, _ operation: APIOperation,
    _ answer: @escaping @Sendable (Asked, APIInput) async throws -> Response
  ) -> Route {
    Route(method, "/api/v1" + path, .api, need, operation: operation) { asked in
      try await answer(asked, try await operation.read(asked))
    }
  }
}

extension APIOperation {
  /// Throws a problem that names what isn't as it is declared.
  func read(_ asked: Asked) async throws -> APIInput {
    var input = APIInput()
    input.query = try readQuery(asked)
    switch body {
    case .none, .long: break
    case .fields(let fields): try await readFields(fields, asked, into: &input)
    case .bytes(_, let most, _):
      input.bytes = try await asked.bytes(upTo: most)
    case .file(let most, _): try await readFile(most, asked, into: &input)
    }
    return input
  }

  private func readQuery(_ asked: Asked) throws(Problem) -> Fields {
    if asked.request.uri.query?.isEmpty ?? true {
      for field in query where field.isRequired { throw field.missing }
      return Fields()
    }
    let given = try asked.query()
    for name in given.texts.keys.sorted() where !query.contains(where: { $0.name == name }) {
      throw Self.unknown(name, among: query)
    }
    for field in query {
      let values = given.all(field.name)
      if values.isEmpty, field.isRequired { throw field.missing }
      try field.check(values)
    }
    return given
  }

  private func readFields(_ fields: [Field], _ asked: Asked, into input: inout APIInput) async throws {
    let bytes = try await asked.bytes(upTo: most)
    let type = asked.request.headers[.contentType].map { $0.prefix { $0 != ";" }.lowercased() }
    let isJSON = type?.filter({ $0 != " " }) == "application/json"
    if bytes.isEmpty, type == nil || isJSON {
      for field in fields where field.isRequired { throw field.missing }
      return
    }
    guard isJSON else {
      throw Problem(
        .unsupportedMediaType, "media-type",
        Wording(en: "send the body as application/json", zh: "请以 application/json 发送正文"))
    }
    try APIBody.read(bytes, fields, into: &input)
    for field in fields where field.isRequired && input.body.all(field.name).isEmpty { throw field.missing }
  }

  private func readFile(_ most: Int, _ asked: Asked, into input: inout APIInput) async throws {
    let type = asked.request.headers[.contentType] ?? "application/octet-stream"
    if type.lowercased().hasPrefix("multipart/form-data") {
      let form = try await asked.fields(upTo: most + 65_536)
      guard let file = form.files["file"] else {
        throw Problem.invalid("file", Wording(en: "is missing; send a file", zh: "缺少文件，请上传"))
      }
      if file.content.count > most { throw Problem.tooLarge(most) }
      input.body.set("file", file)
    } else {
      let name = input.query["name"] ?? "file"
      input.body.set(
        "file", Fields.File(name: name, mediaType: type, content: try await asked.bytes(upTo: most)))
    }
  }

  static func unknown(_ name: String, among known: [Field]) -> Problem {
    let near = Nearest.to(name, among: known.map(\.name)).first
    let all = known.map(\.name).joined(separator: ", ")
    var hint = all.isEmpty ? Wording(en: "", zh: "") : Wording(en: "; known: \(all)", zh: "；可用：\(all)")
    if let near { hint = Wording(en: "; did you mean '\(near)'?", zh: "；是不是“\(near)”？") }
    return Problem(
      .unprocessableContent, "unknown-field",
      Wording(
        en: "'\(name.quotable)' isn't known here\(hint.en)", zh: "这里没有“\(name.quotable)”\(hint.zh)"))
  }
}

extension APIOperation.Field {
  var missing: Problem {
    .invalid(name, Wording(en: "is missing; please give it", zh: "缺少这一项，请填写"))
  }

  /// Whether texts are what the field takes; a query has nothing but texts.
  func check(_ values: [String]) throws(Problem) {
    guard let value = values.first else { return }
    switch kind {
    case .texts(let most):
      if values.count > most { throw wrong("at most \(most) of them", "最多 \(most) 个") }
      return
    case .someOf(let known):
      for value in values where !known.contains(value) { throw notOne(of: known) }
      return
    default: break
    }
    if values.count > 1 { throw wrong("given once", "只写一次") }
    switch kind {
    case .text(let most):
      if value.unicodeScalars.count > most { throw wrong("at most \(most) characters", "最多 \(most) 个字符") }
    case .whole(let range):
      guard let number = Int(value), range.contains(number) else { throw notWhole(range) }
    case .flag:
      if value != "true", value != "false" { throw wrong("true or false", "true 或 false") }
    case .time:
      do throws(TimeTextError) { _ = try TimeText(value) } catch { throw .invalid(name, error.wording) }
    case .oneOf(let known): if !known.contains(value) { throw notOne(of: known) }
    case .digest:
      if value.utf8.count != 64 || HexText.bytes(of: value) == nil {
        throw wrong("64 hexadecimal digits", "64 位十六进制数")
      }
    case .texts, .someOf: break
    }
  }

  func notWhole(_ range: ClosedRange<Int>) -> Problem {
    wrong(
      "a whole number from \(range.lowerBound) to \(range.upperBound)",
      "\(range.lowerBound) 到 \(range.upperBound) 的整数")
  }

  private func notOne(of known: [String]) -> Problem {
    wrong("one of \(known.joined(separator: ", "))", "\(known.joined(separator: "、")) 之一")
  }

  func wrong(_ en: String, _ zh: String) -> Problem {
    .invalid(name, Wording(en: "has to be \(en)", zh: "应为\(zh)"))
  }
}
