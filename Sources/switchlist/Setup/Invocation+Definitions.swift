import ChecklistFiles
import Operations

extension Invocation {
  /// The usable checklists, for optional messages; nil, without an error, if the folder is missing or broken.
  func definitionsIfAny() -> Definitions? {
    guard let folder = try? checklistFolder(),
      let loaded = try? ChecklistFolder.load(at: folder, zones: zones)
    else { return nil }
    return Definitions(
      checklists: loaded.checklists.map(\.checklist), calendars: loaded.calendars,
      platforms: loaded.platforms)
  }
}
