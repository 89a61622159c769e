import ArgumentParser
import Domain
import Glibc
import Operations
import Reports

/// The program and its commands.
struct Switchlist: ParsableCommand {
  static let version = ProgramVersion.current.text

  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "switchlist",
      abstract: say(
        en: "Follows what a shop must do when its primary account changes.", zh: "跟进店铺换绑（更换主账号）后要做的每一件事。"),
      discussion: sayWrapped(
        en: """
          Begin with: switchlist demo

          EXIT STATUS: 0 done, nothing found; 1 something was found (lint, overdue, history --verify); \
          2 refused or failed, nothing changed; 64 wrong usage; 75 it isn't known whether a database took the change.
          """,
        zh: """
          先试试：switchlist demo

          退出状态：0 完成、没有发现；1 有发现（lint、overdue、history --verify）；2 被拒绝或失败，数据未作改动；\
          64 用法错误；75 不确定数据库是否已保存改动。
          """),
      version: version,
      groupedSubcommands: [
        CommandGroup(
          name: say(en: "Every day", zh: "日常"),
          subcommands: [
            StatusCommand.self, TickCommand.self, ConfirmCommand.self, UntickCommand.self, SkipCommand.self,
            BlockCommand.self, UnblockCommand.self, NoteCommand.self, AssignCommand.self, DueCommand.self,
            WalkCommand.self,
          ]),
        CommandGroup(
          name: say(en: "Looking over shops", zh: "查看多家店铺"),
          subcommands: [OverdueCommand.self, ReportCommand.self, HistoryCommand.self]),
        CommandGroup(
          name: say(en: "Shops, switches and runs", zh: "店铺、换绑与清单执行"),
          subcommands: [
            ShopCommand.self, SwitchCommand.self, StartCommand.self, StopCommand.self, UpgradeCommand.self,
          ]),
        CommandGroup(
          name: say(en: "Checklists", zh: "任务清单"),
          subcommands: [
            ChecklistsCommand.self, LintCommand.self, SchemaCommand.self, DefinitionsCommand.self,
          ]),
        CommandGroup(
          name: say(en: "The web", zh: "网页"),
          subcommands: [ServeCommand.self, LinkCommand.self, UserCommand.self, TokenCommand.self]),
        CommandGroup(
          name: say(en: "The store and the program", zh: "数据库与程序"),
          subcommands: [
            StoreCommand.self, ExportCommand.self, ImportCommand.self, DemoCommand.self,
            CompletionsCommand.self,
            ManualCommand.self,
          ]),
      ])
  }
}

@main
enum Program {
  static func main() {
    StandardStreams.fillGaps()
    // A reader that exits early, such as `head`, must not kill the program.
    signal(SIGPIPE, SIG_IGN)
    // Exceeding a limit on file sizes becomes an error to report instead of a signal.
    signal(SIGXFSZ, SIG_IGN)
    CommandTree.$root.withValue(Switchlist.self) {
      run(DashedTexts.joined(Array(CommandLine.arguments.dropFirst())))
    }
  }

  private static func run(_ arguments: [String]) {
    if arguments.first == "---completion" { exit(complete(arguments)) }
    do {
      try checkEncoding()
      if let version = VersionReport.asked(arguments) {
        return try Console.write(version, to: STDOUT_FILENO)
      }
      var command = try plainly(arguments) ?? Switchlist.parseAsRoot(arguments)
      try command.run()
    } catch {
      exit(status(of: error, arguments))
    }
  }

  /// Parses only the command that the first argument names: building the tree of all commands with their help
  /// takes longer than a tick. Nil if that fails or asks for help; the whole tree is used then.
  private static func plainly(_ arguments: [String]) -> (any ParsableCommand)? {
    guard let name = arguments.first, !name.hasPrefix("-") else { return nil }
    return HelpPage.$isWanted.withValue(false) {
      let named = Switchlist.configuration.subcommands.first { $0._commandName == name }
      return (try? named?.parseAsRoot(Array(arguments.dropFirst()))) as? any Command
    }
  }

  /// Answers a shell's request for completion. Errors are silent.
  private static func complete(_ arguments: [String]) -> Int32 {
    HelpPage.$isWanted.withValue(false) {
      do { _ = try Switchlist.parseAsRoot(arguments) } catch
        where Switchlist.exitCode(for: error) == .success
      {
        try? Console.write(Array((Switchlist.fullMessage(for: error) + "\n").utf8), to: STDOUT_FILENO)
      } catch {}
      return 0
    }
  }

  /// Swift would silently repair invalid UTF-8, but input is taken exactly or refused.
  private static func checkEncoding() throws {
    for index in 0..<Int(CommandLine.argc) {
      guard let argument = CommandLine.unsafeArgv[index], String(validatingCString: argument) == nil
      else { continue }
      throw CommandFailure(
        Wording(
          en: "argument \(index) isn't valid UTF-8; write it in a terminal that is set to UTF-8",
          zh: "第 \(index) 个参数不是有效的 UTF-8；请把终端设为 UTF-8 后重试"))
    }
    for name in ["STORE", "CHECKLISTS", "ACTOR", "NOW", "LANG"] {
      guard let value = getenv("SWITCHLIST_\(name)"), String(validatingCString: value) == nil else {
        continue
      }
      throw CommandFailure(
        Wording(en: "SWITCHLIST_\(name) isn't valid UTF-8", zh: "SWITCHLIST_\(name) 不是有效的 UTF-8"))
    }
  }

  /// Prints the error and returns the exit status for scripts.
  private static func status(of error: any Error, _ arguments: [String]) -> Int32 {
    let monitoring = isForNagios(arguments)
    if let output = error as? OutputFailure {
      if output.code == EPIPE { return monitoring ? OverdueNagios.Status.unknown.rawValue : 0 }
      return report([words(of: output)], status: .refused, monitoring: monitoring)
    }
    if let code = error as? ExitCode { return code.rawValue }
    if let lines = ErrorText.of(error) {
      let isUnknown = if case .outcomeUnknown? = error as? StoreError { true } else { false }
      let status: ExitCode = error is UsageFailure ? .usage : isUnknown ? .unknownOutcome : .refused
      return report(lines, status: status, monitoring: monitoring)
    }
    let code = Switchlist.exitCode(for: error)
    if code == .success {
      do {
        try Console.write(Array((Switchlist.fullMessage(for: error) + "\n").utf8), to: STDOUT_FILENO)
        return 0
      } catch { return Self.status(of: error, arguments) }
    }
    if code == .validationFailure {
      if monitoring { return report([Switchlist.message(for: error)], status: .usage, monitoring: true) }
      Console.toStandardError(commandMeant(arguments) ?? Switchlist.fullMessage(for: error))
      if let hint = hintAboutDashes(Switchlist.message(for: error), arguments) {
        Console.toStandardError(hint)
      }
      return ExitCode.usage.rawValue
    }
    return report([String(describing: error)], status: .refused, monitoring: monitoring)
  }

  /// A hint that a text beginning with a dash was mistaken for an option.
  private static func hintAboutDashes(_ message: String, _ arguments: [String]) -> String? {
    guard message.contains("Missing value for"),
      let option = message.firstMatch(of: /--[a-z-]+/)?.output,
      zip(arguments, arguments.dropFirst()).contains(where: { $0 == option && $1.hasPrefix("-") })
    else { return nil }
    return say(
      en: "A text that begins with '-' is joined to its option by '=': \(option)=-TEXT",
      zh: "以“-”开头的文字，请用“=”与选项连写：\(option)=-文字")
  }

  private static func words(of failure: OutputFailure) -> String {
    let reason = String(cString: strerror(failure.code))
    return failure.isAfterChange
      ? say(
        en: "the change was saved, but the output can't be written: \(reason)",
        zh: "改动已保存，但无法写出结果：\(reason)")
      : say(en: "the output can't be written: \(reason)", zh: "无法写出结果：\(reason)")
  }

  /// A hint for a misspelled command; nil if that isn't what is wrong.
  private static func commandMeant(_ arguments: [String]) -> String? {
    var known = Switchlist.configuration.subcommands
    for argument in arguments {
      if argument.hasPrefix("-") || argument == "help" { return nil }
      if let command = known.first(where: { $0._commandName == argument }) {
        known = command.configuration.subcommands
        if known.isEmpty { return nil }
        continue
      }
      let names = known.map { $0._commandName }
      guard let meant = Suggestions.one(to: argument, among: names) else {
        return say(
          en: "error: there is no command '\(argument.quotable)'; see: switchlist --help",
          zh: "error: 没有命令“\(argument.quotable)”；查看：switchlist --help")
      }
      return say(
        en: "error: there is no command '\(argument.quotable)'; did you mean '\(meant)'?",
        zh: "error: 没有命令“\(argument.quotable)”；是不是“\(meant)”？")
    }
    return nil
  }

  private static func report(_ lines: [String], status: ExitCode, monitoring: Bool) -> Int32 {
    for line in lines { Console.toStandardError("error: \(line)") }
    guard monitoring else { return status.rawValue }
    let first = OverdueNagios.unknown(lines.first ?? "")
    try? Console.write(Array(first.utf8), to: STDOUT_FILENO)
    return OverdueNagios.Status.unknown.rawValue
  }

  /// Monitoring systems expect every failure to be reported as UNKNOWN, status 3.
  private static func isForNagios(_ arguments: [String]) -> Bool {
    guard arguments.contains("overdue") else { return false }
    if arguments.contains("--format=nagios") { return true }
    return zip(arguments, arguments.dropFirst()).contains { $0 == "--format" && $1 == "nagios" }
  }
}
