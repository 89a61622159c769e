import Domain
import TestSupport
import Testing

@Suite struct ConditionTests {
  struct Case: CustomTestStringConvertible {
    let condition: Condition
    var platform: String?
    var team: String?
    var tags: [String] = []
    let matches: Bool
    var testDescription: String { "\(condition) for \(platform ?? "-"), \(team ?? "-"), \(tags)" }
  }

  static let table: [Case] = [
    .init(condition: .always, matches: true),
    .init(condition: .always, platform: "douyin", team: "east", tags: ["live"], matches: true),
    .init(condition: Condition(platforms: ["douyin"]), platform: "douyin", matches: true),
    .init(condition: Condition(platforms: ["douyin"]), platform: "Douyin", matches: false),
    .init(condition: Condition(platforms: ["douyin"]), matches: false),
    .init(condition: Condition(platforms: ["douyin", "taobao"]), platform: "taobao", matches: true),
    .init(condition: Condition(teams: ["east"]), team: "west", matches: false),
    .init(condition: Condition(tags: ["live", "vip"]), tags: ["new", "vip"], matches: true),
    .init(condition: Condition(tags: ["live", "vip"]), tags: ["new"], matches: false),
    .init(condition: Condition(tags: ["live"]), matches: false),
    .init(
      condition: Condition(platforms: ["douyin"], teams: ["east"], tags: ["live"]), platform: "douyin",
      team: "east", tags: ["live"], matches: true),
    .init(
      condition: Condition(platforms: ["douyin"], teams: ["east"], tags: ["live"]), platform: "douyin",
      team: "east", tags: ["new"], matches: false),
    .init(condition: Condition(tags: []), tags: ["live"], matches: false),
  ]

  @Test(arguments: table) func everyKeyMustMatchByAnyOfItsValues(_ given: Case) {
    #expect(
      given.condition.matches(platform: given.platform, team: given.team, tags: given.tags)
        == given.matches)
  }
}
