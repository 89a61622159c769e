import ArgumentParser
import Domain
import Operations
import Reports

/// The manual page. Its options come from the commands' own help, so that the two can't differ.
enum ManualPage {
  static func render() -> String {
    var page = """
      .TH SWITCHLIST 1 "" "switchlist \(ProgramVersion.current.text)" ""
      .SH \(say(en: "NAME", zh: "名称"))
      switchlist \\- \(escaped(say(en: "follow what a shop must do when its primary account changes", zh: "跟进店铺换绑后要做的每一件事")))
      .SH \(say(en: "SYNOPSIS", zh: "概要"))
      .B switchlist
      .I command
      [options]
      .SH \(say(en: "DESCRIPTION", zh: "说明"))
      .nf
      \(escaped(CommandTree.root.helpMessage(columns: 76)))
      .fi
      .SH \(say(en: "COMMANDS", zh: "命令"))

      """
    for command in commands(of: CommandTree.root, named: []) {
      page += ".SS \(command.name)\n.nf\n\(escaped(command.help))\n.fi\n"
    }
    page += section(Wording(en: "EXIT STATUS", zh: "退出状态"), statuses)
    page += section(Wording(en: "ENVIRONMENT", zh: "环境变量"), variables)
    page += section(Wording(en: "FILES", zh: "文件"), files)
    page += ".SH \(say(en: "EXAMPLES", zh: "示例"))\n"
    for (words, command) in examples {
      page += "\(escaped(words.said))\n.PP\n.RS 4\n.nf\n\(escaped(command))\n.fi\n.RE\n.PP\n"
    }
    return page + ".SH \(say(en: "SEE ALSO", zh: "另见"))\n.BR cron (8),\n.BR systemctl (1)\n"
  }

  /// A section of terms with their meanings.
  private static func section(_ heading: Wording, _ terms: [(term: String, meaning: Wording)]) -> String {
    terms.reduce(".SH \(heading.said)\n") { page, entry in
      page + ".TP\n.B \(escaped(entry.term))\n\(paragraph(entry.meaning))\n"
    }
  }

  /// roff breaks lines at spaces, which Chinese doesn't have, so its lines are broken here.
  private static func paragraph(_ words: Wording) -> String {
    if ProcessLanguage.language == .english { return escaped(words.said) }
    let lines = Wrapping.lines(of: words.said, cells: 66)
    return ".nf\n\(escaped(lines.joined(separator: "\n")))\n.fi"
  }

  private static func commands(
    of parent: any ParsableCommand.Type, named path: [String]
  ) -> [(name: String, help: String)] {
    let configuration = parent.configuration
    let all = configuration.subcommands
    return all.flatMap { command -> [(name: String, help: String)] in
      let name = path + [command._commandName]
      if !command.configuration.subcommands.isEmpty { return commands(of: command, named: name) }
      return [(name.joined(separator: " "), CommandTree.root.helpMessage(for: command, columns: 76))]
    }
  }

  /// Escapes control lines and backslashes.
  private static func escaped(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      let line = line.replacing("\\", with: "\\e").replacing("-", with: "\\-")
      return line.hasPrefix(".") || line.hasPrefix("'") ? "\\&\(line)" : String(line)
    }.joined(separator: "\n")
  }
}
