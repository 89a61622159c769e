/// The way by which a change came in.
package enum EntryChannel: String, Sendable, CaseIterable {
  case commandLine = "cli"
  case web
  case api
  case link
}
