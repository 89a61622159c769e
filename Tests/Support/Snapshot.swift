import Foundation
import Testing

/// Compares a text with a file in `__snapshots__` beside the test, which a reviewer reads as what people
/// will see. With `SWITCHLIST_RECORD=1` the file is written instead.
public func expectSnapshot(
  _ text: String, _ name: String, filePath: String = #filePath,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let folder = URL(filePath: filePath).deletingLastPathComponent().appending(path: "__snapshots__")
  let file = folder.appending(path: name)
  if ProcessInfo.processInfo.environment["SWITCHLIST_RECORD"] == "1" {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
    return
  }
  let recorded = (try? Data(contentsOf: file)).map { String(decoding: $0, as: UTF8.self) }
  guard let recorded else {
    Issue.record("no snapshot \(name); SWITCHLIST_RECORD=1 writes it", sourceLocation: sourceLocation)
    return
  }
  guard !recorded.utf8.elementsEqual(text.utf8) else { return }
  let difference = firstDifference(recorded, text)
  Issue.record("\(name) \(difference); SWITCHLIST_RECORD=1 rewrites it", sourceLocation: sourceLocation)
}

/// The first line in which two texts differ, both ways.
private func firstDifference(_ recorded: String, _ text: String) -> String {
  let old = recorded.split(separator: "\n", omittingEmptySubsequences: false)
  let new = text.split(separator: "\n", omittingEmptySubsequences: false)
  let line = zip(old, new).prefix { $0 == $1 }.count
  func shown(_ lines: [Substring]) -> String {
    line < lines.count ? String(reflecting: String(lines[line])) : "nothing"
  }
  return "differs in line \(line + 1):\n  recorded \(shown(old))\n  now      \(shown(new))"
}
