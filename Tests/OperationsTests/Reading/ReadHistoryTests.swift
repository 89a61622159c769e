import Domain
import Operations
import Storage
import TestSupport
import Testing

/// Pages of a history say what the whole of it says.
struct ReadHistoryTests {
  @Test func pagesAreThePartsOfTheWhole() throws {
    let temporary = try TemporaryStore.sqlite()
    let user = StoreUser(temporary.store, [.named("after", [.named("one")])])
    try user.add("s-1", ShopDetails(name: "One"))
    try user.start("s-1")
    for number in 1...3 {
      for note in 1...5 { try user.change("s-1", ["one"], .note("\(number) \(note)")) }
      try user.edit("s-1", ShopDetails(name: "Name \(number)"))
    }
    try temporary.store.read { reading in
      let whole = try ReadHistory()("s-1", run: nil, in: reading)
      #expect(whole.count { $0.shopBefore != nil } > 3)
      for limit in 1...7 {
        var pages: [HistoryEntry] = []
        var before: Int?
        repeat {
          let page = try ReadHistory().page(of: "s-1", before: before, limit: limit, in: reading)
          #expect(page.count <= limit)
          pages += page
          before = page.last?.event.number
        } while before.map { $0 > 1 } ?? false
        #expect(pages.reversed().map(\.event) == whole.map(\.event))
        #expect(pages.reversed().map(\.hash) == whole.map(\.hash))
        // Only what an edit changed is told by what was before.
        for (page, entry) in zip(pages.reversed(), whole) {
          if case .shopEdited = entry.event.change { #expect(page.shopBefore == entry.shopBefore) }
        }
      }
      #expect(throws: Refusal.unknownShop("s-2", nearest: ["s-1"])) {
        try ReadHistory().page(of: "s-2", before: nil, limit: 1, in: reading)
      }
    }
  }
}
