import CAssets

/// Style sheets embedded in pages.
enum StyleSheet {
  static let report = String(
    decoding: UnsafeBufferPointer(start: switchlist_report_css, count: switchlist_report_css_length),
    as: UTF8.self)
}
