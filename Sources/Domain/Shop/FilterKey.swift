/// What a list can be narrowed by: a name that has to be somebody's or something's.
package enum FilterKey: String, Sendable, CaseIterable {
  case team
  case owner
  case platform
  case tag
  case checklist
  /// An item's id, also with its checklist's before it: `CHECKLIST/ITEM`.
  case item
}
