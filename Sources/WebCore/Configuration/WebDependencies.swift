import Domain
import Operations

/// What the web works with; the composition root gives it.
package struct WebDependencies: Sendable {
  package var now: @Sendable () -> Moment
  /// Since some fixed moment, for measuring; never goes back.
  package var monotonicMilliseconds: @Sendable () -> Int64
  /// Where time zones are looked up.
  package var zones: any ZoneSource & Sendable
  /// In which times are shown that aren't a shop's, where a browser doesn't tell its own.
  package var zone: Zone
  /// The definitions as their files say now.
  package var definitions: @Sendable () -> DefinitionsSnapshot
  /// Checks the text of a definition as if it stood in the folder under a file's name.
  package var check: @Sendable (_ text: [UInt8], _ file: String) -> [DefinitionsSnapshot.Finding]
  /// The JSON Schema of a checklist's file.
  package var schema: @Sendable (Language) -> String
  package var store: any StoreAccess
  /// Where secrets of sessions, links and tokens come from.
  package var secrets: any SecretSource
  /// The login of the operating system's user who serves.
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
