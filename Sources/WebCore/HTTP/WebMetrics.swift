import Synchronization

package final class WebMetrics: Sendable {
  private struct Key: Hashable {
    let method: String
    let route: String
    let status: Int
  }

  private struct State {
    var requests: [Key: Int] = [:]
    var milliseconds: [Int] = Array(repeating: 0, count: WebMetrics.bounds.count + 1)
    var sum: Int64 = 0
    var commits = 0
    var changes = 0
    var refused: [Limit: Int] = [:]
  }

  /// Upper bounds of the histogram's buckets, in milliseconds.
  private static let bounds: [Int64] = [1, 5, 10, 25, 50, 100, 250, 1000, 5000]

  private let state = Mutex(State())

  package init() {}

  package func count(_ method: String, route: String, status: Int, milliseconds: Int64) {
    let bucket = Self.bounds.firstIndex { milliseconds <= $0 } ?? Self.bounds.count
    state.withLock { state in
      state.requests[Key(method: method, route: route, status: status), default: 0] += 1
      state.milliseconds[bucket] += 1
      state.sum += milliseconds
    }
  }

  /// Counts a durable transaction with this many changes.
  func committed(_ changes: Int) {
    state.withLock { state in
      state.commits += 1
      state.changes += changes
    }
  }

  /// Counts a refusal because of a limit.
  package func refused(_ limit: Limit) { state.withLock { $0.refused[limit, default: 0] += 1 } }

  /// In Prometheus's text format.
  package func text(openPages: Int, limits: Limits) -> String {
    let state = state.withLock { $0 }
    var lines = [
      "# HELP switchlist_http_requests_total Requests answered.",
      "# TYPE switchlist_http_requests_total counter",
    ]
    let keys = state.requests.keys.sorted {
      ($0.route, $0.method, $0.status) < ($1.route, $1.method, $1.status)
    }
    for key in keys {
      let labels = "method=\"\(key.method)\",route=\"\(key.route)\",status=\"\(key.status)\""
      lines.append("switchlist_http_requests_total{\(labels)} \(state.requests[key] ?? 0)")
    }
    lines += [
      "# HELP switchlist_http_request_seconds How long requests took.",
      "# TYPE switchlist_http_request_seconds histogram",
    ]
    var total = 0
    for (bound, count) in zip(Self.bounds, state.milliseconds) {
      total += count
      lines.append("switchlist_http_request_seconds_bucket{le=\"\(Double(bound) / 1000)\"} \(total)")
    }
    total += state.milliseconds.last ?? 0
    lines += [
      "switchlist_http_request_seconds_bucket{le=\"+Inf\"} \(total)",
      "switchlist_http_request_seconds_sum \(Double(state.sum) / 1000)",
      "switchlist_http_request_seconds_count \(total)",
      "# HELP switchlist_commits_total Transactions that were written to the disk.",
      "# TYPE switchlist_commits_total counter", "switchlist_commits_total \(state.commits)",
      "# HELP switchlist_changes_total Changes in them; changes that arrive together share one.",
      "# TYPE switchlist_changes_total counter", "switchlist_changes_total \(state.changes)",
      "# HELP switchlist_open_pages Pages that are told of changes.", "# TYPE switchlist_open_pages gauge",
      "switchlist_open_pages \(openPages)",
      "# HELP switchlist_limit What each sender may use up.", "# TYPE switchlist_limit gauge",
    ]
    lines += Limit.allCases.map { "switchlist_limit{name=\"\($0.rawValue)\"} \(limits[$0])" }
    lines += [
      "# HELP switchlist_refused_total Requests that were refused because they were beyond a limit.",
      "# TYPE switchlist_refused_total counter",
    ]
    lines += Limit.allCases.map { limit in
      "switchlist_refused_total{limit=\"\(limit.rawValue)\"} \(state.refused[limit] ?? 0)"
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
