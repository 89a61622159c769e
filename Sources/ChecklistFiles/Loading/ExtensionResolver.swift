import Domain
import YAMLReading

/// Resolves extending checklists, bases first.
struct ExtensionResolver {
  private typealias Outcome = (checklist: Checklist?, drafts: [Draft])

  private var extensions: [ExtendingFile] = []
  private var outcomes: [Outcome?] = []
  /// The index in `extensions` of the first with each id.
  private var positions: [ChecklistID: Int] = [:]
  /// Checklists that extend nothing and have no errors.
  private var usable: [ChecklistID: Checklist] = [:]
  private var files: [ChecklistID: String] = [:]
  /// The number of suggestions for unknown ids still allowed.
  private var searches = 200

  /// Adds what was read from a folder. If an id is repeated, the first one added is used.
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

  /// The result for the extension at an index.
  mutating func outcome(_ position: Int) -> (checklist: Checklist?, drafts: [Draft]) {
    if outcomes[position] == nil { resolveChain(from: position) }
    return outcomes[position] ?? (nil, [])
  }

  /// Follows bases until one is resolved, then resolves the chain backwards.
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

  /// The index of the extension that another one extends; nil if its base isn't an extension.
  private func base(of position: Int) -> Int? {
    guard let id = extensions[position].unresolved.extends.base else { return nil }
    // A file that repeats an id and extends that id means itself.
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

  /// The place of an item that a checklist has itself or from its bases. `places` caches what was read from
  /// files.
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
