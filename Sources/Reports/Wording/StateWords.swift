import Domain

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
