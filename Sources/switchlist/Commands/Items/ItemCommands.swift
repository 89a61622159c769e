import ArgumentParser
import Domain
import Operations

/// A command that changes one item and has no `--at`.
protocol ItemCommand: Command {
  var shop: ShopArgument { get }
  var item: String { get }
  var runOption: RunOption { get }
  var request: RequestedItemChange { get }
  static var looksInFinishedRuns: Bool { get }
}

extension ItemCommand {
  static var formats: [Format] { [.text, .json] }
  static var looksInFinishedRuns: Bool { false }
  static var changesTheStore: Bool { true }

  func perform(_ invocation: Invocation) throws {
    try ItemChangeRunner(invocation: invocation, format: options.format)(
      shop, items: [item], run: runOption.run, inFinished: Self.looksInFinishedRuns
    ) { _ in ChangeItems.TimedRequest(request, at: invocation.now) }
  }

  static var itemHelp: ArgumentHelp {
    ArgumentHelp(sayInHelp(en: "The item's id.", zh: "任务项编号。"), valueName: "item")
  }
}

struct ConfirmCommand: ItemCommand {
  static var configuration: CommandConfiguration {
    configured(
      "confirm", Wording(en: "Confirm what somebody else ticked.", zh: "确认别人勾选的任务项。"),
      example: "switchlist confirm s-001 rebuild-brand --as Wang")
  }

  @Argument(help: ShopArgument.help) var shop: ShopArgument
  @Argument(help: itemHelp, completion: Completing.items) var item: String
  @OptionGroup var runOption: RunOption
  @OptionGroup var options: SharedOptions
  var request: RequestedItemChange { .confirm }
}

struct UntickCommand: ItemCommand {
  static var looksInFinishedRuns: Bool { true }

  static var configuration: CommandConfiguration {
    configured(
      "untick", Wording(en: "Open an item again that was ticked or skipped.", zh: "撤销勾选或跳过，重新打开任务项。"),
      details: Wording(
        en: "What needed the item stays as it is.", zh: "依赖它的其他任务项保持不变。"),
      example: "switchlist untick s-001 rebind-store --reason \"the old one shows\"")
  }

  @Argument(help: ShopArgument.help) var shop: ShopArgument
  @Argument(help: itemHelp, completion: Completing.items) var item: String
  @OptionGroup var why: ReasonOption
  @OptionGroup var runOption: RunOption
  @OptionGroup var options: SharedOptions
  var request: RequestedItemChange { .untick(reason: why.reason) }
}

struct SkipCommand: ItemCommand {
  static var configuration: CommandConfiguration {
    configured(
      "skip", Wording(en: "Leave an item out, with a reason.", zh: "跳过任务项，并写明原因。"),
      details: Wording(
        en: "A critical item is skipped only by a lead (--as-lead).", zh: "关键任务只有主管可以跳过（--as-lead）。"),
      example: "switchlist skip s-001 update-marketing --reason \"no campaigns run\"")
  }

  @Argument(help: ShopArgument.help) var shop: ShopArgument
  @Argument(help: itemHelp, completion: Completing.items) var item: String
  @OptionGroup var why: ReasonOption
  @OptionGroup var runOption: RunOption
  @OptionGroup var options: SharedOptions
  var request: RequestedItemChange { .skip(reason: why.reason) }
}

struct BlockCommand: ItemCommand {
  static var configuration: CommandConfiguration {
    configured(
      "block", Wording(en: "Say what keeps an item from being done.", zh: "标记任务项受阻，并写明卡在哪里。"),
      details: Wording(
        en: "It stays outstanding and can become overdue. A second block replaces the reason.",
        zh: "受阻的任务项仍算未完成，也会逾期。再次执行会替换原因。"),
      example: "switchlist block s-001 verify-products --reason \"the list is late\"")
  }

  @Argument(help: ShopArgument.help) var shop: ShopArgument
  @Argument(help: itemHelp, completion: Completing.items) var item: String
  @OptionGroup var why: ReasonOption
  @OptionGroup var runOption: RunOption
  @OptionGroup var options: SharedOptions
  var request: RequestedItemChange { .block(reason: why.reason) }
}

struct UnblockCommand: ItemCommand {
  static var configuration: CommandConfiguration {
    configured(
      "unblock", Wording(en: "End an item's block.", zh: "解除任务项的受阻状态。"),
      example: "switchlist unblock s-001 verify-products")
  }

  @Argument(help: ShopArgument.help) var shop: ShopArgument
  @Argument(help: itemHelp, completion: Completing.items) var item: String
  @OptionGroup var runOption: RunOption
  @OptionGroup var options: SharedOptions
  var request: RequestedItemChange { .unblock }
}

struct AssignCommand: Command {
  static var changesTheStore: Bool { true }
  static var formats: [Format] { [.text, .json] }

  static var configuration: CommandConfiguration {
    configured(
      "assign", Wording(en: "Give an item to somebody.", zh: "把任务项交给某人。"),
      details: Wording(
        en: """
          With --from, all that somebody has left to do in active runs, of all shops or of those named. The \
          shops' own owners stay: shop edit --owner.
          """,
        zh: "加 --from 时，把某人在进行中的清单里未完成的任务项全部转交，可限定店铺。店铺本身的负责人不变：shop edit --owner。"),
      example: """
        switchlist assign s-001 update-marketing --to Wang
        switchlist assign --from Li --to Wang
        """)
  }

  @Argument(help: ShopArgument.help) var shop: ShopArgument?
  @Argument(
    help: ArgumentHelp(sayInHelp(en: "The item's id.", zh: "任务项编号。"), valueName: "item"),
    completion: Completing.items)
  var item: String?
  @Option(
    help: ArgumentHelp(sayInHelp(en: "Who it is for from now on.", zh: "今后由谁负责。"), valueName: "owner"),
    completion: Completing.owners)
  var to: String
  @Option(
    help: ArgumentHelp(
      sayInHelp(en: "In place of an item: all that this person has left to do.", zh: "代替任务项：这个人未完成的全部任务项。"),
      valueName: "owner"), completion: Completing.owners)
  var from: String?
  @OptionGroup var runOption: RunOption
  @OptionGroup var options: SharedOptions

  func validate() throws {
    if from == nil, shop == nil || item == nil {
      throw ValidationError(
        say(en: "Name a shop and an item, or --from OWNER.", zh: "请写店铺编号和任务项，或 --from 负责人。"))
    }
    if from != nil, item != nil || runOption.run != nil {
      throw ValidationError(
        say(en: "--from takes whole shops: leave the item and --run out.", zh: "--from 针对整家店铺：请去掉任务项和 --run。")
      )
    }
  }

  func perform(_ invocation: Invocation) throws {
    if let from { return try handOver(from, invocation) }
    guard let shop, let item else { return }
    try ItemChangeRunner(invocation: invocation, format: options.format)(
      shop, items: [item], run: runOption.run
    ) {
      _ in ChangeItems.TimedRequest(.assign(to: to), at: invocation.now)
    }
  }

  private func handOver(_ from: String, _ invocation: Invocation) throws {
    let store = try invocation.store()
    let handOver = HandOver(zones: invocation.zones, by: try invocation.author(), now: invocation.now)
    let all = try store.read { reading in
      let found = try invocation.find(FilterNames([.owner: from]), in: reading)
      return try handOver.shops(found, in: reading)
    }
    let runner = ItemChangeRunner(invocation: invocation, format: options.format)
    try ManyShops(invocation: invocation).changeCounting(
      try shop.map { $0.isFile ? try $0.lines() : [($0.text, try $0.single())] }
        ?? all.map { ($0.rawValue, $0) },
      in: store, { try handOver(from, to: to, of: $0, in: $1) }, isChanged: { !$0.isEmpty },
      report: { try $0.forEach(runner.print) })
  }
}

struct NoteCommand: ItemCommand {
  static var configuration: CommandConfiguration {
    configured(
      "note", Wording(en: "Write a note on an item.", zh: "给任务项写备注。"),
      details: Wording(
        en: "The latest note is shown; the history keeps them all.", zh: "显示最新的一条；历史记录保留全部。"),
      example: "switchlist note s-001 handle-pending-orders \"12 orders left\"")
  }

  @Argument(help: ShopArgument.help) var shop: ShopArgument
  @Argument(help: itemHelp, completion: Completing.items) var item: String
  @Argument(help: ArgumentHelp(sayInHelp(en: "The note.", zh: "备注内容。"), valueName: "text")) var text: String
  @OptionGroup var runOption: RunOption
  @OptionGroup var options: SharedOptions
  var request: RequestedItemChange { .note(text) }
}

struct DueCommand: Command {
  static var changesTheStore: Bool { true }
  static var formats: [Format] { [.text, .json] }

  static var configuration: CommandConfiguration {
    configured(
      "due", Wording(en: "Move an item's due time.", zh: "修改任务项的截止时间。"),
      details: Wording(
        en: """
          A date alone means the midnight that ends it, 24:00, in the run's time zone; 18:00 alone the next one; \
          tomorrow and +2d are taken, too.
          """,
        zh: "只写日期，表示当天 24:00（按清单执行的时区）；只写 18:00，表示下一个 18:00；也可以写 明天、+2d。"),
      example: "switchlist due s-001 update-marketing --at 2026-12-01 --reason holiday")
  }

  @Argument(help: ShopArgument.help) var shop: ShopArgument
  @Argument(
    help: ArgumentHelp(sayInHelp(en: "The item's id.", zh: "任务项编号。"), valueName: "item"),
    completion: Completing.items)
  var item: String
  @Option(
    help: ArgumentHelp(
      sayInHelp(
        en: "The new due time, such as 2026-12-01T18:00 or +2d.", zh: "新的截止时间，如 2026-12-01T18:00、+2d。"),
      valueName: "time"))
  var at: String
  @OptionGroup var why: ReasonOption
  @OptionGroup var runOption: RunOption
  @OptionGroup var options: SharedOptions

  func perform(_ invocation: Invocation) throws {
    guard let due = try TimeOption.parse(at, "--at") else { return }
    try ItemChangeRunner(invocation: invocation, format: options.format)(
      shop, items: [item], run: runOption.run
    ) { run in
      let moment = try due.moment(.ends, in: invocation.zones.stored(run.timeZone), now: invocation.now)
      return ChangeItems.TimedRequest(.moveDue(to: moment, reason: why.reason), at: invocation.now)
    }
  }
}
