import ArgumentParser
import ChecklistFiles
import Domain
import FoundationEssentials
import Operations
import Reports

struct DefinitionsCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "definitions",
      abstract: say(
        en: "Keep the folder of checklists in the store, for all machines.", zh: "把清单文件夹存进数据库，供所有机器使用。"),
      subcommands: [
        DefinitionsPushCommand.self, DefinitionsPullCommand.self, DefinitionsListCommand.self,
      ])
  }
}

private func count(_ files: [String: [UInt8]]) -> Wording {
  Wording(en: files.count == 1 ? "1 file" : "\(files.count) files", zh: "\(files.count) 个文件")
}

struct DefinitionsPushCommand: Command {
  static var formats: [Format] { [.text] }
  static var changesTheStore: Bool { true }
  static var configuration: CommandConfiguration {
    configured(
      "push", Wording(en: "Put a folder of checklists into the store.", zh: "把清单文件夹推送到数据库。"),
      details: Wording(
        en: """
          It is checked first: with a mistake in it nothing is pushed (exit status 1). Servers and commands with \
          --checklists store: use it from then on, servers within some seconds. Runs under way stay as they are: \
          see upgrade.
          """,
        zh: """
          先检查：有错误则不推送（退出状态 1）。之后使用 --checklists store: 的服务和命令都以它为准，服务在几秒内生效。\
          进行中的清单执行不变：见 upgrade。
          """),
      example: "switchlist definitions push checklists")
  }

  @Argument(
    help: ArgumentHelp(
      sayInHelp(en: "The folder; default: the one in use.", zh: "文件夹；默认为正在使用的清单文件夹。"), valueName: "folder"),
    completion: .directory)
  var folder: String?
  @OptionGroup var options: SharedOptions

  func perform(_ invocation: Invocation) throws {
    let path = try folder ?? invocation.checklistFolder()
    let files = try ChecklistFolder.contents(of: path)
    guard !files.isEmpty else {
      throw CommandFailure(
        Wording(
          en: "\(TerminalText.safe(path)): there are no .yaml files in this folder",
          zh: "\(TerminalText.safe(path))：这个文件夹里没有 .yaml 文件"))
    }
    let report = Lint.check([path], today: Zone.utc.local(invocation.now).date, zones: invocation.zones)
    if !report.failures.isEmpty || report.hasErrors {
      let errors = report.findings.filter { $0.severity == .error }
      Console.toStandardError(
        FindingReport.text(errors, in: ProcessLanguage.language, colour: false))
      for failure in report.failures { Console.toStandardError("error: \(failure.message.said)") }
      Console.toStandardError(
        say(en: "nothing was pushed; mend these first", zh: "未推送；请先改正以上错误"))
      throw ExitCode.finding
    }
    let push = PushDefinitions(by: try invocation.author(), now: invocation.now)
    let (pushed, isNew) = try invocation.store().write { try push(files, in: $0) }
    let digest = pushed.digest.prefix(12)
    try invocation.console.print(
      isNew
        ? say(
          en: "pushed number \(pushed.number): \(count(files).en), \(digest)",
          zh: "已推送第 \(pushed.number) 版：\(count(files).zh)，\(digest)")
        : say(
          en: "unchanged: number \(pushed.number) in the store is the same, \(digest)",
          zh: "未改变：数据库里的第 \(pushed.number) 版与此相同，\(digest)"))
  }
}

struct DefinitionsPullCommand: Command {
  static var formats: [Format] { [.text] }
  static var configuration: CommandConfiguration {
    configured(
      "pull", Wording(en: "Write the store's checklists into a folder.", zh: "把数据库里的清单取到文件夹。"),
      details: Wording(
        en: "Into a new or empty folder, so that nobody's files are overwritten.",
        zh: "只写入新的或空的文件夹，不会覆盖任何人的文件。"),
      example: "switchlist definitions pull checklists-of-today")
  }

  @Argument(
    help: ArgumentHelp(sayInHelp(en: "A new or empty folder.", zh: "新的或空的文件夹。"), valueName: "folder"),
    completion: .directory)
  var folder: String
  @Option(
    help: ArgumentHelp(
      sayInHelp(en: "Which one, by its number; default: the last.", zh: "第几版；默认为最新。"), valueName: "number"))
  var number: Int?
  @OptionGroup var options: SharedOptions

  func perform(_ invocation: Invocation) throws {
    let (pushed, files) = try invocation.store().read { reading in try wanted(in: reading) }
    if let names = try? FileManager.default.contentsOfDirectory(atPath: folder), !names.isEmpty {
      throw CommandFailure(
        Wording(
          en: "\(TerminalText.safe(folder)) isn't empty; name a new folder",
          zh: "\(TerminalText.safe(folder)) 不是空的；请另写一个新文件夹"))
    }
    for (path, content) in files.sorted(by: { $0.key < $1.key }) {
      // Whoever could write into the store must not be able to write anywhere else.
      guard
        path.split(separator: "/", omittingEmptySubsequences: false).allSatisfy({
          !["", ".", ".."].contains($0)
        })
      else { continue }
      let file = URL(fileURLWithPath: folder).appending(path: path)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      let output = try NewFile(file.path)
      var bytes = content
      try output.write(&bytes)
      try output.finish()
    }
    try invocation.console.print(
      say(
        en:
          "\(TerminalText.safe(folder)): \(count(files).en) of number \(pushed.number), \(pushed.digest.prefix(12))",
        zh:
          "\(TerminalText.safe(folder))：第 \(pushed.number) 版的 \(count(files).zh)，\(pushed.digest.prefix(12))")
    )
  }

  private func wanted(
    in reading: any StoreReading
  ) throws -> (folder: DefinitionFolder, files: [String: [UInt8]]) {
    guard let number else { return try DefinitionsInStore.current(in: reading) }
    guard let folder = try reading.definitionFolders().first(where: { $0.number == number }) else {
      throw CommandFailure(
        Wording(
          en: "there is no number \(number); see: switchlist definitions list",
          zh: "没有第 \(number) 版；查看：switchlist definitions list"))
    }
    return (folder, try reading.definitionFiles(folder.digest))
  }
}

struct DefinitionsListCommand: Command {
  static var formats: [Format] { [.text, .json] }
  static var configuration: CommandConfiguration {
    configured(
      "list", Wording(en: "List what was pushed, by whom and when.", zh: "列出推送记录：谁、何时。"),
      example: "switchlist definitions list")
  }

  @OptionGroup var options: SharedOptions

  func perform(_ invocation: Invocation) throws {
    let folders = try invocation.store().read { try $0.definitionFolders() }
    if options.format == .json { return try invocation.console.write(DefinitionFolderText.json(folders)) }
    try invocation.console.write(
      Array(
        DefinitionFolderText.list(folders, in: invocation.readersZone, ProcessLanguage.language).utf8))
  }
}
