import Domain
import Formats

extension Refusal {
  /// What is wrong, where, and what to do next.
  package var wording: Wording {
    switch self {
    case .emptyText, .textTooLong, .controlCharacter, .tooManyMarks:
      textWording(\.wording) ?? Wording(en: "", zh: "")
    case .badShopID, .semicolonInTag, .cutNumber, .unknownTimeZone, .timeZoneNoLongerKnown: shapeWording
    case .unknownName(let key, let name, let nearest):
      key.unknown(name, nearest, else: key.whereToLook)
    case .emptyFilter(let key): key.isEmpty
    case .unknownShop, .shopExists, .shopArchived, .noRuns, .unknownRun, .unknownItem, .noActiveRun,
      .severalRuns, .noneActive, .severalActiveRuns, .runIsClosed, .runIsOlder:
      placeWording
    case .unknownChecklist, .checklistNotForShop, .alreadyActive, .nothingToStart, .allItemsLeftOut,
      .closedByMilestone, .noRebinding:
      startWording
    case .waiting, .lacksProof, .badLink, .emptyFile, .isSkipped, .criticalItem, .samePerson, .makerTicked,
      .nothingToConfirm,
      .notOutstanding, .notBlocked, .isBlocked, .isMissed, .yearOutOfRange, .inTheFuture, .beforeTheRun:
      itemWording
    case .boundAlready, .notBound, .sameAccount, .noSwitch, .switchUnderWay, .isUnbound, .notUnbound,
      .otherAccount, .unknownRequirement, .beforeTheLastStep, .plannedInThePast, .endsBeforeUnbinding,
      .finishBeforeItOpens, .forbidden:
      switchWording
    }
  }

  /// What is wrong with a text that `name` describes.
  func textWording(_ name: (TextUse) -> Wording) -> Wording? {
    switch self {
    case .emptyText(let use):
      Wording(en: "\(name(use).en) is empty; write at least one character", zh: "\(name(use).zh)为空；请至少写一个字")
    case .textTooLong(let use, let count, let limit):
      Wording(
        en: """
          \(name(use).en) has \(count) characters, \(limit) are the most; shorten it\
          \(use == .note ? ", or put it into a file and give that as proof" : "")
          """,
        zh: "\(name(use).zh)有 \(count) 个字符，最多 \(limit) 个；请缩短\(use == .note ? "，或写进文件再作为凭证提交" : "")")
    case .controlCharacter(let use, let scalar, let place):
      Wording(
        en: """
          \(name(use).en) holds a control character (U+\(Self.hex(scalar))) at character \(place); \
          take it out
          """,
        zh: "\(name(use).zh)的第 \(place) 个字符是控制字符（U+\(Self.hex(scalar))）；请去掉")
    case .tooManyMarks(let use, let place):
      Wording(
        en: """
          \(name(use).en) has over \(StreamSafeText.mostMarks) accents or other marks on one letter, \
          at character \(place); take them out
          """,
        zh: "\(name(use).zh)的第 \(place) 个字符处，一个字上叠加了超过 \(StreamSafeText.mostMarks) 个附加符号；请去掉")
    default: nil
    }
  }

  private var shapeWording: Wording {
    switch self {
    case .badShopID(let given):
      CutNumber.isRounded(given) ? Self.cutNumber(given.quotable) : Self.badShopID(given.quotable)
    case .cutNumber(let given):
      Self.cutNumber(given.quotable)
    case .semicolonInTag(let given):
      Self.semicolonInTag(given.quotable)
    case .unknownTimeZone(let name, let nearest):
      Wording(
        en:
          "there is no time zone '\(name.quotable)'\(Self.suggestion(nearest, else: "write an IANA name such as Asia/Shanghai", "").en)",
        zh: "没有时区“\(name.quotable)”\(Self.suggestion(nearest, else: "", "请写 IANA 名称，如 Asia/Shanghai").zh)")
    case .timeZoneNoLongerKnown(let name):
      Wording(
        en: """
          the time zone '\(name.quotable)', which was recorded before, isn't known on this machine any more: \
          give times with their offset, such as 2026-11-20T10:00+08:00, or update the system's package tzdata, or \
          give the shop another zone, such as Asia/Shanghai
          """,
        zh: """
          以前记录的时区“\(name.quotable)”在这台机器上已经找不到：请写带时差的时间，如 2026-11-20T10:00+08:00；\
          或更新系统的 tzdata 软件包；或给店铺换一个时区，如 Asia/Shanghai
          """)
    default: Wording(en: "", zh: "")
    }
  }

  private var placeWording: Wording {
    switch self {
    case .unknownShop(let id, let nearest):
      Wording(
        en:
          "there is no shop '\(id.quotable)'\(Self.suggestion(nearest, else: "list them with: switchlist shop list", "").en)",
        zh: "没有店铺“\(id.quotable)”\(Self.suggestion(nearest, else: "", "查看全部：switchlist shop list").zh)")
    case .shopExists(let id):
      Wording(
        en: "there is a shop '\(id)' already; to change it: switchlist shop edit \(id)",
        zh: "店铺“\(id)”已经存在；要修改：switchlist shop edit \(id)")
    case .shopArchived(let id):
      Wording(
        en: "'\(id)' is archived, so nothing of it would be flagged; first: switchlist shop restore \(id)",
        zh: "店铺“\(id)”已归档，逾期不会再提醒；请先恢复：switchlist shop restore \(id)")
    case .noRuns(let shop):
      Wording(
        en: "'\(shop)' has no run yet; begin one with: switchlist start \(shop)",
        zh: "店铺“\(shop)”还没有清单执行；开始：switchlist start \(shop)")
    case .unknownRun(let shop, let run, let newest):
      Wording(
        en: "'\(shop)' has no run \(run); its runs are 1 to \(newest)",
        zh: "店铺“\(shop)”没有第 \(run) 次执行；现有第 1 到第 \(newest) 次")
    case .unknownItem(let item, let shop, let nearest):
      Wording(
        en:
          "no run of '\(shop)' holds an item '\(item.quotable)'\(Self.suggestion(nearest, else: "see: switchlist status \(shop)", "").en)",
        zh:
          "店铺“\(shop)”的清单里没有任务项“\(item.quotable)”\(Self.suggestion(nearest, else: "", "查看：switchlist status \(shop)").zh)"
      )
    case .noActiveRun(let shop, let item, let run, let state):
      Wording(
        en: "no active run of '\(shop)' holds '\(item)': run \(run), which does, is \(state.wording.en)",
        zh: "店铺“\(shop)”进行中的清单里没有“\(item)”：含有它的第 \(run) 次执行\(state.wording.zh)")
    case .severalRuns(_, let item, let runs):
      Wording(
        en: "'\(item)' is in runs \(Self.list(runs)); choose with --run, such as --run \(runs[0])",
        zh: "第 \(Self.list(runs, "、")) 次执行里都有“\(item)”；请用 --run 选择，如 --run \(runs[0])")
    case .noneActive(let shop):
      Wording(
        en: "'\(shop)' has no active run; see: switchlist status \(shop)",
        zh: "店铺“\(shop)”没有进行中的清单；查看：switchlist status \(shop)")
    case .severalActiveRuns(_, let runs):
      Wording(
        en: "runs \(Self.list(runs)) are active; choose with --run, such as --run \(runs[0])",
        zh: "第 \(Self.list(runs, "、")) 次执行都在进行中；请用 --run 选择，如 --run \(runs[0])")
    case .runIsClosed(let run, let state):
      Wording(
        en: "run \(run) is \(state.wording.en) and takes no changes; its history stays readable",
        zh: "第 \(run) 次执行\(state.wording.zh)，不能再修改；历史记录仍可查看")
    case .runIsOlder(let run, let newer):
      Wording(
        en: "run \(run) takes no changes: run \(newer) of the same checklist came after it",
        zh: "第 \(run) 次执行不能再修改：同一清单之后已有第 \(newer) 次执行")
    default: Wording(en: "", zh: "")
    }
  }

  private var startWording: Wording {
    switch self {
    case .unknownChecklist(let id, let nearest):
      Wording(
        en:
          "there is no checklist '\(id.quotable)'\(Self.suggestion(nearest, else: "list them with: switchlist checklists", "").en)",
        zh: "没有清单“\(id.quotable)”\(Self.suggestion(nearest, else: "", "查看全部：switchlist checklists").zh)")
    case .checklistNotForShop(let checklist, let shop):
      Wording(
        en: """
          '\(checklist)' isn't for '\(shop)': its 'when' doesn't match the shop's platform, team or tags; \
          see: switchlist shop show \(shop)
          """,
        zh: "清单“\(checklist)”不适用于店铺“\(shop)”：店铺的平台、团队或标签不符合其条件；查看：switchlist shop show \(shop)")
    case .alreadyActive(let checklist, let run, let shop):
      Wording(
        en: """
          run \(run) of '\(checklist)' is active for '\(shop)'; go on with it, or begin anew in its place \
          with --again
          """,
        zh: "店铺“\(shop)”的清单“\(checklist)”（第 \(run) 次执行）正在进行；请继续，或用 --again 重新开始")
    case .nothingToStart(let shop, let active) where active.isEmpty:
      Wording(
        en: """
          no checklist that begins after rebinding is for '\(shop)'; give the shop's platform with: \
          switchlist shop edit \(shop) --platform douyin, or name a checklist with --checklist
          """,
        zh: """
          没有适用于店铺“\(shop)”的换绑后清单；请填写店铺的平台：switchlist shop edit \(shop) --platform douyin，\
          或用 --checklist 指定清单
          """)
    case .nothingToStart(let shop, let active):
      Wording(
        en: """
          everything for '\(shop)' is under way already: \(Self.list(active)); see: switchlist status \(shop), \
          or begin anew with --again
          """,
        zh: "店铺“\(shop)”的清单都已在进行：\(Self.list(active, "、"))；查看：switchlist status \(shop)，或用 --again 重新开始")
    case .allItemsLeftOut(let checklist, let shop):
      Wording(
        en: "'\(checklist)' has nothing for '\(shop)': the conditions of all its items leave the shop out",
        zh: "清单“\(checklist)”里没有适用于店铺“\(shop)”的任务项：所有任务项的条件都不符合")
    case .closedByMilestone(let checklist, let shop, let milestone, let at, let zone):
      Self.closedByMilestone(checklist, shop, milestone, "\(zone.format(at)) \(zone.name)")
    case .noRebinding(let shop):
      Wording(
        en: """
          no rebinding of '\(shop)' is recorded, so due times can't count from it; give the time, such as \
          --switched-at 2026-11-20T10:00, or record the switch with: switchlist switch import FILE.csv
          """,
        zh: """
          没有记录店铺“\(shop)”的重新绑定，无法从那时起算；请写明时间，如 --switched-at 2026-11-20T10:00，\
          或先补记换绑：switchlist switch import 文件.csv
          """)
    default: Wording(en: "", zh: "")
    }
  }

  private var itemWording: Wording {
    switch self {
    case .waiting(let item, let others):
      Wording(
        en: "'\(item)' waits for \(Self.list(others)); do that first, or tick them together",
        zh: "“\(item)”要先等 \(Self.list(others, "、")) 完成；请先完成，或一起勾选")
    case .lacksProof(let item, let kinds):
      Wording(
        en: "'\(item)' asks for proof: \(kinds.map(\.request.en).joined(separator: ", or "))",
        zh: "“\(item)”需要凭证：\(kinds.map(\.request.zh).joined(separator: "，或"))")
    case .badLink(let link):
      Wording(
        en: "'\(link.quotable)' isn't a link; write it whole, such as https://example.com/page",
        zh: "“\(link.quotable)”不是完整的链接；请写全，如 https://example.com/page")
    case .emptyFile(let name):
      Wording(
        en: "the file '\(name.quotable)' is empty, so it proves nothing; give the right one",
        zh: "文件“\(name.quotable)”是空的，不能作为凭证；请换成正确的文件")
    case .isSkipped(let item, let name, let link, _):
      Wording(
        en:
          "'\(item)' was skipped by \(DoneBy.wording(name, link: link).en); if it was done after all, untick it first",
        zh: "“\(item)”已被 \(DoneBy.wording(name, link: link).zh) 跳过；如果确实做了，请先用 untick 撤销")
    case .criticalItem(let item):
      Wording(
        en: "'\(item)' is critical: only a lead may skip it (--as-lead)",
        zh: "“\(item)”是关键任务：只有主管可以跳过（--as-lead）")
    case .samePerson(let item, let name, let link):
      Wording(
        en:
          "'\(item)' was ticked by \(DoneBy.wording(name, link: link).en); somebody else has to confirm it (--as NAME)",
        zh: "“\(item)”是 \(DoneBy.wording(name, link: link).zh) 勾选的；需要由另一个人确认（--as 姓名）")
    case .makerTicked(let item, let maker, let isByLink):
      Self.makerTicked("'\(item)'", "“\(item)”", maker, isByLink)
    case .nothingToConfirm(let item, let state):
      Wording(
        en: "'\(item)' is \(state.wording.en) and awaits no confirmation; tick it first",
        zh: "“\(item)”的状态是“\(state.wording.zh)”，没有待确认的勾选；请先勾选")
    case .notOutstanding(let item, let state):
      Wording(
        en: "'\(item)' is \(state.wording.en) already; to open it again: untick",
        zh: "“\(item)”\(state.wording.zh)；要重新打开请用 untick")
    case .notBlocked(let item, let state):
      Wording(
        en: "'\(item)' is \(state.wording.en), not blocked; to open it again: untick",
        zh: "“\(item)”\(state.wording.zh)，没有受阻；要重新打开请用 untick")
    case .isBlocked(let item):
      Wording(
        en: "'\(item)' is blocked, not ticked; to end the block: unblock, or tick it when it is done",
        zh: "“\(item)”处于受阻状态，尚未勾选；解除请用 unblock，做完了请直接勾选")
    case .isMissed(let item, let milestone, let at, let zone):
      Self.isMissed("'\(item)'", "“\(item)”", milestone, "\(zone.format(at)) \(zone.name)")
    case .yearOutOfRange: TimeTextError.yearOutOfRange.wording
    case .inTheFuture(let moment, let now, let zone):
      Self.contradiction(moment, now, in: zone) { moment, now in
        Wording(
          en: "\(moment) is later than now (\(now)); what happened can't lie ahead",
          zh: "\(moment) 晚于当前时间（\(now)）；已发生的事不能在未来")
      }
    case .beforeTheRun(let moment, let began, let run, let zone):
      Self.contradiction(moment, began, in: zone) { moment, began in
        Wording(
          en: "\(moment) is before run \(run) began (\(began)); give a later time",
          zh: "\(moment) 早于第 \(run) 次执行的开始（\(began)）；请给更晚的时间")
      }
    default: Wording(en: "", zh: "")
    }
  }

  static func closedByMilestone(
    _ checklist: ChecklistID, _ shop: ShopID, _ milestone: Milestone, _ moment: String
  ) -> Wording {
    Wording(
      en: """
        '\(checklist)' is over for the switch of '\(shop)': \(milestone.passed.en) at \(moment), and it closes then. \
        It begins by itself with the next switch
        """,
      zh: """
        店铺“\(shop)”这次换绑的清单“\(checklist)”已经过了时机：\(moment) 已\(milestone.passed.zh)，清单到那时就关闭。\
        下次换绑时它会自动开始
        """)
  }

  /// Expects an item's name in quotation marks.
  static func isMissed(_ en: String, _ zh: String, _ milestone: Milestone, _ moment: String) -> Wording {
    Wording(
      en: """
        \(en) was missed and can't change any more: \(milestone.passed.en) at \(moment), and its checklist closes then
        """,
      zh: "\(zh)已经错过，不能再修改：\(moment) 已\(milestone.passed.zh)，所在的清单到那时就关闭了")
  }

  private static func badShopID(_ text: String) -> Wording {
    Wording(
      en: """
        '\(text)' can't be a shop's id: use 1 to 64 letters (Chinese too), digits, '.', '_' and '-', \
        not beginning with '-' or '@'
        """,
      zh: "“\(text)”不能作为店铺编号：请用 1 到 64 个字母、汉字、数字、“.”、“_”或“-”，不能以“-”或“@”开头")
  }

  static func cutNumber(_ text: String) -> Wording {
    Wording(
      en: """
        '\(text)' is what a spreadsheet leaves of a long number; make the column text, write the number \
        into it again, and save
        """,
      zh: "“\(text)”是表格软件把长数字截断后的写法；请把这一列设为文本，重新填入完整的数字，再保存")
  }

  private static func semicolonInTag(_ tag: String) -> Wording {
    Wording(
      en: "the tag '\(tag)' holds a ';', which separates tags; give them one by one",
      zh: "标签“\(tag)”里有分号，而分号用来分隔标签；请逐个填写")
  }

  /// Suggests the nearest names, or else where to look.
  static func suggestion(_ nearest: [String], else en: String, _ zh: String) -> Wording {
    if nearest.isEmpty { return Wording(en: "; \(en)", zh: "；\(zh)") }
    return Wording(
      en: "; did you mean \(nearest.map { "'\($0)'" }.joined(separator: " or "))?",
      zh: "；是不是\(nearest.map { "“\($0)”" }.joined(separator: "或"))？")
  }

  static func list(_ values: [some CustomStringConvertible], _ separator: String = ", ") -> String {
    values.map(\.description).joined(separator: separator)
  }

  private static func hex(_ scalar: UInt32) -> String {
    let digits = String(scalar, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}

extension TextUse {
  /// How to name the text's origin on the command line.
  var wording: Wording {
    switch self {
    case .author: Wording(en: "the name after --as", zh: "--as 后的姓名")
    case .account: Wording(en: "the account", zh: "账号")
    case .userName: Wording(en: "the user's name", zh: "用户名")
    case .tokenName: Wording(en: "the token's name", zh: "令牌名称")
    case .requirement: Wording(en: "the name after --confirmed", zh: "--confirmed 后的名称")
    case .owner: Wording(en: "the owner", zh: "负责人")
    case .shopName: Wording(en: "the shop's name", zh: "店铺名称")
    case .platform: Wording(en: "the platform", zh: "平台")
    case .team: Wording(en: "the team", zh: "团队")
    case .tag: Wording(en: "the tag", zh: "标签")
    case .reason: Wording(en: "the reason", zh: "原因")
    case .note: Wording(en: "the note", zh: "备注")
    case .link: Wording(en: "the link", zh: "链接")
    case .fileName: Wording(en: "the file's name", zh: "文件名")
    }
  }
}

extension ProofKind {
  /// How to give this kind of proof on the command line.
  fileprivate var request: Wording {
    switch self {
    case .none: Wording(en: "nothing", zh: "无")
    case .note: Wording(en: "a note (--note TEXT)", zh: "备注（--note 文字）")
    case .link: Wording(en: "a link (--proof https://…)", zh: "链接（--proof https://…）")
    case .file: Wording(en: "a file (--proof PATH)", zh: "文件（--proof 路径）")
    case .secondPerson: Wording(en: "a second person", zh: "第二个人确认")
    }
  }
}
