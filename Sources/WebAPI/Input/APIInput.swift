import Domain
import Formats
import HTTPTypes
import Hummingbird
import Operations
import WebCore

/// A request's input, checked against its operation's declaration.
struct APIInput: Sendable {
  var query = FormFields()
  var body = FormFields()
  /// Body fields that are null.
  var nulls: Set<String> = []
  /// A body that doesn't consist of fields.
  var bytes: [UInt8] = []

  /// Everything that distinguishes requests.
  var all: FormFields {
    var all = body
    for (name, values) in query.texts { all.set("?" + name, values) }
    for name in nulls { all.set(name + "=null", []) }
    if !bytes.isEmpty { all.set("body", FormFields.File(name: "", mediaType: "", content: bytes)) }
    return all
  }
}

extension Route {
  /// A route of the API; `answer` only gets input that matches the declaration.
  static func api(
    _ method: HTTPRequest.Method, _ path: String, _ need: RequiredAccess, _ operation: APIOperation,
    _ answer: @escaping @Sendable (WebRequest, APIInput) async throws -> Response
  ) -> Route {
    Route(method, "/api/v1" + path, .api, need, operation: operation) { request in
      try await answer(request, try await operation.read(request))
    }
  }

  /// A route, with one for each other format of its response.
  static func api(
    _ path: String, _ need: RequiredAccess, _ operation: APIOperation,
    _ answer: @escaping @Sendable (WebRequest, APIInput) async throws -> Response
  ) -> [Route] {
    [.api(.get, path, need, operation, answer)]
      + operation.forms.map { form in
        let own = APIOperation(
          id: form.id, summary: form.summary,
          query: operation.query.filter { !form.withoutParameters.contains($0.name) },
          answer: .text(type: form.type))
        return .api(.get, "\(path).\(form.ending)", need, own) { request, input in
          var input = input
          input.query.set("format", [form.format])
          return try await answer(request, input)
        }
      }
  }
}

extension APIOperation {
  /// Throws a problem that names what doesn't match the declaration.
  func read(_ request: WebRequest) async throws -> APIInput {
    var input = APIInput()
    input.query = try readQuery(request)
    switch body {
    case .none, .long: break
    case .fields(let fields): try await readFields(fields, request, into: &input)
    case .bytes(_, let most, _):
      input.bytes = try await request.bytes(upTo: most)
      // An empty file is acceptable, but not a missing body.
      if input.bytes.isEmpty, request.http.headers[.contentType] == nil {
        throw Problem.invalid(
          "body", Wording(en: "is missing; send the file as it is", zh: "没有内容，请直接发送文件"))
      }
    case .file(let most, _): try await readFile(most, request, into: &input)
    }
    return input
  }

  /// The accepted query fields, including `format`, which programs use that are older than the formats' own
  /// paths.
  private var taken: [Field] {
    forms.isEmpty ? query : query + [Field("format", .oneOf(["json"] + forms.map(\.format)), "")]
  }

  private func readQuery(_ request: WebRequest) throws(Problem) -> FormFields {
    if request.http.uri.query?.isEmpty ?? true, !query.contains(where: \.isRequired) { return FormFields() }
    let given = try request.query()
    var faults: [Problem] = []
    for name in given.texts.keys.sorted() where !taken.contains(where: { $0.name == name }) {
      faults.append(Self.unknown(name, among: query))
    }
    for field in taken {
      let values = given.all(field.name)
      if values.isEmpty, field.isRequired { faults.append(field.missing) }
      if let fault = field.fault(values) { faults.append(fault) }
    }
    if let problem = Problem(faults: faults) { throw problem }
    return given
  }

  private func readFields(_ fields: [Field], _ request: WebRequest, into input: inout APIInput) async throws {
    let bytes = try await request.bytes(upTo: most)
    let type = request.http.headers[.contentType].map { $0.prefix { $0 != ";" }.lowercased() }
    let isJSON = type?.filter({ $0 != " " }) == "application/json"
    var faults: [Problem] = []
    if !bytes.isEmpty || type != nil && !isJSON {
      guard isJSON else {
        throw Problem(
          .mediaType,
          Wording(en: "send the body as application/json", zh: "请以 application/json 发送正文"))
      }
      faults = try APIBody.read(bytes, fields, into: &input)
    }
    let wrong = Set(faults.flatMap(\.errors).map(\.field))
    for field in fields where field.isRequired && !wrong.contains(field.name) {
      if input.body.all(field.name).isEmpty { faults.append(field.missing) }
    }
    if let problem = Problem(faults: faults) { throw problem }
  }

  private func readFile(_ most: Int, _ request: WebRequest, into input: inout APIInput) async throws {
    let type = request.http.headers[.contentType] ?? "application/octet-stream"
    if type.lowercased().hasPrefix("multipart/form-data") {
      let form = try await request.fields(upTo: most + 65_536)
      guard let file = form.files["file"] else {
        throw Problem.invalid("file", Wording(en: "is missing; send a file", zh: "缺少文件，请上传"))
      }
      if file.content.count > most { throw Problem.tooLarge(most) }
      input.body.set("file", file)
    } else {
      let name = input.query["name"] ?? "file"
      input.body.set(
        "file", FormFields.File(name: name, mediaType: type, content: try await request.bytes(upTo: most)))
    }
  }

  static func unknown(_ name: String, among known: [Field]) -> Problem {
    let near = Suggestions.to(name, among: known.map(\.name)).first
    let all = known.map(\.name).joined(separator: ", ")
    var hint = all.isEmpty ? Wording(en: "", zh: "") : Wording(en: "; known: \(all)", zh: "；可用：\(all)")
    if let near { hint = Wording(en: "; did you mean '\(near)'?", zh: "；是不是“\(near)”？") }
    return .wrong(
      .unknownField, name.quotable, Wording(en: "isn't known here\(hint.en)", zh: "这里没有这一项\(hint.zh)"))
  }
}

extension APIOperation.Field {
  var missing: Problem {
    .invalid(name, Wording(en: "is missing; please give it", zh: "缺少这一项，请填写"))
  }

  /// What is wrong with a field's texts, as they come in a query.
  func fault(_ values: [String]) -> Problem? {
    guard let value = values.first else { return nil }
    switch kind {
    case .texts(let most): return values.count > most ? wrong("at most \(most) of them", "最多 \(most) 个") : nil
    case .lines(let most, let each):
      if values.count > most { return wrong("at most \(most) of them", "最多 \(most) 个") }
      return values.contains { $0.unicodeScalars.count > each } ? tooLong(each) : nil
    case .someOf(let known): return values.allSatisfy(known.contains) ? nil : notOne(of: known)
    default: break
    }
    if values.count > 1 { return wrong("given once", "只写一次") }
    switch kind {
    case .text(let most), .line(let most), .prose(let most):
      return value.unicodeScalars.count > most ? tooLong(most) : nil
    case .cursor: return value.utf8.count > PageCursor.longest ? tooLong(PageCursor.longest) : nil
    case .duration: return value.utf8.count > 40 ? tooLong(40) : nil
    case .whole(let range): return Int(value).map(range.contains) ?? false ? nil : notWhole(range)
    case .flag: return value == "true" || value == "false" ? nil : wrong("true or false", "true 或 false")
    case .time, .beginning:
      if kind == .beginning, value == "rebound" { return nil }
      do throws(TimeTextError) { _ = try TimeText.dated(value) } catch {
        return .invalid(name, error.wording)
      }
      return nil
    case .oneOf(let known): return known.contains(value) ? nil : notOne(of: known)
    case .digest:
      return value.utf8.count == 64 && HexText.bytes(of: value) != nil
        ? nil : wrong("64 hexadecimal digits", "64 位十六进制数")
    case .shopID, .texts, .lines, .someOf: return nil
    }
  }

  private func tooLong(_ most: Int) -> Problem { wrong("at most \(most) characters", "最多 \(most) 个字符") }

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
