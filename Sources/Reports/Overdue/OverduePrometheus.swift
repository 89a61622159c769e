import Domain
import Formats
import Operations

/// `overdue --format prometheus`: gauges in Prometheus's text format.
package struct OverduePrometheus: Sendable {
  private let language: Language

  /// The language of the help texts.
  package init(language: Language) { self.language = language }

  /// All gauges, with a line per team and checklist.
  package func render(_ gauges: [OverdueGauge], checkedAt: Moment) -> [UInt8] {
    var output: [UInt8] = []
    let labels = gauges.map(Self.labels)
    func family(_ name: StaticString, _ help: Wording, _ value: (OverdueGauge) -> Int64) {
      Self.describe(name, help(language), in: &output)
      for (gauge, label) in zip(gauges, labels) {
        output.append(name)
        output.append(contentsOf: label)
        output.append(decimal: value(gauge))
        output.append(UInt8(ascii: "\n"))
      }
    }
    family(
      "switchlist_items_outstanding",
      Wording(en: "Items of active runs that are pending or blocked.", zh: "进行中的执行里未完成的任务项数。")
    ) { Int64($0.outstanding) }
    family(
      "switchlist_items_overdue",
      Wording(en: "Outstanding items whose due time has passed.", zh: "已逾期的未完成任务项数。")
    ) { Int64($0.overdue) }
    family(
      "switchlist_oldest_overdue_seconds",
      Wording(en: "How long the oldest overdue item has been overdue.", zh: "逾期最久的任务项已逾期的秒数。")
    ) { $0.oldestOverdueSeconds }
    let checked: StaticString = "switchlist_last_check_timestamp_seconds"
    Self.describe(
      checked, Wording(en: "When these figures were taken.", zh: "这些数字的采集时间。")(language), in: &output)
    output.append(checked)
    output.append(UInt8(ascii: " "))
    output.append(decimal: checkedAt.seconds)
    output.append(UInt8(ascii: "\n"))
    return output
  }

  private static func describe(_ name: StaticString, _ help: String, in output: inout [UInt8]) {
    output.append("# HELP ")
    output.append(name)
    output.append(text: " \(help)\n")
    output.append("# TYPE ")
    output.append(name)
    output.append(" gauge\n")
  }

  private static func labels(_ gauge: OverdueGauge) -> [UInt8] {
    Array("{team=\"\(escaped(gauge.team))\",checklist=\"\(escaped(gauge.checklist))\"} ".utf8)
  }

  /// Escapes backslashes, quotes and line breaks as the format requires, and makes other control characters
  /// visible.
  private static func escaped(_ label: String) -> String {
    var escaped = ""
    for scalar in ControlCharacters.shown(in: label).unicodeScalars {
      switch scalar {
      case "\\": escaped += "\\\\"
      case "\"": escaped += "\\\""
      case "\n": escaped += "\\n"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
