import Domain

/// Reads a JSON object whose fields are declared: no other field, no other kind of value.
enum APIBody {
  static func read(
    _ bytes: [UInt8], _ fields: [APIOperation.Field], into input: inout APIInput
  ) throws {
    do {
      try JSONCursor.read(bytes) { cursor in
        try cursor.object { name, cursor in
          try Fields.check(name)
          guard let field = fields.first(where: { $0.name == name }) else {
            throw APIOperation.unknown(name, among: fields)
          }
          if cursor.takeNull() {
            guard field.isNullable else { throw field.wrong("left out rather than null", "省略，而不是 null") }
            input.nulls.insert(name)
            return
          }
          let values = try value(field, &cursor)
          for value in values { try Fields.check(name, value) }
          try field.check(values)
          input.body.set(name, values)
          input.nulls.remove(name)
        }
      }
    } catch let fault as JSONCursor.Fault {
      throw Problem(
        .badRequest, "malformed",
        Wording(
          en: "the body isn't a JSON object: byte \(fault.offset + 1): \(fault.expected) expected",
          zh: "请求正文不是 JSON 对象：第 \(fault.offset + 1) 字节处应为 \(fault.expected)"))
    }
  }

  private static func value(
    _ field: APIOperation.Field, _ cursor: inout JSONCursor
  ) throws -> [String] {
    switch field.kind {
    case .text, .time, .oneOf, .digest:
      guard cursor.isAtText else { throw field.wrong("a text", "文字") }
      return [try cursor.string()]
    case .whole(let range):
      do { return [String(try cursor.integer())] } catch { throw field.notWhole(range) }
    case .flag:
      do { return [try cursor.bool() ? "true" : "false"] } catch {
        throw field.wrong("true or false", "true 或 false")
      }
    case .texts, .someOf:
      guard cursor.isAtList else { throw field.wrong("a list of texts", "文字列表") }
      var texts: [String] = []
      try cursor.array { cursor in
        guard cursor.isAtText else { throw field.wrong("a list of texts", "文字列表") }
        texts.append(try cursor.string())
      }
      return texts
    }
  }
}
