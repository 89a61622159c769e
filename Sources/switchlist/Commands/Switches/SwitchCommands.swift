import ArgumentParser
import Domain
import Operations
import Reports
import Storage

struct SwitchCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "switch",
      abstract: say(
        en: "Follow a switch: plan, unbind, rebind; see who can rebind.", zh: "跟进换绑：计划、解绑、重新绑定；查看谁可以重新绑定。"),
      subcommands: [
        SwitchPlanCommand.self, SwitchUnbindCommand.self, SwitchRebindCommand.self, SwitchAbandonCommand.self,
        SwitchShowCommand.self, SwitchListCommand.self, SwitchImportCommand.self,
      ])
  }
}

/// `--at`, when a step happened.
struct HappenedOption: ParsableArguments {
  @Option(help: TimeOption.happened) var at: String?
}

/// `--override` and its reason, which take a step against the platform's rules.
struct OverrideOptions: ParsableArguments {
  @Flag(
    name: .customLong("override"),
    help: ArgumentHelp(
      sayInHelp(en: "Do it against the platform's rules; needs --reason.", zh: "越过平台规则继续；必须写 --reason。")))
  var overrides = false
  @Option(
    help: ArgumentHelp(
      sayInHelp(en: "Why; every report of the shop shows it.", zh: "原因；会显示在该店铺的每份报告里。"),
      valueName: "text"))
  var reason: String?

  mutating func validate() throws {
    if overrides != (reason != nil) {
      throw ValidationError(
        say(en: "--override and --reason go together.", zh: "--override 与 --reason 要一起使用。"))
    }
  }
}

private func accountHelp(_ en: String, _ zh: String) -> ArgumentHelp {
  ArgumentHelp(sayInHelp(en: en, zh: zh), valueName: "account")
}

struct ShopBindCommand: Command {
  static var changesTheStore: Bool { true }
  static var formats: [Format] { [.text, .json] }
  static var configuration: CommandConfiguration {
    configured(
      "bind", Wording(en: "Record the account that a shop is first bound to.", zh: "记录店铺最初绑定的账号。"),
      details: Wording(
        en: "A binding can't be changed in place: to change it, plan a switch.", zh: "绑定不能直接修改；要更换账号，请计划换绑。"),
      example: "switchlist shop bind s-001 old-account --at 2026-01-05")
  }

  @Argument(
    help: ArgumentHelp(sayInHelp(en: "The shop's id.", zh: "店铺编号。"), valueName: "shop"),
    completion: Completing.shops)
  var shop: String
  @Argument(help: accountHelp("The account, such as a Douyin ID.", "账号，如抖音号。")) var account: String
  @OptionGroup var happened: HappenedOption
  @OptionGroup var options: SharedOptions

  func perform(_ invocation: Invocation) throws {
    let runner = try SwitchRunner(invocation, format: options.format)
    try runner(ShopArgument(argument: shop), at: happened.at, override: nil) { _ in .bind(account) }
  }
}

struct SwitchPlanCommand: Command {
  static var changesTheStore: Bool { true }
  static var formats: [Format] { [.text, .json] }
  static var configuration: CommandConfiguration {
    configured(
      "plan", Wording(en: "Plan a switch to another account.", zh: "计划换绑到另一个账号。"),
      details: Wording(
        en: """
          Begins the checklists for before the switch. Repeated before unbinding it changes the account or the \
          time, and due times move with it. With @FILE, each line is: SHOP ACCOUNT.
          """,
        zh: "同时开始换绑前的清单。解绑前可以重复使用来改账号或时间，截止时间随之改变。用 @文件 时，每行是：店铺编号 账号。"),
      example: """
        switchlist switch plan s-001 --to b --confirmed registered,real-name-verified
        switchlist switch plan @plan.txt --confirmed registered,real-name-verified
        """)
  }

  @Argument(help: ShopArgument.help) var shop: ShopArgument
  @Option(help: accountHelp("The new account.", "新账号。")) var to: String?
  @Option(
    name: .customLong("for"),
    help: ArgumentHelp(
      sayInHelp(
        en:
          "When it will be unbound, such as 2026-12-01T10:00, 18:00 or tomorrow; a date alone: as it begins. Default: now.",
        zh: "计划何时解绑，如 2026-12-01T10:00、18:00、明天；只写日期表示当天 00:00。默认：现在。"),
      valueName: "time"))
  var plannedFor: String?
  @Option(
    name: .customLong("confirmed"), parsing: .singleValue,
    help: ArgumentHelp(
      sayInHelp(
        en: "What is so of the new account, as the platform requires; repeat for more.",
        zh: "新账号已满足的平台要求；可重复使用。"),
      valueName: "name"))
  var confirmed: [String] = []
  @OptionGroup var happened: HappenedOption
  @OptionGroup var override: OverrideOptions
  @OptionGroup var options: SharedOptions

  func validate() throws {
    if shop.isFile == (to != nil) {
      throw ValidationError(
        say(
          en: "Name a shop and --to ACCOUNT; in a file each line is: SHOP ACCOUNT.",
          zh: "请写店铺编号和 --to 账号；用文件时每行是：店铺编号 账号。"))
    }
  }

  func perform(_ invocation: Invocation) throws {
    let runner = try SwitchRunner(invocation, format: options.format)
    let plannedFor = try TimeOption.parse(plannedFor, "--for")
    try runner(shop, at: happened.at, override: override.reason) { account in
      .plan(
        to: to ?? account ?? "", plannedFor: plannedFor,
        confirmed: confirmed.flatMap { $0.split { $0 == "," || $0 == "，" } }
          .map { String($0).trimmedAndComposed })
    }
  }
}

struct SwitchUnbindCommand: Command {
  static var changesTheStore: Bool { true }
  static var formats: [Format] { [.text, .json] }
  static var configuration: CommandConfiguration {
    configured(
      "unbind", Wording(en: "Record that the old account is unbound.", zh: "记录已解绑原账号。"),
      details: Wording(
        en: """
          Say what the platform's page shows: when rebinding opens (--until) and when it must be finished \
          (--finish-by). Without --until the platform's rules give an estimate. Repeated while unbound it \
          corrects both.
          """,
        zh: "请写平台页面显示的时间：何时起可以重新绑定（--until）、须在何时前完成（--finish-by）。不写 --until 时按平台规则估计。解绑期间可以重复使用来更正。"),
      example: "switchlist switch unbind s-001 --until 2026-12-08T10:00 --finish-by 2026-12-20")
  }

  @Argument(help: ShopArgument.help) var shop: ShopArgument
  @Option(
    help: ArgumentHelp(
      sayInHelp(
        en: "When rebinding opens, as the page shows; a date alone: as it begins.",
        zh: "页面显示的可以重新绑定的时间；只写日期表示当天 00:00。"), valueName: "time"))
  var until: String?
  @Option(
    help: ArgumentHelp(
      sayInHelp(
        en: "When it must be finished, as the page shows; a date alone: by its end, 24:00.",
        zh: "页面显示的最晚完成时间；只写日期表示当天 24:00。"), valueName: "time"))
  var finishBy: String?
  @OptionGroup var happened: HappenedOption
  @OptionGroup var override: OverrideOptions
  @OptionGroup var options: SharedOptions

  func perform(_ invocation: Invocation) throws {
    let runner = try SwitchRunner(invocation, format: options.format)
    let until = try TimeOption.parse(until, "--until")
    let finishBy = try TimeOption.parse(finishBy, "--finish-by")
    try runner(shop, at: happened.at, override: override.reason) { _ in
      .unbind(until: until, finishBy: finishBy)
    }
  }
}

struct SwitchRebindCommand: Command {
  static var changesTheStore: Bool { true }
  static var formats: [Format] { [.text, .json] }
  static var configuration: CommandConfiguration {
    configured(
      "rebind", Wording(en: "Record that an account is bound again.", zh: "记录已重新绑定账号。"),
      details: Wording(
        en: """
          To the planned account, which begins the checklists for after the switch; or to the old one, which \
          cancels the switch.
          """,
        zh: "绑定计划的新账号，并开始换绑后的清单；也可以绑回原账号，换绑随之取消。"),
      example: """
        switchlist switch rebind s-001
        switchlist switch rebind @shops.txt
        """)
  }

  @Argument(help: ShopArgument.help) var shop: ShopArgument
  @Option(help: accountHelp("The account; default: the planned one.", "账号；默认：计划的新账号。")) var to: String?
  @OptionGroup var happened: HappenedOption
  @OptionGroup var override: OverrideOptions
  @OptionGroup var options: SharedOptions

  func perform(_ invocation: Invocation) throws {
    let runner = try SwitchRunner(invocation, format: options.format)
    try runner(shop, at: happened.at, override: override.reason) { _ in .rebind(to: to) }
  }
}

struct SwitchAbandonCommand: Command {
  static var changesTheStore: Bool { true }
  static var formats: [Format] { [.text, .json] }
  static var configuration: CommandConfiguration {
    configured(
      "abandon", Wording(en: "Give a planned switch up, before unbinding.", zh: "放弃已计划的换绑（解绑之前）。"),
      details: Wording(en: "Its runs stop; their history stays.", zh: "它的清单随之停止；历史记录保留。"),
      example: "switchlist switch abandon s-001 --reason \"the old account can stay\"")
  }

  @Argument(help: ShopArgument.help) var shop: ShopArgument
  @OptionGroup var why: ReasonOption
  @OptionGroup var happened: HappenedOption
  @OptionGroup var options: SharedOptions

  func perform(_ invocation: Invocation) throws {
    let runner = try SwitchRunner(invocation, format: options.format)
    try runner(shop, at: happened.at, override: nil) { _ in .abandon(reason: why.reason) }
  }
}
