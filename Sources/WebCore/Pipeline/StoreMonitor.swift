import Domain
import Operations
import ServiceLifecycle

/// Looks after what no request does: notices what other programs write to the store, tells open pages, writes down
/// what was counted, and throws out what is out of date.
package struct StoreMonitor: Service {
  package let services: WebServices

  package init(services: WebServices) {
    self.services = services
  }

  package func run() async throws {
    let telling = Task { [services] in
      for await _ in services.store.changes() { services.live.tellAll(.changed) }
    }
    defer { telling.cancel() }
    var ticks = 0
    while !Task.isShuttingDownGracefully, !Task.isCancelled {
      try? await Task.sleep(for: .seconds(1))
      ticks += 1
      if ticks % 20 == 0 { services.live.tellAll(.stillHere) }
      if ticks % 60 == 30 { await writeDown(all: false) }
      if ticks % 3600 == 60 { await removeWhatEnded() }
    }
    await writeDown(all: true)
  }

  /// - Parameter all: also of windows that haven't ended: the server does.
  func writeDown(all: Bool) async {
    await saveUses()
    let events = services.signIns.ended(by: services.dependencies.now(), all: all)
    if events.isEmpty { return }
    try? await services.maintain { transaction in
      for event in events { try transaction.log(event) }
    }
  }

  private func saveUses() async {
    let pending = services.uses.takePending()
    if pending.isEmpty { return }
    // A time that is lost is noted again at the credential's next use, an hour later.
    try? await services.maintain { transaction in
      for (credential, moment) in pending {
        switch credential {
        case .token(let number): try transaction.noteUse(ofToken: number, at: moment)
        case .link(let shop, let number): try transaction.noteUse(ofLink: number, of: shop, at: moment)
        }
      }
    }
  }

  /// Answers are kept for a month, which is longer than a phone stays offline; what was refused at the door for a
  /// quarter of a year.
  func removeWhatEnded() async {
    let now = services.dependencies.now()
    try? await services.maintain { transaction in
      try transaction.removeAnswers(keptBefore: now + -31 * 86_400)
      try transaction.removeSessions(endedBefore: now)
      try transaction.removeAuditEvents(
        of: [.signInRefused, .signInThrottled], before: now + -90 * 86_400)
    }
  }
}
