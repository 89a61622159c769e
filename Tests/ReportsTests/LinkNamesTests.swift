import Domain
import Reports
import Testing

@testable import Operations

/// A name that was given through a link is never shown without the link.
@Suite struct LinkNamesTests {
  private static let link = [Language.english: "root1 (link 3)", .chinese: "root1（链接 3）"]
  private let author: Author

  init() throws { author = try Author(name: "root1", login: "link:3", channel: .link) }

  private func status(
    _ state: ItemState, awaiting: AwaitingConfirmation? = nil, overdue: Bool = false, proof: Proof? = nil
  ) -> ShopStatus {
    let item = ItemStatus(
      definition: Task.all[0].definition, state: state, dueAt: .now, overdue: overdue, owner: nil, needs: [],
      waitingFor: [], awaitingConfirmation: awaiting, blockedReason: nil, note: nil, proof: proof,
      changedAt: .now, changedBy: "root1", changedByLink: 3)
    let run = RunStatus(
      number: 1, checklist: "after", title: LocalizedText("After"), switchedAt: .switched, timeZone: "UTC",
      state: .active, progress: Progress(total: 1), items: [item])
    return ShopStatus(shop: Shop(id: "s-1"), runs: [run], now: .now)
  }

  private var awaiting: AwaitingConfirmation { AwaitingConfirmation(by: "root1", at: .now, link: 3) }

  @Test(arguments: Language.allCases) func inStatus(language: Language) throws {
    let name = try #require(Self.link[language])
    for shown in [status(.done), status(.skipped), status(.pending, awaiting: awaiting)] {
      #expect(StatusText(language: language, zones: .fixed, width: 200).render(shown).contains(name))
      #expect(StatusMarkdown(language: language, zones: .fixed).render(shown).contains(name))
    }
  }

  @Test func inJSONTheNameStaysAndTheNumberStandsBesideIt() {
    let proof = Proof(content: .secondPerson, at: .now, by: "root1", link: 3)
    let done = String(
      decoding: StatusJSON(language: .english).render(status(.done, proof: proof)), as: UTF8.self)
    #expect(done.contains(#""changed_by":"root1","changed_by_link":3"#))
    #expect(done.contains(#""by":"root1","by_link":3"#))
    #expect(done.contains(#""summary":"confirmed by root1 (link 3)""#))
    let asked = String(
      decoding: StatusJSON(language: .english).render(status(.pending, awaiting: awaiting)), as: UTF8.self)
    #expect(asked.contains(#""awaiting_confirmation":{"by":"root1","by_link":3,"#))
  }

  @Test(arguments: Language.allCases) func inAWalk(language: Language) throws {
    let page = ItemPage(language: language, zone: .utc, now: .now, width: 80, palette: .plain)
    let run = try #require(status(.pending, awaiting: awaiting).runs.first)
    #expect(page.render(run.items[0]).contains(try #require(Self.link[language])))
  }

  @Test(arguments: Language.allCases) func inTheHistory(language: Language) throws {
    let event = Event(
      number: 1, shop: "s-1", at: .now, recordedAt: .now, by: author,
      change: .item(run: 1, "rebind-store", .confirmed))
    let text = HistoryText(language: language, zone: .utc, palette: .plain)
      .render([HistoryEntry(event: event, hash: "00", stored: "", shopBefore: nil)])
    #expect(text.contains(try #require(Self.link[language])))
  }

  @Test(arguments: Language.allCases) func inWhatIsOverdue(language: Language) throws {
    let item = OverdueItem(
      shop: "s-1", name: nil, team: nil, run: 1, checklist: "after", item: "one", title: LocalizedText("One"),
      owner: nil, critical: false, state: .pending, waitingFor: "", blockedReason: nil,
      awaitingConfirmationBy: "root1", awaitingConfirmationByLink: 3, dueAt: .now, overdueSeconds: 60)
    #expect(try #require(item.why(language)).contains(try #require(Self.link[language])))
  }

  @Test(arguments: Language.allCases) func inWhatAnItemsChangeCameTo(language: Language) throws {
    let name = try #require(Self.link[language])
    let definition = Definition(
      sha256: "00",
      checklist: Checklist(id: "after", title: LocalizedText("After"), items: [Task.all[0].definition]))
    for item in [
      Run.Item(
        definition: Task.all[0].definition, needs: [], state: .done, dueAt: nil, owner: nil, changedAt: .now,
        changedBy: "root1", changedByLink: 3),
      Run.Item(
        definition: Task.all[0].definition, needs: [], dueAt: nil, owner: nil,
        awaiting: Run.PendingConfirmation(by: "root1", at: .now, link: 3)),
    ] {
      let run = Run(
        number: 1, definition: definition, switchedAt: .switched, timeZone: "UTC", state: .active, newer: nil,
        items: [item])
      for changed in item.awaiting == nil ? [false] : [false, true] {
        let outcome = ChangeItems.Outcome(
          shop: Shop(id: "s-1"), items: [.init(run: 1, item: item, changed: changed)], runs: [run],
          finished: [], reopened: [],
          zone: ShopZone(own: nil, platform: nil, newestRun: "UTC"))
        let text = ItemChangeText(language: language, now: .now, zones: .fixed, palette: .plain)
        #expect(text.render(outcome).contains(name))
      }
    }
  }

  @Test(arguments: [
    Refusal.isSkipped("one", by: "root1", link: 3, at: .now), .samePerson("one", by: "root1", link: 3),
  ])
  func inRefusals(refusal: Refusal) throws {
    for language in Language.allCases {
      let name = try #require(Self.link[language])
      #expect(refusal.wording(language).contains(name))
      #expect(refusal.pageWording()(language).contains(name))
    }
  }

  /// What to do stands in the words, not only what is wrong.
  @Test func aRefusalOfTheMakersCredentialSaysWhatToDo() {
    let link = Refusal.makerTicked("one", maker: "Li", byLink: true).pageWording()
    #expect(link.en.contains("ticked by Li") && link.en.contains("this link") && link.en.contains("Sign in"))
    #expect(link.zh.contains("这个链接") && link.zh.contains("登录"))
    let token = Refusal.makerTicked("one", maker: "Li", byLink: false).pageWording()
    #expect(token.en.contains("this token") && token.zh.contains("这个令牌"))
  }
}
