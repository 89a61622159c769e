import Formats

/// Checks texts that are used outside of runs; throws the same refusals as a run.
package enum TextRules {
  package static func reason(_ text: String) throws(Refusal) -> String {
    try MultilineText.check(text, as: .reason)
  }

  /// Trims and normalizes (NFC) one line.
  package static func line(_ text: String, as use: TextUse) throws(Refusal) -> String {
    try SingleLineText.check(text, as: use)
  }
}

/// One line: trimmed, normalized (NFC), not empty, without control characters.
enum SingleLineText {
  static func check(_ text: String, as use: TextUse) throws(Refusal) -> String {
    // Before the costly steps. White space around the text isn't counted, but nobody types this much of it.
    if text.utf8.count > 16 * use.limit + 4096 {
      throw .textTooLong(use, count: text.unicodeScalars.count, limit: use.limit)
    }
    try checkMarks(of: text, as: use)
    let trimmed = text.trimmedAndComposed
    try check(scalarsOf: trimmed, as: use) { _ in false }
    if use == .account, CutNumber.isRounded(trimmed) { throw .cutNumber(trimmed) }
    return trimmed
  }

  static func checkMarks(of text: String, as use: TextUse) throws(Refusal) {
    if text.isStreamSafe { return }
    throw .tooManyMarks(in: use, at: StreamSafeText.firstExcess(in: text.unicodeScalars) ?? 0)
  }

  static func check(
    scalarsOf text: String, as use: TextUse, allowing isAllowed: (Unicode.Scalar) -> Bool
  ) throws(Refusal) {
    var count = 0
    for scalar in text.unicodeScalars {
      count += 1
      if scalar.isControl, !isAllowed(scalar) {
        throw .controlCharacter(in: use, scalar: scalar.value, at: count)
      }
    }
    if count == 0 { throw .emptyText(use) }
    if count > use.limit { throw .textTooLong(use, count: count, limit: use.limit) }
  }
}

/// Any number of lines, kept exactly as given. The only control characters allowed are tabs and line ends.
enum MultilineText {
  static func check(_ text: String, as use: TextUse) throws(Refusal) -> String {
    if text.isBlank { throw .emptyText(use) }
    try SingleLineText.checkMarks(of: text, as: use)
    try SingleLineText.check(scalarsOf: text, as: use) { $0 == "\n" || $0 == "\t" || $0 == "\r" }
    return text
  }
}
