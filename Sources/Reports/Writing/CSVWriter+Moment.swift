import Domain
import Formats

extension CSVWriter {
  /// A time in UTC; empty for nil.
  package mutating func moment(_ moment: Moment?) {
    plain { bytes in moment?.appendISO8601(to: &bytes) }
  }
}
