import Domain
import Operations

/// Numbers with the noun that they count.
package enum CountPhrases {
  package static func shops(_ count: Int) -> Wording {
    Wording(en: count == 1 ? "1 shop" : "\(count) shops", zh: "\(count) 家店铺")
  }

  package static func runs(_ count: Int) -> Wording {
    Wording(en: count == 1 ? "1 run" : "\(count) runs", zh: "\(count) 次执行")
  }

  package static func items(_ count: Int) -> Wording {
    Wording(en: count == 1 ? "1 item" : "\(count) items", zh: "\(count) 个任务项")
  }

  package static func switches(_ count: Int) -> Wording {
    Wording(en: count == 1 ? "1 switch" : "\(count) switches", zh: "\(count) 次换绑")
  }

  package static func rows(_ count: Int) -> Wording {
    Wording(en: count == 1 ? "1 row" : "\(count) rows", zh: "\(count) 行")
  }

  package static func events(_ count: Int) -> Wording {
    Wording(en: count == 1 ? "1 event" : "\(count) events", zh: "\(count) 条事件")
  }

  static func done(_ done: Int, of total: Int) -> Wording {
    Wording(en: "\(done) of \(total) done", zh: "已完成 \(done)/\(total)")
  }

  static func skipped(_ count: Int) -> Wording { Wording(en: "\(count) skipped", zh: "已跳过 \(count)") }

  /// Skipped by somebody, and not because a milestone came first; nil for none.
  package static func skipped(_ progress: Progress) -> Wording? {
    let count = progress.skipped - progress.missed
    return count > 0 ? skipped(count) : nil
  }

  /// Skipped because a milestone came first.
  package static func missed(_ count: Int) -> Wording { Wording(en: "\(count) missed", zh: "错过 \(count)") }

  /// What was done or deliberately skipped, and what was missed besides.
  package static func achieved(_ progress: Progress) -> Wording {
    let far = "\(progress.achieved)/\(progress.total)"
    if progress.missed == 0 { return Wording(en: far, zh: far) }
    let missed = missed(progress.missed)
    return Wording(en: "\(far) (\(missed.en))", zh: "\(far)（\(missed.zh)）")
  }

  static func blocked(_ count: Int) -> Wording { Wording(en: "\(count) blocked", zh: "受阻 \(count)") }

  static func overdue(_ count: Int) -> Wording { Wording(en: "\(count) overdue", zh: "逾期 \(count)") }
}

extension Progress {
  /// What was done or deliberately skipped: what was missed is neither.
  package var achieved: Int { done + skipped - missed }
}
