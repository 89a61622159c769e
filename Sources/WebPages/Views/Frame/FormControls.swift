import Domain
import Formats
import Reports
import WebCore

/// Controls shared by several pages' forms and lists.
extension PageFrame {
  /// An input with its label.
  func field(
    _ label: String, _ name: String, value: String? = nil, hint: String? = nil, _ attributes: HTML = ""
  ) -> HTML {
    let hint: HTML = hint.map { " <small>\($0)</small>" } ?? ""
    let value: HTML = value.map { #" value="\#($0)""# } ?? ""
    return
      #"<label>\#(label)\#(hint)<input name="\#(name)"\#(value)\#(attributes.isEmpty ? "" : " ")\#(attributes)></label>"#
  }

  func choice(
    _ label: String, _ name: String, _ options: [(value: String, text: String)], chosen: String? = nil
  ) -> HTML {
    let options = options.map { option -> HTML in
      let mark: HTML = option.value == chosen ? " selected" : ""
      return #"<option value="\#(option.value)"\#(mark)>\#(option.text)</option>"#
    }
    return #"<label>\#(label)<select name="\#(name)">\#(options)</select></label>"#
  }

  /// A choice among user-defined texts, or none; an input if there are too many to choose from.
  func choice(_ label: String, _ name: String, anyOf texts: [String], chosen: String?) -> HTML {
    if texts.count > 60 { return field(label, name, value: chosen) }
    var options = [(value: "", text: say("all", "全部"))] + texts.map { (value: $0, text: $0) }
    // The current filter is shown even if it matches nothing visible, since it explains why the list is
    // empty.
    if let chosen, !chosen.isEmpty, !texts.contains(chosen) { options.append((chosen, noneHere(chosen))) }
    return choice(label, name, options, chosen: chosen)
  }

  /// The name as written among these, ignoring case.
  func person(_ name: String?, among names: [String]) -> String? {
    name.map { name in names.first { Author.folded($0) == Author.folded(name) } ?? name }
  }

  /// A filter that matches nothing visible.
  func noneHere(_ name: String) -> String { say("\(name) (none here)", "\(name)（这里没有）") }

  func hidden(_ name: String, _ value: String) -> HTML {
    #"<input type="hidden" name="\#(name)" value="\#(value)">"#
  }

  /// A link to a shop's page with its name and id.
  func shopLink(_ id: String, _ name: String?, anchor: String = "") -> HTML {
    let address = "/shops/\(RequestPipeline.escaped(id))/\(anchor)"
    guard let name else { return #"<a href="\#(address)">\#(typed: id)</a>"# }
    return #"<a href="\#(address)">\#(typed: name)</a> <small>\#(typed: id)</small>"#
  }

  /// Who did something, naming the shop link if it was used.
  func who(_ name: String, link: Int?) -> HTML {
    guard let link else { return "\(typed: name)" }
    return "\(typed: name)\(say(" (link \(link))", "（链接 \(link)）"))"
  }

  /// States that there is nothing.
  func nothing(_ text: String) -> HTML { #"<section class="sheet"><p>\#(text)</p></section>"# }
}

/// A list page's query string. Makes links that change one parameter and keep the others.
struct PageQuery: Sendable {
  /// In the order of the query.
  let fields: [(name: String, value: String)]

  /// Leaves out fields that are nil or empty.
  init(_ fields: [(name: String, value: String?)]) {
    self.fields = fields.compactMap { name, value in
      value.flatMap { $0.isEmpty ? nil : (name, $0) }
    }
  }

  subscript(_ name: String) -> String? { fields.first { $0.name == name }?.value }

  /// The query with one field changed, or removed for nil.
  ///
  /// - Parameter path: the path of another page.
  func changing(at path: String = "", _ name: String, to value: String?) -> String {
    let others = fields.filter { $0.name != name } + (value.map { [(name: name, value: $0)] } ?? [])
    return PageQuery(others.map { ($0.name, $0.value) }).address(path, orEmpty: path.isEmpty)
  }

  /// A path with the query.
  func address(_ path: String, orEmpty: Bool = false) -> String {
    if fields.isEmpty { return orEmpty ? path + "?" : path }
    return path + "?"
      + fields.map { "\($0.name)=\(RequestPipeline.escaped($0.value))" }.joined(separator: "&")
  }

  /// Hidden inputs for a form, except for these fields.
  func hidden(in frame: PageFrame, without names: [String]) -> HTML {
    "\(fields.filter { !names.contains($0.name) }.map { frame.hidden($0.name, $0.value) })"
  }
}

/// A table that turns into cards on a phone.
struct PageTable: Sendable {
  struct Column: Sendable {
    /// The header's content.
    let head: HTML
    /// Such as `ascending`, if rows are sorted by it.
    var sorted: String?
    var style: HTML = ""

    init(_ name: String, style: HTML = "") {
      head = "\(name)"
      self.style = style
    }

    init(head: HTML, sorted: String? = nil) {
      self.head = head
      self.sorted = sorted
    }

    /// A column whose name is only for screen readers.
    static func unseen(_ name: String) -> Column { Column(head: #"<span class="unseen">\#(name)</span>"#) }
  }

  let caption: String
  var style: HTML = "stack"
  let columns: [Column]
  let rows: [HTML]

  func render() -> HTML {
    let heads = columns.map { column -> HTML in
      let sorted: HTML = column.sorted.map { #" aria-sort="\#($0)""# } ?? ""
      let style: HTML = column.style.isEmpty ? "" : #" class="\#(column.style)""#
      return #"<th scope="col" role="columnheader"\#(sorted)\#(style)>\#(column.head)</th>"#
    }
    return """
      <table class="\(style)" role="table"><caption class="unseen">\(caption)</caption>\
      <thead role="rowgroup"><tr role="row">\(heads)</tr></thead>
      <tbody role="rowgroup">
      \(rows.map { #"<tr role="row">\#($0)</tr>\#n"# as HTML })</tbody></table>

      """
  }

  /// The cell that names the row.
  static func head(_ content: HTML) -> HTML { #"<th scope="row" role="rowheader">\#(content)</th>"# }

  /// - Parameter name: precedes the content on a phone, where headers aren't visible.
  static func cell(_ content: HTML, name: String? = nil, style: HTML = "") -> HTML {
    let name: HTML = name.map { #" data-name="\#($0)""# } ?? ""
    let style: HTML = style.isEmpty ? "" : #" class="\#(style)""#
    return #"<td role="cell"\#(name)\#(style)>\#(content)</td>"#
  }
}
