import ArgumentParser
import Domain
import Formats
import Operations
import Reports

/// One shop, or `@FILE` with a shop's id per line (`@-`: standard input).
struct ShopArgument: ExpressibleByArgument {
  let text: String

  init?(argument: String) { text = argument }

  static var defaultCompletionKind: CompletionKind { Completing.shops }

  static var help: ArgumentHelp {
    ArgumentHelp(
      sayInHelp(
        en: "The shop's id; or @FILE, a file with an id on each line (@-: standard input).",
        zh: "店铺编号；或 @文件：每行一个编号（@-：标准输入）。"),
      valueName: "shop")
  }

  var isFile: Bool { text.hasPrefix("@") }

  /// Throws `Refusal.badShopID`.
  func single() throws -> ShopID {
    guard let id = ShopID(text) else { throw Refusal.badShopID(text) }
    return id
  }

  /// The ids in the file, in order and without duplicates; `id` is nil for an invalid one.
  func lines() throws -> [(text: String, id: ShopID?)] {
    let path = String(text.dropFirst())
    let bytes = try InputFile.read(path == "-" ? nil : path)
    let content: ArraySlice<UInt8>
    do throws(TextFileError) { content = try TextFileDecoder.utf8(bytes) } catch {
      let (name, why) = (TerminalText.safe(path), error.wording)
      throw CommandFailure(Wording(en: "\(name): \(why.en)", zh: "\(name)：\(why.zh)"))
    }
    var seen: Set<String> = []
    return String(decoding: content, as: UTF8.self).split(whereSeparator: \.isNewline)
      .map { String($0).trimmedAndComposed }
      .filter { !$0.isEmpty && seen.insert($0).inserted }
      .map { ($0, ShopID($0)) }
  }

  /// As `lines()`, where a shop's id may be followed by white space and an account.
  func linesWithAccounts() throws -> [(text: String, id: ShopID?, account: String?)] {
    try lines().map { line in
      let words = line.text.split(maxSplits: 1, whereSeparator: \.isWhitespace).map(String.init)
      return (words.first ?? line.text, words.first.flatMap { ShopID($0) }, words.count > 1 ? words[1] : nil)
    }
  }
}
