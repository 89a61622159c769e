import Domain

/// What the API's document says of an operation. Requests are read by it, so the document can't say something
/// else than what is taken.
package struct APIOperation: Sendable {
  package struct Field: Sendable {
    package enum Kind: Sendable, Hashable {
      /// Anything.
      case text(most: Int)
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
      package static let integer = Kind.whole(1...999_999_999)
    }

    package let name: String
    package let kind: Kind
    package let isRequired: Bool
    /// Null takes away what was there.
    package let isNullable: Bool
    package let about: String
    /// Shown in the document; nil where the kind says enough.
    package let example: String?

    package init(
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

  package enum Body: Sendable {
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

  package enum Answer: Sendable {
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
  package struct Form: Sendable {
    /// What the query's `format` asks for.
    package let format: String
    /// What the address ends in, after a dot.
    package let ending: String
    package let type: String
    package let id: String
    package let summary: String
    /// Fields of the query that say nothing here.
    package let leaving: Set<String>

    package init(
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

  package let id: String
  package let summary: String
  package var query: [Field] = []
  package var body: Body = .none
  /// How many bytes a JSON body may have.
  package var most = 256 << 10
  package let answer: Answer
  /// What its body's schema is called; nil: by its id.
  package var request: String?
  /// Forms that it answers in besides, at addresses of their own and where the query's `format` asks for one.
  package var forms: [Form] = []
  /// Whether a request with an `Idempotency-Key` is carried out once.
  package var isOnce = false
  /// Whether it gives an `ETag`, and answers 304 to one that is still right.
  package var isTagged = false
  /// Whether it asks for the shop as an `If-Match` says.
  package var hasPrecondition = false
  /// Whether the shop is new, so that its `ETag` is given though it can't be asked for.
  package var makesShop = false
  /// Whether the answer to a change gives the shop's `ETag`.
  package var givesTag: Bool { hasPrecondition || makesShop }
  /// Problems besides those that follow from the rest.
  package var problems: [Int] = []

  package init(
    id: String, summary: String, query: [Field] = [], body: Body = .none, most: Int = 256 << 10,
    answer: Answer,
    request: String? = nil, forms: [Form] = [], isOnce: Bool = false, isTagged: Bool = false,
    hasPrecondition: Bool = false, makesShop: Bool = false, problems: [Int] = []
  ) {
    self.id = id
    self.summary = summary
    self.query = query
    self.body = body
    self.most = most
    self.answer = answer
    self.request = request
    self.forms = forms
    self.isOnce = isOnce
    self.isTagged = isTagged
    self.hasPrecondition = hasPrecondition
    self.makesShop = makesShop
    self.problems = problems
  }
}
