import Domain
import Formats
import HTTPTypes
import Reports
import WebCore

/// The API's reference: each operation's input and output.
struct APIPage: Sendable {
  let frame: PageFrame
  /// Routes that have an operation.
  let routes: [Route]

  func render() -> HTML {
    let groups = Dictionary(grouping: routes.filter { $0.operation != nil }) { route in
      route.path.split(separator: "/").dropFirst(2).first.map(String.init) ?? ""
    }
    let sections = groups.sorted { $0.key < $1.key }.map { name, routes -> HTML in
      """
      <section aria-labelledby="api-\(name)"><h2 id="api-\(name)">\(name)</h2>
      <ul class="items bare">
      \(routes.map(operation))</ul></section>

      """
    }
    return frame.page(
      title: "API",
      """
      <h1>API</h1>
      <p>\(frame.say("Requests carry a token: ", "请求要带令牌："))<code>Authorization: Bearer …</code>. \
      \(frame.say("The whole of it, for programs: ", "给程序读的完整文档："))<a href="/api/openapi.json">OpenAPI 3.1</a></p>
      \(sections)
      \(problems)
      """)
  }

  /// The possible problems, each with the anchor that its type URI contains.
  private var problems: HTML {
    let rows = ProblemCode.allCases.map { code -> HTML in
      let title = Problem(code, Wording(en: "", zh: "")).title(frame.language)
      return PageTable.head(#"<code id="problem-\#(code.rawValue)">\#(code.rawValue)</code>"#)
        + PageTable.cell("\(code.status.code) \(title)")
        + PageTable.cell(#"<span lang="en">\#(code.about)</span>"#)
    }
    let columns = [frame.say("Code", "代码"), frame.say("Status", "状态"), frame.say("Meaning", "说明")]
    let table = PageTable(
      caption: frame.say("Problems", "错误"), columns: columns.map { .init($0) }, rows: rows)
    let about = frame.say(
      "What isn't answered with what was asked for is answered with a problem (RFC 9457). Its member code is one of these; later versions may have more.",
      "未能照办的请求会得到错误说明（RFC 9457），其 code 为以下之一；以后的版本可能会增加。")
    return """
      <section aria-labelledby="problems"><h2 id="problems">\(frame.say("Problems", "错误"))</h2><p>\(about)</p>
      \(table.render())</section>

      """
  }

  private func operation(_ route: Route) -> HTML {
    guard let operation = route.operation else { return .empty }
    var parts: [HTML] = []
    if let scope = route.need.scope {
      parts.append("<p>\(frame.say("Scope: ", "权限："))<code>\(scope)</code></p>")
    }
    parts.append(fields(frame.say("Query", "查询参数"), operation.query))
    switch operation.body {
    case .none: break
    case .fields(let taken): parts.append(fields(frame.say("Body, a JSON object", "正文（JSON 对象）"), taken))
    case .bytes(let type, let most, let about), .long(let type, let most, let about):
      parts.append("<p><code>\(type)</code>, ≤ \(most) B: \(about)</p>")
    case .file(let most, let about): parts.append("<p>≤ \(most) B: \(about)</p>")
    }
    let answer: HTML =
      switch operation.answer {
      case .json(let schema, let status): "\(status) <code>\(schema)</code>"
      case .bytes(let type), .text(let type), .object(let type): "200 <code>\(type)</code>"
      case .nothing: "204"
      }
    parts.append("<p>\(frame.say("Answer: ", "回答："))\(answer)</p>")
    return """
      <li id="\(operation.id)"><details><summary><b><code>\(route.method.rawValue) \(route.path)</code></b>\
      <span class="sub">\(operation.summary)</span></summary><div lang="en">\(parts)</div></details></li>

      """
  }

  private func fields(_ title: String, _ fields: [APIOperation.Field]) -> HTML {
    guard !fields.isEmpty else { return .empty }
    let rows = fields.map { field -> HTML in
      let name: HTML = "<code>\(field.name)</code>\(field.isRequired ? " *" : "" as HTML)"
      return PageTable.head(name) + PageTable.cell("\(field.kind.name)") + PageTable.cell("\(field.about)")
    }
    let columns = [frame.say("Name", "名字"), frame.say("Kind", "类型"), frame.say("Meaning", "说明")]
    return PageTable(caption: title, columns: columns.map { .init($0) }, rows: rows).render()
  }
}

extension APIOperation.Field.Kind {
  /// The kind as readers need it.
  fileprivate var name: String {
    switch self {
    case .text(let most), .line(let most): "text, ≤ \(most)"
    case .prose(let most): "text of any lines, ≤ \(most)"
    case .shopID: "a shop's id"
    case .duration: "such as 2h, 3d"
    case .cursor: "a page's next"
    case .whole(let range): "\(range.lowerBound) … \(range.upperBound)"
    case .digest: "SHA-256"
    case .flag: "true, false"
    case .texts(let most), .lines(let most, _): "texts, ≤ \(most)"
    case .time: "time, ISO 8601"
    case .beginning: "time, ISO 8601, or rebound"
    case .oneOf(let values): values.joined(separator: " | ")
    case .someOf(let values): "some of " + values.joined(separator: ", ")
    }
  }
}

extension RequiredAccess {
  /// The scope that a token needs for the route.
  fileprivate var scope: String? {
    switch self {
    case .nothing, .person, .authenticated: nil
    case .shop(.see), .shops(.see): "read"
    case .shop(.change), .shops(.change): "change"
    case .shop(.lead), .shops(.lead): "lead"
    case .admin: "admin"
    case .metrics: "metrics"
    }
  }
}
