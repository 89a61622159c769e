import Glibc

/// Environment variables, looked up one by one: copying all of them at start would cost more than reading the
/// few needed.
struct Environment {
  /// Nil for a variable that isn't set.
  subscript(name: String) -> String? { getenv(name).map { String(cString: $0) } }

  /// Nil also for an empty variable.
  func filled(_ name: String) -> String? { self[name].flatMap { $0.isEmpty ? nil : $0 } }
}
