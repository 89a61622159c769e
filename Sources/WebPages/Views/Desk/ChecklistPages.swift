import Domain
import Formats
import Operations
import Reports
import WebCore

/// The checklists in the folder.
struct ChecklistsPage: Sendable {
  let frame: PageFrame
  let checklists: [Checklist]
  let findings: [DefinitionsSnapshot.Finding]
  /// Each checklist's file, by checklist id.
  let files: [String: String]

  func render() -> HTML {
    let title = frame.say("Checklists", "清单")
    let lines = checklists.map { checklist -> HTML in
      let wrong = findings.count { $0.file == files[checklist.id.rawValue] }
      let flaw: HTML =
        wrong == 0
        ? ""
        : #"<span class="soon">\#(frame.say(wrong == 1 ? "1 finding" : "\(wrong) findings", "\(wrong) 处提示"))</span>"#
      let closes: HTML = checklist.closes.map { "<span>\(frame($0.closingWording))</span>" } ?? ""
      return """
        <li><a class="line" href="/checklists/\(checklist.id)"><b>\(checklist.title(frame.language))</b>\
        <span class="sub"><span>\(checklist.id)</span>\
        <span>\(frame.say(CountPhrases.items(checklist.items.count).en, "\(checklist.items.count) 项"))</span>\
        <span>\(frame(checklist.begins.beginWording))</span>\(closes)\(flaw)</span></a></li>

        """
    }
    let broken = findings.filter { finding in finding.isError && !files.values.contains(finding.file) }
    return frame.page(
      title: title, at: .checklists,
      """
      <h1>\(title)</h1>
      \(lines.isEmpty ? frame.nothing(frame.say("The folder has no usable checklist.", "文件夹里没有可用的清单。")) : #"<ul class="items bare">\#(lines)</ul>"#)
      \(FindingList(frame: frame, findings: broken).render(frame.say("Files that can't be used", "不能用的文件")))
      """)
  }
}

/// A checklist as its users will see it, with the findings in its file.
struct ChecklistPage: Sendable {
  let frame: PageFrame
  let checklist: Checklist
  /// Findings in its own file and in files that it refers to.
  let findings: [DefinitionsSnapshot.Finding]

  func render() -> HTML {
    let language = frame.language
    var facts: [HTML] = ["<li>\(checklist.id)</li>", "<li>\(frame(checklist.begins.beginWording))</li>"]
    if let closes = checklist.closes { facts.append("<li>\(frame(closes.closingWording))</li>") }
    if let zone = checklist.timeZone { facts.append("<li>\(zone)</li>") }
    if let calendar = checklist.calendar {
      facts.append("<li>\(frame.say("calendar", "日历")) \(calendar)</li>")
    }
    facts += conditions(checklist.when).map { "<li>\($0)</li>" }
    let about = checklist.description.map { MarkdownHTML.blocks($0(language)) } ?? ""
    return frame.page(
      title: checklist.title(language), at: .checklists,
      """
      <p><a href="/checklists">\(frame.say("Checklists", "清单"))</a></p><h1>\(checklist.title(language))</h1>
      <ul class="facts">\(facts)</ul>
      \(FindingList(frame: frame, findings: findings).render(frame.say("Findings", "检查结果")))\(about)
      <h2>\(frame.say("As its users see it", "使用者看到的样子"))</h2>
      <ul class="items">
      \(checklist.items.map(item))</ul>
      """)
  }

  private func item(_ item: ChecklistItem) -> HTML {
    let language = frame.language
    let texts = ItemTexts(item, language)
    var facts: [HTML] = []
    if item.critical { facts.append(#"<span class="tag">\#(frame.say("critical", "关键"))</span>"#) }
    if let due = item.due {
      facts.append("<span>\(frame.say("due ", "截止："))\(frame(DurationText.due(due)))</span>")
    }
    if let owner = item.owner {
      // `merchant` stands for the shop's owner; anything else is a name.
      let name = owner == "merchant" ? frame.say("the shop's owner", "店主") : owner
      facts.append("<span>\(frame.say("for ", "负责人："))\(typed: name)</span>")
    }
    if !item.needs.isEmpty {
      let needed = item.needs.map { id in
        checklist.items.first { $0.id == id }?.title(language) ?? id.rawValue
      }
      facts.append(
        "<span>\(frame.say("after ", "等待："))\(needed.joined(separator: frame.say(", ", "、")))</span>")
    }
    facts += conditions(item.when).map { "<span>\($0)</span>" }
    let proofs: HTML =
      item.proof.isEmpty
      ? ""
      : """
      <p class="quiet">\(frame.say("Proof, any one of: ", "凭证，任选一种："))\
      \(item.proof.map { frame($0.wording) }.joined(separator: frame.say(", ", "、")))</p>
      """
    return """
      <li id="\(item.id)"><span class="mark" aria-hidden="true"></span><details><summary><b>\(texts.title)</b>\
      <span class="sub">\(facts)</span></summary><div>\(texts.why)\(texts.steps)\(proofs)</div></details></li>

      """
  }

  private func conditions(_ condition: Condition) -> [HTML] {
    let named: [(Wording, [String]?)] = [
      (Wording(en: "platform", zh: "平台"), condition.platforms),
      (Wording(en: "team", zh: "团队"), condition.teams),
      (Wording(en: "tag", zh: "标签"), condition.tags),
    ]
    return named.compactMap { name, values in
      values.map { "\(frame(name)) \(typed: $0.joined(separator: frame.say(" or ", "或")))" }
    }
  }
}

/// Findings in files, each with its place and its line.
struct FindingList: Sendable {
  let frame: PageFrame
  let findings: [DefinitionsSnapshot.Finding]

  /// Empty without findings.
  func render(_ title: String) -> HTML {
    guard !findings.isEmpty else { return .empty }
    let boxes = findings.map { finding -> HTML in
      let kind = finding.isError ? frame.say("Error", "错误") : frame.say("Warning", "警告")
      let quote: HTML = finding.quote.map { #"<pre tabindex="0">\#($0)</pre>"# } ?? ""
      return """
        <div class="finding\(finding.isError ? " error" : "" as HTML)"><strong>\(kind)</strong> \
        <code>\(finding.file):\(finding.line):\(finding.column)</code><br>\(frame(finding.message))\(quote)</div>

        """
    }
    return "<h2>\(title)</h2>\n\(boxes)"
  }
}

extension Milestone {
  /// When a checklist's runs begin that has this milestone as `begins`.
  fileprivate var beginWording: Wording {
    switch self {
    case .planned: Wording(en: "begins at the plan", zh: "计划换绑时开始")
    case .unbound: Wording(en: "begins at unbinding", zh: "解绑时开始")
    case .cooled: Wording(en: "begins at unbinding, counts from the end of the wait", zh: "解绑时开始，从等待期结束起算")
    case .rebound: Wording(en: "begins at rebinding", zh: "重新绑定时开始")
    }
  }
}

extension ProofKind {
  fileprivate var wording: Wording {
    switch self {
    case .none: Wording(en: "none", zh: "不需要")
    case .note: Wording(en: "a note", zh: "备注")
    case .link: Wording(en: "a link", zh: "链接")
    case .file: Wording(en: "a photo or file", zh: "照片或文件")
    case .secondPerson: Wording(en: "a second person confirms", zh: "另一个人确认")
    }
  }
}
