import Domain

/// What the API's document says of an operation. The routes read their fields by it, so the document can't say
/// something else than what is taken.
struct APIOperation: Sendable {
  struct Field: Sendable {
    enum Kind: Sendable, Hashable {
      case text(most: Int)
      case integer
      case flag
      case texts
      /// ISO 8601; without an offset in the shop's zone.
      case time
      case oneOf([String])
      case someOf([String])
    }

    let name: String
    let kind: Kind
    let isRequired: Bool
    let about: String

    init(_ name: String, _ kind: Kind, required: Bool = false, _ about: String) {
      self.name = name
      self.kind = kind
      isRequired = required
      self.about = about
    }
  }

  enum Body: Sendable {
    case none
    case fields([Field])
    /// Bytes of a media type, such as a CSV file.
    case bytes(type: String, most: Int, about: String)
  }

  enum Answer: Sendable {
    /// JSON of a named schema of the document.
    case json(schema: String, status: Int = 200)
    case bytes(type: String)
    case nothing
  }

  let id: String
  let summary: String
  var query: [Field] = []
  var body: Body = .none
  let answer: Answer
  /// Problems besides those that every operation may answer with.
  var problems: [Int] = []
}
