import ChecklistFiles
import Operations

extension Invocation {
  /// The usable checklists, for optional messages; nil, without an error, if they can't be read.
  func definitionsIfAny() -> Definitions? {
    guard let loaded = try? loadedDefinitions() else { return nil }
    return Definitions(
      checklists: loaded.checklists.map(\.checklist), calendars: loaded.calendars,
      platforms: loaded.platforms)
  }
}
