import Domain
import Operations
import ServiceLifecycle

/// Notices what other programs write to the store, tells open pages, and throws out what is out of date.
struct StoreWatch: Service {
  let books: Books

  func run() async throws {
    var last = try? books.parts.version()
    var ticks = 0
    while !Task.isShuttingDownGracefully, !Task.isCancelled {
      try? await Task.sleep(for: .seconds(1))
      if let version = try? books.parts.version(), version != last {
        last = version
        books.live.tellAll(.changed)
      }
      ticks += 1
      if ticks % 20 == 0 { books.live.tellAll(.stillHere) }
      if ticks % 3600 == 60 { await removeWhatEnded() }
    }
  }

  /// Answers are kept for a month, which is longer than a phone stays offline.
  private func removeWhatEnded() async {
    let now = books.parts.now()
    try? await books.maintain { transaction in
      try transaction.removeAnswers(keptBefore: now + -31 * 86_400)
      try transaction.removeSessions(endedBefore: now)
    }
  }
}
