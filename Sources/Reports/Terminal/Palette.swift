/// Colours for a terminal, or none.
package struct Palette: Sendable {
  /// What a colour signifies.
  package enum Tone: String, Sendable {
    case late = "31"
    case soon = "33"
    case done = "32"
    case secondary = "2"
    case heading = "1"
  }

  package let isOn: Bool

  /// If `isOn` is false, texts are returned unchanged.
  package init(isOn: Bool) { self.isOn = isOn }

  /// Without colours.
  package static let plain = Palette(isOn: false)

  /// The text in the colour for its tone; unchanged for nil.
  package func callAsFunction(_ tone: Tone?, _ text: String) -> String {
    guard isOn, let tone, !text.isEmpty else { return text }
    return "\u{1B}[\(tone.rawValue)m\(text)\u{1B}[0m"
  }
}
