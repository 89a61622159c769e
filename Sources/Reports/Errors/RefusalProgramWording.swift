import Domain

extension Refusal {
  /// What is wrong and what to do next, for users of the API: names items and fields as requests do.
  package var programWording: Wording {
    itemForPrograms ?? runForPrograms ?? shopForPrograms ?? switchForPrograms ?? pageWording()
  }

  private var itemForPrograms: Wording? {
    switch self {
    case .waiting(let item, let others):
      Wording(
        en: "'\(item)' waits for \(Self.list(others)); tick that first, or all of them with one request",
        zh: "“\(item)”要先等 \(Self.list(others, "、")) 完成；请先勾选，或用一个请求一起勾选")
    case .lacksProof(let item, let kinds):
      Wording(
        en: "'\(item)' asks for proof: \(kinds.map(\.forPrograms.en).joined(separator: ", or "))",
        zh: "“\(item)”需要凭证：\(kinds.map(\.forPrograms.zh).joined(separator: "，或"))")
    case .isSkipped(let item, let name, let link, _):
      Wording(
        en:
          "'\(item)' was skipped by \(DoneBy.wording(name.quotable, link: link).en); if it was done after all, untick it first",
        zh: "“\(item)”已被 \(DoneBy.wording(name.quotable, link: link).zh) 跳过；如果确实做了，请先用 untick 撤销")
    case .notOutstanding(let item, let state), .notBlocked(let item, let state):
      Wording(
        en: "'\(item)' is \(state.wording.en); to open it again: untick",
        zh: "“\(item)”的状态是“\(state.wording.zh)”；要重新打开请用 untick")
    case .isBlocked(let item):
      Wording(
        en: "'\(item)' is blocked, not ticked; unblock it, or tick it when it is done",
        zh: "“\(item)”处于受阻状态；请用 unblock 解除，做完了请直接用 tick")
    case .severalRuns(_, let item, let runs):
      Wording(
        en: "'\(item)' is in runs \(Self.list(runs)); choose with the field run",
        zh: "第 \(Self.list(runs, "、")) 次执行里都有“\(item)”；请用字段 run 选择")
    case .unknownItem(let item, let shop, let nearest):
      Wording(
        en:
          "no run of '\(shop)' holds an item '\(item.quotable)'\(Self.suggestion(nearest, else: "its status lists them", "").en)",
        zh:
          "店铺“\(shop)”的清单里没有任务项“\(item.quotable)”\(Self.suggestion(nearest, else: "", "全部任务项见其状态（status）").zh)"
      )
    default: nil
    }
  }

  private var runForPrograms: Wording? {
    switch self {
    case .runIsClosed(let run, let state):
      Wording(
        en: "run \(run) is \(state.wording.en) and takes no changes",
        zh: "第 \(run) 次执行\(state.wording.zh)，不能再修改")
    case .runIsOlder(let run, let newer):
      Wording(
        en: "run \(run) takes no changes: run \(newer) of the same checklist came after it",
        zh: "第 \(run) 次执行不能再修改：同一清单之后已有第 \(newer) 次执行")
    case .severalActiveRuns(_, let runs):
      Wording(
        en: "runs \(Self.list(runs)) are active; choose with the field run",
        zh: "第 \(Self.list(runs, "、")) 次执行都在进行中；请用字段 run 选择")
    case .alreadyActive(let checklist, let run, let shop):
      Wording(
        en:
          "run \(run) of '\(checklist)' is active for '\(shop)'; to begin anew in its place: \"again\": true",
        zh: "店铺“\(shop)”的清单“\(checklist)”（第 \(run) 次执行）正在进行；要重新开始请写 \"again\": true")
    default: nil
    }
  }

  private var shopForPrograms: Wording? {
    switch self {
    case .unknownShop(let id, let nearest):
      Wording(
        en:
          "there is no shop '\(id.quotable)'\(Self.suggestion(nearest, else: "the list of shops has all", "").en)",
        zh: "没有店铺“\(id.quotable)”\(Self.suggestion(nearest, else: "", "全部店铺见列表").zh)")
    case .unknownChecklist(let id, let nearest):
      Wording(
        en:
          "there is no checklist '\(id.quotable)'\(Self.suggestion(nearest, else: "/api/v1/checklists lists them", "").en)",
        zh: "没有清单“\(id.quotable)”\(Self.suggestion(nearest, else: "", "全部清单见 /api/v1/checklists").zh)")
    case .noRuns(let shop), .noneActive(let shop):
      Wording(
        en: "'\(shop)' has no active run; begin one with startRuns",
        zh: "店铺“\(shop)”没有进行中的清单；请用 startRuns 开始")
    default: nil
    }
  }

  private var switchForPrograms: Wording? {
    switch self {
    case .notBound(let shop):
      Wording(
        en: "no binding of '\(shop)' is recorded yet; do that first, with bindShop",
        zh: "还没有记录店铺“\(shop)”绑定的账号；请先用 bindShop 记录")
    case .endsBeforeUnbinding(let until, let unbound, let zone):
      Self.contradiction(until, unbound, in: zone) { until, unbound in
        Wording(
          en: "until: \(until) is before the unbinding (\(unbound))", zh: "until：\(until) 早于解绑时间（\(unbound)）")
      }
    case .finishBeforeItOpens(let finishBy, let opens, let zone):
      Self.contradiction(finishBy, opens, in: zone) { finishBy, opens in
        Wording(
          en: "finish_by: \(finishBy) is before rebinding opens (\(opens))",
          zh: "finish_by：\(finishBy) 早于可以重新绑定的时间（\(opens)）")
      }
    case .plannedInThePast(let planned, let at, let zone):
      Self.contradiction(planned, at, in: zone) { planned, at in
        Wording(
          en:
            "for: the planned time \(planned) is before the plan itself (\(at)); for a plan of the past, give at too",
          zh: "for：计划时间 \(planned) 早于计划本身（\(at)）；补记以前的计划请同时写 at")
      }
    case .forbidden(let step, let shop, _, let violations):
      Wording(
        en: """
          \(step.stepWording.en) '\(shop)' isn't allowed: \
          \(violations.map(\.forPrograms.en).joined(separator: "; and ")); as a lead, to do it all the same: \
          override, with a reason
          """,
        zh: """
          店铺“\(shop)”现在不能\(step.stepWording.zh)：\
          \(violations.map(\.forPrograms.zh).joined(separator: "；另外，"))；主管确需继续请写 override 和 reason
          """)
    default: nil
    }
  }
}

extension ProofKind {
  /// How to send this kind of proof in a request.
  fileprivate var forPrograms: Wording {
    switch self {
    case .none: Wording(en: "nothing", zh: "无")
    case .note: Wording(en: "a note", zh: "备注（note）")
    case .link: Wording(en: "a link", zh: "链接（link）")
    case .file:
      Wording(en: "a file that was kept before, by its SHA-256 (file)", zh: "先上传的文件，写其 SHA-256（file）")
    case .secondPerson: Wording(en: "a second person's confirmation", zh: "另一个人的确认")
    }
  }
}
