import Domain

/// The checklists and calendars for starting runs, and the platforms' rules.
package struct Definitions: Sendable {
  /// A checklist with the canonical form that its runs are pinned to.
  package struct Pinned: Sendable {
    package let definition: Definition
    /// The canonical JSON whose hash is `definition.sha256`.
    package let canonical: [UInt8]

    package var checklist: Checklist { definition.checklist }
  }

  /// Sorted by id.
  package let checklists: [Pinned]
  /// By name.
  package let calendars: [String: WorkCalendar]
  /// By platform. A platform without rules forbids nothing.
  package let platforms: [String: PlatformRules]

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

  /// Platforms that have rules or that a checklist names.
  package var platformNames: Set<String> {
    Set(platforms.keys).union(checklists.flatMap { $0.checklist.when.platforms ?? [] })
  }

  /// Platforms that an unknown name may stand for, by title in any language or by spelling.
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
    // In whatever case it is written, like other names.
    let wanted = Author.folded(id)
    if let found = checklists.first(where: { $0.checklist.id.rawValue == wanted }) { return found }
    throw .unknownChecklist(id, nearest: Suggestions.to(id, among: checklists.map(\.checklist.id.rawValue)))
  }
}

extension ShopZones {
  /// Takes platforms' zones from their rules.
  package init(_ source: any ZoneSource, _ definitions: Definitions) {
    self.init(source) { definitions.platforms[$0]?.timeZone }
  }
}
