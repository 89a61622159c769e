import CAssets

/// The styles that pages carry inside them.
enum StyleSheet {
  static let report = String(
    decoding: UnsafeBufferPointer(start: switchlist_report_css, count: switchlist_report_css_length),
    as: UTF8.self)
}
