import ChecklistFiles
import Domain

/// Knows UTC alone: what zone files hold is none of this fuzzer's business.
private let zones = ZoneDirectory(read: { _ in nil }, names: { ["UTC", "Asia/Shanghai"] })

/// What a fuzzed checklist may extend.
private let bases = [
  Checklist(
    id: ChecklistID(trusted: "base"), title: LocalizedText("Base"),
    items: [
      ChecklistItem(id: ItemID(trusted: "a"), title: LocalizedText("A")),
      ChecklistItem(
        id: ItemID(trusted: "b"), title: LocalizedText("B"), needs: [ItemID(trusted: "a")]),
    ])
]

/// Reads any bytes as a checklist, as a calendar and as a platform's rules: nothing crashes, and what is said
/// of them holds.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  let checklist = DefinitionText.checklist(
    bytes, file: "fuzz.yaml", calendars: ["cn"], zones: zones, bases: bases)
  check(checklist.findings, of: bytes, isUsable: checklist.checklist != nil)
  if let checklist = checklist.checklist { check(checklist) }
  let today = CivilDate(dayNumber: 20_780)
  let calendar = DefinitionText.calendar(bytes, file: "cn.yaml", today: today)
  check(calendar.findings, of: bytes, isUsable: calendar.calendar != nil)
  let platform = DefinitionText.platform(bytes, file: "douyin.yaml", today: today, zones: zones)
  check(platform.findings, of: bytes, isUsable: platform.rules != nil)
  if let rules = platform.rules { check(rules) }
  return 0
}

private func check(_ findings: [Finding], of bytes: [UInt8], isUsable: Bool) {
  precondition(isUsable != findings.contains { $0.severity == .error })
  let lengths = lineLengths(bytes)
  var last = (line: 1, column: 1)
  for finding in findings {
    precondition((finding.line, finding.column) >= last, "not sorted")
    last = (finding.line, finding.column)
    // What is missing at the end of a text stands at the end of its last line or on the next one.
    let length = finding.line <= lengths.count ? lengths[finding.line - 1] : 0
    precondition(finding.line <= lengths.count + 1 && finding.column <= length + 1, "outside of the text")
    precondition(isPrintable(finding.message.en) && isPrintable(finding.message.zh))
    if let excerpt = finding.excerpt {
      precondition(isPrintable(excerpt.text) && excerpt.cellsBefore <= 2 * length + 4 * 140)
    }
  }
  let text = FindingReport.text(findings, in: .chinese)
  precondition(text.unicodeScalars.allSatisfy { $0 == "\n" || $0.isPlainlyVisible })
  _ = FindingReport.json(findings, in: .english)
}

private func check(_ checklist: Checklist) {
  precondition(1...500 ~= checklist.items.count)
  let ids = Set(checklist.items.map(\.id))
  precondition(ids.count == checklist.items.count)
  for item in checklist.items {
    precondition(item.needs.allSatisfy { ids.contains($0) && $0 != item.id })
    precondition((item.remind + item.escalate).allSatisfy { !$0.before })
    precondition(item.standsFor != .cooled)
    precondition(!item.title(.chinese).isEmpty && !item.title(.english).isEmpty)
  }
}

private func check(_ rules: PlatformRules) {
  precondition(Set(rules.requires).count == rules.requires.count)
  let waits = [rules.coolDown?.usual, rules.coolDown?.most, rules.betweenSwitches].compactMap { $0 }
  precondition(waits.allSatisfy { !$0.before && $0.time == nil && $0.unit != .workdays })
  let names = PlatformRules.Rule.allCases.map(\.rawValue) + rules.requires
  precondition(rules.texts.keys.allSatisfy { names.contains($0) })
  precondition(rules.places.values.allSatisfy { $0.line >= 1 && $0.column >= 1 })
}

private func isPrintable(_ text: String) -> Bool {
  !text.isEmpty && text.unicodeScalars.allSatisfy(\.isPlainlyVisible)
}

/// How many characters each line has, where bytes that aren't UTF-8 count at least as much as they are
/// counted in findings.
private func lineLengths(_ bytes: [UInt8]) -> [Int] {
  var lengths = [0]
  for (offset, byte) in bytes.enumerated() {
    let rest = bytes[offset...]
    let endsLine = byte == 0x0A || byte == 0x0D && !rest.starts(with: [0x0D, 0x0A])
    if endsLine {
      lengths.append(0)
    } else if byte & 0xC0 != 0x80 {
      lengths[lengths.count - 1] += 1
    }
  }
  return lengths
}
