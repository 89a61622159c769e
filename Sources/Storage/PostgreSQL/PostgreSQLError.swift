import CLibPQ
import Operations

/// An error that a PostgreSQL server or libpq reported.
struct PostgreSQLError: EngineError, CustomStringConvertible {
  /// The five characters of SQLSTATE; nil where no server answered.
  let state: String?
  /// One line, without the address, which may name a password's file or a user.
  let message: String
  /// Whether there was a connection before: one that can't be made at all isn't tried again.
  var isOfAnOpenConnection = true
  /// The server takes writes, but another one was promoted in its place.
  var isOfAFormerPrimary = false

  var description: String { "\(state ?? "no server"): \(message)" }

  /// Another transaction was in the way: the same one may succeed when it is run again, or sees then what the other one
  /// has inserted first (23505), and is refused in words.
  var isConflict: Bool { state == "40001" || state == "40P01" || state == "23505" || state == "23503" }

  /// The connection can't be used any more, whatever libpq says of it: the server ends (57P01 to 57P03), has lost its
  /// standing as the primary (25006), or is gone.
  var endsConnection: Bool {
    guard let state else { return true }
    // The last three: a statement that was prepared on it isn't there, or there twice, or is of a former schema.
    return state.hasPrefix("08")
      || ["57P01", "57P02", "57P03", "57P04", "57P05", "25006", "25P03", "26000", "42P05", "0A000"].contains(
        state)
  }
}

extension PostgreSQLError {
  /// What the error means for the person who runs the program.
  ///
  /// - Parameter name: the store's address without credentials.
  func storeError(_ name: String) -> StoreError {
    guard let state else { return .unreachable(path: name, detail: message) }
    return switch state {
    case "55P03": .locked(path: name)
    case "26000", "42P05": .pooledByTransaction(path: name)
    case "53100": .full(path: name)
    case "25006", "42501": .readOnly(path: name)
    case "23503", "23505", "23514", "23502", "22003", "XX001", "XX002": .damaged(path: name, detail: message)
    default: .unreachable(path: name, detail: message)
    }
  }
}
