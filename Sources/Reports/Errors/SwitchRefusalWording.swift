import Domain

extension Refusal {
  /// Refusals about bindings and switches.
  var switchWording: Wording {
    switch self {
    case .boundAlready(let shop, let account, let wanted):
      Wording(
        en: """
          '\(shop)' is bound to '\(account.quotable)', and a binding can't be changed in place; to change it: \
          switchlist switch plan \(shop) --to \(wanted.quotable)
          """,
        zh: """
          店铺“\(shop)”已绑定“\(account.quotable)”，绑定不能直接修改；要更换请先计划换绑：\
          switchlist switch plan \(shop) --to \(wanted.quotable)
          """)
    case .notBound(let shop):
      Wording(
        en: """
          no binding of '\(shop)' is recorded yet; first say which account it is bound to: \
          switchlist shop bind \(shop) ACCOUNT
          """,
        zh: "还没有记录店铺“\(shop)”绑定的账号；请先记录：switchlist shop bind \(shop) 账号")
    case .sameAccount(let shop, let account):
      Wording(
        en: "'\(shop)' is bound to '\(account.quotable)' already, so there is nothing to switch",
        zh: "店铺“\(shop)”现在绑定的就是“\(account.quotable)”，不需要换绑")
    case .noSwitch(let shop):
      Wording(
        en:
          "no switch of '\(shop)' is under way; plan one first: switchlist switch plan \(shop) --to ACCOUNT",
        zh: "店铺“\(shop)”没有进行中的换绑；请先计划：switchlist switch plan \(shop) --to 账号")
    case .switchUnderWay(let shop, let account):
      Wording(
        en: """
          a switch of '\(shop)' to '\(account.quotable)' is under way; end it, or abandon it, before others are \
          recorded: switchlist switch show \(shop)
          """,
        zh: """
          店铺“\(shop)”换到“\(account.quotable)”的换绑正在进行；请先完成或放弃它，再补记其他换绑：\
          switchlist switch show \(shop)
          """)
    case .isUnbound(let shop, _):
      Wording(
        en: """
          '\(shop)' is unbound, so its switch can't be planned anew or abandoned; it ends by a rebind, to the \
          planned account or to the old one: switchlist switch rebind \(shop)
          """,
        zh: """
          店铺“\(shop)”已经解绑，不能再改计划或放弃；只能重新绑定（新账号或原账号）：\
          switchlist switch rebind \(shop)
          """)
    case .notUnbound(let shop, _):
      Wording(
        en: "'\(shop)' isn't unbound yet; when it is, record that first: switchlist switch unbind \(shop)",
        zh: "店铺“\(shop)”还没有解绑；解绑后请先记录：switchlist switch unbind \(shop)")
    case .otherAccount(let shop, let wanted, let planned, let old):
      Wording(
        en: """
          '\(wanted.quotable)' isn't an account that '\(shop)' can be rebound to: the planned one is \
          '\(planned.quotable)', the old one '\(old.quotable)'
          """,
        zh: """
          店铺“\(shop)”不能绑定到“\(wanted.quotable)”：计划的新账号是“\(planned.quotable)”，\
          原账号是“\(old.quotable)”
          """)
    case .unknownRequirement(let name, let platform, let nearest, let known):
      Wording(
        en:
          "\(platform.quotable) asks for no '\(name.quotable)'\(Self.suggestion(nearest, else: "it asks for \(Self.list(known))", "").en)",
        zh:
          "平台 \(platform.quotable) 的规则里没有“\(name.quotable)”\(Self.suggestion(nearest, else: "", "规则要求的是 \(Self.list(known, "、"))").zh)"
      )
    case .beforeTheLastStep(let shop, let at, let last, let zone):
      Self.contradiction(at, last, in: zone) { at, last in
        Wording(
          en: "\(at) is before the last step that is recorded for '\(shop)' (\(last)); give a later time",
          zh: "\(at) 早于店铺“\(shop)”已记录的上一步（\(last)）；请给更晚的时间")
      }
    case .plannedInThePast(let planned, let at, let zone):
      Self.contradiction(planned, at, in: zone) { planned, at in
        Wording(
          en: """
            the planned time \(planned) is before the plan itself (\(at)); for a plan of the past, give --at too
            """,
          zh: "计划时间 \(planned) 早于计划本身（\(at)）；如果是补记以前的计划，请同时写 --at")
      }
    case .endsBeforeUnbinding(let until, let unbound, let zone):
      Self.contradiction(until, unbound, in: zone) { until, unbound in
        Wording(
          en: "--until \(until) is before the unbinding (\(unbound)); look at the page again",
          zh: "--until \(until) 早于解绑时间（\(unbound)）；请再看一眼平台页面")
      }
    case .finishBeforeItOpens(let finishBy, let opens, let zone):
      Self.contradiction(finishBy, opens, in: zone, isFirstDue: true) { finishBy, opens in
        Wording(
          en: "--finish-by \(finishBy) is before rebinding opens (\(opens)); look at the page again",
          zh: "--finish-by \(finishBy) 早于可以重新绑定的时间（\(opens)）；请再看一眼平台页面")
      }
    case .forbidden(let step, let shop, let platform, let violations):
      Self.forbidden(step, shop, platform, violations)
    default: Wording(en: "", zh: "")
    }
  }

  private static func forbidden(
    _ step: Milestone, _ shop: ShopID, _ platform: String?, _ violations: [RuleViolation]
  ) -> Wording {
    let reasons = violations.map { $0.wording(platform) }
    return Wording(
      en: """
        \(step.stepWording.en) '\(shop)' isn't allowed: \(reasons.map(\.en).joined(separator: "; and ")); to do it \
        all the same: --override --reason TEXT
        """,
      zh: """
        店铺“\(shop)”现在不能\(step.stepWording.zh)：\(reasons.map(\.zh).joined(separator: "；另外，"))；\
        确需继续请写明原因：--override --reason 原因
        """)
  }
}

extension Milestone {
  /// What the step does, as a gerund that is followed by the shop.
  var stepWording: Wording {
    switch self {
    case .planned: Wording(en: "planning a switch of", zh: "计划换绑")
    case .unbound: Wording(en: "unbinding", zh: "解绑")
    case .cooled: Wording(en: "cooling down", zh: "等待")
    case .rebound: Wording(en: "rebinding", zh: "重新绑定")
    }
  }
}
