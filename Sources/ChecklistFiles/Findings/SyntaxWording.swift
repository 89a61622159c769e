import Domain
import YAMLReading

/// Rewords libyaml's syntax errors for authors of checklists.
enum SyntaxWording {
  static func wording(_ problem: String, _ context: String?, _ contextPlace: YAMLPlace?) -> Wording {
    let words =
      known[problem]
      ?? Wording(en: "this isn't valid YAML: \(problem.quotable)", zh: "这里不是合法的 YAML：\(problem.quotable)")
    guard let context, let began = contexts[context], let place = contextPlace else { return words }
    return Wording(
      en: "\(words.en) (\(began.en) began in line \(place.line), column \(place.column))",
      zh: "\(words.zh)（\(began.zh)从第 \(place.line) 行第 \(place.column) 列开始）")
  }

  private static let contexts: [String: Wording] = [
    "while parsing a block mapping": Wording(en: "the map", zh: "这个映射"),
    "while parsing a block collection": Wording(en: "the list", zh: "这个列表"),
    "while parsing a flow mapping": Wording(en: "the map", zh: "这个映射"),
    "while parsing a flow sequence": Wording(en: "the list", zh: "这个列表"),
    "while scanning a quoted scalar": Wording(en: "the quoted text", zh: "引号里的文字"),
    "while scanning a block scalar": Wording(en: "the block of text", zh: "这段文字"),
    "while scanning a simple key": Wording(en: "the key", zh: "这个键"),
  ]

  private static let known: [String: Wording] = [
    "did not find expected key": Wording(
      en: "a key such as 'title:' is expected here; check the indentation and the line above",
      zh: "这里应该是“title:”这样的键；请检查缩进和上一行"),
    "did not find expected '-' indicator": Wording(
      en: "the next '- ' of the list is expected here; check the indentation",
      zh: "这里应该是列表的下一个“- ”；请检查缩进"),
    "did not find expected ',' or ']'": Wording(
      en: "',' or ']' is expected here: the list isn't closed", zh: "这里应该是“,”或“]”：列表没有写完"),
    "did not find expected ',' or '}'": Wording(
      en: "',' or '}' is expected here: the map isn't closed", zh: "这里应该是“,”或“}”：映射没有写完"),
    "did not find expected node content": Wording(
      en: "a value is expected here; put text that begins with a special character in quotes",
      zh: "这里应该是一个值；以特殊字符开头的文字请加引号"),
    "did not find expected <document start>": Wording(
      en: "the document has ended above, and something follows; check the indentation",
      zh: "文档在前面已经结束，后面却还有内容；请检查缩进"),
    "mapping values are not allowed in this context": Wording(
      en: "a ': ' can't stand here; put text that contains it in quotes, or check the indentation",
      zh: "这里不能出现“: ”；文字里如果有它，请给整段文字加引号，或者检查缩进"),
    "mapping keys are not allowed in this context": Wording(
      en: "a key can't stand here; check the indentation", zh: "这里不能写键；请检查缩进"),
    "block sequence entries are not allowed in this context": Wording(
      en: "a '- ' can't stand here; begin the list on a line of its own",
      zh: "这里不能出现“- ”；请另起一行写列表"),
    "could not find expected ':'": Wording(
      en: "a ':' is missing after this key; write 'key: value' with a space after the colon",
      zh: "这个键后面缺少“:”；请写成“键: 值”，冒号后面有一个空格"),
    "found character that cannot start any token": Wording(
      en: "this character can't begin a value; put the text in quotes, and indent with spaces, not tabs",
      zh: "值不能以这个字符开头；请给文字加引号，缩进请用空格，不要用制表符"),
    "found a tab character that violates indentation": Wording(
      en: "there is a tab in the indentation; use spaces", zh: "缩进里有制表符；请用空格"),
    "found a tab character where an indentation space is expected": Wording(
      en: "there is a tab in the indentation; use spaces", zh: "缩进里有制表符；请用空格"),
    "found unexpected end of stream": Wording(
      en: "the file ends before the closing quote", zh: "文件结束了，引号却没有闭合"),
    "found unexpected document indicator": Wording(
      en: "the document ends before the closing quote", zh: "文档结束了，引号却没有闭合"),
    "found unknown escape character": Wording(
      en: "this escape after '\\' isn't known; in single quotes a '\\' is just a character",
      zh: "“\\”后面的转义字符无法识别；用单引号时“\\”就是普通字符"),
    "did not find expected hexdecimal number": Wording(
      en: "hexadecimal digits are expected after the '\\x', '\\u' or '\\U'",
      zh: "“\\x”“\\u”“\\U”后面应该是十六进制数字"),
    "found invalid Unicode character escape code": Wording(
      en: "this escape names no Unicode character", zh: "这个转义不是有效的 Unicode 字符"),
    "did not find expected comment or line break": Wording(
      en: "nothing but a comment may follow here; begin the text on the next line",
      zh: "这里后面只能写注释；请把文字写到下一行"),
    "did not find expected whitespace or line break": Wording(
      en: "a space or the end of the line is expected here", zh: "这里应该是空格或行尾"),
    "did not find expected alphabetic or numeric character": Wording(
      en: "a name of letters and digits is expected after '&' or '*'; put text that begins so in quotes",
      zh: "“&”或“*”后面应该是字母和数字组成的名字；以它们开头的文字请加引号"),
    "found an indentation indicator equal to 0": Wording(
      en: "the indentation after '|' or '>' is from 1 to 9", zh: "“|”或“>”后面的缩进数字是 1 到 9"),
    "found undefined tag handle": Wording(
      en: "this tag isn't known; leave it out, or put text that begins with '!' in quotes",
      zh: "未知的标签；请删掉它，以“!”开头的文字请加引号"),
    "found unknown directive name": Wording(
      en: "this line begins with '%', which YAML reserves; put the text in quotes",
      zh: "这一行以“%”开头，这是 YAML 的保留写法；文字请加引号"),
    "found incompatible YAML document": Wording(
      en: "only YAML 1.1 and 1.2 are known; leave the %YAML line out", zh: "只支持 YAML 1.1 和 1.2；请删掉 %YAML 这一行"),
    "found duplicate %YAML directive": Wording(
      en: "the %YAML line is repeated; leave it out", zh: "%YAML 这一行重复了；请删掉"),
    "found unexpected ':'": Wording(
      en: "a ':' can't stand here; put text that contains it in quotes", zh: "这里不能出现“:”；含有它的文字请加引号"),
  ]
}
