import Domain

extension Schema {
  /// The link used for each action, the person responsible for a link or token and its last use, and the
  /// number of attempts in a log entry.
  static let credentials: [String] =
    [
      "ALTER TABLE item ADD COLUMN changed_link BIGINT",
      "ALTER TABLE shop_link ADD COLUMN maker TEXT",
      "ALTER TABLE shop_link ADD COLUMN last_used_at BIGINT",
      "ALTER TABLE access_token ADD COLUMN maker TEXT",
      "ALTER TABLE access_token ADD COLUMN last_used_at BIGINT",
      "ALTER TABLE access_log ADD COLUMN attempts BIGINT NOT NULL DEFAULT 1 CHECK (attempts > 0)",
      "CREATE INDEX access_log_kind ON access_log (kind, at)",
    ] + keptFiles

  /// Recreated, because columns behind the content can't be read without reading all of it.
  private static let keptFiles: [String] = [
    "ALTER TABLE kept_file RENAME TO kept_file_before",
    """
    CREATE TABLE kept_file (
      shop TEXT NOT NULL REFERENCES shop (id),
      sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
      size BIGINT NOT NULL CHECK (size >= 0),
      name TEXT NOT NULL,
      media_type TEXT NOT NULL,
      kept_at BIGINT NOT NULL,
      kept_by TEXT NOT NULL,
      kept_link BIGINT,
      deleted_at BIGINT,
      content {bytes},
      PRIMARY KEY (shop, sha256),
      CHECK ((content IS NULL) = (deleted_at IS NOT NULL)),
      CHECK (length(content) = size)
    )
    """,
    """
    INSERT INTO kept_file (shop, sha256, size, name, media_type, kept_at, kept_by, deleted_at, content)
    SELECT shop, sha256, size, name, media_type, kept_at, kept_by, deleted_at, content FROM kept_file_before
    """,
    "DROP TABLE kept_file_before",
  ]

  /// Fills in, from the events of shops that have links, what an older store's rows don't contain.
  static func fillFromEvents(_ connection: some SQLConnection) throws {
    let tokens = try fillTokens(connection)
    var shops: [String] = []
    try connection.query("SELECT DISTINCT shop FROM shop_link ORDER BY shop", []) { shops.append($0.text(0)) }
    for shop in shops { try CredentialFill(connection, shop: shop, tokens: tokens).run() }
  }

  /// Whoever made a token that made another token is responsible for both. Returns the people by token
  /// number.
  private static func fillTokens(_ connection: some SQLConnection) throws -> [Int: String] {
    var tokens: [(number: Int, name: String, by: String)] = []
    var makers: [Int: String] = [:]
    try connection.query("SELECT number, name, created_by FROM access_token ORDER BY number", []) { row in
      tokens.append((try row.count(0), row.text(1), row.text(2)))
    }
    for token in tokens {
      // Only the maker's name is stored: a user's, or else an earlier token's.
      let isUser = try connection.first(
        "SELECT 1 FROM user_account WHERE folded = $1", [.text(Author.folded(token.by))]
      ) { _ in true }
      let made = tokens.last { $0.number < token.number && $0.name == token.by }
      let maker = isUser == nil ? made.flatMap { makers[$0.number] } : nil
      makers[token.number] = maker ?? token.by
      guard let maker else { continue }
      try connection.run(
        "UPDATE access_token SET maker = $2 WHERE number = $1", [.integer(token.number), .text(maker)])
    }
    return makers
  }
}

/// What one shop's events tell about its links.
private struct CredentialFill<Connection: SQLConnection> {
  let connection: Connection
  let shop: String
  let tokens: [Int: String]
  private var record = ShopRecord()

  init(_ connection: Connection, shop: String, tokens: [Int: String]) {
    self.connection = connection
    self.shop = shop
    self.tokens = tokens
  }

  func run() throws {
    var fill = self
    var bodies: [[UInt8]] = []
    try connection.query("SELECT body FROM event WHERE shop = $1 ORDER BY number", [.text(shop)]) { row in
      bodies.append(row.withUTF8(0) { Array($0) })
    }
    for body in bodies {
      // Unreadable and inconsistent events are left for `history --verify` to report.
      guard let event = try? Event(canonical: body), try fill.replay(event) else { continue }
      try fill.fillFile(event)
      try fill.fillMaker(event)
    }
    for run in fill.record.runs.values { try fill.fillItems(of: run) }
    for change in fill.record.history.switches { try fill.fillConfirmations(of: change) }
  }

  private mutating func replay(_ event: Event) throws -> Bool {
    do {
      try record.replay(event) { sha256 in
        try connection.first("SELECT canonical FROM definition WHERE sha256 = $1", [.text(sha256)]) { row in
          Definition(sha256: sha256, checklist: try row.withUTF8(0) { try Checklist(canonical: $0) })
        }
      }
      return true
    } catch is ShopRecord.Contradiction {
      return false
    }
  }

  private func fillMaker(_ event: Event) throws {
    guard case .linkCreated(let number, _) = event.change, event.by.login.hasPrefix("token:"),
      let token = Int(event.by.login.dropFirst(6)), let maker = tokens[token]
    else { return }
    try connection.run(
      "UPDATE shop_link SET maker = $3 WHERE shop = $1 AND number = $2 AND created_by <> $3",
      [.text(shop), .integer(number), .text(maker)])
  }

  private func fillFile(_ event: Event) throws {
    guard let link = event.by.link, case .item(_, _, let change) = event.change,
      case .file(_, _, let sha256) = change.proof
    else { return }
    try connection.run(
      """
      UPDATE kept_file SET kept_link = $5
      WHERE shop = $1 AND sha256 = $2 AND kept_by = $3 AND kept_at = $4
      """,
      [.text(shop), .text(sha256), .text(event.by.name), .moment(event.recordedAt), .integer(link)])
  }

  private func fillItems(of run: Run) throws {
    for (position, item) in run.items.enumerated() where item.changedByLink != nil || item.proof?.link != nil
    {
      let key: [SQLValue] = [
        .text(shop), .integer(run.number), .integer(position), .text(item.id.rawValue),
      ]
      try connection.run(
        "UPDATE item SET changed_link = $5 WHERE shop = $1 AND run = $2 AND position = $3 AND id = $4",
        key + [.optional(item.changedByLink)])
      let stored = try connection.first(
        "SELECT proof FROM item WHERE shop = $1 AND run = $2 AND position = $3 AND id = $4", key
      ) { row in try row.optionalText(0).map(ProofText.read) }
      guard let link = item.proof?.link, let proof = stored.flatMap({ $0 }) else { continue }
      let text = ProofText.of(Proof(content: proof.content, at: proof.at, by: proof.by, link: link))
      try connection.run(
        "UPDATE item SET proof = $5 WHERE shop = $1 AND run = $2 AND position = $3 AND id = $4",
        key + [.text(text)])
    }
  }

  private func fillConfirmations(of change: AccountSwitch) throws {
    if change.confirmed.allSatisfy({ $0.link == nil }) { return }
    let key: [SQLValue] = [.text(shop), .integer(change.number)]
    let stored = try connection.first(
      "SELECT confirmed FROM account_switch WHERE shop = $1 AND number = $2", key
    ) { row in try SwitchLists.confirmed(row, 0) }
    guard let stored, stored.count == change.confirmed.count else { return }
    let filled = zip(stored, change.confirmed).map { stored, told in
      AccountSwitch.Confirmation(
        requirement: stored.requirement, by: stored.by, link: told.link, at: stored.at)
    }
    try connection.run(
      "UPDATE account_switch SET confirmed = $3 WHERE shop = $1 AND number = $2",
      key + [.text(SwitchLists.text(filled))])
  }
}
