import ArgumentParser
import Domain

enum Shell: String, ExpressibleByArgument, CaseIterable {
  case bash
  case zsh
  case fish
}

struct CompletionsCommand: Command {
  static var configuration: CommandConfiguration {
    configured(
      "completions", Wording(en: "Print completions for bash, zsh or fish.", zh: "输出 bash、zsh 或 fish 的补全脚本。"),
      example: "switchlist completions bash > switchlist.bash")
  }

  @Argument(help: ArgumentHelp(sayInHelp(en: "The shell.", zh: "使用的 shell。"), valueName: "shell")) var shell:
    Shell
  @OptionGroup var options: SharedOptions

  func perform(_ invocation: Invocation) throws {
    let kind: CompletionShell =
      switch shell {
      case .bash: .bash
      case .zsh: .zsh
      case .fish: .fish
      }
    try invocation.console.print(CompletionScript.text(for: kind))
  }
}

struct ManualCommand: Command {
  static var configuration: CommandConfiguration {
    configured(
      "manual", Wording(en: "Print the manual page.", zh: "输出手册页。"), example: "switchlist manual | man -l -")
  }

  @OptionGroup var options: SharedOptions

  func perform(_ invocation: Invocation) throws {
    try invocation.console.write(Array(ManualPage.render().utf8))
  }
}
