import Domain
import Formats
import Reports
import WebCore

/// The zones of a list of shops: a common one is named once above it, different ones with each time.
struct ListZones: Sendable {
  private let common: Zone?
  private let isEmpty: Bool

  /// - Parameter zones: those of the rows that show a time.
  init(_ zones: [Zone]) {
    isEmpty = zones.isEmpty
    common = zones.first.flatMap { first in zones.allSatisfy { $0 == first } ? first : nil }
  }

  /// The note above the list.
  func note(_ language: Language) -> HTML {
    if let common {
      return "\(Wording(en: "times in \(common.name)", zh: "时间为 \(common.name) 时区")(language))"
    }
    return isEmpty
      ? .empty : "\(Wording(en: "each shop's times in its own zone", zh: "各店铺的时间按各自的时区")(language))"
  }

  /// The zone's name after a row's times, if they have different zones.
  func name(_ zone: Zone) -> HTML { common == nil ? " \(zone.name)" : .empty }
}
