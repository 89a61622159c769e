import Domain
import Operations
import TestSupport

/// One of each error that people are told of; its texts are in no language, so that what is left is ours.
enum ErrorSamples {
  static let refusals: [Refusal] =
    ofTexts + ofFilters + ofShops + ofRuns + ofStarts + ofItems + ofStates + ofSwitches

  private static let ofTexts: [Refusal] = uses.flatMap { use -> [Refusal] in
    [
      .emptyText(use), .textTooLong(use, count: 9, limit: 8),
      .controlCharacter(in: use, scalar: 27, at: 1), .tooManyMarks(in: use, at: 32),
    ]
  }

  private static let ofFilters: [Refusal] = FilterKey.allCases.flatMap { key -> [Refusal] in
    [
      .emptyFilter(key), .unknownName(key, "x", nearest: []),
      .unknownName(key, "x", nearest: ["three", "four"]),
    ]
  }

  private static let ofShops: [Refusal] = [
    .badShopID("a/b"), .badShopID("7E+18"), .semicolonInTag("a;b"), .cutNumber("7E+18"),
    .unknownTimeZone("x", nearest: []), .unknownTimeZone("x", nearest: ["UTC"]),
    .timeZoneNoLongerKnown("x"), .unknownShop("x", nearest: []),
    .unknownShop("x", nearest: ["s-1", "s-2"]), .shopExists("s-1"), .shopArchived("s-1"),
  ]

  private static let ofRuns: [Refusal] = [
    .noRuns("s-1"), .unknownRun("s-1", run: 3, newest: 2), .unknownItem("x", "s-1", nearest: []),
    .unknownItem("x", "s-1", nearest: ["one"]), .severalRuns("s-1", item: "one", runs: [1, 2]),
    .noneActive("s-1"), .severalActiveRuns("s-1", runs: [1, 2]), .runIsOlder(run: 1, newer: 2),
  ]

  private static let ofStarts: [Refusal] = [
    .unknownChecklist("x", nearest: []), .unknownChecklist("x", nearest: ["after"]),
    .checklistNotForShop("after", "s-1"), .alreadyActive("after", run: 1, "s-1"),
    .nothingToStart("s-1", alreadyActive: []), .nothingToStart("s-1", alreadyActive: ["after", "live"]),
    .allItemsLeftOut("after", "s-1"), .noRebinding("s-1"),
    .closedByMilestone("before", "s-1", .unbound, at: .now, in: .utc),
    .closedByMilestone("before", "s-1", .rebound, at: .now, in: .utc),
  ]

  private static let ofItems: [Refusal] = [
    .waiting("one", for: ["two", "three"]), .lacksProof("one", anyOf: ProofKind.allCases), .badLink("x"),
    .emptyFile("x"),
    .isSkipped("one", by: "Li", at: .now), .isSkipped("one", by: "Li", link: 3, at: .now),
    .criticalItem("one"), .samePerson("one", by: "Li"),
    .samePerson("one", by: "Li", link: 3), .makerTicked("one", maker: "Li", byLink: true),
    .makerTicked("one", maker: "Li", byLink: false),
    .isBlocked("one"), .isMissed("one", .unbound, at: .now, in: .utc),
    .isMissed("one", .rebound, at: .now, in: .utc), .yearOutOfRange,
    .inTheFuture(.now + 1, now: .now, in: .utc),
    .beforeTheRun(.now, began: .now + 1, run: 1, in: .utc),
  ]

  private static let ofStates: [Refusal] =
    RunState.allCases.map { .runIsClosed(run: 1, $0) }
    + RunState.allCases.map { .noActiveRun("s-1", item: "one", inRun: 1, state: $0) }
    + ItemState.allCases.map { .nothingToConfirm("one", $0) }
    + ItemState.allCases.map { .notOutstanding("one", $0) }
    + ItemState.allCases.map { .notBlocked("one", $0) }

  private static let ofSwitches: [Refusal] =
    [
      .boundAlready("s-1", account: "x", wanted: "y"), .notBound("s-1"), .sameAccount("s-1", account: "x"),
      .noSwitch("s-1"), .switchUnderWay("s-1", to: "x"),
      .isUnbound("s-1", number: 1), .notUnbound("s-1", number: 1),
      .otherAccount("s-1", wanted: "x", planned: "y", old: "z"),
      .unknownRequirement("x", platform: "p", nearest: [], known: ["registered"]),
      .unknownRequirement("x", platform: "p", nearest: ["registered"], known: ["registered"]),
      .beforeTheLastStep("s-1", at: .now, last: .now + 1, in: .utc),
      .plannedInThePast(.now, at: .now + 1, in: .utc),
      .endsBeforeUnbinding(.now, unbound: .now + 1, in: .utc),
      .finishBeforeItOpens(.now, opens: .now + 1, in: .utc),
    ]
    + [Milestone.planned, .unbound, .rebound].map { .forbidden($0, "s-1", platform: "p", violations) }

  private static let violations: [RuleViolation] = [
    .unconfirmed(["registered", "x"]), .pageShows, .coolsUsually(.days(7), since: .now),
    .tooSoon(.days(30), since: .now),
  ].map { reason in
    RuleViolation(
      rule: .coolDown, reason: reason, place: .init(file: "p.yaml", line: 2, column: 3), allowedFrom: .now)
  }

  static let uses: [TextUse] = [
    .author, .account, .requirement, .owner, .shopName, .platform, .team, .tag, .reason, .note, .link,
    .fileName, .userName, .tokenName,
  ]

  static let accessRefusals: [AccessRefusal] =
    [
      .passwordTooShort(count: 9, fewest: 10), .passwordTooLong(most: 1000),
      .passwordHasTooManyMarks, .passwordNotHashed, .passwordIsCommon,
      .passwordHoldsName, .wrongPassword, .unknownUser("x", nearest: []), .unknownUser("x", nearest: ["y"]),
      .userExists("x"), .lastAdmin("x"), .leadWithoutTeam, .unknownToken(3), .noScope,
      .unknownLink("s-1", number: 3), .endsInThePast(.now, now: .now + 1), .lastsTooLong(days: 366),
      .unknownFile("s-1", sha256: "ab"), .fileTooLarge(size: 20 << 20, most: 10 << 20),
      .onlyLeadsDeleteFiles,
    ] + [Role.merchant, .admin].map { .teamsOfNoUse($0) }

  static let storeErrors: [StoreError] = [
    .missing(path: "p"), .notAStore(path: "p"), .newerSchema(path: "p"),
    .newerSchema(path: "p", needs: ProgramVersion(major: 9, minor: 1)), .locked(path: "p"),
    .readOnly(path: "p"), .logUnreadable(path: "p"), .changedWhileRead(path: "p"), .full(path: "p"),
    .damaged(path: "p", detail: "d"), .unreachable(path: "p", detail: "d"), .unknownEngine("u"),
    .notEmpty(path: "p"), .exists(path: "p"), .strayLog(path: "p"),
    .noPostgreSQLLibrary(path: "p", detail: "d"), .badAddress("u", detail: "d"),
    .ambiguousAddress("u"), .passwordInAddress("u"),
    .notMigrated(path: "p"), .olderSchema(path: "p"), .outcomeUnknown(path: "p"),
    .pooledByTransaction(path: "p"),
  ]

  static let shopProblems: [BadTable.Problem] = [
    .unreadable(.tooLarge(most: 20 << 20)), .unreadable(.unknownEncoding), .unreadable(.conversionMissing),
    .unreadable(.tooManyMarks), .unreadable(.tooManyCells(most: 1000)), .unreadable(.unclosedQuote),
    .unreadable(.textAfterQuote), .unreadable(.empty), .unnamedColumn(2),
    .cutNumber(column: "id", "7E+18"),
    .unknownColumn("x", nearest: [], known: ["id", "name"]),
    .unknownColumn("x", nearest: ["id"], known: ["id", "name"]), .repeatedColumn("id"), .missingColumn("id"),
    .wrongCount(1, expected: 2), .repeatedID("s-1", firstLine: 2), .refused(.badShopID("x")),
    .emptyCell(column: "to"), .badTime(column: "until", "x", .notATime),
  ]

  static let exportProblems: [ImportStore.BadExport.Problem] = [
    .notAnExport, .newerVersion(2), .unknownKinds(["item-lost", "shop-moved"]), .unreadable("x"),
    .definitionHash, .eventHash(shop: "s-1", event: 1),
    .eventOrder(shop: "s-1", event: 1), .contradiction(shop: "s-1", event: 1, "x"), .truncated, .afterTheEnd,
    .wrongCount, .lineTooLong,
  ]

  static let times: [TimeTextError] = [
    .notATime, .noSuchDate("2026-02-30"), .noSuchTimeOfDay("24:01"), .noSuchOffset, .yearOutOfRange,
    .yearNotFirst("11/3/2026"), .dayNumber("45964"), .dateMissing, .offsetMissing,
  ]

  static let durations: [CalendarDurationError] = [
    .empty, .noNumber("x"), .negative, .fraction("1.5h"), .noUnit(3), .unknownUnit("min"),
    .unknownUnit("xyz"),
    .overFiveYears(.days), .overFiveYears(.workdays), .timeAfterElapsed(.hours), .badTime("9"),
    .misplacedBefore, .strayedSpace, .unexpected("x"),
  ]
}
