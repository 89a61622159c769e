import Domain

extension Refusal {
  /// What is wrong and what to do next, for pages and the API: like `wording`, but doesn't mention
  /// command-line options.
  ///
  /// - Parameters:
  ///   - withPlaces: whether to include places in definition files, which only admins can act upon.
  ///   - name: an item's display name; nil: its id.
  package func pageWording(
    withPlaces: Bool = false, _ name: (ItemID) -> Wording? = { _ in nil }
  ) -> Wording {
    func called(_ item: ItemID) -> Wording {
      name(item) ?? Wording(en: item.rawValue, zh: item.rawValue)
    }
    return itemOnPage(called) ?? runOnPage(called) ?? shopOnPage ?? switchOnPage(withPlaces)
      ?? textWording(\.onPage) ?? wording
  }

  private func itemOnPage(_ called: (ItemID) -> Wording) -> Wording? {
    switch self {
    case .waiting(let item, let others):
      let names = others.map(called)
      return Wording(
        en:
          "“\(called(item).en)” waits for \(names.map { "“\($0.en)”" }.joined(separator: ", ")); do that first",
        zh: "“\(called(item).zh)”要先等\(names.map { "“\($0.zh)”" }.joined(separator: "、"))完成")
    case .lacksProof(let item, let kinds):
      return Wording(
        en: "“\(called(item).en)” asks for proof: \(kinds.map(\.onPage.en).joined(separator: " or "))",
        zh: "“\(called(item).zh)”需要凭证：\(kinds.map(\.onPage.zh).joined(separator: "或"))")
    case .isSkipped(let item, let person, let link, _):
      let who = DoneBy.wording(person.quotable, link: link)
      return Wording(
        en: "“\(called(item).en)” was skipped by \(who.en); if it was done after all, undo that first",
        zh: "“\(called(item).zh)”已被 \(who.zh) 跳过；如果确实做了，请先撤销跳过")
    case .criticalItem(let item):
      return Wording(
        en: "“\(called(item).en)” is critical: only a lead may skip it",
        zh: "“\(called(item).zh)”是关键任务项，只有主管可以跳过")
    case .samePerson(let item, let person, let link):
      let who = DoneBy.wording(person.quotable, link: link)
      return Wording(
        en: "“\(called(item).en)” was ticked by \(who.en); somebody else has to confirm it",
        zh: "“\(called(item).zh)”是 \(who.zh) 勾选的，要由另一个人确认")
    case .makerTicked(let item, let maker, let isByLink):
      return Self.makerTicked("“\(called(item).en)”", "“\(called(item).zh)”", maker.quotable, isByLink)
    case .nothingToConfirm(let item, let state):
      return Wording(
        en: "“\(called(item).en)” is \(state.wording.en), so there is nothing to confirm",
        zh: "“\(called(item).zh)”的状态是“\(state.wording.zh)”，没有要确认的")
    case .notOutstanding(let item, let state), .notBlocked(let item, let state):
      return Wording(
        en: "“\(called(item).en)” is \(state.wording.en) by now; look at the page again",
        zh: "“\(called(item).zh)”现在的状态是“\(state.wording.zh)”；请再看一眼页面")
    case .isBlocked(let item):
      return Wording(
        en: "“\(called(item).en)” is blocked, not ticked; end the block, or tick it when it is done",
        zh: "“\(called(item).zh)”处于受阻状态；请先解除受阻，做完了请直接完成")
    case .isMissed(let item, let milestone, let at, let zone):
      return Self.isMissed(
        "“\(called(item).en)”", "“\(called(item).zh)”", milestone, "\(zone.format(at)) \(zone.name)")
    case .severalRuns(_, let item, let runs):
      return Wording(
        en: "“\(called(item).en)” is in runs \(Self.list(runs)); say in which",
        zh: "第 \(Self.list(runs, "、")) 次执行里都有“\(called(item).zh)”；请说明是哪一次")
    default: return nil
    }
  }

  /// Expects item names in quotation marks.
  static func makerTicked(_ en: String, _ zh: String, _ maker: String, _ isByLink: Bool) -> Wording {
    let (key, zhKey) = isByLink ? ("link", "链接") : ("token", "令牌")
    return Wording(
      en: """
        \(en) was ticked by \(maker), who also made this \(key), so confirming it this way counts as the same person. \
        Sign in with an account of your own to confirm it, or let somebody else confirm it
        """,
      zh: "\(zh)是 \(maker) 勾选的，这个\(zhKey)也是 \(maker) 创建的，用它确认等于本人确认。请用自己的账号登录后确认，或请另一个人确认")
  }

  private func runOnPage(_ called: (ItemID) -> Wording) -> Wording? {
    switch self {
    case .runIsClosed(let run, .stopped):
      Wording(
        en:
          "the checklist (run \(run)) was stopped, so nothing in it changes any more; look at the page again",
        zh: "这份清单（第 \(run) 次执行）已停止，不能再修改；请再看一眼页面")
    case .runIsClosed(let run, .superseded):
      Wording(
        en: "the checklist was begun anew, so nothing in run \(run) changes any more; look at the page again",
        zh: "这份清单已重新开始，第 \(run) 次执行不能再修改；请再看一眼页面")
    case .runIsOlder(let run, let newer):
      Wording(
        en:
          "the checklist was begun anew as run \(newer), so nothing in run \(run) changes any more; look at the page again",
        zh: "这份清单已重新开始（第 \(newer) 次执行），第 \(run) 次执行不能再修改；请再看一眼页面")
    case .noActiveRun(_, let item, let run, let state):
      Self.noActiveRun(called(ItemID(trusted: item)), run, state)
    default: nil
    }
  }

  private static func noActiveRun(_ item: Wording, _ run: Int, _ state: RunState) -> Wording {
    let ended = state == .superseded ? Wording(en: "begun anew", zh: "已重新开始") : state.wording
    return Wording(
      en: "“\(item.en)” is in no active checklist: the one with it (run \(run)) is \(ended.en)",
      zh: "进行中的清单里没有“\(item.zh)”：含有它的清单（第 \(run) 次执行）\(ended.zh)")
  }

  private var shopOnPage: Wording? {
    switch self {
    case .shopExists(let id):
      Wording(en: "there is a shop '\(id)' already", zh: "店铺“\(id)”已经存在")
    case .shopArchived(let id):
      Wording(
        en: "'\(id)' is archived; a lead can restore it", zh: "店铺“\(id)”已归档；主管可以恢复它")
    case .unknownShop(let id, _): Wording(en: "there is no shop '\(id.quotable)'", zh: "没有店铺“\(id.quotable)”")
    case .unknownName(let key, let name, let nearest): key.unknown(name, nearest, else: nil)
    case .noRuns(let shop), .noneActive(let shop):
      Wording(en: "'\(shop)' has no active run", zh: "店铺“\(shop)”没有进行中的清单")
    case .unknownItem(let item, _, _):
      Wording(
        en: "there is no item '\(item.quotable)' any more; look at the page again",
        zh: "没有任务项“\(item.quotable)”了；请再看一眼页面")
    case .severalActiveRuns(_, let runs):
      Wording(
        en: "runs \(Self.list(runs)) are active; say which", zh: "第 \(Self.list(runs, "、")) 次执行都在进行中；请说明是哪一次")
    case .unknownChecklist(let id, let nearest):
      Wording(
        en:
          "there is no checklist '\(id.quotable)'\(Self.suggestion(nearest, else: "the page Checklists lists them", "").en)",
        zh: "没有清单“\(id.quotable)”\(Self.suggestion(nearest, else: "", "全部清单见“清单”页").zh)")
    case .checklistNotForShop(let checklist, let shop):
      Wording(
        en: "'\(checklist)' isn't for '\(shop)': the shop's platform, team or tags don't match its 'when'",
        zh: "清单“\(checklist)”不适用于店铺“\(shop)”：店铺的平台、团队或标签不符合其条件")
    case .alreadyActive(let checklist, let run, let shop):
      Wording(
        en: "run \(run) of '\(checklist)' is active for '\(shop)' already",
        zh: "店铺“\(shop)”的清单“\(checklist)”（第 \(run) 次执行）正在进行")
    case .noRebinding(let shop):
      Wording(
        en: "no rebinding of '\(shop)' is recorded, so due times can't count from it; give the time",
        zh: "没有记录店铺“\(shop)”的重新绑定，无法从那时起算；请写明时间")
    case .nothingToStart(let shop, let active):
      active.isEmpty
        ? Wording(
          en: "no checklist that begins after rebinding is for '\(shop)'; is its platform right?",
          zh: "没有适用于店铺“\(shop)”的换绑后清单；店铺的平台填对了吗？")
        : Wording(en: "everything for '\(shop)' is under way already", zh: "店铺“\(shop)”的清单都已在进行")
    default: nil
    }
  }

  private func switchOnPage(_ withPlaces: Bool) -> Wording? {
    switch self {
    case .boundAlready(_, let account, _):
      Wording(
        en: "the shop is bound to '\(account.quotable)' already; to change that, plan a switch",
        zh: "店铺已绑定“\(account.quotable)”；要更换，请计划换绑")
    case .notBound:
      Wording(
        en: "first record which account the shop is bound to", zh: "请先记下店铺现在绑定的是哪个账号")
    case .noSwitch: Wording(en: "no switch is under way; plan one first", zh: "没有进行中的换绑；请先计划")
    case .switchUnderWay(_, let account):
      Wording(
        en: "a switch to '\(account.quotable)' is under way", zh: "换到“\(account.quotable)”的换绑正在进行")
    case .isUnbound:
      Wording(
        en:
          "the shop is unbound: the switch can only end by a rebinding, to the new account or to the old one",
        zh: "店铺已经解绑，只能重新绑定（新账号或原账号）")
    case .notUnbound: Wording(en: "the shop isn't unbound yet; record that first", zh: "还没有解绑；请先记下解绑")
    case .plannedInThePast(let planned, let at, let zone):
      Self.contradiction(planned, at, in: zone) { planned, at in
        Wording(en: "the planned time \(planned) is before now (\(at))", zh: "计划时间 \(planned) 早于现在（\(at)）")
      }
    case .endsBeforeUnbinding(let until, let unbound, let zone):
      Self.contradiction(until, unbound, in: zone) { until, unbound in
        Wording(
          en:
            "the wait can't end (\(until)) before the unbinding (\(unbound)); look at the platform's page again",
          zh: "等待期的结束 \(until) 早于解绑时间（\(unbound)）；请再看一眼平台页面")
      }
    case .finishBeforeItOpens(let finishBy, let opens, let zone):
      Self.contradiction(finishBy, opens, in: zone, isFirstDue: true) { finishBy, opens in
        Wording(
          en: "the end \(finishBy) is before rebinding opens (\(opens)); look at the platform's page again",
          zh: "最晚完成的时间 \(finishBy) 早于可以重新绑定的时间（\(opens)）；请再看一眼平台页面")
      }
    case .forbidden(let step, _, _, let violations):
      Self.forbiddenOnPage(step, violations.map { $0.onPage(step, withPlace: withPlaces) })
    default: nil
    }
  }

  private static func forbiddenOnPage(_ step: Milestone, _ reasons: [Wording]) -> Wording {
    let name: Wording =
      switch step {
      case .planned: Wording(en: "planning a switch", zh: "计划换绑")
      case .unbound: Wording(en: "unbinding", zh: "解绑")
      case .cooled, .rebound: Wording(en: "rebinding", zh: "重新绑定")
      }
    return Wording(
      en: "\(name.en) isn't allowed: \(reasons.map(\.en).joined(separator: "; and "))",
      zh: "现在不能\(name.zh)：\(reasons.map(\.zh).joined(separator: "；另外，"))")
  }
}

extension TextUse {
  fileprivate var onPage: Wording {
    switch self {
    case .author: Wording(en: "your name", zh: "你的名字")
    case .requirement: Wording(en: "the requirement's name", zh: "要求的名称")
    default: wording
    }
  }
}

extension ProofKind {
  fileprivate var onPage: Wording {
    switch self {
    case .none: Wording(en: "nothing", zh: "无")
    case .note: Wording(en: "a note", zh: "备注")
    case .link: Wording(en: "a link", zh: "链接")
    case .file: Wording(en: "a photo or file", zh: "照片或文件")
    case .secondPerson: Wording(en: "a second person's confirmation", zh: "另一个人的确认")
    }
  }
}
