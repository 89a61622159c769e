import Domain
import Formats
import Operations

extension CSVTable.Fault.Problem {
  /// Why a table can't be read.
  package var wording: Wording {
    switch self {
    case .tooLarge(let most):
      Wording(
        en: "the table is larger than \(most >> 20) MB; split it", zh: "表格超过 \(most >> 20) MB；请拆分")
    case .unknownEncoding:
      Wording(
        en: "neither UTF-8, GB18030 nor UTF-16; in the spreadsheet, save as \"CSV UTF-8\"",
        zh: "不是 UTF-8、GB18030 或 UTF-16 编码；请在表格软件中另存为“CSV UTF-8”")
    case .conversionMissing: TextFileError.conversionMissing.wording
    case .tooManyMarks:
      Wording(
        en: "over \(StreamSafeText.mostMarks) accents or other marks on one letter; take them out",
        zh: "一个字上叠加了超过 \(StreamSafeText.mostMarks) 个附加符号；请去掉")
    case .tooManyCells(let most):
      Wording(en: "more than \(most) cells; is this the right file?", zh: "超过 \(most) 个单元格；文件选对了吗？")
    case .unclosedQuote: Wording(en: "a quote (\") is opened and never closed", zh: "引号（\"）没有配对")
    case .textAfterQuote:
      Wording(en: "text after a closing quote; double the quotes inside a cell", zh: "引号之后还有文字；单元格内的引号要写两个")
    case .empty: Wording(en: "the file is empty; its first line names the columns", zh: "文件是空的；第一行应是列名")
    }
  }
}

extension BadTable.Problem {
  /// What is wrong with a row or a table.
  package var wording: Wording {
    switch self {
    case .unreadable(let problem): problem.wording
    case .unknownColumn(let name, let nearest, let known):
      Wording(
        en: """
          unknown column '\(name.quotable)'\(nearest.first.map { "; did you mean '\($0)'?" } ?? ""); columns are \
          \(known.joined(separator: ","))
          """,
        zh: """
          未知的列“\(name.quotable)”\(nearest.first.map { "；是不是“\($0)”？" } ?? "")；可用的列：\
          \(known.joined(separator: ","))
          """)
    case .repeatedColumn(let name): Wording(en: "the column '\(name)' stands twice", zh: "列“\(name)”重复")
    case .unnamedColumn(let number):
      Wording(
        en: "something stands in column \(number), which the header gives no name; name it, or empty it",
        zh: "第 \(number) 列有内容，表头却没有列名；请写上列名，或清空这一列")
    case .missingColumn(let name): Wording(en: "the column '\(name)' is missing", zh: "缺少列“\(name)”")
    case .wrongCount(let count, let expected):
      Wording(en: "\(count) cells where the header has \(expected)", zh: "有 \(count) 个单元格，表头有 \(expected) 个")
    case .repeatedID(let id, let first):
      Wording(en: "the shop '\(id)' stands in line \(first) already", zh: "店铺“\(id)”在第 \(first) 行已经出现")
    case .cutNumber(let column, let cell):
      Wording(
        en: "\(column) \(Refusal.cutNumber(cell).wording.en)",
        zh: "\(column)：\(Refusal.cutNumber(cell).wording.zh)")
    case .emptyCell(let column):
      Wording(en: "'\(column)' is empty here, and is needed", zh: "这里的“\(column)”是空的，必须填写")
    case .badTime(let column, let cell, let error):
      Wording(
        en: "\(column) '\(cell.quotable)': \(error.wording.en)",
        zh: "\(column)“\(cell.quotable)”：\(error.wording.zh)")
    case .refused(let refusal): refusal.wording
    }
  }
}

extension TextFileError {
  /// Why a file can't be read as text, and what to do about it.
  package var wording: Wording {
    switch self {
    case .unknownEncoding(let line):
      Wording(
        en: "line \(line) is neither UTF-8, GB18030 nor UTF-16; save the file as UTF-8",
        zh: "第 \(line) 行不是 UTF-8、GB18030 或 UTF-16 编码；请把文件另存为 UTF-8")
    case .conversionMissing:
      Wording(
        en: """
          not UTF-8, and the system lacks the C library's conversion of GB18030 (in Debian, the package libc6); \
          save the file as UTF-8, or install it
          """,
        zh: "不是 UTF-8 编码，而系统缺少 C 库的 GB18030 转换模块（Debian 的 libc6 软件包）；请把文件另存为 UTF-8，或安装该模块")
    }
  }
}
