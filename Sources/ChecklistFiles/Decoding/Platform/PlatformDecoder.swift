import Domain
import YAMLReading

/// The result of reading the file of one platform's rules.
struct DecodedPlatform {
  /// Nil if there are errors.
  let rules: PlatformRules?
  let drafts: [Draft]
}

extension DefinitionDecoder {
  /// Reads a platform's rules from a file's bytes.
  ///
  /// - Parameters:
  ///   - file: The file's path, for the places of the rules.
  ///   - name: The file's name without its extension.
  ///   - today: Warns if the rules were checked long before this day, or after it; nil: no warning.
  static func platform(
    in text: [UInt8], file: String, name: String, today: CivilDate?, zones: any ZoneSource
  ) -> DecodedPlatform {
    let reading = YAMLReader.read(text)
    let problems = reading.problem.map { [Draft($0)] } ?? []
    guard let document = reading.document else { return DecodedPlatform(rules: nil, drafts: problems) }
    var decoder = DefinitionDecoder(document)
    let rules = decoder.platform(file, name, today, zones)
    let drafts = problems + decoder.drafts
    return DecodedPlatform(rules: drafts.hasErrors ? nil : rules, drafts: drafts)
  }

  private mutating func platform(
    _ file: String, _ name: String, _ today: CivilDate?, _ zones: some ZoneSource
  ) -> PlatformRules? {
    let root = document.root
    guard document.kind(of: root) == .mapping else {
      notAMap(root, Wording(en: "a platform", zh: "平台规则"), first: "platform")
      return nil
    }
    let fields = fields(of: root, PlatformKey.table)
    for key in [PlatformKey.platform, .checked] where fields[key] == nil {
      missing(PlatformKey.table.names[key.rawValue], in: root)
    }
    if let node = fields[PlatformKey.platform], let written = string(node, key: "platform") {
      checkName(
        written, at: node, name, Wording(en: "this file calls its platform", zh: "这个文件里的平台叫"),
        Wording(en: "shops", zh: "店铺"))
    }
    let title = fields[PlatformKey.title].flatMap { text($0, key: "title", .one) }
    let description = fields[PlatformKey.description].flatMap { text($0, key: "description", .many) }
    let zone = fields[PlatformKey.timeZone].flatMap { timeZone($0, zones) }
    let coolDown = fields[PlatformKey.coolDown].flatMap { self.coolDown($0) }
    let between = fields[PlatformKey.betweenSwitches].flatMap { wait($0, key: "between-switches") }
    let requires = fields[PlatformKey.requires].map { requirements($0) } ?? Requirements()
    let texts = fields[PlatformKey.texts].map { ruleTexts($0, requires) } ?? [:]
    let checked = fields[PlatformKey.checked].flatMap { date($0, key: "checked") }
    guard let checked else { return nil }
    if let today, let node = fields[PlatformKey.checked] { warnOfCheck(checked, today, at: node) }
    return PlatformRules(
      platform: name, title: title, description: description, timeZone: zone, coolDown: coolDown,
      betweenSwitches: between, requires: requires.names, texts: texts, checked: checked,
      places: places(of: fields, in: file))
  }

  private func places(of fields: KeySlots, in file: String) -> [PlatformRules.Rule: PlatformRules.Place] {
    let keys: [(rule: PlatformRules.Rule, key: PlatformKey)] = [
      (.requires, .requires), (.coolDown, .coolDown), (.betweenSwitches, .betweenSwitches),
    ]
    var places: [PlatformRules.Rule: PlatformRules.Place] = [:]
    for (rule, key) in keys {
      guard let place = fields[key].map({ document.place(of: $0) }) else { continue }
      places[rule] = PlatformRules.Place(file: file, line: place.line, column: place.column)
    }
    return places
  }

  /// Rules change, so somebody has to compare them with the platform's page from time to time.
  private mutating func warnOfCheck(_ checked: CivilDate, _ today: CivilDate, at node: Int) {
    let days = today.dayNumber - checked.dayNumber
    if days > Self.mostDaysUnchecked {
      warning(
        "old-check", at: node,
        en: "these rules were compared with the platform's page \(days) days ago; look at the page again, "
          + "correct what has changed, and set 'checked' to today",
        zh: "上次与平台页面核对是 \(days) 天前；请再看一遍平台页面，改好变了的规则，再把“checked”改成今天")
    } else if days < -1 {
      // One day is tolerated: in the easternmost zones it is already tomorrow while it is still today in UTC.
      warning(
        "future-check", at: node,
        en: "\(checked) is still to come; 'checked' is the day on which somebody looked at the platform's "
          + "page",
        zh: "\(checked) 还没有到；“checked”写的是实际查看平台页面的日期")
    }
  }

  private static let mostDaysUnchecked = 180
}
