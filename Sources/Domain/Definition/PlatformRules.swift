/// A platform's rules for switches (`platforms/NAME.yaml`). The platform's own page is authoritative wherever
/// it disagrees with these numbers.
package struct PlatformRules: Sendable, Hashable {
  /// A rule that a file can state. The raw value is its key.
  package enum Rule: String, Sendable, CaseIterable {
    case requires
    case coolDown = "cool-down"
    case betweenSwitches = "between-switches"
  }

  /// How long a shop has to wait between unbinding and rebinding.
  package struct CoolDown: Sendable, Hashable {
    /// What the platform usually requires. Rebinding earlier is refused.
    package let usual: CalendarDuration
    /// The longest cool-down seen; nil if the file doesn't say.
    package let most: CalendarDuration?

    package init(usual: CalendarDuration, most: CalendarDuration? = nil) {
      self.usual = usual
      self.most = most
    }
  }

  /// A place in a definition file.
  package struct Place: Sendable, Hashable {
    /// The path, beginning with the folder of definitions as it was given.
    package let file: String
    /// From 1.
    package let line: Int
    /// From 1, in Unicode scalars.
    package let column: Int

    package init(file: String, line: Int, column: Int) {
      self.file = file
      self.line = line
      self.column = column
    }
  }

  /// The file's name without its extension; matches a shop's `platform`.
  package let platform: String
  /// The platform's name for display.
  package let title: LocalizedText?
  /// Markdown.
  package let description: LocalizedText?
  /// An IANA name; the zone whose days the rules count. A shop's own zone takes precedence.
  package let timeZone: String?
  /// Nil if no cool-down is known.
  package let coolDown: CoolDown?
  /// The minimum time from the last rebinding to the next unbinding; nil if no limit is known.
  package let betweenSwitches: CalendarDuration?
  /// Requirements that must be confirmed for the new account before a switch is planned, in the file's order,
  /// without duplicates.
  package let requires: [String]
  /// Explanations of rules and requirements, by name.
  package let texts: [String: LocalizedText]
  /// When somebody last compared the file with the platform's page.
  package let checked: CivilDate
  /// Where each rule that the file states has its value.
  package let places: [Rule: Place]

  package init(
    platform: String, title: LocalizedText? = nil, description: LocalizedText? = nil,
    timeZone: String? = nil, coolDown: CoolDown? = nil, betweenSwitches: CalendarDuration? = nil,
    requires: [String] = [], texts: [String: LocalizedText] = [:], checked: CivilDate,
    places: [Rule: Place] = [:]
  ) {
    self.platform = platform
    self.title = title
    self.description = description
    self.timeZone = timeZone
    self.coolDown = coolDown
    self.betweenSwitches = betweenSwitches
    self.requires = requires
    self.texts = texts
    self.checked = checked
    self.places = places
  }
}
