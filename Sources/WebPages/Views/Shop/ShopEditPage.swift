import Domain
import Formats
import Operations
import Reports
import WebCore

/// A form for a new shop, or for a shop's properties.
struct ShopEditPage: Sendable {
  let frame: PageFrame
  /// Nil for a new shop.
  let shop: Shop?
  let teams: [String]
  /// The input that was refused.
  var typed: [String: String] = [:]
  var problem: PageProblem?

  func render() -> HTML {
    let title = shop == nil ? frame.say("Add a shop", "添加店铺") : frame.say("Edit", "编辑")
    let back: HTML =
      shop.map { shop in
        #"<p><a href="\#(frame.base)./">\#(typed: shop.name ?? shop.id.rawValue)</a></p>"#
      } ?? ""
    return frame.page(
      title: title, at: .shops,
      """
      \(back)<h1>\(title)</h1>
      \(problem.map { $0.render(frame) } ?? "")<section class="sheet">\(form)</section>
      \(archiving)
      """)
  }

  private var form: HTML {
    let action = shop == nil ? "/shops/new" : "\(frame.base)edit"
    let id: HTML =
      shop == nil
      ? frame.field(
        frame.say("Id", "编号"), "id", value: typed["id"] ?? "",
        hint: frame.say("letters, digits, . _ -; it never changes", "字母、数字、中文、. _ -，以后不能改"),
        #"required maxlength="64" autocomplete="off""#) : ""
    func text(_ label: String, _ name: String, _ value: String?, _ hint: String? = nil, _ more: HTML = "")
      -> HTML
    {
      frame.field(label, name, value: typed[name] ?? value ?? "", hint: hint, more)
    }
    let known = teams.prefix(100).map { #"<option value="\#($0)"></option>"# as HTML }
    let save = shop == nil ? frame.say("Add", "添加") : frame.say("Save", "保存")
    return """
      <form method="post" action="\(action)">\(id)\
      \(text(frame.say("Name", "名称"), "name", shop?.name, nil, #"maxlength="200""#))\
      <div class="row">\(text(frame.say("Platform", "平台"), "platform", shop?.platform ?? (shop == nil ? "douyin" : nil)))\
      \(text(frame.say("Team", "团队"), "team", shop?.team, nil, #"list="teams""#))</div><datalist id="teams">\(known)</datalist>\
      <div class="row">\(text(frame.say("Owner", "负责人"), "owner", shop?.owner))\
      \(text(frame.say("Time zone", "时区"), "time_zone", shop?.timeZone ?? (shop == nil ? "Asia/Shanghai" : nil)))</div>\
      \(text(frame.say("Tags", "标签"), "tags", shop?.tags.joined(separator: ";"), frame.say("separated by ;", "用 ; 隔开")))\
      <button class="do">\(save)</button></form>
      """
  }

  private var archiving: HTML {
    guard let shop else { return .empty }
    if shop.archived {
      return """
        <section class="sheet"><h2>\(frame.say("It is archived", "已归档"))</h2>\
        <form method="post" action="\(frame.base)restore"><button class="do">\(frame.say("Restore it", "恢复"))</button>\
        </form></section>
        """
    }
    return """
      <section class="sheet"><h2>\(frame.say("Archive", "归档"))</h2>\
      <p>\(frame.say("An archived shop isn't flagged and isn't listed any more. It can be restored at any time.", "归档的店铺不再提醒，也不出现在列表里，随时可以恢复。"))</p>\
      <form method="post" action="\(frame.base)archive"><button class="bad">\(frame.say("Archive it", "归档"))</button></form>\
      </section>
      """
  }
}

/// Imports shops from a CSV file.
struct ShopImportPage: Sendable {
  let frame: PageFrame
  /// Problems in the file's rows; nothing was imported.
  var problems: [String] = []
  var notice: PageNotice?
  /// What to check in what was imported.
  var warnings: [String] = []

  func render() -> HTML {
    let title = frame.say("Import shops", "导入店铺")
    let wrong: HTML =
      problems.isEmpty
      ? ""
      : """
      <div class="problem" role="alert"><h2>\(frame.say("Nothing was imported", "没有导入"))</h2>\
      <ul>\(problems.map { "<li>\($0)</li>" as HTML })</ul></div>

      """
    let doubts: HTML =
      warnings.isEmpty
      ? ""
      : """
      <div class="problem" role="alert"><h2>\(frame.say("Imported, and worth a look", "已导入，但请核对"))</h2>\
      <ul>\(warnings.map { "<li>\($0)</li>" as HTML })</ul></div>

      """
    let about = frame.say(
      "The first row names the columns; tags are separated by ;. A table may be as a spreadsheet saves it (CSV or tab-separated text). Shops that are there already are brought to what their row says.",
      "第一行是列名，标签用 ; 隔开。表格软件保存的 CSV 或制表符分隔的文本都可以。已有的店铺会改成文件里写的样子。")
    return frame.page(
      title: title, at: .shops,
      """
      <h1>\(title)</h1>
      \(wrong)\(notice.map { $0.render(frame) } ?? "")\(doubts)<section class="sheet">\
      <p><code>id,name,platform,team,owner,time_zone,tags</code></p><p>\(about)</p>\
      <form method="post" action="/shops/import" enctype="multipart/form-data">\
      \(frame.field(frame.say("CSV file", "CSV 文件"), "file", #"type="file" accept=".csv,.tsv,.txt,text/csv,text/plain,text/tab-separated-values" required"#))\
      <button class="do">\(frame.say("Import", "导入"))</button></form></section>
      """)
  }
}
