/// Colours for a terminal, or none.
package struct Palette: Sendable {
  /// What a colour says.
  package enum Tone: String, Sendable {
    case late = "31"
    case soon = "33"
    case done = "32"
    case secondary = "2"
    case heading = "1"
  }

  /// Whether there are colours.
  package let isOn: Bool

  /// With `isOn` false, texts stay as they are.
  package init(isOn: Bool) { self.isOn = isOn }

  /// Every text as it is.
  package static let plain = Palette(isOn: false)

  /// The text in the colour of its meaning; nil leaves it alone.
  package func callAsFunction(_ tone: Tone?, _ text: String) -> String {
    guard isOn, let tone, !text.isEmpty else { return text }
    return "\u{1B}[\(tone.rawValue)m\(text)\u{1B}[0m"
  }
}
