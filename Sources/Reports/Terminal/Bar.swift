/// A progress bar of block characters.
enum Bar {
  /// The full and the empty part. Any progress shows at least one full block, and only completion fills the
  /// bar.
  static func text(_ part: Int, of whole: Int, cells: Int) -> (full: String, empty: String) {
    let full = filled(part, of: whole, cells: cells)
    return (String(repeating: "█", count: full), String(repeating: "░", count: cells - full))
  }

  private static func filled(_ part: Int, of whole: Int, cells: Int) -> Int {
    guard whole > 0, part > 0 else { return 0 }
    guard part < whole else { return cells }
    return min(max(1, part * cells / whole), cells - 1)
  }
}
