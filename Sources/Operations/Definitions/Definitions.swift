import Domain

/// The checklists and calendars that runs can be started from, and the rules of platforms.
package struct Definitions: Sendable {
  /// A checklist with the form that its runs are pinned to.
  package struct Pinned: Sendable {
    /// What the runs are pinned to.
    package let definition: Definition
    /// The definition in the form that is hashed: canonical JSON.
    package let canonical: [UInt8]

    /// What it says.
    package var checklist: Checklist { definition.checklist }
  }

  /// By id.
  package let checklists: [Pinned]
  /// By name.
  package let calendars: [String: WorkCalendar]
  /// By platform; a platform without rules forbids nothing.
  package let platforms: [String: PlatformRules]

  /// Takes what a folder of definitions holds.
  package init(
    checklists: [Checklist], calendars: [String: WorkCalendar], platforms: [String: PlatformRules] = [:]
  ) {
    self.checklists = checklists.sorted { $0.id < $1.id }.map { checklist in
      let (definition, canonical) = Definition.pinning(checklist)
      return Pinned(definition: definition, canonical: canonical)
    }
    self.calendars = calendars
    self.platforms = platforms
  }

  /// The platforms that rules or checklists are for.
  package var platformNames: Set<String> {
    Set(platforms.keys).union(checklists.flatMap { $0.checklist.when.platforms ?? [] })
  }

  /// What may have been meant by a platform that nothing is for: its title in some language, or a slip.
  package func nearestPlatforms(to name: String) -> [String] {
    let wanted = Author.folded(name)
    let titled = platforms.values.filter { rules in
      rules.title?.entries.contains { Author.folded($0.text) == wanted } ?? false
    }
    if !titled.isEmpty { return titled.map(\.platform).sorted() }
    return Suggestions.to(name, among: platformNames.sorted())
  }

  /// Throws `Refusal.unknownChecklist` with the nearest ids.
  package func checklist(_ id: String) throws(Refusal) -> Pinned {
    if let found = checklists.first(where: { $0.checklist.id.rawValue == id }) { return found }
    // However it is written, as other names are.
    let wanted = Author.folded(id)
    if let found = checklists.first(where: { $0.checklist.id.rawValue == wanted }) { return found }
    throw .unknownChecklist(id, nearest: Suggestions.to(id, among: checklists.map(\.checklist.id.rawValue)))
  }
}

extension ShopZones {
  /// Shops' zones by the platforms' files.
  package init(_ source: any ZoneSource, _ definitions: Definitions) {
    self.init(source) { definitions.platforms[$0]?.timeZone }
  }
}
