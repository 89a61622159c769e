/// What a list can be filtered by. A filter's value has to exist.
package enum FilterKey: String, Sendable, CaseIterable {
  case team
  case owner
  case platform
  case tag
  case checklist
  /// An item's id, optionally preceded by its checklist's: `CHECKLIST/ITEM`.
  case item
}
