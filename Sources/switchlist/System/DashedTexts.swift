/// Rewrites texts that begin with `-` (`--note "-3 件"`) into a form that the argument parser accepts, since
/// it takes anything with a dash for an option.
enum DashedTexts {
  /// All options without a value; a test compares them with the commands'.
  static let flags: Set<String> = [
    "again", "all", "archived", "as-lead", "cooling", "critical", "dry-run", "help", "matrix", "no-bom",
    "override",
    "revoke", "serve", "verify", "version", "repair",
  ]

  /// Joins a text to the option before it by `=` if that takes a value; other texts move to the end, after
  /// `--`.
  static func joined(_ arguments: [String]) -> [String] {
    guard arguments.contains(where: isText) else { return arguments }
    let end = arguments.firstIndex(of: "--") ?? arguments.endIndex
    var options: [String] = []
    var texts: [String] = []
    for argument in arguments[..<end] {
      guard isText(argument) else {
        options.append(argument)
        continue
      }
      if let last = options.last, needsValue(last) {
        options[options.count - 1] = "\(last)=\(argument)"
      } else {
        texts.append(argument)
      }
    }
    let rest = texts + arguments[end...].dropFirst()
    return rest.isEmpty ? options : options + ["--"] + rest
  }

  private static func needsValue(_ argument: String) -> Bool {
    argument.hasPrefix("--") && !argument.contains("=") && !flags.contains(String(argument.dropFirst(2)))
  }

  /// Whether it can't be an option, whose name begins with a letter and has no white space.
  private static func isText(_ argument: String) -> Bool {
    guard argument.hasPrefix("-"), argument != "-", argument != "--" else { return false }
    let name = argument.prefix { $0 != "=" }.drop { $0 == "-" }
    guard let first = name.unicodeScalars.first else { return true }
    return !(first.isASCII && first.properties.isAlphabetic) || name.contains(where: \.isWhitespace)
  }
}
