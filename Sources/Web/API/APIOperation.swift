import Domain

/// What the API's document says of an operation. Requests are read by it, so the document can't say something
/// else than what is taken.
struct APIOperation: Sendable {
  struct Field: Sendable {
    enum Kind: Sendable, Hashable {
      /// Anything.
      case text(most: Int)
      /// One line.
      case line(most: Int)
      /// Several lines.
      case prose(most: Int)
      case shopID
      /// Such as `2h`.
      case duration
      /// Where a page ended.
      case cursor
      case whole(ClosedRange<Int>)
      case flag
      case texts(most: Int)
      case lines(most: Int, each: Int)
      /// ISO 8601; without an offset in the shop's zone.
      case time
      /// What a run counts from: a time, or `rebound`.
      case beginning
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
    /// Shown in the document; nil where the kind says enough.
    let example: String?

    init(
      _ name: String, _ kind: Kind, required: Bool = false, nullable: Bool = false, _ about: String,
      example: String? = nil
    ) {
      self.example = example
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
    /// Bytes that are taken whatever type they are sent as, such as a CSV file.
    case bytes(type: String, most: Int, about: String)
    /// A file of any type as it is, or the part `file` of a form.
    case file(most: Int, about: String)
    /// More than is kept in memory.
    case long(type: String, most: Int, about: String)
  }

  enum Answer: Sendable {
    /// JSON of a named schema of the document.
    case json(schema: String, status: Int = 200)
    /// JSON that has no fixed shape.
    case object(type: String)
    case text(type: String)
    case bytes(type: String)
    case nothing
  }

  /// An answer in another form than JSON at an address of its own, since programs that are made from the document
  /// expect one form of each address.
  struct Form: Sendable {
    /// What the query's `format` asks for.
    let format: String
    /// What the address ends in, after a dot.
    let ending: String
    let type: String
    let id: String
    let summary: String
    /// Fields of the query that say nothing here.
    let leaving: Set<String>

    init(
      _ format: String, ending: String, _ type: String, id: String, _ summary: String,
      leaving: Set<String> = []
    ) {
      self.format = format
      self.ending = ending
      self.type = type
      self.id = id
      self.summary = summary
      self.leaving = leaving
    }
  }

  let id: String
  let summary: String
  var query: [Field] = []
  var body: Body = .none
  /// How many bytes a JSON body may have.
  var most = 256 << 10
  let answer: Answer
  /// What its body's schema is called; nil: by its id.
  var request: String?
  /// Forms that it answers in besides, at addresses of their own and where the query's `format` asks for one.
  var forms: [Form] = []
  /// Whether a request with an `Idempotency-Key` is carried out once.
  var isOnce = false
  /// Whether it gives an `ETag`, and answers 304 to one that is still right.
  var isTagged = false
  /// Whether it asks for the shop as an `If-Match` says.
  var hasPrecondition = false
  /// Whether the shop is new, so that its `ETag` is given though it can't be asked for.
  var makesShop = false
  /// Whether the answer to a change gives the shop's `ETag`.
  var givesTag: Bool { hasPrecondition || makesShop }
  /// Problems besides those that follow from the rest.
  var problems: [Int] = []
}
