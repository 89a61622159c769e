import Domain
import YAMLReading

extension Draft {
  /// Describes a problem that keeps a text from being one YAML document.
  init(_ problem: YAMLProblem) {
    let (code, message) = Self.words(for: problem.kind)
    self.init(place: problem.place, severity: .error, code: code, message: message)
  }

  private static func words(for kind: YAMLProblem.Kind) -> (code: String, message: Wording) {
    switch kind {
    case .syntax(let problem, let context, let contextPlace):
      return ("yaml", SyntaxWording.wording(problem, context, contextPlace))
    case .noDocument:
      return (
        "no-document",
        Wording(
          en: "the file is empty; it must hold one document", zh: "文件是空的；里面应该有一份文档")
      )
    case .secondDocument:
      return (
        "second-document",
        Wording(
          en: "a second document begins here; a file holds just one: move this one to a file of its own",
          zh: "这里开始了第二份文档；一个文件只能有一份：请把这一份移到另一个文件")
      )
    case .unknownAlias(let name):
      return (
        "unknown-alias",
        Wording(
          en: "'*\(name.quotable)' stands for nothing; "
            + "mark what it means with '&\(name.quotable)' further up",
          zh: "“*\(name.quotable)”没有对应的内容；请在前面用“&\(name.quotable)”标出它所指的内容")
      )
    case .recursiveAlias(let name):
      return (
        "recursive-alias",
        Wording(
          en: "'*\(name.quotable)' stands inside of what it means, and would have no end; take it out",
          zh: "“*\(name.quotable)”写在它自己所指的内容里面，会没完没了；请去掉")
      )
    case .utf16, .notUTF8, .forbiddenCharacter: return encodingWords(for: kind)
    case .tooLarge, .tooDeep, .tooManyNodes, .tooMuchText, .tooManyMarks, .tooManyDirectives, .outOfMemory:
      return limitWords(for: kind)
    }
  }

  private static func encodingWords(for kind: YAMLProblem.Kind) -> (code: String, message: Wording) {
    switch kind {
    case .utf16:
      return (
        "not-utf-8",
        Wording(
          en: "the file is in UTF-16; save it as UTF-8", zh: "文件的编码是 UTF-16；请另存为 UTF-8")
      )
    case .forbiddenCharacter(let value):
      let name = Unicode.Scalar(value)?.codePoint ?? "U+\(value)"
      return (
        "control-character",
        Wording(
          en: "here stands the character \(name), which can't be seen and isn't allowed; take it out",
          zh: "这里有不可见的字符 \(name)，不允许使用；请删掉")
      )
    default:
      return (
        "not-utf-8",
        Wording(
          en: "from here on the file isn't UTF-8; save it as UTF-8", zh: "从这里开始不是 UTF-8 编码；请把文件另存为 UTF-8")
      )
    }
  }

  private static func limitWords(for kind: YAMLProblem.Kind) -> (code: String, message: Wording) {
    switch kind {
    case .tooLarge:
      ("too-large", Wording(en: "the file is over 1 MiB; split it", zh: "文件超过 1 MiB；请拆分"))
    case .tooDeep:
      (
        "too-deep",
        Wording(
          en: "lists and maps are nested over 64 deep here; a checklist needs a few levels only",
          zh: "列表和映射在这里嵌套超过了 64 层；任务清单只需要几层")
      )
    case .tooManyNodes:
      (
        "too-many-nodes",
        Wording(
          en: "the file has over 100,000 values, what aliases stand for included; split it",
          zh: "文件里的值超过了 100,000 个（别名展开后）；请拆分")
      )
    case .tooMuchText:
      (
        "too-much-text",
        Wording(
          en: "the file holds over 16 MiB of text, what aliases stand for included; use fewer aliases",
          zh: "文件的文字超过了 16 MiB（别名展开后）；请少用别名")
      )
    case .tooManyMarks:
      (
        "too-many-marks",
        Wording(
          en: "the text that begins here has over 30 accents or other marks on one letter; take them out",
          zh: "从这里开始的文字里，一个字上叠加了超过 30 个附加符号；请去掉")
      )
    case .tooManyDirectives:
      (
        "too-many-directives",
        Wording(
          en: "there are too many %TAG lines; a checklist needs none", zh: "%TAG 行太多了；任务清单一行也不需要")
      )
    default:
      ("out-of-memory", Wording(en: "there isn't enough memory to read the file", zh: "内存不足，无法读取文件"))
    }
  }
}
