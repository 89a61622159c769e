import Domain
import Foundation
import Reports
import TestSupport
import Testing

/// The cells of a text's widest line.
func widest(_ text: String) -> Int {
  text.split(separator: "\n").map { DisplayWidth.of($0) }.max() ?? 0
}

/// Whether a terminal would find something to obey other than line breaks.
func obeysControls(_ text: String) -> Bool {
  text.unicodeScalars.contains { ($0.value < 0x20 && $0 != "\n") || 0x7F..<0xA0 ~= $0.value }
}

/// JSON like the snapshot's, which another parser understands and which a terminal doesn't obey.
func expectJSON(_ bytes: [UInt8], _ name: String, filePath: String = #filePath) throws {
  let text = String(decoding: bytes, as: UTF8.self)
  try expectSnapshot(text, name, filePath: filePath)
  #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(bytes)) }
  #expect(!obeysControls(text))
}
