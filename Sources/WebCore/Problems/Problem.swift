import Domain
import HTTPTypes
import Hummingbird
import Operations
import Reports

/// Why a request isn't answered as asked: RFC 9457 JSON for the API, otherwise a page.
package struct Problem: Error, Sendable {
  /// What is wrong with one field of a request.
  package struct FieldError: Sendable, Equatable {
    package let field: String
    package let detail: Wording
  }

  package let code: ProblemCode
  package let detail: Wording
  /// The refusal that caused it, if any.
  package private(set) var refusal: Refusal?
  /// What is wrong with the request's fields.
  package private(set) var errors: [FieldError] = []
  /// Additional headers of the response.
  package var headers: HTTPFields = [:]

  package var status: HTTPResponse.Status { code.status }

  package init(
    _ code: ProblemCode, _ detail: Wording, refusal: Refusal? = nil, headers: HTTPFields = [:]
  ) {
    self.code = code
    self.detail = detail
    self.refusal = refusal
    self.headers = headers
  }

  /// Uses the refusal's wording, and its code for programs.
  package init(_ refusal: Refusal) { self.init(refusal.code, refusal.pageWording(), refusal: refusal) }

  package init(_ refusal: AccessRefusal) { self.init(refusal.code, refusal.pageWording) }

  /// For a refusal that concerns a field.
  package init(_ refusal: Refusal, in field: String) {
    self.init(refusal)
    errors = [FieldError(field: field, detail: refusal.programWording)]
  }

  /// Combines faults in fields; the first determines the code.
  package init?(faults: [Problem]) {
    guard let first = faults.first else { return nil }
    let errors = faults.flatMap(\.errors)
    let lines = errors.map(\.line)
    self.init(
      first.code,
      Wording(
        en: lines.map(\.en).joined(separator: "\n"), zh: lines.map(\.zh).joined(separator: "\n")))
    self.errors = errors
  }

  package init(_ error: StoreError) {
    if case .outcomeUnknown = error {
      self.init(
        .outcomeUnknown,
        Wording(
          en:
            "it isn't known yet whether this was saved; reload the page, or send it again: it is done only once",
          zh: "还不确定是否已保存；请刷新页面查看，或再次提交：不会重复执行"), headers: [.retryAfter: "5"])
      return
    }
    let isFull = if case .full = error { true } else { false }
    self.init(
      isFull ? .diskFull : .storeUnavailable,
      isFull
        ? Wording(
          en: "the server's disk is full, so nothing was changed; tell whoever runs it, and try again later",
          zh: "服务器磁盘已满，数据未作改动；请告知管理员，稍后再试")
        : Wording(
          en: "the server can't reach its data at the moment, so nothing was changed; try again in a minute",
          zh: "服务器暂时无法读写数据，数据未作改动；请一分钟后再试"),
      headers: isFull ? [:] : [.retryAfter: "30"])
  }

  package static let notFound = Problem(
    .notFound,
    Wording(
      en: "there is nothing here, or nothing that you may see; check the address", zh: "这里没有内容，或您无权查看；请检查网址"))

  package static let forbidden = Problem(
    .forbidden,
    Wording(
      en: "you may not do this; ask a lead of the team", zh: "您没有权限做这件事；请联系团队主管"))

  static let linkEnded = Problem(
    .linkEnded,
    Wording(
      en: "this link has ended; ask the team's lead who sent it for a new one",
      zh: "这个链接已经失效；请向发链接给您的主管要一个新的"))

  package static let signIn = Problem(
    .unauthorized,
    Wording(en: "sign in first, or give a token that is still valid", zh: "请先登录，或提供有效的令牌"),
    headers: [.wwwAuthenticate: "Bearer realm=\"switchlist\""])

  static let badCursor = Problem.invalid(
    "after",
    Wording(en: "isn't a place that a page gave; begin with the first page", zh: "不是有效的翻页位置；请从第一页开始"))

  package static func invalid(_ field: String, _ why: Wording) -> Problem {
    .wrong(.invalidField, field, why)
  }

  package static func wrong(_ code: ProblemCode, _ field: String, _ why: Wording) -> Problem {
    let error = FieldError(field: field, detail: why)
    var problem = Problem(code, error.line)
    problem.errors = [error]
    return problem
  }

  /// A short text for the status.
  package var title: Wording {
    switch status {
    case .badRequest: Wording(en: "The request can't be read", zh: "无法读取请求")
    case .unauthorized: Wording(en: "Sign in first", zh: "请先登录")
    case .forbidden: Wording(en: "Not allowed", zh: "没有权限")
    case .notFound: Wording(en: "Not found", zh: "没有找到")
    case .conflict: Wording(en: "Not possible now", zh: "现在不能这样做")
    case .gone where code == .fileDeleted: Wording(en: "The file was deleted", zh: "文件已删除")
    case .gone: Wording(en: "This link has ended", zh: "链接已失效")
    case .preconditionFailed: Wording(en: "Changed by somebody else", zh: "已被别人修改")
    case .contentTooLarge: Wording(en: "Too large", zh: "内容太大")
    case .unsupportedMediaType: Wording(en: "Sent in a form that isn't taken", zh: "不接受这种格式")
    case .methodNotAllowed: Wording(en: "Not taken in this way", zh: "不接受这种请求方式")
    case .requestTimeout: Wording(en: "Too slow", zh: "传输太慢")
    case .unprocessableContent: Wording(en: "Something isn't right yet", zh: "有内容需要改一下")
    case .tooManyRequests where code == .tooManyAttempts: Wording(en: "Too many attempts", zh: "尝试次数太多")
    case .tooManyRequests: Wording(en: "Too much at once", zh: "操作太多太快")
    case .insufficientStorage: Wording(en: "The disk is full", zh: "磁盘已满")
    case .serviceUnavailable: Wording(en: "Not available at the moment", zh: "暂时无法使用")
    default: Wording(en: "Something went wrong", zh: "出错了")
    }
  }

}

extension Problem.FieldError {
  /// The detail, preceded by the field's name.
  package var line: Wording { Wording(en: "\(field): \(detail.en)", zh: "\(field)：\(detail.zh)") }
}

extension Refusal {
  package var code: ProblemCode {
    if case .forbidden = self { return .forbiddenByRule }
    return ProblemCode(rawValue: ProblemCode.name(of: self)) ?? .refused
  }
}

extension AccessRefusal {
  package var code: ProblemCode { ProblemCode(rawValue: ProblemCode.name(of: self)) ?? .refused }
}

extension ProblemCode {
  /// An enum case's name in lower-case words, such as `lacks-proof`.
  package static func name(of value: some Any) -> String {
    var (name, wasUpper) = ("", true)
    for character in String(describing: value).prefix(while: { $0 != "(" }) {
      if character.isUppercase, !wasUpper { name += "-" }
      wasUpper = character.isUppercase
      name += character.lowercased()
    }
    return name
  }
}
