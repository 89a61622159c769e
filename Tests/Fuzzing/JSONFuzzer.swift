import Domain
import Formats

/// Reads any bytes as JSON, as an event and as a definition: nothing crashes, and what is taken is the same when it is
/// written and read again.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  let isJSON = (try? JSONCursor.read(bytes) { try $0.skipValue() }) != nil
  if let value = try? JSONCursor.read(bytes, { try Value(&$0) }) {
    precondition(isJSON, "read, but not passed over")
    let written = value.canonical
    let again = try? JSONCursor.read(written) { try Value(&$0) }
    precondition(again.map(\.canonical) == written, "written twice")
  } else {
    precondition(!isJSON, "passed over, but not read")
  }
  if (try? JSONCursor.read(bytes, isUntrusted: true) { try Value(&$0) }) != nil {
    precondition(isJSON)
  }
  if let event = try? Event(canonical: bytes) {
    precondition(isJSON)
    let written = event.canonical
    precondition((try? Event(canonical: written))?.canonical == written)
  }
  if let checklist = try? Checklist(canonical: bytes) {
    precondition(isJSON)
    let written = checklist.canonical
    precondition((try? Checklist(canonical: written))?.canonical == written)
  }
  return 0
}

private indirect enum Value {
  case null
  case flag(Bool)
  case number(Int64)
  case text(String)
  case list([Value])
  case object([(String, Value)])

  init(_ cursor: inout JSONCursor) throws {
    if cursor.takeNull() {
      self = .null
    } else if let flag = cursor.takeFlag() {
      self = .flag(flag)
    } else if cursor.isAtText {
      self = .text(try cursor.string())
    } else if cursor.isAtList {
      var values: [Value] = []
      try cursor.array { values.append(try Value(&$0)) }
      self = .list(values)
    } else if cursor.isAtObject {
      var fields: [(String, Value)] = []
      try cursor.object { name, cursor in fields.append((name, try Value(&cursor))) }
      self = .object(fields)
    } else {
      self = .number(try cursor.integer())
    }
  }

  var canonical: [UInt8] {
    var json = JSONWriter(.canonical)
    write(to: &json)
    return json.bytes
  }

  private func write(to json: inout JSONWriter) {
    switch self {
    // Canonical JSON leaves out what is absent, and has flags in fields alone.
    case .null: json.value("null")
    case .flag(let flag): json.value("\(flag)")
    case .number(let number): json.value(number)
    case .text(let text): json.value(text)
    case .list(let values): json.array { json in for value in values { value.write(to: &json) } }
    case .object(let fields):
      json.object { json in
        for (name, value) in fields {
          json.key(name)
          value.write(to: &json)
        }
      }
    }
  }
}
