import ArgumentParser
import Domain
import Foundation

/// A command of the program: what it prints, and what it does.
protocol Command: ParsableCommand {
  /// What `--format` may say; the first is usual.
  static var formats: [Format] { get }
  var options: SharedOptions { get }
  /// Whether what it prints comes after a change that was saved.
  static var changesTheStore: Bool { get }

  func perform(_ session: Session) throws
}

extension Command {
  static var formats: [Format] { [.text] }
  static var changesTheStore: Bool { false }

  func run() throws {
    guard Self.formats.contains(options.format) else {
      let known = Self.formats.map(\.rawValue).joined(separator: ", ")
      throw UsageFailure(
        Wording(
          en: "'\(Self._commandName)' doesn't print \(options.format.rawValue); its formats are: \(known)",
          zh: "“\(Self._commandName)”不支持 \(options.format.rawValue) 格式；可用：\(known)"))
    }
    let session = try Session(options)
    do { try perform(session) } catch let failure as OutputFailure where Self.changesTheStore {
      throw OutputFailure(code: failure.code, isAfterChange: true)
    }
  }

  /// A command's page of help: what it does, its formats, and an example that works.
  static func configured(
    _ name: String, _ abstract: Wording, details: Wording? = nil, example: String
  ) -> CommandConfiguration {
    let heading = say(en: "EXAMPLE:", zh: "示例：")
    let formatsHeading = say(en: "FORMATS:", zh: "格式：")
    var parts: [String] = []
    if let details { parts.append(details.said) }
    parts.append("\(formatsHeading) \(formats.map(\.rawValue).joined(separator: ", "))")
    parts.append("\(heading)\n" + example.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n"))
    return CommandConfiguration(
      commandName: name, abstract: abstract.said, discussion: parts.joined(separator: "\n\n"))
  }
}
