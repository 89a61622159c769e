import ArgumentParser
import Domain
import Glibc
import Operations
import Reports

/// A command with its output formats and action.
protocol Command: ParsableCommand {
  /// The formats accepted by `--format`; the first is the default.
  static var formats: [Format] { get }
  var options: SharedOptions { get }
  /// Whether its output follows a change that has been saved.
  static var changesTheStore: Bool { get }
  /// Whether to stop once nobody reads the output.
  static var endsWithItsOutput: Bool { get }
  /// Whether the shop given may be new.
  static var namesNewShops: Bool { get }

  func perform(_ invocation: Invocation) throws
}

extension Command {
  static var formats: [Format] { [.text] }
  static var changesTheStore: Bool { false }
  static var endsWithItsOutput: Bool { false }
  static var namesNewShops: Bool { false }

  func run() throws {
    guard Self.formats.contains(options.format) else {
      let known = Self.formats.map(\.rawValue).joined(separator: ", ")
      throw UsageFailure(
        Wording(
          en: "'\(Self._commandName)' doesn't print \(options.format.rawValue); its formats are: \(known)",
          zh: "“\(Self._commandName)”不支持 \(options.format.rawValue) 格式；可用：\(known)"))
    }
    try performToTheEnd(try Invocation(options))
  }

  /// The exit status doesn't depend on whether anybody read the output; failures to write it are reported at
  /// the end.
  func performToTheEnd(_ invocation: Invocation) throws {
    invocation.console.endsWithItsOutput = Self.endsWithItsOutput
    do {
      var found: ExitCode?
      do { try perform(invocation) } catch let code as ExitCode {
        found = code
      } catch Refusal.badShopID(let text) where !Self.namesNewShops {
        // The user may have given a shop's name instead of its id.
        let near = try? invocation.store().read { try $0.nearestShops(to: text) }
        throw near.map { $0.isEmpty ? Refusal.badShopID(text) : .unknownShop(text, nearest: $0) }
          ?? Refusal.badShopID(text)
      }
      try invocation.console.finish()
      if let found { throw found }
    } catch let failure as OutputFailure where Self.changesTheStore {
      throw OutputFailure(code: failure.code, isAfterChange: true)
    }
  }

  /// A command's help: what it does, its formats, and a working example.
  static func configured(
    _ name: String, _ abstract: Wording, details: Wording? = nil, example: String
  ) -> CommandConfiguration {
    // With a super-command the parser doesn't look for its own request for completions first, which costs as much
    // as everything else that it does.
    guard HelpPage.isWanted else {
      return CommandConfiguration(commandName: name, _superCommandName: "switchlist")
    }
    let heading = say(en: "EXAMPLE:", zh: "示例：")
    let names = formats.map(\.rawValue)
    var parts: [String] = []
    if let details { parts.append(wrapped(details.said, to: 78)) }
    parts.append(
      say(
        en: "FORMATS: \(names.joined(separator: ", "))", zh: "格式：\(names.joined(separator: "、"))"))
    parts.append("\(heading)\n" + example.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n"))
    return CommandConfiguration(
      commandName: name, abstract: abstract.said, discussion: parts.joined(separator: "\n\n"))
  }
}

/// Whether to build help texts. Off for ordinary runs, since it takes longer than a tick.
enum HelpPage {
  @TaskLocal static var isWanted = true
}

/// The argument parser wraps lines by characters, but Chinese ones are two cells wide.
private func wrapped(_ text: String, to cells: Int) -> String {
  ProcessLanguage.language == .chinese ? Wrapping.lines(of: text, cells: cells).joined(separator: "\n") : text
}

/// A text for the right column of a help page.
func sayInHelp(en: String, zh: String) -> String {
  // Leaves room for the default value that the parser appends.
  wrapped(say(en: en, zh: zh), to: 38)
}

/// A text for the full width of a help page.
func sayWrapped(en: String, zh: String) -> String {
  wrapped(say(en: en, zh: zh), to: 78)
}
