import Domain

/// How the API's document describes an operation. Requests are parsed by the same declaration, so that the
/// document can't differ from what is accepted.
package struct APIOperation: Sendable {
  package struct Field: Sendable {
    package enum Kind: Sendable, Hashable {
      /// Any text, up to `most` characters.
      case text(most: Int)
      case line(most: Int)
      /// Text of several lines.
      case prose(most: Int)
      case shopID
      /// A duration such as `2h`.
      case duration
      /// A position returned by the previous page.
      case cursor
      case whole(ClosedRange<Int>)
      case flag
      case texts(most: Int)
      case lines(most: Int, each: Int)
      /// ISO 8601; without an offset, in the shop's zone.
      case time
      /// What a run counts from: a time, or `rebound`.
      case beginning
      case oneOf([String])
      case someOf([String])
      /// 64 hexadecimal digits.
      case digest

      /// A number that counts from 1.
      package static let integer = Kind.whole(1...999_999_999)
    }

    package let name: String
    package let kind: Kind
    package let isRequired: Bool
    /// Whether null is accepted, which clears the property.
    package let isNullable: Bool
    package let about: String
    /// Shown in the document; nil if the kind suffices.
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
    /// Bytes of any declared media type, such as a CSV file.
    case bytes(type: String, most: Int, about: String)
    /// A file of any type as the body, or the part `file` of a form.
    case file(most: Int, about: String)
    /// A body that is too large to keep in memory.
    case long(type: String, most: Int, about: String)
  }

  package enum Answer: Sendable {
    /// JSON with a named schema of the document.
    case json(schema: String, status: Int = 200)
    /// JSON without a fixed schema.
    case object(type: String)
    case text(type: String)
    case bytes(type: String)
    case nothing
  }

  /// A response in another format than JSON, which has its own path, since clients generated from the
  /// document expect one format per path.
  package struct Representation: Sendable {
    /// The value of the query's `format` that selects it.
    package let format: String
    /// The extension of its path, without the dot.
    package let ending: String
    package let type: String
    package let id: String
    package let summary: String
    /// Query fields that have no meaning in this format.
    package let withoutParameters: Set<String>

    package init(
      _ format: String, ending: String, _ type: String, id: String, _ summary: String,
      withoutParameters: Set<String> = []
    ) {
      self.format = format
      self.ending = ending
      self.type = type
      self.id = id
      self.summary = summary
      self.withoutParameters = withoutParameters
    }
  }

  package let id: String
  package let summary: String
  package var query: [Field] = []
  package var body: Body = .none
  /// The maximum size of a JSON body in bytes.
  package var most = 256 << 10
  package let answer: Answer
  /// The name of the body's schema; nil: derived from the id.
  package var request: String?
  /// Other formats, available at their own paths and by the query's `format`.
  package var forms: [Representation] = []
  /// Whether a request with an `Idempotency-Key` is carried out only once.
  package var honoursIdempotencyKey = false
  /// Whether it returns an `ETag`, and responds with 304 if the client's is current.
  package var isTagged = false
  /// Whether it honours `If-Match` for the shop.
  package var hasPrecondition = false
  /// Whether it creates a shop, so that it returns an `ETag` although there can be no `If-Match`.
  package var makesShop = false
  /// Whether the response to a change has the shop's `ETag`.
  package var givesTag: Bool { hasPrecondition || makesShop }
  /// Statuses of problems other than those that follow from the declaration.
  package var problems: [Int] = []

  package init(
    id: String, summary: String, query: [Field] = [], body: Body = .none, most: Int = 256 << 10,
    answer: Answer,
    request: String? = nil, forms: [Representation] = [], honoursIdempotencyKey: Bool = false,
    isTagged: Bool = false,
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
    self.honoursIdempotencyKey = honoursIdempotencyKey
    self.isTagged = isTagged
    self.hasPrecondition = hasPrecondition
    self.makesShop = makesShop
    self.problems = problems
  }
}
