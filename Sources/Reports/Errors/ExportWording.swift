import Domain
import Operations

extension ImportStore.BadExport {
  /// What is wrong, and in which line.
  package var wording: Wording {
    let what: Wording =
      switch problem {
      case .notAnExport: Wording(en: "this isn't an export of switchlist", zh: "这不是 switchlist 的导出文件")
      case .newerVersion(let version):
        Wording(
          en: "version \(version) of the format is newer than this program; update it",
          zh: "文件格式版本 \(version) 比本程序新；请升级")
      case .unknownKinds(let kinds):
        Wording(
          en: """
            it holds events of a kind that this program doesn't know: \(kinds.map(\.quotable).joined(separator: ", ")); \
            update this program
            """,
          zh: "文件里有本程序不认识的事件类型：\(kinds.map(\.quotable).joined(separator: "、"))；请升级本程序")
      case .unreadable(let problem): Wording(en: "it can't be read: \(problem)", zh: "无法读取：\(problem)")
      case .definitionHash:
        Wording(en: "the definition was changed: its SHA-256 doesn't match", zh: "清单定义被改动过：SHA-256 不符")
      case .eventHash(let shop, let event):
        Wording(
          en: "event \(event) of '\(shop)' was changed: its hash doesn't follow from the one before",
          zh: "店铺“\(shop)”的第 \(event) 条事件被改动过：哈希与前一条不衔接")
      case .eventOrder(let shop, let event):
        Wording(
          en: "event \(event) of '\(shop)' isn't the next one; lines are missing or moved",
          zh: "店铺“\(shop)”的第 \(event) 条事件顺序不对；有行缺失或被移动")
      case .contradiction(let shop, let event, let problem):
        Wording(
          en: "event \(event) of '\(shop)' can't have happened: \(problem)",
          zh: "店铺“\(shop)”的第 \(event) 条事件不可能发生：\(problem)")
      case .truncated:
        Wording(en: "the export ends too early: its last line is missing", zh: "导出文件不完整：缺少最后一行")
      case .afterTheEnd: Wording(en: "there are lines after the end", zh: "结束行之后还有内容")
      case .lineTooLong:
        Wording(en: "it is longer than 32 MB, as no line of an export is", zh: "这一行超过 32 MB，不是导出文件的内容")
      case .wrongCount: Wording(en: "the counts at the end don't match the lines", zh: "结尾的计数与内容不符")
      }
    return Wording(en: "line \(line): \(what.en)", zh: "第 \(line) 行：\(what.zh)")
  }
}
