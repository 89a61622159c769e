import CQREncode
import CZlib

/// The C libraries used by the web.
package enum WebLibraries {
  /// The names and versions of those that are loaded.
  package static var versions: [(String, String)] {
    [
      ("zlib", String(cString: zlibVersion())),
      ("libqrencode", QRcode_APIVersionString().map { String(cString: $0) } ?? ""),
    ]
  }
}
