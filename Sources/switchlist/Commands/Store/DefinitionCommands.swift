import ArgumentParser
import ChecklistFiles
import Domain
import FoundationEssentials
import Operations
import Reports

struct ChecklistsCommand: Command {
  static var formats: [Format] { [.text, .json] }

  static var configuration: CommandConfiguration {
    configured(
      "checklists", Wording(en: "List the checklists.", zh: "列出任务清单。"), example: "switchlist checklists")
  }

  @OptionGroup var options: SharedOptions

  func perform(_ invocation: Invocation) throws {
    let checklists = try invocation.definitions().checklists.map(\.checklist)
    switch options.format {
    case .json: try invocation.console.write(ChecklistText.json(checklists, ProcessLanguage.language))
    default:
      try invocation.console.write(
        Array(
          ChecklistText.list(checklists, ProcessLanguage.language, width: invocation.console.terminalWidth)
            .utf8))
    }
  }
}

struct LintCommand: Command {
  static var formats: [Format] { [.text, .json] }

  static var configuration: CommandConfiguration {
    configured(
      "lint", Wording(en: "Check checklists, calendars and platform files.", zh: "检查清单、日历和平台文件。"),
      details: Wording(
        en: """
          Without arguments, the whole folder of checklists. Everything that is wrong is told at once, each \
          with its line and column. Exit status 1 means that an error was found; a warning alone doesn't.
          """,
        zh: "不写参数则检查整个清单文件夹。所有问题一次列出，并指明行和列。退出状态 1 表示有错误；只有警告时为 0。"),
      example: """
        switchlist lint checklists/douyin-after-switch.yaml
        switchlist lint - < draft.yaml
        """)
  }

  @Argument(
    help: ArgumentHelp(
      sayInHelp(
        en: "Files or folders; -: standard input, as if it stood in the folder of checklists.",
        zh: "文件或文件夹；-：标准输入，当作清单文件夹里的文件。"), valueName: "path"),
    completion: .file())
  var paths: [String] = []
  @OptionGroup var options: SharedOptions

  func perform(_ invocation: Invocation) throws {
    let paths = try self.paths.isEmpty ? [invocation.checklistFolder()] : self.paths
    for path in paths where holdsNothing(path) {
      throw CommandFailure(
        Wording(
          en: "\(TerminalText.safe(path)): there are no .yaml files in this folder",
          zh: "\(TerminalText.safe(path))：这个文件夹里没有 .yaml 文件"))
    }
    let report = try lint(paths, invocation)
    let text =
      options.format == .json
      ? FindingReport.json(report.findings, in: ProcessLanguage.language)
      : FindingReport.text(
        report.findings, in: ProcessLanguage.language, colour: invocation.console.palette.isOn)
    try invocation.console.write(Array(text.utf8))
    for failure in report.failures {
      Console.toStandardError("error: \(failure.message.said)")
    }
    if !report.failures.isEmpty { throw ExitCode.refused }
    if options.format == .text {
      invocation.console.note(FindingReport.summary(report.findings).said)
    }
    if report.hasErrors { throw ExitCode.finding }
  }
}

extension LintCommand {
  private func lint(_ paths: [String], _ invocation: Invocation) throws -> LintReport {
    let (today, _) = Zone.utc.local(invocation.now)
    if !paths.contains("-") { return Lint.check(paths, today: today, zones: invocation.zones) }
    guard paths.count == 1 else {
      throw UsageFailure(
        Wording(
          en: "- is standard input, and checked alone; check the files in a command of their own",
          zh: "- 表示标准输入，只能单独检查；文件请另行检查"))
    }
    let folder = (try? invocation.checklistFolder()) ?? "."
    return Lint.check(
      try InputFile.read(nil), as: "\(folder)/-", today: today, zones: invocation.zones
    ).renamed("\(folder)/-", to: "-")
  }

  /// Whether a folder contains no definitions: a wrong path must not look as if all were well.
  private func holdsNothing(_ path: String) -> Bool {
    guard !path.hasSuffix(".yaml"), let names = try? FileManager.default.contentsOfDirectory(atPath: path)
    else { return false }
    let deeper = ["calendars", "platforms"].flatMap { folder in
      (try? FileManager.default.contentsOfDirectory(atPath: "\(path)/\(folder)")) ?? []
    }
    return !(names + deeper).contains { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }
  }
}

struct SchemaCommand: Command {
  static var formats: [Format] { [.json] }

  static var configuration: CommandConfiguration {
    configured(
      "schema",
      Wording(
        en: "Print the JSON Schema of a checklist file, for editors.", zh: "输出清单文件的 JSON Schema，供编辑器使用。"),
      example: """
        switchlist schema > checklist.schema.json
        switchlist schema calendar > calendar.schema.json
        """)
  }

  @Argument(
    help: ArgumentHelp(
      sayInHelp(
        en: "Of which file: checklist, calendar or platform.",
        zh: "哪种文件：checklist（清单）、calendar（日历）或 platform（平台）。"), valueName: "kind"))
  var kind: SchemaKind = .checklist
  @OptionGroup var options: SharedOptions

  func run() throws {
    guard options.format == .text || options.format == .json else {
      throw UsageFailure(
        Wording(en: "'schema' prints json only", zh: "“schema”只支持 json 格式"))
    }
    try performToTheEnd(try Invocation(options))
  }

  func perform(_ invocation: Invocation) throws {
    try invocation.console.write(Array(ChecklistSchema.text(of: kind, in: ProcessLanguage.language).utf8))
  }
}

extension SchemaKind: ExpressibleByArgument {
  /// Empty, because the argument's help lists the values.
  package static var allValueStrings: [String] { [] }
  /// All values.
  package static var defaultCompletionKind: CompletionKind { .list(allCases.map(\.rawValue)) }
}
