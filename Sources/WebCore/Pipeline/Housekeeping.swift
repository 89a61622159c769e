import Domain
import Operations
import ServiceLifecycle

/// Background work: detects other programs' writes to the store, notifies open pages, writes collected uses
/// and log entries, and removes what has expired.
package struct Housekeeping: Service {
  package let services: WebServices

  package init(services: WebServices) {
    self.services = services
  }

  package func run() async throws {
    let telling = Task { [services] in
      for await _ in services.store.changes() { services.live.tellAll(.changed) }
    }
    defer { telling.cancel() }
    var seconds = 0
    while !Task.isShuttingDownGracefully, !Task.isCancelled {
      try? await Task.sleep(for: .seconds(1))
      seconds += 1
      // Proxies end a connection on which nothing is sent for a while.
      if seconds % 20 == 0 { services.live.tellAll(.stillHere) }
      if seconds % 60 == 30 { await writeDown(all: false) }
      if seconds % 3600 == 60 { await removeWhatEnded() }
    }
    await writeDown(all: true)
  }

  /// - Parameter all: includes windows that haven't ended, as the server is stopping.
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
    // A lost time is recorded again at the credential's next use, an hour later.
    try? await services.maintain { transaction in
      for (credential, moment) in pending {
        switch credential {
        case .token(let number): try transaction.noteUse(ofToken: number, at: moment)
        case .link(let shop, let number): try transaction.noteUse(ofLink: number, of: shop, at: moment)
        }
      }
    }
  }

  func removeWhatEnded() async {
    let now = services.dependencies.now()
    try? await services.maintain { transaction in
      try transaction.removeAnswers(keptBefore: now + -Retention.answers)
      try transaction.removeSessions(endedBefore: now)
      try transaction.removeAuditEvents(
        of: [.signInRefused, .signInThrottled], before: now + -Retention.refusedSignIns)
    }
  }
}
