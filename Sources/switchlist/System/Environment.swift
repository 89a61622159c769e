import Glibc

/// The variables that the process was started with, looked up one by one: copying them all costs a start more
/// than reading the few that matter.
struct Environment {
  /// Nil for a variable that isn't set.
  subscript(name: String) -> String? { getenv(name).map { String(cString: $0) } }

  /// Nil also for a variable that is empty.
  func filled(_ name: String) -> String? { self[name].flatMap { $0.isEmpty ? nil : $0 } }
}
