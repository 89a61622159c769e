import Domain
import Formats

extension FormFields {
  /// Reads `a=1&b=2`, from a query or the body of a form.
  package init(encoded text: some StringProtocol, most: Int = most) throws(Problem) {
    let fields: [(name: String, value: String)]
    do throws(FormError) { fields = try FormDecoder.fields(text.utf8, most: most) } catch {
      throw Problem(error)
    }
    for (name, value) in fields {
      try Self.check(name, value)
      if name.utf8.contains(0) || value.utf8.contains(0) { throw .invalid(name.quotable, Self.zeroByte) }
      append(value, to: name)
    }
  }

  /// Reads `multipart/form-data`.
  package init(multipart body: [UInt8], boundary: String) throws(Problem) {
    let parts: [MultipartDecoder.Part]
    do throws(MultipartError) { parts = try MultipartDecoder.parts(body, boundary: boundary) } catch {
      throw Problem(error)
    }
    for part in parts {
      guard let fileName = part.fileName else {
        let text = String(decoding: part.content, as: UTF8.self)
        try Self.check(part.name, text)
        append(text, to: part.name)
        continue
      }
      // Browsers send an empty part if no file was chosen.
      if fileName.isEmpty, part.content.isEmpty { continue }
      let mediaType = part.mediaType ?? "application/octet-stream"
      try Self.check(part.name, fileName)
      try Self.check(part.name, mediaType)
      set(part.name, File(name: fileName, mediaType: mediaType, content: Array(part.content)))
    }
  }

  /// Reads a flat JSON object: strings, whole numbers, booleans, lists of strings, null for absent values.
  package init(json bytes: [UInt8], most: Int = most) throws(Problem) {
    var fields = FormFields()
    do {
      try JSONCursor.read(bytes) { cursor in
        var count = 0
        try cursor.object { name, cursor in
          count += 1
          if count > most { throw Problem(FormError.tooManyFields(most: most)) }
          try Self.check(name)
          let values = try Self.texts(name, &cursor)
          for value in values ?? [] { try Self.check(name, value) }
          if let values { fields.set(name, values) }
        }
      }
    } catch let problem as Problem { throw problem } catch { throw Self.notJSON }
    self = fields
  }

  /// Nil for null.
  private static func texts(_ name: String, _ cursor: inout JSONCursor) throws -> [String]? {
    if cursor.takeNull() { return nil }
    if cursor.isAtText { return [try cursor.string()] }
    if cursor.isAtList {
      var texts: [String] = []
      try cursor.array { cursor in
        guard cursor.isAtText else { throw notTaken(name) }
        texts.append(try cursor.string())
      }
      return texts
    }
    if cursor.isAtObject { throw notTaken(name) }
    if let flag = cursor.takeFlag() { return [flag ? "1" : "0"] }
    return [String(try cursor.integer())]
  }

  private static func notTaken(_ name: String) -> Problem {
    .invalid(
      name.quotable, Wording(en: "this kind of value isn't taken here", zh: "不接受这种类型的值"))
  }

  private static let notJSON = Problem(
    .malformed, Wording(en: "the body isn't a JSON object", zh: "请求正文不是 JSON 对象"))

  /// Names and most values are compared and hashed, which must not take long.
  package static func check(_ name: String, _ value: String = "") throws(Problem) {
    if name.isStreamSafe, value.isStreamSafe { return }
    throw .invalid(name.quotable, marks)
  }

  /// No engine's texts hold one, or not all do.
  package static let zeroByte = Wording(
    en: "has a zero byte (%00), which no text has; take it out", zh: "含有空字节（%00），文字里不会有；请去掉")

  private static let marks = Wording(
    en: "has over \(StreamSafeText.mostMarks) accents or other marks on one letter; take them out",
    zh: "一个字上叠加了超过 \(StreamSafeText.mostMarks) 个附加符号；请去掉")
}

extension Problem {
  package init(_ error: FormError) {
    switch error {
    case .brokenEscape:
      self.init(
        .malformed,
        Wording(en: "an escape such as %E4 in the request is broken", zh: "请求中的转义（如 %E4）不完整"))
    case .tooManyFields(let most):
      self.init(
        .tooManyFields,
        Wording(en: "the request has more than \(most) fields; send fewer", zh: "请求超过 \(most) 个字段；请减少"))
    }
  }

  package init(_ error: MultipartError) {
    switch error {
    case .malformed:
      self.init(
        .malformed, Wording(en: "the form's parts can't be read", zh: "表单内容无法读取"))
    case .tooManyParts(let most):
      self.init(
        .tooManyFields,
        Wording(en: "the form has more than \(most) parts; send fewer", zh: "表单超过 \(most) 个部分；请减少"))
    case .headTooLong(let most):
      self.init(
        .malformed,
        Wording(
          en:
            "what one of the form's parts says of itself is longer than \(most >> 10) KB; shorten the file's name",
          zh: "表单中某个部分的说明超过 \(most >> 10) KB；请缩短文件名"))
    case .textTooLong(let name, let most):
      self.init(
        .tooLarge,
        Wording(
          en: "\(name.quotable): the text is longer than \(most >> 10) KB; shorten it, or send it as a file",
          zh: "\(name.quotable)：文字超过 \(most >> 10) KB；请缩短，或作为文件上传"))
    }
  }

  package init(_ error: PageCursorError) { self = Problem.badCursor }
}
