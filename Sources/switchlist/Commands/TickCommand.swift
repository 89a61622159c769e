import ArgumentParser
import Crypto
import Domain
import Formats
import Foundation
import Operations

struct TickCommand: Command {
  static var changesTheStore: Bool { true }
  static var formats: [Format] { [.text, .json] }

  static var configuration: CommandConfiguration {
    configured(
      "tick", Wording(en: "Mark items as done.", zh: "勾选任务项（标记为完成）。"),
      details: Wording(
        en: """
          Several items are ticked together or not at all, in whatever order they need each other. An item \
          that asks for a second person stays open until somebody else confirms it.
          """,
        zh: "多个任务项要么一起勾选，要么都不勾选，先后顺序自动处理。需要第二个人的任务项，要等另一个人确认后才算完成。"),
      example: """
        switchlist tick s-001 rebind-store --note "shows the new account"
        switchlist tick s-001 back-up-data --proof backup.zip --as Li
        switchlist tick @shops.txt rotate-password --note "changed by Li"
        """)
  }

  @Argument(help: ShopArgument.help) var shop: ShopArgument
  @Argument(help: ArgumentHelp(sayInHelp(en: "The items' ids.", zh: "任务项编号。"), valueName: "item"))
  var items: [String]
  @Option(
    help: ArgumentHelp(
      sayInHelp(en: "A note; it is proof where one is asked for.", zh: "备注；需要备注作凭证时使用。"), valueName: "text"))
  var note: String?
  @Option(
    help: ArgumentHelp(
      sayInHelp(
        en: "Proof: a link (https://…), or a file's path; of a file its size and SHA-256 are kept.",
        zh: "凭证：链接（https://…）或文件路径；文件只记录大小和 SHA-256。"),
      valueName: "proof"))
  var proof: String?
  @Option(help: TimeOption.happened) var at: String?
  @OptionGroup var runOption: RunOption
  @OptionGroup var options: SharedOptions

  func validate() throws {
    if items.isEmpty {
      throw ValidationError(say(en: "Name at least one item.", zh: "请至少写一个任务项。"))
    }
  }

  func perform(_ session: Session) throws {
    let given = try proof.map(GivenProof.read)
    let at = try TimeOption.parse(at, "--at")
    try ItemChangeRunner(session: session, format: options.format)(
      shop, items: items, run: runOption.run, inFinished: true
    ) { run in
      let moment = at?.resolveHappened(in: session.zone(run.timeZone), now: session.now)
      return ChangeItems.Asked(.tick(note: note, proof: given), at: moment ?? session.now)
    }
  }
}

/// What `--proof` names: a link, or a file that is read once.
enum GivenProof {
  static func read(_ text: String) throws -> Proof.Content {
    let lowercased = text.lowercased()
    if lowercased.hasPrefix("https://") || lowercased.hasPrefix("http://") { return .link(url: text) }
    var digest = SHA256()
    var size: Int64 = 0
    try InputFile.forEachChunk(text, mustBeRegular: true) { chunk in
      digest.update(bufferPointer: chunk)
      size += Int64(chunk.count)
    }
    return .file(name: text, size: size, sha256: HexText.of(digest.finalize()))
  }
}

/// Times on the command line.
enum TimeOption {
  static var happened: ArgumentHelp {
    ArgumentHelp(
      sayInHelp(
        en: "When it happened, such as 2026-11-20T10:00; default: now.", zh: "发生的时间，如 2026-11-20T10:00；默认：现在。"
      ),
      valueName: "time")
  }

  static var shown: ArgumentHelp {
    ArgumentHelp(
      sayInHelp(en: "Show what was so then; default: now.", zh: "查看那个时间的情况；默认：现在。"), valueName: "time")
  }

  /// Throws a `UsageFailure` that names the option.
  static func parse(_ text: String?, _ option: String) throws -> TimeText? {
    guard let text else { return nil }
    do throws(TimeTextError) { return try TimeText(text) } catch {
      throw UsageFailure(
        Wording(
          en: "\(option) '\(text.quotable)': \(error.wording.en)",
          zh: "\(option) “\(text.quotable)”：\(error.wording.zh)"))
    }
  }
}
