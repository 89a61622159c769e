import Domain

/// What the API's document says of an operation. Requests are read by it, so the document can't say something
/// else than what is taken.
struct APIOperation: Sendable {
  struct Field: Sendable {
    enum Kind: Sendable, Hashable {
      case text(most: Int)
      case whole(ClosedRange<Int>)
      case flag
      case texts(most: Int)
      /// ISO 8601; without an offset in the shop's zone.
      case time
      case oneOf([String])
      case someOf([String])
      /// 64 hexadecimal digits.
      case digest

      /// A number of something that is counted from 1.
      static let integer = Kind.whole(1...999_999_999)
    }

    let name: String
    let kind: Kind
    let isRequired: Bool
    /// Null takes away what was there.
    let isNullable: Bool
    let about: String

    init(
      _ name: String, _ kind: Kind, required: Bool = false, nullable: Bool = false, _ about: String
    ) {
      self.name = name
      self.kind = kind
      isRequired = required
      isNullable = nullable
      self.about = about
    }
  }

  enum Body: Sendable {
    case none
    /// A JSON object.
    case fields([Field])
    /// Bytes of a media type, such as a CSV file; any type is taken.
    case bytes(type: String, most: Int, about: String)
    /// A file of any type as it is, or the part `file` of a form.
    case file(most: Int, about: String)
    /// More than is kept in memory.
    case long(type: String, most: Int, about: String)
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
  /// How many bytes a JSON body may have.
  var most = 256 << 10
  let answer: Answer
  /// Media types that it answers in besides, where the query's `format` asks for one.
  var formats: [String] = []
  /// Whether a request with an `Idempotency-Key` is carried out once.
  var isOnce = false
  /// Whether it gives an `ETag`, and answers 304 to one that is still right.
  var isTagged = false
  /// Whether it asks for the shop as an `If-Match` says.
  var hasPrecondition = false
  /// Problems besides those that follow from the rest.
  var problems: [Int] = []
}
