/// What a platform asks of a switch: `platforms/NAME.yaml`. Every number is to be checked on the platform's
/// own page, which is right where the two disagree.
package struct PlatformRules: Sendable, Hashable {
  /// A rule that a file can state, by its key.
  package enum Rule: String, Sendable, CaseIterable {
    case requires
    case coolDown = "cool-down"
    case betweenSwitches = "between-switches"
  }

  /// How long a shop waits between unbinding and rebinding.
  package struct CoolDown: Sendable, Hashable {
    /// What the platform usually asks for; rebinding is refused before.
    package let usual: CalendarDuration
    /// The longest that was seen; nil when the file doesn't say.
    package let most: CalendarDuration?

    package init(usual: CalendarDuration, most: CalendarDuration? = nil) {
      self.usual = usual
      self.most = most
    }
  }

  /// Where in a file something stands.
  package struct Place: Sendable, Hashable {
    /// The path as the folder of definitions was named.
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

  /// The file's name without its ending; a shop's `platform`.
  package let platform: String
  /// What people call the platform.
  package let title: LocalizedText?
  /// Markdown.
  package let description: LocalizedText?
  /// The IANA name in whose days the rules count; a shop's own wins.
  package let timeZone: String?
  /// Nil: no wait is known.
  package let coolDown: CoolDown?
  /// From the last rebinding to the next unbinding; nil: no limit is known.
  package let betweenSwitches: CalendarDuration?
  /// What must be confirmed of the new account before a switch is planned, in the file's order, each once.
  package let requires: [String]
  /// What a rule or a requirement means, by its name.
  package let texts: [String: LocalizedText]
  /// When somebody last compared the file with the platform's page.
  package let checked: CivilDate
  /// Where the value of each rule that the file states stands in it.
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
