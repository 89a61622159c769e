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

  func perform(_ session: Session) throws {
    let kind: CompletionShell =
      switch shell {
      case .bash: .bash
      case .zsh: .zsh
      case .fish: .fish
      }
    try session.console.print(Switchlist.completionScript(for: kind))
  }
}

struct ManualCommand: Command {
  static var configuration: CommandConfiguration {
    configured(
      "manual", Wording(en: "Print the manual page.", zh: "输出手册页。"), example: "switchlist manual | man -l -")
  }

  @OptionGroup var options: SharedOptions

  func perform(_ session: Session) throws {
    try session.console.write(Array(ManualPage.render().utf8))
  }
}

/// The manual page, made of the commands' own help, so that it can't say anything else.
enum ManualPage {
  static func render() -> String {
    var page = """
      .TH SWITCHLIST 1 "" "switchlist \(Switchlist.version)" ""
      .SH \(say(en: "NAME", zh: "名称"))
      switchlist \\- \(escaped(say(en: "follow what a shop must do when its primary account changes", zh: "跟进店铺换绑后要做的每一件事")))
      .SH \(say(en: "SYNOPSIS", zh: "概要"))
      .B switchlist
      .I command
      [options]
      .SH \(say(en: "DESCRIPTION", zh: "说明"))
      .nf
      \(escaped(Switchlist.helpMessage(columns: 76)))
      .fi
      .SH \(say(en: "COMMANDS", zh: "命令"))

      """
    for command in commands(of: Switchlist.self, named: []) {
      page += ".SS \(command.name)\n.nf\n\(escaped(command.help))\n.fi\n"
    }
    page += """
      .SH \(say(en: "FILES", zh: "文件"))
      .nf
      \(escaped("""
      $XDG_DATA_HOME/switchlist/switchlist.sqlite
      ./checklists, $XDG_CONFIG_HOME/switchlist/checklists,
      /usr/local/share/switchlist/checklists, /usr/share/switchlist/checklists
      """))
      .fi

      """
    return page
  }

  private static func commands(
    of parent: any ParsableCommand.Type, named path: [String]
  ) -> [(name: String, help: String)] {
    let configuration = parent.configuration
    let all = configuration.subcommands
    return all.flatMap { command -> [(name: String, help: String)] in
      let name = path + [command._commandName]
      if !command.configuration.subcommands.isEmpty { return commands(of: command, named: name) }
      return [(name.joined(separator: " "), Switchlist.helpMessage(for: command, columns: 76))]
    }
  }

  /// A line's beginning that roff would obey, and its escape character, become plain text.
  private static func escaped(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      let line = line.replacing("\\", with: "\\e").replacing("-", with: "\\-")
      return line.hasPrefix(".") || line.hasPrefix("'") ? "\\&\(line)" : String(line)
    }.joined(separator: "\n")
  }
}
