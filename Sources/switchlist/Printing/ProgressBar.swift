import Glibc

/// A progress bar on standard error, only if somebody watches it.
final class ProgressBar {
  private let total: Int
  private let isShown: Bool
  private var lastDrawn = ContinuousClock.now - .seconds(1)
  private let began = ContinuousClock.now
  private var hasDrawn = false

  init(total: Int, isShown: Bool) {
    self.total = total
    self.isShown = isShown && total > 0
  }

  /// Draws at most ten times a second, and not at all if the work takes less than half a second.
  func show(_ done: Int) {
    guard isShown else { return }
    let now = ContinuousClock.now
    guard now - began > .milliseconds(500), now - lastDrawn > .milliseconds(100) else { return }
    lastDrawn = now
    hasDrawn = true
    let percent = min(100, 100 * done / total)
    let figures = " \(percent)% \(done)/\(total)"
    let length = max(0, min(30, Console.columns(of: STDERR_FILENO) - figures.utf8.count - 1))
    let filled = percent * length / 100
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: length - filled)
    try? Console.write(Array("\r\(bar)\(figures)".utf8), to: STDERR_FILENO)
  }

  /// Erases the bar.
  func end() {
    guard hasDrawn else { return }
    hasDrawn = false
    try? Console.write(Array("\r\u{1B}[K".utf8), to: STDERR_FILENO)
  }
}
