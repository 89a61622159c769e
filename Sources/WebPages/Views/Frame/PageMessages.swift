import Formats
import Reports
import WebCore

/// What has just been done, and how to undo it.
struct PageNotice: Sendable {
  /// An item whose tick can be undone from the page.
  struct Undo: Sendable {
    let item: String
    let run: Int
  }

  let text: String
  var undo: Undo?

  func render(_ frame: PageFrame) -> HTML {
    let form = undo.map { undo -> HTML in
      """
      <form method="post" action="\(frame.base)items/\(undo.item)/untick">\
      <input type="hidden" name="run" value="\(undo.run)">\
      <input type="hidden" name="reason" value="\(frame.say("ticked by mistake", "点错了"))">\
      <button>\(frame.say("Undo", "撤销"))</button></form>
      """
    }
    return """
      <div class="notice" role="status"><span>\(text)</span>\(form ?? "")</div>

      """
  }
}

/// Why something wasn't done.
struct PageProblem: Sendable {
  /// How a lead can override the refusal.
  struct Override: Sendable {
    /// Relative to the page's base.
    let action: String
    let button: String
    /// The refused request's fields.
    let fields: [(name: String, value: String)]
  }

  let title: String
  let detail: String
  /// Texts entered in the form, which haven't been recorded.
  var given: [String] = []
  var override: Override?

  func render(_ frame: PageFrame) -> HTML {
    let form = override.map { override -> HTML in
      let fields = override.fields.map { field -> HTML in
        #"<input type="hidden" name="\#(field.name)" value="\#(field.value)">"#
      }
      return """
        <details><summary>\(override.button)</summary>\
        <form method="post" action="\(frame.base)\(override.action)" class="row">\(fields)\
        <input type="hidden" name="override" value="1">\
        <label>\(frame.say("Reason; it is kept and shown in reports", "原因（会记录并显示在报告里）"))\
        <input name="reason" required maxlength="10000"></label>\
        <button class="bad">\(override.button)</button></form></details>
        """
    }
    let given: HTML =
      given.isEmpty
      ? ""
      : "<p>\(frame.say("You gave: ", "你填写的："))\(typed: given.joined(separator: frame.say("; ", "；")))</p>"
    return """
      <div class="problem" role="alert"><h2>\(title)</h2><p>\(detail)</p>\(given)\(form ?? "")</div>

      """
  }
}
