import Domain
import Operations

/// Counts with their nouns.
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

  /// Items that somebody skipped, without missed ones; nil if there are none.
  package static func skipped(_ progress: Progress) -> Wording? {
    let count = progress.skipped - progress.missed
    return count > 0 ? skipped(count) : nil
  }

  /// Items skipped because a milestone came first.
  package static func missed(_ count: Int) -> Wording { Wording(en: "\(count) missed", zh: "错过 \(count)") }

  /// Items done or deliberately skipped, with missed ones stated separately.
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
  /// Items done or deliberately skipped, without missed ones.
  package var achieved: Int { done + skipped - missed }
}
