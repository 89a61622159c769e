import Domain

extension PlatformRules.Place {
  /// `platforms/douyin.yaml:3:11`: relative to the folder of definitions, wherever that is.
  package var inFolder: String {
    "\(file.split(separator: "/").suffix(2).joined(separator: "/")):\(line):\(column)"
  }
}

extension RuleViolation {
  /// For merchants: what to wait for, until when, and what to do then.
  ///
  /// - Parameter withPlace: whether to include the rule's name and place, for those who maintain the files.
  func onPage(_ step: Milestone, withPlace: Bool) -> Wording {
    let words = merchantWords(step)
    guard withPlace, let place else { return words }
    return Wording(
      en: "\(words.en) (rule \(rule.rawValue), \(place.inFolder))",
      zh: "\(words.zh)（规则 \(rule.rawValue)，\(place.inFolder)）")
  }

  private func merchantWords(_ step: Milestone) -> Wording {
    switch reason {
    case .unconfirmed(let names):
      return Wording(
        en: "of the new account this has to be confirmed first: \(names.joined(separator: ", "))",
        zh: "请先确认新账号：\(names.map(RequirementWords.zh).joined(separator: "、"))")
    case .pageShows:
      let from = from(since: nil)
      return Wording(
        en: "still cooling down: rebinding opens on \(from.en), as the platform's page showed",
        zh: "还在等待期：\(from.zh) 起可以重新绑定（平台页面显示的时间）")
    case .coolsUsually(let usual, let since):
      let from = from(since: since)
      return Wording(
        en: """
          still cooling down: rebinding opens on \(from.en) (the wait is usually \(usual.inWords.en); the platform's \
          page has the exact time)
          """,
        zh: "还在等待期：\(from.zh) 起可以重新绑定（通常要等\(usual.inWords.zh)，以平台页面为准）")
    case .tooSoon(let least, let since):
      let from = from(since: since)
      let isPlan = step == .planned
      return Wording(
        en: """
          too soon after the last rebinding, from which \(least.inWords.en) have to pass: \
          \(isPlan ? "plan the unbinding for \(from.en) or later" : "unbinding is possible from \(from.en)") \
          (the platform's page has the exact time)
          """,
        zh: """
          离上次绑定还不到\(least.inWords.zh)：\(isPlan ? "请把解绑计划在 \(from.zh) 或之后" : "\(from.zh) 起可以解绑")\
          （以平台页面为准）
          """)
    }
  }

  /// For users of the API: the rule by its name, and the moment as in JSON.
  var forPrograms: Wording {
    let from = allowedFrom?.iso8601 ?? ""
    switch reason {
    case .unconfirmed(let names):
      let list = names.joined(separator: ", ")
      return Wording(
        en: "rule '\(rule.rawValue)' asks for these in confirmed: \(list)",
        zh: "规则“\(rule.rawValue)”要求在 confirmed 中写明：\(list)")
    case .pageShows:
      return Wording(
        en: "the platform's page showed that rebinding opens at \(from)",
        zh: "平台页面显示，\(from) 起才能重新绑定")
    case .coolsUsually(let usual, _):
      return Wording(
        en:
          "rule '\(rule.rawValue)': the cool-down is usually \(usual.text); allowed from \(from), an estimate",
        zh: "规则“\(rule.rawValue)”：解绑后通常要等 \(usual.text)；\(from) 起允许（估计）")
    case .tooSoon(let least, _):
      return Wording(
        en: """
          rule '\(rule.rawValue)': \(least.text) must lie between the last rebinding and the next unbinding; \
          allowed from \(from)
          """,
        zh: "规则“\(rule.rawValue)”：上次绑定与下次解绑之间至少隔 \(least.text)；\(from) 起允许")
    }
  }

  /// `6 Dec 00:04`, with the year if it differs from that of `since`.
  private func from(since: Moment?) -> Wording {
    guard let moment = allowedFrom else { return Wording(en: "", zh: "") }
    let (year, month, day) = zone.local(moment).date.parts
    let isOtherYear = since.map { zone.local($0).date.year != year } ?? false
    let clock = zone.format(moment).suffix(5)
    return Wording(
      en: "\(day) \(Self.months[month - 1])\(isOtherYear ? " \(year)" : "") \(clock)",
      zh: "\(isOtherYear ? "\(year)年" : "")\(month)月\(day)日 \(clock)")
  }

  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
}

extension CalendarDuration {
  /// The length in words, such as `7 days`; as written in the file if it has a time of day.
  var inWords: Wording {
    if time != nil || before { return Wording(en: text, zh: " \(text)") }
    let plural = count == 1 ? "" : "s"
    return switch unit {
    case .minutes: Wording(en: "\(count) minute\(plural)", zh: " \(count) 分钟")
    case .hours: Wording(en: "\(count) hour\(plural)", zh: " \(count) 小时")
    case .days: Wording(en: "\(count) day\(plural)", zh: " \(count) 天")
    case .weeks: Wording(en: "\(count) week\(plural)", zh: " \(count) 周")
    case .workdays: Wording(en: "\(count) workday\(plural)", zh: " \(count) 个工作日")
    }
  }
}

extension RuleViolation {
  /// For the command line and the API: the rule, its place in the file, and the moment from which it allows
  /// the step.
  package func wording(_ platform: String?) -> Wording {
    let stands = place.map { "\($0.file):\($0.line):\($0.column)" }
    let named = Wording(
      en: "rule '\(rule.rawValue)'" + (stands.map { " (\($0))" } ?? ""),
      zh: "规则“\(rule.rawValue)”" + (stands.map { "（\($0)）" } ?? ""))
    let from = allowedFrom.map { "\(zone.format($0)) \(zone.name)" } ?? ""
    switch reason {
    case .unconfirmed(let names):
      let options = names.map { "--confirmed \($0)" }.joined(separator: " ")
      return Wording(
        en: """
          \(named.en): the new account must be \(names.joined(separator: ", ")); when it is, say so with \
          \(options)
          """,
        zh: """
          \(named.zh)：新账号必须满足 \(names.map(RequirementWords.zh).joined(separator: "、"))；\
          确认后请加上 \(options)
          """)
    case .pageShows:
      return Wording(
        en: "the platform's page showed that rebinding opens at \(from)",
        zh: "平台页面显示，\(from) 起才能重新绑定")
    case .coolsUsually(let usual, _):
      return Wording(
        en: """
          \(named.en): the cool-down is usually \(usual.inWords.en); allowed from \(from) (an estimate: check the \
          platform's page)
          """,
        zh: "\(named.zh)：解绑后通常要等\(usual.inWords.zh)；\(from) 起允许（这是估计，以平台页面为准）")
    case .tooSoon(let least, let since):
      return Wording(
        en: """
          \(named.en): \(least.inWords.en) must lie between the last rebinding (\(zone.format(since))) and the next \
          unbinding; allowed from \(from) (check it on the platform)
          """,
        zh: """
          \(named.zh)：上次绑定（\(zone.format(since))）与下次解绑之间至少隔\(least.inWords.zh)；\
          \(from) 起允许（以平台为准）
          """)
    }
  }
}

/// Descriptions of the requirements that platforms usually have.
enum RequirementWords {
  /// Falls back to the name itself.
  package static func zh(_ name: String) -> String {
    switch name {
    case "registered": "已注册（registered）"
    case "real-name-verified": "已通过实名认证（real-name-verified）"
    default: name
    }
  }
}
