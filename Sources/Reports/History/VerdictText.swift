import Domain
import Formats
import Operations

package enum VerdictText {
  /// One line per break, then the head.
  package static func text(_ shop: ShopID, _ verdict: VerifyHistory.Verdict, _ language: Language) -> String {
    var lines = verdict.breaks.map { words($0)(language) }
    if verdict.holdsHead == false {
      lines.append(
        Wording(
          en: "the hash given isn't in the chain: what it sealed was changed or removed",
          zh: "给出的哈希不在链中：它封存的记录已被改动或删除")(language))
    }
    if lines.isEmpty {
      lines.append(
        Wording(
          en:
            "\(shop): the chain of \(CountPhrases.events(verdict.head.number).en) is whole, and the store agrees with it",
          zh: "\(shop)：共 \(verdict.head.number) 条事件，链条完整，数据库与之一致")(language))
    }
    lines.append(Wording(en: "head: \(hex(verdict))", zh: "链头：\(hex(verdict))")(language))
    return lines.map { $0 + "\n" }.joined()
  }

  /// `{"shop", "ok", "events", "head", "holds_head", "breaks"}`
  package static func json(
    _ shop: ShopID, _ verdict: VerifyHistory.Verdict, _ language: Language
  ) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.field("shop", shop.rawValue)
      json.field("ok", verdict.breaks.isEmpty && verdict.holdsHead != false)
      json.field("events", verdict.head.number)
      json.field("head", hex(verdict))
      json.key("holds_head")
      if let holds = verdict.holdsHead { json.value(holds) } else { json.value(nil as String?) }
      json.key("breaks")
      json.value(verdict.breaks.map { words($0)(language) })
    }
    return json.document()
  }

  private static func hex(_ verdict: VerifyHistory.Verdict) -> String { HexText.of(verdict.head.hash) }

  static func words(_ found: VerifyHistory.Break) -> Wording {
    switch found {
    case .gap(let expected, let number):
      Wording(
        en: "event \(expected) is missing: \(number) comes next", zh: "缺少第 \(expected) 条事件：下一条是第 \(number) 条")
    case .hash(let event):
      Wording(
        en: "event \(event) was changed: its hash doesn't follow from the one before",
        zh: "第 \(event) 条事件被改动过：哈希与前一条不衔接")
    case .unreadable(let event, let problem):
      Wording(en: "event \(event) can't be replayed: \(problem)", zh: "第 \(event) 条事件无法重放：\(problem)")
    case .head(let stored, let events):
      Wording(
        en: "the shop's head (event \(stored)) isn't the last event (\(events))",
        zh: "店铺记录的链头（第 \(stored) 条）与最后一条事件（第 \(events) 条）不符")
    case .definition(let sha256):
      Wording(
        en: "the definition \(sha256.prefix(12))… was changed: its SHA-256 doesn't match",
        zh: "清单定义 \(sha256.prefix(12))… 被改动过：SHA-256 不符")
    case .shop: Wording(en: "the shop isn't what its events say", zh: "店铺信息与事件记录不符")
    case .bindings:
      Wording(en: "the bindings and switches aren't what the events say", zh: "绑定与换绑记录与事件不符")
    case .links: Wording(en: "the links aren't what the events say", zh: "店铺链接与事件记录不符")
    case .run(let number):
      Wording(en: "run \(number) isn't what its events say", zh: "第 \(number) 次执行与事件记录不符")
    }
  }
}
