import ArgumentParser
import Domain

/// An output format. A command's help lists those it supports.
enum Format: String, ExpressibleByArgument, CaseIterable {
  case text
  case markdown
  case html
  case csv
  case json
  case nagios
  case prometheus

  /// Empty, because each command's help has its own list.
  static var allValueStrings: [String] { [] }
  static var defaultCompletionKind: CompletionKind { Completing.formats }
}

enum SpokenLanguage: String, ExpressibleByArgument, CaseIterable {
  /// Empty, because the option's help lists the values.
  static var allValueStrings: [String] { [] }
  static var defaultCompletionKind: CompletionKind { .list(allCases.map(\.rawValue)) }

  case zh
  case en

  init?(argument: String) {
    guard let language = Language(tag: argument) else { return nil }
    self = language == .chinese ? .zh : .en
  }
}

/// The options of every command.
struct SharedOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      sayInHelp(
        en: "The store: a path or sqlite:PATH. (variable: SWITCHLIST_STORE)",
        zh: "数据库：路径或 sqlite:路径。（环境变量：SWITCHLIST_STORE）"),
      valueName: "url"), completion: .file())
  var store: String?

  @Option(
    help: ArgumentHelp(
      sayInHelp(
        en:
          "The folder of checklists; store: for the one in the store. (variable: SWITCHLIST_CHECKLISTS; default: ./checklists)",
        zh: "清单文件夹；store: 表示数据库里的清单。（环境变量：SWITCHLIST_CHECKLISTS；默认：./checklists）"),
      valueName: "dir"), completion: .directory)
  var checklists: String?

  @Option(
    name: .customLong("as"),
    help: ArgumentHelp(
      sayInHelp(
        en: "Who does it. (variable: SWITCHLIST_ACTOR; default: the login name)",
        zh: "操作人。（环境变量：SWITCHLIST_ACTOR；默认：登录名）"),
      valueName: "name"))
  var author: String?

  @Flag(
    name: .customLong("as-lead"),
    help: ArgumentHelp(
      sayInHelp(en: "Act as a lead, who may skip what is critical.", zh: "以主管身份操作，可以跳过关键任务。")))
  var asLead = false

  @Option(
    help: ArgumentHelp(
      sayInHelp(
        en: "Take this moment for now, such as 2026-11-20T10:00+08:00. (variable: SWITCHLIST_NOW)",
        zh: "把这个时刻当作现在，如 2026-11-20T10:00+08:00。（环境变量：SWITCHLIST_NOW）"),
      valueName: "time"))
  var now: String?

  @Option(
    help: ArgumentHelp(
      sayInHelp(
        en: "The language: zh or en. (variable: SWITCHLIST_LANG)", zh: "语言：zh 或 en。（环境变量：SWITCHLIST_LANG）"),
      valueName: "lang"))
  var lang: SpokenLanguage?

  @Option(
    help: ArgumentHelp(
      sayInHelp(
        en: "Colour: auto, always or never. (variable: NO_COLOR)",
        zh: "颜色：auto（自动）、always（总是）或 never（从不）。（环境变量：NO_COLOR）"),
      valueName: "when"))
  var color: ColorChoice = .auto

  @Option(
    help: ArgumentHelp(
      sayInHelp(en: "What to print; see the command's formats above.", zh: "输出格式；可用的格式见上文。"),
      valueName: "format"))
  var format: Format = .text
}
