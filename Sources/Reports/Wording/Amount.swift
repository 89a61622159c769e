import Domain

/// Numbers with the noun that they count.
enum Amount {
  static func shops(_ count: Int) -> Wording {
    Wording(en: count == 1 ? "1 shop" : "\(count) shops", zh: "\(count) 家店铺")
  }

  static func runs(_ count: Int) -> Wording {
    Wording(en: count == 1 ? "1 run" : "\(count) runs", zh: "\(count) 次执行")
  }

  static func items(_ count: Int) -> Wording {
    Wording(en: count == 1 ? "1 item" : "\(count) items", zh: "\(count) 个任务项")
  }

  static func done(_ done: Int, of total: Int) -> Wording {
    Wording(en: "\(done) of \(total) done", zh: "已完成 \(done)/\(total)")
  }

  static func skipped(_ count: Int) -> Wording { Wording(en: "\(count) skipped", zh: "已跳过 \(count)") }

  static func blocked(_ count: Int) -> Wording { Wording(en: "\(count) blocked", zh: "受阻 \(count)") }

  static func overdue(_ count: Int) -> Wording { Wording(en: "\(count) overdue", zh: "逾期 \(count)") }
}
