import Domain
import Formats
import Operations
import Reports
import WebCore

/// The first page of a link: names the shop and asks for the user's name.
struct NamePage: Sendable {
  let frame: PageFrame
  let shop: Shop
  /// Over the runs that count; nil without any.
  let progress: Progress?
  /// The previous name, for a user who changes it.
  var name: String?
  var problem: PageProblem?

  func render() -> HTML {
    let title = shop.name ?? shop.id.rawValue
    let far = progress.map { ProgressMeter(progress: $0, language: frame.language).render() } ?? ""
    let why = frame.say(
      "What you do here is recorded under this name, so that the others know who did it.",
      "你做的事会记在这个名字下，方便同事知道是谁做的。")
    return frame.page(
      title: title,
      """
      \(problem.map { $0.render(frame) } ?? "")\
      <section class="sheet alone"><h1>\(typed: title)</h1>\(far)
      <form method="post" action="\(frame.base)name">\
      <label>\(frame.say("What is your name?", "你叫什么名字？"))\
      <input name="name" value="\(name ?? "")" required maxlength="100" autocomplete="name"></label>\
      <p class="quiet">\(why)</p>\
      <button class="do big">\(frame.say("Open the list", "打开清单"))</button></form></section>
      """)
  }
}
