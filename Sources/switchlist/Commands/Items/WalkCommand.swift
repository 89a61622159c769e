import ArgumentParser
import Domain
import Glibc
import Operations
import Reports
import Storage

struct WalkCommand: Command {
  static var configuration: CommandConfiguration {
    configured(
      "walk", Wording(en: "Go through a shop's outstanding items one by one.", zh: "逐项处理店铺未完成的任务。"),
      details: Wording(
        en:
          "At a terminal. Each item is shown with its steps; tick it, skip it, block it, note on it, or leave it. Each answer is saved at once.",
        zh: "在终端里使用。逐项显示任务和步骤，可以勾选、跳过、标记受阻、写备注或先放着。每次回答立即保存。"),
      example: "switchlist walk s-001")
  }

  @Argument(
    help: ArgumentHelp(sayInHelp(en: "The shop's id.", zh: "店铺编号。"), valueName: "shop"),
    completion: Completing.shops)
  var shop: String
  @OptionGroup var runOption: RunOption
  @OptionGroup var options: SharedOptions

  func perform(_ invocation: Invocation) throws {
    guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else {
      throw CommandFailure(
        Wording(
          en: "walk asks questions, so it needs a terminal; in a script use: switchlist tick SHOP ITEM",
          zh: "walk 需要在终端里交互使用；脚本里请用：switchlist tick 店铺 任务项"))
    }
    guard let id = ShopID(shop) else { throw Refusal.badShopID(shop) }
    var walk = Walk(
      invocation: invocation, store: try invocation.store(), shop: id, run: runOption.run,
      by: try invocation.author())
    try walk.go()
  }
}

/// A dialogue about a shop's outstanding items.
struct Walk {
  let invocation: Invocation
  let store: any ShopStore
  let shop: ShopID
  let run: Int?
  let by: Author

  private enum Answer {
    case tick
    case skip
    case block
    case note
    case leave
    case quit
  }

  mutating func go() throws {
    let status = try store.read { try ReadStatus(now: invocation.currentMoment)(shop, run: run, in: $0) }
    if status.runs.isEmpty { throw Refusal.noRuns(shop) }
    if !status.runs.contains(where: { $0.state == .active }) { throw Refusal.noneActive(shop) }
    let zone = invocation.shopZones.shown(status.zone)
    var seen: Set<String> = []
    while let (run, item) = try next(after: seen) {
      seen.insert("\(run.number)/\(item.definition.id)")
      try show(item, zone)
      while let answer = try ask() {
        if answer == .quit { return try farewell() }
        if answer == .leave { break }
        if try act(answer, on: item, in: run), answer != .note { break }
      }
    }
    try farewell()
  }

  private func next(after seen: Set<String>) throws -> (RunStatus, ItemStatus)? {
    let status = try store.read { try ReadStatus(now: invocation.currentMoment)(shop, run: run, in: $0) }
    return status.outstandingInOrder.first { run, item in
      !seen.contains("\(run.number)/\(item.definition.id)")
    }
  }

  private func show(_ item: ItemStatus, _ zone: Zone) throws {
    let text = ItemPage(
      language: ProcessLanguage.language, zone: zone, now: invocation.currentMoment,
      width: invocation.console.width,
      palette: invocation.console.palette)
    try invocation.console.write(Array(text.render(item).utf8))
  }

  private func ask() throws -> Answer? {
    let prompt = say(
      en: "[t]ick  [s]kip  [b]lock  [n]ote  [l]eave  [q]uit: ", zh: "[t]勾选 [s]跳过 [b]受阻 [n]备注 [l]先放着 [q]退出：")
    while true {
      let entered: String?
      do { entered = try read(prompt) } catch let failure as CommandFailure {
        try invocation.console.print(failure.wording.said)
        continue
      }
      guard let line = entered else { return .quit }
      switch line.lowercased() {
      case "t", "勾选": return .tick
      case "s", "跳过": return .skip
      case "b", "受阻": return .block
      case "n", "备注": return .note
      case "l", "", "先放着": return .leave
      case "q", "退出": return .quit
      default:
        try invocation.console.print(
          say(en: "Answer with one of the letters in brackets.", zh: "请输入括号里的一个字母。"))
      }
    }
  }

  /// Whether something was changed. A refusal is shown, and the item is asked about again.
  private func act(_ answer: Answer, on item: ItemStatus, in run: RunStatus) throws -> Bool {
    do {
      guard let request = try request(answer, for: item) else { return false }
      let now = invocation.currentMoment
      let change = ChangeItems(zones: invocation.zones, by: by, now: now)
      let outcome = try store.write { transaction in
        try change(
          [item.definition.id.rawValue], of: shop, run: run.number, inFinished: false, in: transaction
        ) { _ in ChangeItems.TimedRequest(request, at: now) }
      }
      let text = ItemChangeText(
        language: ProcessLanguage.language, now: invocation.currentMoment, zones: invocation.shopZones,
        palette: invocation.console.palette)
      try invocation.console.write(Array(text.render(outcome).utf8))
      return true
    } catch let refusal as Refusal {
      try invocation.console.print(refusal.wording.said)
      return false
    } catch let failure as CommandFailure {
      try invocation.console.print(failure.wording.said)
      return false
    }
  }

  private func request(_ answer: Answer, for item: ItemStatus) throws -> RequestedItemChange? {
    switch answer {
    case .tick: return try tick(item)
    case .skip:
      return try entry(say(en: "Why is it left out (Enter: back)? ", zh: "为什么跳过（回车：返回）？")).map {
        .skip(reason: $0)
      }
    case .block:
      return try entry(say(en: "What keeps it from being done (Enter: back)? ", zh: "卡在哪里（回车：返回）？")).map {
        .block(reason: $0)
      }
    case .note: return try entry(say(en: "Note (Enter: back): ", zh: "备注（回车：返回）：")).map { .note($0) }
    case .leave, .quit: return nil
    }
  }

  /// Asks for the proof that the item requires, the preferred kind first.
  private func tick(_ item: ItemStatus) throws -> RequestedItemChange? {
    let kinds = item.definition.proof
    var note: String?
    var proof: Proof.Content?
    if kinds.contains(.link) || kinds.contains(.file) {
      let text = try read(
        say(
          en: "Proof, a link or a file's path (Enter: none, q: back): ", zh: "凭证：链接或文件路径（回车：没有，q：返回）："))
      guard let text, text.lowercased() != "q" else { return nil }
      if !text.isEmpty { proof = try ProofArgument.read(text) }
    }
    if proof == nil, kinds.contains(.note) {
      guard let text = try read(say(en: "Note (Enter: none, q: back): ", zh: "备注（回车：没有，q：返回）：")),
        text.lowercased() != "q"
      else { return nil }
      if !text.isEmpty { note = text }
    }
    return .tick(note: note, proof: proof)
  }

  /// Nil to go back.
  private func entry(_ prompt: String) throws -> String? {
    try read(prompt).flatMap { $0.isEmpty ? nil : $0 }
  }

  /// Nil at the end of the input.
  private func read(_ prompt: String) throws -> String? {
    try invocation.console.write(Array(prompt.utf8))
    guard let line = try TerminalLine.read() else {
      try invocation.console.print("")
      return nil
    }
    return line.trimmedAndComposed
  }

  private func farewell() throws {
    let status = try store.read { try ReadStatus(now: invocation.currentMoment)(shop, run: run, in: $0) }
    let outstanding = status.runs.reduce(0) { $0 + $1.progress.pending + $1.progress.blocked }
    try invocation.console.print(
      outstanding == 0
        ? say(en: "Nothing is outstanding. Well done.", zh: "全部完成，辛苦了。")
        : say(
          en: "\(outstanding) outstanding. See: switchlist status \(shop)",
          zh: "还有 \(outstanding) 项未完成。查看：switchlist status \(shop)"))
  }
}

/// Reads lines that the user types.
enum TerminalLine {
  /// The terminal's maximum line length in bytes; it silently drops the rest.
  private static let limit = 4095

  /// Nil at the end of the input; throws a `CommandFailure` for a line that was too long or isn't UTF-8.
  static func read() throws -> String? {
    var bytes: [UInt8] = []
    var byte: UInt8 = 0
    while true {
      let count = Glibc.read(STDIN_FILENO, &byte, 1)
      if count < 0, errno == EINTR { continue }
      if count <= 0 { if bytes.isEmpty { return nil } else { break } }
      if byte == UInt8(ascii: "\n") { break }
      bytes.append(byte)
    }
    if bytes.count >= limit {
      throw CommandFailure(
        Wording(
          en:
            "a terminal passes on only \(limit) bytes of a line; for a longer text use: switchlist note SHOP ITEM TEXT",
          zh: "终端一行最多传递 \(limit) 字节；更长的文字请用：switchlist note 店铺 任务项 文字"))
    }
    guard let line = String(validating: bytes, as: UTF8.self) else {
      throw CommandFailure(
        Wording(en: "that isn't valid UTF-8; set the terminal to UTF-8", zh: "输入不是有效的 UTF-8；请把终端设为 UTF-8"))
    }
    return line
  }
}
