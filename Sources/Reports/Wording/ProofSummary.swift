import Domain

extension Proof {
  /// What was given as proof, in a few words.
  package func summary(_ language: Language) -> String {
    switch content {
    case .note: return Wording(en: "a note", zh: "备注")(language)
    case .link(let url): return url
    case .file(let name, let size, _): return "\(name) (\(FileSize.text(size)))"
    case .secondPerson:
      let who = DoneBy.wording(by, link: link)
      return Wording(en: "confirmed by \(who.en)", zh: "由 \(who.zh) 确认")(language)
    }
  }
}

enum FileSize {
  /// Whole bytes, or one truncated decimal: `1.4 MB`.
  static func text(_ bytes: Int64) -> String {
    guard bytes >= 1000 else { return "\(bytes) B" }
    var tenths = bytes / 100
    var units = ["kB", "MB", "GB", "TB"][...]
    while tenths >= 10_000, units.count > 1 {
      tenths /= 1000
      units.removeFirst()
    }
    return "\(tenths / 10).\(tenths % 10) \(units[units.startIndex])"
  }
}
