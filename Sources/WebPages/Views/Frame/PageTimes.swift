import Domain
import Formats
import Reports
import WebCore

/// Formats moments and durations for pages, in one zone.
struct PageTimes: Sendable {
  let language: Language
  let zone: Zone
  let now: Moment

  /// `today 18:00`, `28 Nov 10:00`, with another year if it isn't this one; in UTC in the attribute.
  func time(_ moment: Moment) -> HTML {
    #"<time datetime="\#(moment.iso8601)">\#(day(moment)) \#(clock(moment))</time>"#
  }

  /// A deadline: like `time`, but midnight is shown as the end of the previous day, `today 24:00`.
  func due(_ moment: Moment) -> HTML {
    guard zone.local(moment).secondsOfDay < 60 else { return time(moment) }
    return #"<time datetime="\#(moment.iso8601)">\#(day(moment + -60)) 24:00</time>"#
  }

  /// Names the zone of the page's times.
  var note: HTML {
    let text = Wording(en: "Times are in \(zone.name).", zh: "时间为 \(zone.name) 时区。")
    return #"<p class="quiet">\#(text(language))</p>"#
  }

  /// `11-28 10:00`, for tight spaces.
  func short(_ moment: Moment) -> HTML {
    let text = zone.format(moment)
    let isThisYear = zone.local(moment).date.year == zone.local(now).date.year
    return #"<time datetime="\#(moment.iso8601)">\#(isThisYear ? String(text.dropFirst(5)) : text)</time>"#
  }

  /// The time left until a moment, which the script counts down.
  func left(until moment: Moment) -> HTML {
    """
    <time datetime="\(moment.iso8601)" data-until="\(moment.iso8601)">\
    \(DurationText.length(moment - now)(language))</time>
    """
  }

  /// `2 h late`, `due in 20 min`.
  func standing(_ dueAt: Moment) -> String {
    if now >= dueAt { return DurationText.late(by: now - dueAt)(language) }
    let ahead = DurationText.soon(in: dueAt - now)
    return Wording(en: "due \(ahead.en)", zh: "\(ahead.zh)到期")(language)
  }

  /// `late`, `soon` (within a day), or nil.
  func tone(_ dueAt: Moment) -> String? {
    now >= dueAt ? "late" : dueAt - now < Self.secondsInADay ? "soon" : nil
  }

  /// The value of a `datetime-local` input.
  func field(_ moment: Moment) -> String { Self.field(moment, in: zone) }

  /// The value of a `datetime-local` input for times in another zone.
  static func field(_ moment: Moment, in zone: Zone) -> String {
    zone.format(moment).replacing(" ", with: "T")
  }

  /// In the morning a week from today. It stays the same all day, so that a page can be cached.
  var inAWeek: Moment { zone.moment(of: zone.local(now).date + 7, secondsOfDay: 10 * 3600) }

  /// When the text for one of the moments changes: durations show minutes within a day, hours beyond it, and
  /// at midnight tomorrow becomes today.
  func wordsChange(for moments: [Moment]) -> Moment {
    let midnight = zone.moment(of: zone.local(now).date + 1, secondsOfDay: 0)
    return moments.reduce(midnight) { first, moment in
      let ahead = moment - now
      let step: Int64 = ahead.magnitude <= UInt64(Self.secondsInADay) ? 60 : 3600
      return min(first, ahead > 0 ? min(moment, now + (ahead % step + 1)) : now + (step - (-ahead) % step))
    }
  }

  private static let secondsInADay: Int64 = 86_400

  private func day(_ moment: Moment) -> String {
    let (date, today) = (zone.local(moment).date, zone.local(now).date)
    switch date.dayNumber - today.dayNumber {
    case 0: return Wording(en: "today", zh: "今天")(language)
    case 1: return Wording(en: "tomorrow", zh: "明天")(language)
    case -1: return Wording(en: "yesterday", zh: "昨天")(language)
    default: break
    }
    let (year, month, day) = date.parts
    let isThisYear = year == today.year
    let english = "\(day) \(Self.months[month - 1])"
    return Wording(
      en: isThisYear ? english : "\(english) \(year)",
      zh: (isThisYear ? "" : "\(year)年") + "\(month)月\(day)日")(language)
  }

  private func clock(_ moment: Moment) -> String { String(zone.format(moment).suffix(5)) }

  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
}
