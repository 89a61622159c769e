/// The way in which a change arrived.
package enum EntryChannel: String, Sendable, CaseIterable {
  case commandLine = "cli"
  case web
  case api
  case link
}
