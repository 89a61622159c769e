import CQREncode
import CZlib

/// The C libraries that pages are made with.
package enum WebLibraries {
  /// Names and versions of those that are loaded.
  package static var versions: [(String, String)] {
    [
      ("zlib", String(cString: zlibVersion())),
      ("libqrencode", QRcode_APIVersionString().map { String(cString: $0) } ?? ""),
    ]
  }
}
