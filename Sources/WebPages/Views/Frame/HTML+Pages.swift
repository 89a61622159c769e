import Domain
import Formats
import Reports
import WebCore

extension HTML {
  /// Pieces with a separator between them.
  static func joined(_ pieces: [HTML], by separator: HTML) -> HTML {
    "\(pieces.enumerated().map { $0.offset == 0 ? $0.element : separator + $0.element })"
  }
}

extension HTML.StringInterpolation {
  /// Unescaped, since an id has no special characters.
  mutating func appendInterpolation(_ id: some DefinitionIdentifier) {
    appendLiteral(id.rawValue)
  }
}
