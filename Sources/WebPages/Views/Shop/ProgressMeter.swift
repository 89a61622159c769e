import Domain
import Formats
import Operations
import Reports
import WebCore

/// Progress in words and as a bar.
struct ProgressMeter: Sendable {
  let progress: Progress
  let language: Language

  /// Empty if there is nothing to do.
  func render() -> HTML {
    guard progress.total > 0 else { return .empty }
    var parts: [HTML] = []
    if progress.overdue > 0 {
      let late = Wording(en: "\(progress.overdue) overdue", zh: "逾期 \(progress.overdue)")
      parts.append(#" <span class="late">\#(late(language))</span>"#)
    }
    if let skipped = CountPhrases.skipped(progress) { parts.append(" <span>\(skipped(language))</span>") }
    if progress.missed > 0 {
      parts.append(#" <span class="soon">\#(CountPhrases.missed(progress.missed)(language))</span>"#)
    }
    let far = Wording(
      en: "\(progress.done) of \(progress.total) done", zh: "\(progress.total) 项里完成了 \(progress.done) 项")
    return #"<p class="far">\#(far(language))\#(parts)</p>\#(bar())"#
  }

  /// Decorative: the words stand beside it.
  func bar(_ style: String = "meter") -> HTML {
    var before = 0
    var drawn: [HTML] = []
    for (amount, style) in [
      (progress.done, "s-done"), (progress.skipped - progress.missed, "s-skip"), (progress.overdue, "s-late"),
    ] where amount > 0 {
      let start = 1000 * before / progress.total
      before += amount
      let width = 1000 * before / progress.total - start
      drawn.append(#"<rect class="\#(style)" x="\#(start)" width="\#(width)" height="10"/>"#)
    }
    return """
      <svg class="\(style)" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">\(drawn)</svg>
      """
  }
}
