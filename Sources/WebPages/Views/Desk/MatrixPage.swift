import Domain
import Formats
import Operations
import Reports
import WebCore

/// Shops as rows, one checklist's items as columns.
struct MatrixPage: Sendable {
  let frame: PageFrame
  /// Of a single checklist.
  let matrix: ReportMatrix
  let checklists: [(value: String, text: String)]
  /// `checklist`, `team`, `after`.
  let query: PageQuery
  let teams: [String]
  /// The next page's cursor; nil on the last.
  let next: String?

  func render() -> HTML {
    let title = frame.say("Shops and items", "店铺与任务项")
    let form: HTML = """
      <form method="get" action="/matrix" class="row">\
      \(frame.choice(frame.say("Checklist", "清单"), "checklist", checklists, chosen: query["checklist"]))\
      \(frame.choice(frame.say("Team", "团队"), "team", anyOf: teams, chosen: query["team"]))\
      <button>\(frame.say("Show", "显示"))</button></form>
      """
    let legend = MatrixSymbol.legend.map { entry -> HTML in
      """
      <li><span class="sign \(style(entry.cell))" aria-hidden="true">\(MatrixSymbol.text(entry.cell))</span> \
      \(frame(entry.wording))</li>
      """
    }
    let content: HTML =
      matrix.lines.isEmpty
      ? frame.nothing(frame.say("No shop has a run of this checklist.", "没有店铺在执行这个清单。")) + more
      : #"<ul class="legend">\#(legend)</ul>\#n\#(table(title))\#(more)"#
    return frame.page(
      title: title, at: .matrix, width: .full, live: "/live", "<h1>\(title)</h1>\n\(form)\(content)")
  }

  private func table(_ title: String) -> HTML {
    let heads = matrix.columns.map { column -> HTML in
      #"<th scope="col"><span>\#(column.title(frame.language))</span></th>"#
    }
    let lines = matrix.lines.map { line -> HTML in
      let cells = zip(line.cells, matrix.columns).map { cell, column -> HTML in
        guard let cell else { return "<td></td>" }
        let item = column.title(frame.language)
        return """
          <td><span class="sign \(style(cell))" role="img" title="\(item)" \
          aria-label="\(frame(MatrixSymbol.wording(cell)))">\(MatrixSymbol.text(cell))</span></td>
          """
      }
      return """
        <tr><th scope="row">\(frame.shopLink(line.shop.rawValue, line.name))</th>\(cells)</tr>

        """
    }
    return """
      <div class="scroll" tabindex="0" role="region" aria-label="\(title)"><table class="matrix">\
      <caption class="unseen">\(title)</caption>
      <thead><tr><th scope="col">\(frame.say("Shop", "店铺"))</th>\(heads)</tr></thead>
      <tbody>
      \(lines)</tbody></table></div>

      """
  }

  private var more: HTML {
    guard let next else { return .empty }
    return """
      <nav class="pages" aria-label="\(frame.say("Pages", "翻页"))">\
      <a class="button" href="\(query.changing("after", to: next))">\(frame.say("Next page", "下一页"))</a></nav>
      """
  }

  private func style(_ cell: ReportMatrix.Cell) -> String { cell.overdue ? "late" : cell.state.rawValue }
}
