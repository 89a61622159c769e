import Domain
import Formats
import Operations

extension DeskPosition {
  package var cursor: String { PageCursor.text([key.map { "k\($0)" } ?? "n", shop]) }

  /// Throws a problem for a cursor that no page in this order returned.
  package init(cursor text: String, of order: DeskFilter.Order) throws(Problem) {
    do throws(PageCursorError) {
      let parts = try PageCursor.parts(text, count: 2)
      var key: String?
      switch parts[0].utf8.first {
      case UInt8(ascii: "k"): key = String(parts[0].dropFirst())
      case UInt8(ascii: "n") where parts[0] == "n": break
      default: throw .malformed
      }
      switch (order, key) {
      case (.due, let key?): _ = try PageCursor.integer(key, in: Moment.possible)
      case (.outstanding, let key?): _ = try PageCursor.integer(key, in: 0...999_999_999)
      case (.name, let key?) where key.isStreamSafe: break
      case (.due, nil), (.name, nil), (.id, nil): break
      default: throw .malformed
      }
      self.init(key: key, shop: try ShopID.ofCursor(parts[1]).rawValue)
    } catch { throw Problem(error) }
  }
}

extension OverduePosition {
  package var cursor: String { PageCursor.text(["\(dueAt.seconds)", "\(run)", "\(position)", shop]) }

  /// Throws a problem for a cursor that no page returned.
  package init(cursor text: String) throws(Problem) {
    do throws(PageCursorError) {
      let parts = try PageCursor.parts(text, count: 4)
      let counts: ClosedRange<Int64> = 0...999_999_999
      self.init(
        dueAt: Moment(seconds: try PageCursor.integer(parts[0], in: Moment.possible)),
        shop: try ShopID.ofCursor(parts[3]).rawValue,
        run: Int(try PageCursor.integer(parts[1], in: counts)),
        position: Int(try PageCursor.integer(parts[2], in: counts)))
    } catch { throw Problem(error) }
  }
}

extension ShopID {
  package var cursor: String { PageCursor.text([rawValue]) }

  /// Throws a problem for a cursor that no page returned.
  package init(cursor text: String) throws(Problem) {
    do throws(PageCursorError) { self = try Self.ofCursor(try PageCursor.parts(text, count: 1)[0]) } catch {
      throw Problem(error)
    }
  }

  /// A shop's id in a cursor, which must be in normal form.
  fileprivate static func ofCursor(_ text: String) throws(PageCursorError) -> ShopID {
    guard let id = ShopID(text), id.rawValue.utf8.elementsEqual(text.utf8) else { throw .malformed }
    return id
  }
}
