import CQREncode
import CZlib

/// The C libraries that pages are made with.
public enum WebLibraries {
  /// Names and versions of those that are loaded.
  public static var versions: [(String, String)] {
    [
      ("zlib", String(cString: zlibVersion())),
      ("libqrencode", QRcode_APIVersionString().map { String(cString: $0) } ?? ""),
    ]
  }
}
