import Domain
import Operations
import ServiceLifecycle

/// Looks after what no request does: notices what other programs write to the store, tells open pages, writes down
/// what was counted, and throws out what is out of date.
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
      if ticks % 60 == 30 { await writeDown(all: false) }
      if ticks % 3600 == 60 { await removeWhatEnded() }
    }
    await writeDown(all: true)
  }

  /// - Parameter all: also of windows that haven't ended: the server does.
  func writeDown(all: Bool) async {
    await books.uses.save(books)
    let events = books.signIns.ended(by: books.parts.now(), all: all)
    if events.isEmpty { return }
    try? await books.maintain { transaction in
      for event in events { try transaction.log(event) }
    }
  }

  /// Answers are kept for a month, which is longer than a phone stays offline; what was refused at the door for a
  /// quarter of a year.
  func removeWhatEnded() async {
    let now = books.parts.now()
    try? await books.maintain { transaction in
      try transaction.removeAnswers(keptBefore: now + -31 * 86_400)
      try transaction.removeSessions(endedBefore: now)
      try transaction.removeAccessEvents(
        of: [.signInRefused, .signInThrottled], before: now + -90 * 86_400)
    }
  }
}
