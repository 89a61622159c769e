import Dispatch
import Domain
import Operations
import Synchronization

/// Lets changes that arrive together share a transaction, so that they share one wait for the disk. Each is
/// reported only once it is durable.
final class GroupCommit: Sendable {
  private struct Job: Sendable {
    /// Of the one shop that it changes.
    let shop: ShopID?
    let change: @Sendable (any StoreWriting) throws -> Void
    /// Called when what it did was undone, and it will run again later.
    let undone: @Sendable () -> Void
    /// Called once the change is durable, or with the error.
    let completion: @Sendable ((any Error)?) -> Void
  }

  private struct Waiting {
    var jobs: [Job] = []
    /// The lanes on which nothing is being committed.
    var free: [Int]

    func isDraining(_ lanes: Int) -> Bool { free.count < lanes }
  }

  private let store: any ShopStore
  /// For changes that had to wait too long for somebody else's lock; nil where nobody else locks.
  private let patient: (any ShopStore)?
  private let patientQueue = DispatchQueue(label: "switchlist.locked", qos: .userInitiated)
  /// One for each transaction that may run at a time. Serial queues have threads of their own, however many of the others
  /// wait.
  private let queues: [DispatchQueue]
  private let lanes: Int
  private let waiting: Mutex<Waiting>
  private let monotonicMilliseconds: @Sendable () -> Int64
  private let committed: @Sendable (_ changes: Int) -> Void

  /// - Parameter monotonicMilliseconds: a monotonic clock, to measure how long a transaction has been open.
  /// - Parameter committed: called after each transaction, with the number of changes in it.
  /// - Parameter lanes: how many transactions may run side by side.
  /// - Parameter patient: for changes that waited too long for a lock in a shared transaction, and go on singly.
  init(
    store: any ShopStore, patient: (any ShopStore)? = nil, lanes: Int = 1,
    monotonicMilliseconds: @escaping @Sendable () -> Int64,
    committed: @escaping @Sendable (Int) -> Void
  ) {
    self.store = store
    self.patient = patient
    self.lanes = lanes
    waiting = Mutex(Waiting(free: Array(0..<lanes)))
    queues = (0..<lanes).map { _ in DispatchQueue(label: "switchlist.writer", qos: .userInitiated) }
    self.monotonicMilliseconds = monotonicMilliseconds
    self.committed = committed
  }

  /// Returns the change's result once it is durable. Throws what the change threw, or a `StoreError`.
  ///
  /// The body may run twice: if a shared transaction fails as a whole, each of its changes is retried on its
  /// own.
  func callAsFunction<Output: Sendable>(
    _ body: @escaping @Sendable (any StoreWriting) throws -> Output
  ) async throws -> Output {
    try await withCheckedThrowingContinuation { continuation in
      submit(body) { continuation.resume(with: $0) }
    }
  }

  /// - Parameter shop: the one shop that it changes; nil: several, or none.
  /// - Parameter undone: called when what the body did was undone, and it will run again later.
  /// - Parameter completion: called once the change is durable, or with why it isn't.
  func submit<Output: Sendable>(
    of shop: ShopID? = nil, _ body: @escaping @Sendable (any StoreWriting) throws -> Output,
    undone: @escaping @Sendable () -> Void = {},
    completion: @escaping @Sendable (Result<Output, any Error>) -> Void
  ) {
    let result = Box<Output>()
    add(
      Job(
        shop: shop,
        change: { transaction in
          let value = try body(transaction)
          result.output.withLock { $0 = value }
        },
        undone: undone,
        completion: { error in
          if let error { return completion(.failure(error)) }
          guard let value = result.output.withLock({ $0 }) else { return }
          completion(.success(value))
        }))
  }

  /// The number of changes waiting for the next transaction.
  var waitingCount: Int { waiting.withLock { $0.jobs.count } }

  /// Whether a transaction is running or about to, with no change waiting after it.
  var isBusy: Bool { waiting.withLock { $0.isDraining(lanes) && $0.jobs.isEmpty } }

  private func add(_ job: Job) {
    let lane = waiting.withLock { waiting in
      waiting.jobs.append(job)
      return waiting.free.popLast()
    }
    if let lane { queues[lane].async { self.drain(lane) } }
  }

  private func drain(_ lane: Int) {
    while true {
      let jobs = waiting.withLock { waiting -> [Job] in
        if waiting.jobs.isEmpty { waiting.free.append(lane) }
        // What has come together is shared out among the lanes.
        let share = (waiting.jobs.count + lanes - 1) / lanes
        defer { waiting.jobs.removeFirst(share) }
        return Array(waiting.jobs.prefix(share))
      }
      if jobs.isEmpty { return }
      // Whoever locks several shops locks them in the same order, so that no two wait for each other.
      var rest = (lanes > 1 ? Self.inLockOrder(jobs) : jobs)[...]
      while !rest.isEmpty { commit(&rest) }
    }
  }

  private static func inLockOrder(_ jobs: [Job]) -> [Job] {
    let ordered = jobs.enumerated().sorted { one, other in
      switch (one.element.shop?.rawValue, other.element.shop?.rawValue) {
      case (let left?, let right?) where left != right: left < right
      case (_?, nil): true
      case (nil, _?): false
      default: one.offset < other.offset
      }
    }
    return ordered.map(\.element)
  }

  /// Commits as many changes as fit into about 100 ms.
  ///
  /// A savepoint for each costs a copy of every page that is written, so the changes first run without: most of the
  /// time none is refused. When one is, the transaction is undone and all run once more, each in a savepoint.
  private func commit(_ rest: inout ArraySlice<Job>) {
    var outcomes: [(Job, (any Error)?)] = []
    do {
      do {
        try run(rest, outcomes: &outcomes, inSavepoints: false)
      } catch let refused as Refused {
        if rest.count == 1 {
          rest.removeFirst().completion(refused.error)
          return
        }
        try run(rest, outcomes: &outcomes, inSavepoints: true)
      }
      rest = rest.dropFirst(outcomes.count)
      committed(outcomes.count { $0.1 == nil })
      for (job, error) in outcomes { job.completion(error) }
    } catch StoreError.outcomeUnknown(let path) {
      // They may have been committed, so none of them may run again.
      rest = rest.dropFirst(outcomes.count)
      for (job, refusal) in outcomes { job.completion(refusal ?? StoreError.outcomeUnknown(path: path)) }
    } catch StoreError.locked where patient != nil {
      // The others go on without the one that waits for somebody's lock.
      let blocked = rest.startIndex + min(outcomes.count, rest.count - 1)
      for job in rest { job.undone() }
      wait(for: rest[blocked])
      rest = rest[..<blocked] + rest[(blocked + 1)...]
    } catch {
      commitSingly(&rest, first: outcomes.count + 1, error)
    }
  }

  /// Runs a change by itself, with as much patience for locks as the store has.
  private func wait(for job: Job) {
    guard let patient else { return }
    patientQueue.async { [committed] in
      do {
        try patient.write { try job.change($0) }
        committed(1)
        job.completion(nil)
      } catch { job.completion(error) }
    }
  }

  /// A change failed that shares a transaction without savepoints.
  private struct Refused: Error {
    let error: any Error
  }

  private func run(
    _ jobs: ArraySlice<Job>, outcomes: inout [(Job, (any Error)?)], inSavepoints: Bool
  ) throws {
    try store.write { transaction in
      outcomes = []
      let opened = monotonicMilliseconds()
      for job in jobs {
        do {
          if inSavepoints {
            try transaction.nested { try job.change(transaction) }
          } else {
            try job.change(transaction)
          }
          outcomes.append((job, nil))
        } catch let error where !error.failsTransaction {
          if !inSavepoints { throw Refused(error: error) }
          outcomes.append((job, error))
        }
        if monotonicMilliseconds() - opened >= 100 { break }
      }
    }
  }

  /// Retries changes singly after a shared transaction failed as a whole, to find out which one is to blame.
  private func commitSingly(_ rest: inout ArraySlice<Job>, first count: Int, _ error: any Error) {
    let jobs = rest.prefix(count)
    rest = rest.dropFirst(count)
    if jobs.count == 1 {
      jobs.first?.completion(error)
      return
    }
    for job in jobs {
      do {
        try store.write { try job.change($0) }
        committed(1)
        job.completion(nil)
      } catch { job.completion(error) }
    }
  }
}

/// What a change gave; the last time, if it has run more than once.
private final class Box<Output: Sendable>: Sendable {
  let output = Mutex<Output?>(nil)
}
