import Domain
import Formats
import Reports
import WebCore

extension DeskPage {
  /// Actions for the selected shops, or for all that match the filter.
  var bar: HTML {
    guard let actions else { return .empty }
    let checklists = actions.checklists.map { (value: $0.id.rawValue, text: $0.title(frame.language)) }
    let items = actions.checklists.map { checklist -> HTML in
      let options = checklist.items.map { item -> HTML in
        #"<option value="\#(item.id)">\#(item.title(frame.language))</option>"#
      }
      return #"<optgroup label="\#(checklist.title(frame.language))">\#(options)</optgroup>"#
    }
    return """
      <details class="actions"><summary>\(frame.say("Do something to the chosen shops", "对选中的店铺…"))\
      <span data-count></span></summary>
      <label class="check"><input type="checkbox" name="all" value="1">\
      <span>\(frame.say("To all that the filter shows, on other pages too", "筛选出的全部店铺，包括其他页"))</span></label>
      <div class="charts"><fieldset><legend>\(frame.say("Start a checklist", "开始清单"))</legend><div class="row">\
      \(frame.choice(frame.say("Checklist", "清单"), "begin", checklists))\
      \(button("start", frame.say("Start", "开始")))</div></fieldset>
      <fieldset><legend>\(frame.say("Change an item", "改任务项"))</legend><div class="row">\
      <label>\(frame.say("Item", "任务项"))<select name="item">\(items)</select></label>\
      \(frame.field(frame.say("Note, or reason", "备注或原因"), "note"))\(button("tick", frame.say("Tick", "勾选完成")))</div>\
      <div class="row">\(frame.field(frame.say("Who does it", "负责人"), "assignee"))\
      \(button("assign", frame.say("Assign", "指派")))</div>\
      <div class="row">\(frame.field(frame.say("Due", "截止时间"), "due", hint: frame.say("in each shop's own time zone", "按各店铺的时区"), #"type="datetime-local""#))\
      \(button("due", frame.say("Move", "改时间")))</div></fieldset></div></details>

      """
  }

  private func button(_ action: String, _ text: String) -> HTML {
    #"<button name="do" value="\#(action)">\#(text)</button>"#
  }

  var pages: HTML {
    guard after != nil || next != nil else { return .empty }
    let first: HTML =
      after != nil
      ? #"<a class="button" href="\#(query.changing(at: "/shops", "after", to: nil))">\#(frame.say("First page", "第一页"))</a>"#
      : ""
    let more: HTML =
      next.map { next in
        #"<a class="button" href="\#(query.changing(at: "/shops", "after", to: next))">\#(frame.say("Next page", "下一页"))</a>"#
      } ?? ""
    return #"<nav class="pages" aria-label="\#(frame.say("Pages", "翻页"))">\#(first)\#(more)</nav>\#n"#
  }

  var exports: HTML {
    let links = ["csv", "html", "json"].map { format -> HTML in
      #"<a class="button" href="\#(query.changing(at: "/shops", "format", to: format))">\#(format.uppercased())</a>"#
    }
    return """
      <p class="row"><span>\(frame.say("Export what is shown:", "导出筛选出的店铺："))</span>\(links)</p>
      """
  }
}
