import Domain
import Foundation
import TestSupport
import Testing

@testable import Operations
@testable import Reports

/// Whoever is told that something is wrong is told so in both languages.
@Suite struct WordingTests {
  private func expectBoth(_ wording: Wording, _ of: Any, sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(
      !wording.en.hasHan && wording.en.hasLetters, "\(of): \(wording.en)", sourceLocation: sourceLocation)
    #expect(wording.zh.hasHan, "\(of): \(wording.zh)", sourceLocation: sourceLocation)
    for text in [wording.en, wording.zh] {
      let isClean = !text.contains("  ") && !text.contains("\n") && text.first != " " && text.last != " "
      #expect(isClean, "\(of): \(text)", sourceLocation: sourceLocation)
    }
  }

  @Test(arguments: ErrorSamples.refusals) func refusals(_ refusal: Refusal) {
    expectBoth(refusal.wording, refusal)
  }

  @Test(arguments: ErrorSamples.refusals) func refusalsOnPagesKnowNoCommandLine(_ refusal: Refusal) {
    let wording = refusal.pageWording { _ in Wording(en: "the task", zh: "任务") }
    expectBoth(wording, refusal)
    for text in [wording.en, wording.zh] {
      #expect(!text.contains("switchlist") && !text.contains("--"), "\(refusal): \(text)")
      #expect(!text.contains("“one”"), "\(refusal): \(text)")
    }
  }

  @Test(arguments: ErrorSamples.refusals) func refusalsOfTheAPIKnowNeitherCommandsNorPages(_ refusal: Refusal)
  {
    expectBoth(refusal.programWording, refusal)
    for text in [refusal.programWording.en, refusal.programWording.zh] {
      let isForPrograms = !["switchlist", "--", "page again", "页面，", "button"].contains { text.contains($0) }
      #expect(isForPrograms, "\(refusal): \(text)")
    }
  }

  @Test(arguments: ErrorSamples.accessRefusals) func accessRefusalsOnPagesKnowNoCommands(
    _ refusal: AccessRefusal
  ) {
    expectBoth(refusal.pageWording, refusal)
    #expect(!refusal.pageWording.en.contains("switchlist"))
  }

  /// A merchant is told what to wait for, and whoever looks after the files where the rule stands.
  @Test func aRuleIsToldInTheMerchantsWords() throws {
    let violation = RuleViolation(
      rule: .coolDown, reason: .pageShows,
      place: .init(file: "/srv/lists/platforms/douyin.yaml", line: 3, column: 11),
      allowedFrom: Moment(iso8601: "2026-12-05T16:04:00Z"),
      in: try #require(TestZones.directory.zone(named: "Asia/Shanghai")))
    let refusal = Refusal.forbidden(.rebound, "s-1", platform: "douyin", [violation])
    let merchant = refusal.pageWording()
    #expect(merchant.zh == "现在不能重新绑定：还在等待期：12月6日 00:04 起可以重新绑定（平台页面显示的时间）")
    #expect(merchant.en.contains("still cooling down: rebinding opens on 6 Dec 00:04"))
    let admin = refusal.pageWording(withPlaces: true)
    #expect(admin.zh.hasSuffix("（规则 cool-down，platforms/douyin.yaml:3:11）"))
    #expect(!admin.zh.contains("/srv"))
    #expect(!refusal.programWording.en.contains("douyin.yaml"))
    #expect(refusal.wording.zh.contains("2026-12-06 00:04"))
  }

  @Test(arguments: ErrorSamples.accessRefusals) func accessRefusals(_ refusal: AccessRefusal) {
    expectBoth(refusal.wording, refusal)
  }

  @Test(arguments: ErrorSamples.storeErrors) func storeErrors(_ error: StoreError) {
    expectBoth(error.wording, error)
  }

  @Test(arguments: ErrorSamples.shopProblems) func tablesOfShops(_ problem: BadTable.Problem) {
    expectBoth(problem.wording, problem)
  }

  @Test(arguments: ErrorSamples.exportProblems) func exports(_ problem: ImportStore.BadExport.Problem) {
    expectBoth(ImportStore.BadExport(line: 3, problem: problem).wording, problem)
  }

  @Test(arguments: ErrorSamples.times) func times(_ error: TimeTextError) { expectBoth(error.wording, error) }

  @Test(arguments: ErrorSamples.durations) func durations(_ error: CalendarDurationError) {
    expectBoth(error.wording, error)
  }

  /// A case that is added to a file must be added to the samples.
  @Test(
    arguments: [
      ("Domain/Refusal/Refusal.swift", ErrorSamples.refusals),
      ("Domain/Refusal/TextUse.swift", ErrorSamples.uses),
      ("Operations/People/AccessRefusal.swift", ErrorSamples.accessRefusals),
      ("Operations/Ports/Store/StoreError.swift", ErrorSamples.storeErrors),
      ("Operations/Tables/BadTable.swift", ErrorSamples.shopProblems),
      ("Operations/Transfer/ImportStore.swift", ErrorSamples.exportProblems),
      ("Domain/Input/TimeTextError.swift", ErrorSamples.times),
      ("Domain/Duration/CalendarDurationError.swift", ErrorSamples.durations),
    ] as [(String, [any Sendable])])
  func everyCaseHasASample(file: String, samples: [any Sendable]) throws {
    let declared = try SourceTexts.source(file).matches(of: /(?m)^ +case ([a-zA-Z0-9]+)(?:\(.*\))?$/)
      .map { String($0.output.1) }
    let sampled = samples.map { sample in
      Mirror(reflecting: sample).children.first?.label ?? "\(sample)"
    }
    #expect(declared.count > 5)
    #expect(Set(declared) == Set(sampled))
  }

  /// Every pair of texts that stands in the source, those of commands and reports too.
  @Test func everyTextInTheSourceStandsInBothLanguages() throws {
    let pairs = try SourceTexts.pairs()
    #expect(pairs.count > 500)
    for pair in pairs {
      let place = "\(pair.file):\(pair.line)"
      #expect(!pair.en.hasHan, "\(place): \(pair.en)")
      // Options and formats are called the same in both.
      let isSaid = pair.en.words.isSubset(of: pair.zh.words)
      #expect(isSaid || pair.zh.hasHan, "\(place): \(pair.en) / \(pair.zh)")
    }
  }
}

extension String {
  var hasHan: Bool { unicodeScalars.contains { $0.properties.isIdeographic } }
  /// In the singular.
  var words: Set<String> {
    Set(split { !$0.isASCII || !$0.isLetter }.map { String($0.last == "s" ? $0.dropLast() : $0) })
  }
  var hasLetters: Bool { unicodeScalars.contains { $0.isASCII && $0.properties.isAlphabetic } }
}
