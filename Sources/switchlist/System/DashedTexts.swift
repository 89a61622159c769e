/// Texts that begin with `-`, as people write them (`--note "-3 件"`), in the form in which the argument parser takes
/// them: it takes whatever begins so for an option.
enum DashedTexts {
  /// All options that have no value; a test compares them with the commands' own.
  static let flags: Set<String> = [
    "again", "all", "archived", "as-lead", "cooling", "critical", "dry-run", "help", "matrix", "no-bom",
    "override",
    "revoke", "serve", "verify", "version",
  ]

  /// After an option that needs a value, a text is joined to it by `=`; what stands alone goes to the end, behind `--`.
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

  /// Whether it can't be an option: those begin with letters and have no white space in their names.
  private static func isText(_ argument: String) -> Bool {
    guard argument.hasPrefix("-"), argument != "-", argument != "--" else { return false }
    let name = argument.prefix { $0 != "=" }.drop { $0 == "-" }
    guard let first = name.unicodeScalars.first else { return true }
    return !(first.isASCII && first.properties.isAlphabetic) || name.contains(where: \.isWhitespace)
  }
}
