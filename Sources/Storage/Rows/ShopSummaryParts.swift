/// Which of a shop's summed columns a change of its runs affects.
struct ShopSummaryParts: OptionSet, Sendable, Hashable {
  let rawValue: Int

  /// The numbers of items in total or outstanding.
  static let counts = ShopSummaryParts(rawValue: 1)
  /// The earliest due time, or whether an item waits.
  static let deadlines = ShopSummaryParts(rawValue: 2)
  static let all: ShopSummaryParts = [.counts, .deadlines]
}
