import Domain
import Operations

extension ItemState {
  var wording: Wording {
    switch self {
    case .pending: Wording(en: "pending", zh: "待处理")
    case .blocked: Wording(en: "blocked", zh: "受阻")
    case .done: Wording(en: "done", zh: "已完成")
    case .skipped: Wording(en: "skipped", zh: "已跳过")
    }
  }
}

extension ItemStatus {
  /// The state in words; missed items aren't called skipped.
  var standing: Wording { missed == nil ? state.wording : Wording(en: "missed", zh: "错过") }
}

extension RunStatus {
  /// The state in words; a run that a milestone closed isn't called finished.
  var standing: Wording {
    guard state == .finished, progress.missed > 0 else { return state.wording }
    let missed = CountPhrases.missed(progress.missed)
    return Wording(en: "closed, \(missed.en)", zh: "已关闭，\(missed.zh)")
  }
}

extension Milestone {
  /// The milestone as the event that items missed.
  package var passed: Wording {
    switch self {
    case .planned: Wording(en: "the switch was planned", zh: "计划换绑")
    case .unbound: Wording(en: "the shop was unbound", zh: "解绑")
    case .cooled: Wording(en: "the cool-down ended", zh: "等待期结束")
    case .rebound: Wording(en: "the shop was rebound", zh: "重新绑定")
    }
  }
}

extension RunState {
  var wording: Wording {
    switch self {
    case .active: Wording(en: "active", zh: "进行中")
    case .finished: Wording(en: "finished", zh: "已完成")
    case .stopped: Wording(en: "stopped", zh: "已停止")
    case .superseded: Wording(en: "superseded", zh: "已被取代")
    }
  }
}
