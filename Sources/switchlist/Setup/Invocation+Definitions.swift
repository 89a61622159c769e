import ChecklistFiles
import Operations

extension Invocation {
  /// The usable checklists, for what is only said where they are there: a folder that is missing or broken is
  /// passed over in silence.
  func definitionsIfAny() -> Definitions? {
    guard let folder = try? checklistFolder(),
      let loaded = try? ChecklistFolder.load(at: folder, zones: zones)
    else { return nil }
    return Definitions(
      checklists: loaded.checklists.map(\.checklist), calendars: loaded.calendars,
      platforms: loaded.platforms)
  }
}
