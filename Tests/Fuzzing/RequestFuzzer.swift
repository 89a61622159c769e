import Domain
import Formats

/// Reads any bytes as what a path or a query holds: fields, cursors, times, durations, ids, names. Nothing crashes, and
/// what is taken is within the limits and comes back when it is written.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  if let fields = try? FormDecoder.fields(bytes, most: 20) {
    precondition(fields.count <= 20)
    for (name, value) in fields {
      check(name)
      check(value)
    }
  }
  if let text = String(validating: bytes, as: UTF8.self) { check(text) }
  return 0
}

private func check(_ text: String) {
  checkCursor(text)
  checkTimes(text)
  checkTexts(text)
}

private func checkCursor(_ text: String) {
  for count in 1...4 {
    guard let parts = try? PageCursor.parts(text, count: count) else { continue }
    precondition(parts.count == count)
    // Texts are compared by their bytes: what Swift holds to be the same may be composed otherwise.
    precondition(PageCursor.text(parts).utf8.elementsEqual(text.utf8), "another cursor")
    for part in parts { checkNumber(part) }
  }
  checkNumber(text)
  if let bytes = Base64URL.bytes(of: text) {
    precondition(Base64URL.text(of: bytes).utf8.elementsEqual(text.utf8))
  }
  if let bytes = HexText.bytes(of: text) { precondition(HexText.bytes(of: HexText.of(bytes)) == bytes) }
}

private func checkNumber(_ text: String) {
  guard let number = try? PageCursor.integer(text, in: Moment.possible) else { return }
  precondition(Moment.possible ~= number)
  let moment = Moment(seconds: number)
  precondition(moment.seconds == number && moment.milliseconds / 1000 == number)
  precondition(Moment(iso8601: moment.iso8601) == moment)
}

private func checkTimes(_ text: String) {
  if let moment = Moment(iso8601: text) { precondition(moment.iso8601 == text) }
  if let time = try? TimeText(text) {
    for role in [TimeRole.happened, .begins, .ends, .shown] {
      guard let moment = try? time.moment(role, in: .utc, now: Moment(seconds: 1_793_786_400)) else {
        continue
      }
      precondition(Moment.possible ~= moment.seconds)
      // What is shown of it is read back.
      precondition((try? TimeText(Zone.utc.formatDue(moment))) != nil)
    }
  }
  guard let deadline = try? CalendarDuration(parsing: text) else { return }
  precondition(0...CalendarDuration.most(deadline.unit) ~= deadline.count)
  for start in [Moment.possible.lowerBound, 0, Moment.possible.upperBound] {
    let due = deadline.dueAt(from: Moment(seconds: start), in: .utc, calendar: nil).moment
    _ = deadline.remindAt(due: due, in: .utc, calendar: nil)
  }
}

private func checkTexts(_ text: String) {
  let composed = text.composed
  precondition(composed.composed.utf8.elementsEqual(composed.utf8), "composed twice")
  precondition(composed.isStreamSafe == text.isStreamSafe || text.isStreamSafe)
  if let id = ShopID(text) {
    precondition(id.rawValue.unicodeScalars.count <= 64)
    precondition(ShopID(id.rawValue)?.rawValue.utf8.elementsEqual(id.rawValue.utf8) == true)
  }
  for use in [TextUse.author, .shopName, .link] {
    guard let line = try? TextRules.line(text, as: use) else { continue }
    precondition(1...use.limit ~= line.unicodeScalars.count && line.isStreamSafe)
    precondition((try? TextRules.line(line, as: use))?.utf8.elementsEqual(line.utf8) == true, "taken twice")
  }
  if let reason = try? TextRules.reason(text) { precondition(reason.utf8.elementsEqual(text.utf8)) }
  precondition(text.quotable.unicodeScalars.allSatisfy(\.isPlainlyVisible))
  _ = Suggestions.one(to: text, among: ["after-switch", "店铺-1", text])
}
