import Domain
import YAMLReading

/// Finds what each extending checklist takes over, the bases of bases first.
struct ExtensionResolver {
  private typealias Outcome = (checklist: Checklist?, drafts: [Draft])

  private var extensions: [ExtendingFile] = []
  private var outcomes: [Outcome?] = []
  /// Where in `extensions` an id stands first.
  private var positions: [ChecklistID: Int] = [:]
  /// Those that extend nothing and have no errors.
  private var usable: [ChecklistID: Checklist] = [:]
  private var files: [ChecklistID: String] = [:]
  /// Searches left for an id that was meant.
  private var searches = 200

  /// Adds what was read of a folder. Where two have the same id, the one that was added first is meant.
  mutating func add(
    _ added: [ExtendingFile], _ checklists: [LoadedChecklist], files newFiles: [ChecklistID: String]
  ) {
    for file in added {
      if let id = file.unresolved.parts.id?.id, file.isFirst, files[id] == nil {
        positions[id] = extensions.count
      }
      extensions.append(file)
      outcomes.append(nil)
    }
    for loaded in checklists where files[loaded.checklist.id] == nil {
      usable[loaded.checklist.id] = loaded.checklist
    }
    files.merge(newFiles) { first, _ in first }
  }

  /// What came of the extension at a position of those added.
  mutating func outcome(_ position: Int) -> (checklist: Checklist?, drafts: [Draft]) {
    if outcomes[position] == nil { resolveChain(from: position) }
    return outcomes[position] ?? (nil, [])
  }

  /// Goes from base to base until one is known, then back.
  private mutating func resolveChain(from start: Int) {
    var chain = [start]
    var steps = [start: 0]
    while let next = base(of: chain[chain.count - 1]), outcomes[next] == nil {
      if let first = steps[next] {
        let cycle = Array(chain[first...])
        for offset in cycle.indices {
          let around = cycle[offset...] + cycle[..<offset] + [cycle[offset]]
          resolve(cycle[offset], by: .cycle(around.compactMap { extensions[$0].unresolved.parts.id?.id }))
        }
        chain.removeSubrange(first...)
        break
      }
      steps[next] = chain.count
      chain.append(next)
    }
    for position in chain.reversed() { resolve(position, by: state(ofBaseOf: position)) }
  }

  /// The position of the extension that another one extends.
  private func base(of position: Int) -> Int? {
    guard let id = extensions[position].unresolved.extends.base else { return nil }
    // A file that repeats an id and extends it means itself.
    return id == extensions[position].unresolved.parts.id?.id ? position : positions[id]
  }

  private mutating func state(ofBaseOf position: Int) -> UnresolvedChecklist.Base {
    guard let id = extensions[position].unresolved.extends.base else { return .unnamed }
    if let checklist = positions[id].map({ outcomes[$0]?.checklist }) ?? usable[id] {
      return .usable(checklist)
    }
    if let file = files[id] { return .broken(file: file) }
    guard searches > 0 else { return .unknown(nearest: nil) }
    searches -= 1
    let own = extensions[position].unresolved.parts.id?.id
    let others = Set(files.keys).union(usable.keys).filter { $0 != own }.sorted().prefix(1000)
    return .unknown(nearest: Suggestions.one(to: id.rawValue, among: others.map(\.rawValue)))
  }

  private mutating func resolve(_ position: Int, by base: UnresolvedChecklist.Base) {
    var file = extensions[position].unresolved
    let id = file.extends.base
    var places: [String: [ItemID: YAMLPlace]] = [:]
    let (checklist, drafts) = file.resolve(
      by: base, whereStands: { item in id.flatMap { place(of: item, in: $0, &places) } })
    let all = extensions[position].drafts + drafts
    outcomes[position] = (all.hasErrors ? nil : checklist, all)
  }

  /// Where an item stands that a checklist has of its own or from its bases; `places` keeps what was found
  /// in files.
  private func place(
    of item: ItemID, in checklist: ChecklistID, _ places: inout [String: [ItemID: YAMLPlace]]
  ) -> String? {
    var id = checklist
    while let position = positions[id] {
      if let place = extensions[position].place(of: item) { return place }
      guard let base = extensions[position].unresolved.extends.base else { return nil }
      id = base
    }
    guard let file = files[id] else { return nil }
    let known = places[file] ?? DefinitionDecoder.places(ofItemsIn: file)
    places[file] = known
    return known[item].map { file.place($0) }
  }
}
