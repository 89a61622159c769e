import Domain
import Operations

extension Moment {
  /// When the reports are made: 2026-11-04T10:00:00Z.
  static let now = Moment(seconds: 1_793_786_400)
  /// When the shops were switched, unless a fixture says otherwise.
  static let switched = now + -3 * day
}

let hour: Int64 = 3600
let day: Int64 = 86_400

/// Shanghai is 8 hours ahead all year; nothing else is known.
struct FixedZones: ZoneSource {
  struct Ahead: ZoneOffsets {
    func period(at moment: Moment) -> OffsetPeriod { OffsetPeriod(offset: 8 * 3600, end: nil) }
  }

  static let shanghai = Zone(name: "Asia/Shanghai", offsets: Ahead())

  func zone(named name: String) -> Zone? { name == "Asia/Shanghai" ? Self.shanghai : nil }

  func nearest(to name: String) -> [String] { [] }
}

extension ShopZones {
  /// No platform's file names a zone.
  static let fixed = ShopZones(FixedZones()) { _ in nil }
}

func text(_ en: String, _ zh: String) -> LocalizedText {
  let both = LocalizedText(entries: [.init(language: "zh", text: zh), .init(language: "en", text: en)])
  return both ?? LocalizedText(en)
}

/// An id and a title of the checklist after the switch, with its hours until it is due.
struct Task {
  let id: String
  let title: LocalizedText
  let due: Int64
  var critical = false
  var needs: [String] = []

  static let all = [
    Task(
      id: "rebind-store", title: text("Rebind the store to the new account", "重新绑定店铺"), due: 2,
      critical: true),
    Task(
      id: "verify-products",
      title: text("Check that every product shows correctly; fix what doesn't", "检查商品信息"), due: 24,
      needs: ["rebind-store"]),
    Task(
      id: "handle-pending-orders", title: text("Process and ship every open order", "处理未完成订单"), due: 48,
      critical: true, needs: ["rebind-store"]),
    Task(
      id: "rotate-password",
      title: text("Change the password, strengthen the account's security", "更换密码、加强安全"), due: 24,
      critical: true),
    Task(
      id: "notify-customers", title: text("Tell existing customers about the change", "告知客户"), due: 96,
      needs: ["verify-products"]),
    Task(id: "back-up-data", title: text("Back up the data from before", "备份数据"), due: 120),
    Task(
      id: "update-marketing", title: text("Rework the marketing plan", "更新营销方案"), due: 7 * 24,
      needs: ["notify-customers"]),
    Task(
      id: "rebuild-brand", title: text("Rebuild the brand image under the new account", "重新构建品牌形象"),
      due: 14 * 24, needs: ["update-marketing"]),
  ]

  var definition: ChecklistItem {
    ChecklistItem(
      id: ItemID(trusted: id), title: title, critical: critical, needs: needs.map(ItemID.init(trusted:)))
  }
}
