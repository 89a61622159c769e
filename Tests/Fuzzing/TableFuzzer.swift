import Domain
import Formats
import Operations
import Reports

private let zones = ZoneDirectory(read: { _ in nil }, names: { ["UTC", "Asia/Shanghai"] })
private let author = try? Author(name: "Li", login: "li", channel: .web)
private let now = Moment(seconds: 1_793_498_400)

/// Reads any bytes as tables of shops and of switches: nothing crashes, what is taken is within the limits, and cells
/// that are written by our own hand come back.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  guard let table = try? CSVTable(bytes), let author else { return 0 }
  for record in table.records {
    precondition(1...CSVTable.mostCells ~= record.cells.count && record.line >= 1)
    precondition(record.cells.last?.showsNothing == false)
    precondition(record.cells.allSatisfy(\.isStreamSafe))
  }
  checkWriting(table)
  do throws(BadTable) {
    for row in try ImportShops(zones: zones, by: author, now: now).read(bytes) {
      precondition(
        (row.shop.name?.unicodeScalars.count ?? 0) <= 200 && row.shop.tags.allSatisfy { !$0.isEmpty })
    }
  } catch { check(error) }
  let definitions = Definitions(checklists: [], calendars: [:], platforms: [:])
  do throws(BadTable) {
    _ = try ImportSwitches(definitions: definitions, zones: zones, by: author, now: now).read(bytes)
  } catch { check(error) }
  return 0
}

private func check(_ bad: BadTable) {
  precondition(!bad.problems.isEmpty)
  for (line, problem) in bad.problems {
    precondition(line >= 1)
    precondition(!problem.wording.en.isEmpty && !problem.wording.zh.isEmpty)
  }
}

private func checkWriting(_ table: CSVTable) {
  var written: [UInt8] = []
  // What a terminal would obey is made visible when it is written, so it is written twice.
  let shown = table.records.map { $0.cells.map(TerminalText.withoutControls) }
  CSVWriter.append(to: &written) { csv in
    for cells in [["c"]] + shown {
      for cell in cells { csv.text(cell) }
      csv.endRow()
    }
  }
  let again = (try? CSVTable(written))?.records.map { $0.cells.map { Array($0.utf8) } }
  let wanted = shown.map { Array($0.reversed().drop(while: \.showsNothing).reversed()) }.filter {
    !$0.isEmpty
  }
  .map { $0.map { Array($0.utf8) } }
  precondition(again == wanted, "other cells")
}
