import Domain
import Operations

/// What the web depends on, supplied by the composition root.
package struct WebDependencies: Sendable {
  package var now: @Sendable () -> Moment
  /// From a monotonic clock, for measuring durations.
  package var monotonicMilliseconds: @Sendable () -> Int64
  package var zones: any ZoneSource & Sendable
  /// The zone for times that don't belong to a shop, if the browser doesn't report its own.
  package var zone: Zone
  /// The definitions according to the current files.
  package var definitions: @Sendable () -> DefinitionsSnapshot
  /// Checks the text of a definition as if it were a file of this name in the folder.
  package var check: @Sendable (_ text: [UInt8], _ file: String) -> [DefinitionsSnapshot.Finding]
  /// The JSON Schema of a checklist's file.
  package var schema: @Sendable (Language) -> String
  package var store: any StoreAccess
  /// Generates the secrets of sessions, links and tokens.
  package var secrets: any SecretSource
  /// The login of the operating system's user who runs the server.
  package var login: String

  package init(
    now: @escaping @Sendable () -> Moment, monotonicMilliseconds: @escaping @Sendable () -> Int64,
    zones: any ZoneSource & Sendable, zone: Zone,
    definitions: @escaping @Sendable () -> DefinitionsSnapshot,
    check: @escaping @Sendable ([UInt8], String) -> [DefinitionsSnapshot.Finding],
    schema: @escaping @Sendable (Language) -> String,
    store: any StoreAccess, secrets: any SecretSource, login: String
  ) {
    self.now = now
    self.monotonicMilliseconds = monotonicMilliseconds
    self.zones = zones
    self.zone = zone
    self.definitions = definitions
    self.check = check
    self.schema = schema
    self.store = store
    self.secrets = secrets
    self.login = login
  }
}
