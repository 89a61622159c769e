import CQREncode
import Domain
import Formats
import Reports
import WebCore

enum QRCode {
  /// An SVG with the quiet zone of four modules that readers need; nil if the URL is too long.
  static func picture(of address: String, label: String) -> HTML? {
    guard let code = QRcode_encodeString8bit(address, 0, QR_ECLEVEL_M) else { return nil }
    defer { QRcode_free(code) }
    let width = Int(code.pointee.width)
    var path = ""
    for row in 0..<width {
      var column = 0
      while column < width {
        let start = column
        while column < width, code.pointee.data[row * width + column] & 1 == 1 { column += 1 }
        if column > start { path += "M\(start + 4) \(row + 4)h\(column - start)v1h-\(column - start)z" }
        column += 1
      }
    }
    let size = width + 8
    return """
      <svg class="qr" viewBox="0 0 \(size) \(size)" role="img" aria-label="\(label)" shape-rendering="crispEdges">\
      <rect width="\(size)" height="\(size)" fill="#fff"/><path d="\(path)" fill="#000"/></svg>
      """
  }
}
