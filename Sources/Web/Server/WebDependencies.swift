import Domain
import Operations

/// What the web works with; the composition root gives it.
public struct WebDependencies: Sendable {
  /// The moment now.
  public var now: @Sendable () -> Moment
  /// Since some fixed moment, for measuring; never goes back.
  public var milliseconds: @Sendable () -> Int64
  /// Where time zones are looked up.
  public var zones: any ZoneSource & Sendable
  /// In which times are shown that aren't a shop's, where a browser doesn't tell its own.
  public var zone: Zone
  /// The definitions as their files say now.
  public var definitions: @Sendable () -> ReadDefinitions
  /// Checks the text of a definition as if it stood in the folder under a file's name.
  public var check: @Sendable (_ text: [UInt8], _ file: String) -> [ReadDefinitions.Finding]
  /// The JSON Schema of a checklist's file.
  public var schema: @Sendable (Language) -> String
  /// Opens another connection for reading.
  public var openReader: @Sendable () throws -> any ShopStore
  /// The one connection for writing.
  public var writer: any ShopStore
  /// A number that differs from the one before once anything in the store has changed.
  public var version: @Sendable () throws -> Int64
  /// Where secrets of sessions, links and tokens come from.
  public var secrets: any SecretSource
  /// The login of the operating system's user who serves.
  public var login: String

  package init(
    now: @escaping @Sendable () -> Moment, milliseconds: @escaping @Sendable () -> Int64,
    zones: any ZoneSource & Sendable, zone: Zone,
    definitions: @escaping @Sendable () -> ReadDefinitions,
    check: @escaping @Sendable ([UInt8], String) -> [ReadDefinitions.Finding],
    schema: @escaping @Sendable (Language) -> String,
    openReader: @escaping @Sendable () throws -> any ShopStore, writer: any ShopStore,
    version: @escaping @Sendable () throws -> Int64, secrets: any SecretSource, login: String
  ) {
    self.now = now
    self.milliseconds = milliseconds
    self.zones = zones
    self.zone = zone
    self.definitions = definitions
    self.check = check
    self.schema = schema
    self.openReader = openReader
    self.writer = writer
    self.version = version
    self.secrets = secrets
    self.login = login
  }
}

/// A reading of the folder of definitions.
public struct ReadDefinitions: Sendable {
  /// Something that is wrong, or worth a look, in a file.
  public struct Finding: Sendable {
    /// Its path in the folder.
    public let file: String
    /// From 1.
    public let line: Int
    /// From 1, in Unicode scalars.
    public let column: Int
    /// The file can't be used.
    public let isError: Bool
    /// What kind of finding it is: short words joined by `-`.
    public let code: String
    /// What is wrong, and what to do about it.
    public let message: Wording
    /// The line of the file that it is in; nil where there is none.
    public let quote: String?

    package init(
      file: String, line: Int, column: Int, isError: Bool, code: String, message: Wording, quote: String?
    ) {
      self.file = file
      self.line = line
      self.column = column
      self.isError = isError
      self.code = code
      self.message = message
      self.quote = quote
    }
  }

  /// Another number than that of any reading before.
  public let number: Int
  /// Those without errors.
  public let definitions: Definitions
  /// By file and place.
  public let findings: [Finding]
  /// Which file each checklist is in, by the checklist's id.
  public let files: [String: String]

  package init(number: Int, definitions: Definitions, findings: [Finding], files: [String: String]) {
    self.number = number
    self.definitions = definitions
    self.findings = findings
    self.files = files
  }
}

/// Lets in whoever started a server on a store without users: a secret of this start, which its address carries.
///
/// Where a request comes from says nothing: a plain proxy on the same machine looks like a browser there.
public struct LocalAccess: Sendable {
  /// Whom changes are recorded under.
  public let name: String
  /// What the address holds that is printed at the start, the cookie that it sets, and scripts' bearer token.
  public let secret: Secret

  package init(name: String, secret: Secret) {
    self.name = name
    self.secret = secret
  }

  /// The path that sets the cookie and leads on.
  ///
  /// - Parameter path: where to; nil: the first page.
  package func path(to path: String? = nil) -> String {
    "/local/\(secret.text)" + (path.map { "?back=\($0)" } ?? "")
  }
}

/// How the web serves.
public struct WebOptions: Sendable {
  /// A name or an address; a name is looked up once.
  public var host: String
  /// 0: any that is free.
  public var port: Int
  /// Where `/metrics`, `/healthz` and `/readyz` answer besides; nil: only with the rest.
  public var metrics: (host: String, port: Int)?
  /// Networks whose word about the client's address and protocol is taken.
  public var trustedProxies: [AddressRange]
  /// What links to the outside begin with, such as `https://shops.example.cn`; nil: what the request says.
  public var publicURL: String?
  /// What each sender may use up.
  public var limits: Limits
  /// Who acts on loopback of a store without users, as long as it has none; nil: sign-in is needed.
  public var local: LocalAccess?

  package init(
    host: String = "127.0.0.1", port: Int = 8080, metrics: (host: String, port: Int)? = nil,
    trustedProxies: [AddressRange] = [], publicURL: String? = nil, limits: Limits = Limits(),
    local: LocalAccess? = nil
  ) {
    self.host = host
    self.port = port
    self.metrics = metrics
    self.trustedProxies = trustedProxies
    self.publicURL = publicURL
    self.limits = limits
    self.local = local
  }
}
