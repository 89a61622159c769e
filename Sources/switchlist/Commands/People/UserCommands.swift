import ArgumentParser
import Domain
import Operations
import Reports

struct UserCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "user", abstract: say(en: "Manage who signs in on the web.", zh: "管理可以登录网页的用户。"),
      subcommands: [
        UserAddCommand.self, UserListCommand.self, UserDisableCommand.self, UserEnableCommand.self,
        UserResetCommand.self, UserLogCommand.self,
      ])
  }
}

private var nameHelp: ArgumentHelp {
  ArgumentHelp(sayInHelp(en: "The user's name.", zh: "用户名。"), valueName: "name")
}

private func choice<Choice: RawRepresentable<String> & CaseIterable>(
  _ text: String, _ option: String, _ type: Choice.Type
) throws -> Choice {
  if let choice = Choice(rawValue: text) { return choice }
  let known = Choice.allCases.map(\.rawValue)
  throw UsageFailure(
    Wording(
      en: "\(option) '\(text.quotable)' isn't one of \(known.joined(separator: ", "))",
      zh: "\(option) “\(text.quotable)”应为 \(known.joined(separator: "、")) 之一"))
}

struct UserAddCommand: Command {
  static var changesTheStore: Bool { true }
  static var configuration: CommandConfiguration {
    configured(
      "add", Wording(en: "Add a user, who chooses another password at first.", zh: "添加用户；首次登录时须改密码。"),
      details: Wording(
        en: """
          merchant: the shops that they own; lead: the shops of their teams; admin: everything. The password \
          is asked for at a terminal, else it is the first line of standard input.
          """,
        zh: "merchant：自己的店铺；lead：自己团队的店铺；admin：全部。密码在终端里输入，否则取标准输入的第一行。"),
      example: "switchlist user add Wang --role lead --team east")
  }

  @Argument(help: nameHelp) var name: String
  @Option(
    help: ArgumentHelp(
      sayInHelp(en: "merchant, lead or admin.", zh: "merchant、lead 或 admin。"), valueName: "role"),
    completion: Completing.roles)
  var role: String
  @Option(
    name: .customLong("team"), parsing: .singleValue,
    help: ArgumentHelp(
      sayInHelp(en: "A team that a lead leads; repeat for more.", zh: "主管所管的团队；可重复。"), valueName: "team"),
    completion: Completing.teams)
  var teams: [String] = []
  @OptionGroup var options: SharedOptions

  func perform(_ invocation: Invocation) throws {
    let role = try choice(role, "--role", Role.self)
    let password = try PasswordPrompt.password(of: name)
    let manage = ManageUsers(by: try invocation.author(), now: invocation.now)
    let user = try invocation.writeCreating { transaction in
      try manage.add(name, role: role, teams: teams, password: password, in: transaction)
    }
    try invocation.console.print(say(en: "added \(user.name)", zh: "已添加 \(user.name)"))
  }
}

struct UserListCommand: Command {
  static var formats: [Format] { [.text, .json] }
  static var configuration: CommandConfiguration {
    configured("list", Wording(en: "List the users.", zh: "列出用户。"), example: "switchlist user list")
  }

  @OptionGroup var options: SharedOptions

  func perform(_ invocation: Invocation) throws {
    var users: [User] = []
    try invocation.store().read { reading in try reading.forEachUser { users.append($0) } }
    if options.format == .json { return try invocation.console.write(AccessJSON.users(users)) }
    for user in users {
      let state = user.isDisabled ? say(en: "  disabled", zh: "  已停用") : ""
      let teams = user.teams.isEmpty ? "" : "  \(user.teams.joined(separator: ", "))"
      try invocation.console.print(
        "\(TerminalText.safe(user.name))  \(user.role.wording.said)\(TerminalText.safe(teams))\(state)")
    }
  }
}

struct UserDisableCommand: Command {
  static var changesTheStore: Bool { true }
  static var configuration: CommandConfiguration {
    configured(
      "disable", Wording(en: "Let a user sign in no more; their sessions end.", zh: "停用用户，其登录立即失效。"),
      details: Wording(
        en: "Links and tokens that they made go on until they end, unless --revoke ends them too.",
        zh: "其创建的链接和令牌在到期前仍然有效；加 --revoke 会一并收回。"),
      example: "switchlist user disable Li --revoke")
  }

  @Argument(help: nameHelp, completion: Completing.users) var name: String
  @Flag(
    help: ArgumentHelp(sayInHelp(en: "Revoke the links and tokens that they made.", zh: "同时收回其创建的链接和令牌。")))
  var revoke = false
  @OptionGroup var options: SharedOptions

  func perform(_ invocation: Invocation) throws {
    let manage = ManageUsers(by: try invocation.author(), now: invocation.now)
    let outcome = try invocation.store().write { try manage.disable(name, revoking: revoke, in: $0) }
    let shown = TerminalText.safe(outcome.user.name)
    try invocation.console.print(
      outcome.changed
        ? say(en: "disabled \(shown)", zh: "已停用 \(shown)")
        : say(en: "unchanged: \(shown) is disabled already", zh: "未改变：\(shown) 已经停用"))
    let (revoked, goingOn) = (outcome.revoked.count, outcome.goingOn.count)
    if !revoked.isEmpty {
      try invocation.console.print(
        say(
          en: "revoked \(revoked.wording.en) made by \(shown)", zh: "已收回 \(shown) 创建的 \(revoked.wording.zh)"))
    }
    if !goingOn.isEmpty {
      let quoted = shown.contains(" ") ? "'\(shown)'" : shown
      invocation.console.note(
        say(
          en: """
            made by \(shown) and still valid: \(goingOn.wording.en); see them: switchlist link list --all, \
            switchlist token list; end them: switchlist user disable \(quoted) --revoke
            """,
          zh: """
            \(shown) 创建的 \(goingOn.wording.zh)仍然有效；查看：switchlist link list --all、switchlist token list；\
            收回：switchlist user disable \(quoted) --revoke
            """))
    }
  }
}

struct UserEnableCommand: Command {
  static var changesTheStore: Bool { true }
  static var configuration: CommandConfiguration {
    configured(
      "enable", Wording(en: "Let a disabled user sign in again.", zh: "重新启用已停用的用户。"),
      example: "switchlist user enable Li")
  }

  @Argument(help: nameHelp, completion: Completing.users) var name: String
  @OptionGroup var options: SharedOptions

  func perform(_ invocation: Invocation) throws {
    let manage = ManageUsers(by: try invocation.author(), now: invocation.now)
    let (user, changed) = try invocation.store().write { try manage.enable(name, in: $0) }
    try invocation.console.print(
      changed
        ? say(en: "enabled \(user.name)", zh: "已启用 \(user.name)")
        : say(en: "unchanged: \(user.name) isn't disabled", zh: "未改变：\(user.name) 没有停用"))
  }
}

struct UserResetCommand: Command {
  static var changesTheStore: Bool { true }
  static var configuration: CommandConfiguration {
    configured(
      "reset", Wording(en: "Give a user another password; their sessions end.", zh: "重设用户密码，其登录立即失效。"),
      example: "switchlist user reset Li")
  }

  @Argument(help: nameHelp, completion: Completing.users) var name: String
  @OptionGroup var options: SharedOptions

  func perform(_ invocation: Invocation) throws {
    let store = try invocation.store()
    let password = try PasswordPrompt.password(of: name)
    let manage = ManageUsers(by: try invocation.author(), now: invocation.now)
    let user = try store.write { try manage.reset(name, to: password, in: $0) }
    try invocation.console.print(
      say(en: "\(user.name) has a new password", zh: "\(user.name) 的密码已重设"))
  }
}

struct UserLogCommand: Command {
  static var formats: [Format] { [.text, .json] }
  static var configuration: CommandConfiguration {
    configured(
      "log", Wording(en: "Show sign-ins, and what happened to users and tokens.", zh: "查看登录记录，以及用户和令牌的变动。"),
      example: "switchlist user log")
  }

  @OptionGroup var options: SharedOptions

  func perform(_ invocation: Invocation) throws {
    let events = try invocation.store().read { try $0.auditEvents(before: nil, limit: 1000) }
    if options.format == .json { return try invocation.console.write(AccessJSON.log(events)) }
    let zone = invocation.readersZone
    for (_, event) in events {
      let by = event.by == event.subject ? "" : say(en: "  by \(event.by)", zh: "  操作人 \(event.by)")
      let address = event.address.map { "  \($0)" } ?? ""
      let attempts = event.attempts == 1 ? "" : "  × \(event.attempts)"
      try invocation.console.print(
        "\(zone.named(event.at))  \(event.kind.rawValue)  \(TerminalText.safe(event.subject + by + address))\(attempts)"
      )
    }
  }
}
