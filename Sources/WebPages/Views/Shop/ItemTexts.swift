import Domain
import Formats
import Operations
import Reports
import WebCore

/// An item's definition, rendered. It is the same in every shop, so it can be cached by definition and
/// language.
struct ItemTexts: Sendable {
  let title: HTML
  /// Why it matters and what often goes wrong; empty if its author didn't say.
  let why: HTML
  /// How to do it; empty without steps.
  let steps: HTML
  /// The fields and the button for ticking it, without the surrounding form and the run's number.
  let tick: HTML

  init(_ item: ChecklistItem, _ language: Language) {
    title = "\(item.title(language))"
    why = item.details.map { MarkdownHTML.blocks($0(language)) } ?? .empty
    let lines = item.steps.map { "<li>\(MarkdownHTML.inline($0(language)))</li>" as HTML }
    steps = lines.isEmpty ? .empty : #"<ol class="steps">\#(lines)</ol>"#
    tick = ProofFields(language: language).tick(asking: item.proof)
  }
}

/// Inputs for the proof of a tick.
struct ProofFields: Sendable {
  let language: Language

  /// The preferred kind of proof is visible next to the button; others are collapsed.
  func tick(asking proofs: [ProofKind]) -> HTML {
    let kinds = proofs.filter { $0 != .none && $0 != .secondPerson }
    guard let first = kinds.first else {
      let asksSomebody = proofs.contains(.secondPerson)
      let hint: HTML =
        asksSomebody
        ? """
        <p class="quiet">\(say("Then somebody else confirms it on this page, by an account or a link of their own.", "完成后，请另一个人用自己的账号或链接，在本页确认。"))</p>
        """ : .empty
      let more = fold(say("Add a note or proof", "附上备注或凭证"), [.note, .file, .link])
      return hint + button + more
    }
    let others = Array(kinds.dropFirst())
    let asksSomebody = proofs.contains(.secondPerson)
    let label =
      others.isEmpty && !asksSomebody
      ? say("Proof needed: \(name(first))", "需要凭证：\(name(first))")
      : say("Proof needed, any one of these", "需要凭证，任选一种")
    let names = others.map(name).joined(separator: say(" or ", "或"))
    let alternatives = others.isEmpty ? HTML.empty : fold(say("Or \(names)", "改用\(names)"), others)
    let note = kinds.contains(.note) ? HTML.empty : fold(say("Add a note", "加备注"), [.note])
    // `formnovalidate`, because a confirmation needs none of the fields for proof.
    let somebody: HTML =
      asksSomebody
      ? """
      <p class="quiet">\(say("Without a proof, a second person confirms it on this page, by an account or a link of their own.", "没有凭证，也可以请另一个人用自己的账号或链接，在本页确认。"))</p>\
      <button formnovalidate>\(say("Done, a second person confirms", "做好了，请另一个人确认"))</button>
      """ : .empty
    return """
      <p class="proofs">\(label)</p>\(field(first, isRequired: others.isEmpty))\(alternatives)\(note)\(button)\(somebody)
      """
  }

  private var button: HTML { #"<button class="do">\#(say("Done", "完成"))</button>"# }

  private func fold(_ title: String, _ kinds: [ProofKind]) -> HTML {
    "<details><summary>\(title)</summary>\(kinds.map { field($0, isRequired: false) })</details>"
  }

  private func field(_ kind: ProofKind, isRequired: Bool) -> HTML {
    let required: HTML = isRequired ? " required" : ""
    return switch kind {
    case .link:
      """
      <label>\(label(kind))<input name="link" type="url"\(required)></label>
      """
    case .file:
      """
      <label>\(label(kind))<input name="file" type="file"\(required)></label>\
      <input type="hidden" name="keep" value="0">\
      <label class="check"><input type="checkbox" name="keep" value="1" checked data-keep>\
      <span>\(say("Keep the file here, so that a lead can open it (at most \(KeepFile.most >> 20) MB). Else only its name, size and digest are recorded.", "把文件存到这里，主管可以打开（最大 \(KeepFile.most >> 20) MB）。不存的话，只记文件名、大小和指纹。"))</span></label>\
      <p class="quiet" data-digest-shown></p>
      """
    default: #"<label>\#(label(.note))<textarea name="note"\#(required)></textarea></label>"#
    }
  }

  private func name(_ kind: ProofKind) -> String {
    switch kind {
    case .link: say("a link", "链接")
    case .file: say("a photo or file", "照片或文件")
    default: say("a note", "备注")
    }
  }

  private func label(_ kind: ProofKind) -> String {
    switch kind {
    case .link: say("Link", "链接")
    case .file: say("Photo or file", "照片或文件")
    default: say("Note", "备注")
    }
  }

  private func say(_ en: String, _ zh: String) -> String { language == .chinese ? zh : en }
}
