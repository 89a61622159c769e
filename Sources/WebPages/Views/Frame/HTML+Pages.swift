import Domain
import Formats
import Reports
import WebCore

extension HTML {
  /// Pieces with something between them.
  static func joined(_ pieces: [HTML], by separator: HTML) -> HTML {
    "\(pieces.enumerated().map { $0.offset == 0 ? $0.element : separator + $0.element })"
  }
}

extension HTML.StringInterpolation {
  /// An id, which has no character that would need escaping.
  mutating func appendInterpolation(_ id: some DefinitionIdentifier) {
    appendLiteral(id.rawValue)
  }
}
