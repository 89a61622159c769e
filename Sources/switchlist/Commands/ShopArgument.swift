import ArgumentParser
import Domain
import Foundation
import Operations
import Reports

/// One shop, or `@FILE` with a shop's id on each line (`@-`: standard input).
struct ShopArgument: ExpressibleByArgument {
  let text: String

  init?(argument: String) { text = argument }

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

  /// The ids in the file, each once, in its order; what can't be an id is given as it stands.
  func lines() throws -> [(text: String, id: ShopID?)] {
    let path = String(text.dropFirst())
    let bytes = try InputFile.read(path == "-" ? nil : path)
    guard let content = String(validating: bytes, as: UTF8.self) else {
      throw CommandFailure(
        Wording(en: "\(path): not UTF-8; save the file as UTF-8", zh: "\(path)：不是 UTF-8 编码；请另存为 UTF-8"))
    }
    let blanks = CharacterSet.whitespaces.union(CharacterSet(charactersIn: "\u{FEFF}"))
    var seen: Set<String> = []
    return content.split(whereSeparator: \.isNewline)
      .map { $0.trimmingCharacters(in: blanks) }
      .filter { !$0.isEmpty && seen.insert($0).inserted }
      .map { ($0, ShopID($0)) }
  }
}
