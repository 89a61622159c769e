import Domain

extension Schema {
  /// Users, sessions and tokens, what is stored for them, and the columns by which lists of shops are sorted
  /// and filtered.
  static let web: [String] = desk + access

  /// The indexes leave out archived shops, as the lists do. The number of outstanding items, which every tick
  /// changes, is part of only one.
  private static let desk: [String] = [
    "ALTER TABLE item ADD COLUMN awaiting_link TEXT",
    // `open` is part of the index because SQLite would otherwise read every row for it, even though the index
    // contains only open items.
    "DROP INDEX item_open",
    "CREATE INDEX item_open ON item (due_at, shop, run, position, open) WHERE open = 1",
    "ALTER TABLE run ADD COLUMN due_at BIGINT",
    """
    UPDATE run SET due_at = (
      SELECT MIN(i.due_at) FROM item i
      WHERE i.shop = run.shop AND i.run = run.number AND (i.state = 'pending' OR i.state = 'blocked'))
    """,
    "ALTER TABLE shop ADD COLUMN owner_folded TEXT",
    "ALTER TABLE shop ADD COLUMN total BIGINT NOT NULL DEFAULT 0 CHECK (total >= 0)",
    "ALTER TABLE shop ADD COLUMN outstanding BIGINT NOT NULL DEFAULT 0 CHECK (outstanding >= 0)",
    "ALTER TABLE shop ADD COLUMN due_at BIGINT",
    "ALTER TABLE shop ADD COLUMN waiting BIGINT NOT NULL DEFAULT 0 CHECK (waiting = 0 OR waiting = 1)",
    """
    UPDATE shop SET (total, outstanding, due_at, waiting) = (
      SELECT COALESCE(SUM(total), 0), COALESCE(SUM(blocked + pending), 0), MIN(due_at),
        COALESCE(MAX(CASE WHEN holding_up <> '' THEN 1 ELSE 0 END), 0)
      FROM run WHERE shop = shop.id AND counted = 1)
    """,
    "CREATE INDEX shop_due ON shop (due_at, id) WHERE archived = 0",
    "CREATE INDEX shop_team_due ON shop (team, due_at, id) WHERE archived = 0",
    "CREATE INDEX shop_outstanding ON shop (outstanding DESC, id) WHERE archived = 0",
    "CREATE INDEX shop_name ON shop (name, id) WHERE archived = 0",
    "CREATE INDEX shop_owner ON shop (owner_folded, id) WHERE archived = 0",
    "CREATE INDEX shop_waiting ON shop (id) WHERE archived = 0 AND waiting = 1",
    "CREATE INDEX shop_finished ON shop (id) WHERE archived = 0 AND total > 0 AND outstanding = 0",
    "CREATE INDEX shop_archived ON shop (id) WHERE archived = 1",
    "CREATE INDEX account_switch_unbound ON account_switch (shop) WHERE state = 'unbound'",
  ]

  private static let access: [String] = [
    """
    CREATE TABLE user_account (
      folded TEXT NOT NULL PRIMARY KEY CHECK (folded <> ''),
      name TEXT NOT NULL CHECK (name <> ''),
      role TEXT NOT NULL CHECK (role = 'merchant' OR role = 'lead' OR role = 'admin'),
      teams TEXT NOT NULL,
      disabled BIGINT NOT NULL CHECK (disabled = 0 OR disabled = 1),
      password TEXT NOT NULL CHECK (password <> ''),
      must_change BIGINT NOT NULL CHECK (must_change = 0 OR must_change = 1),
      created_at BIGINT NOT NULL
    ){clustered}
    """,
    """
    CREATE TABLE web_session (
      digest {bytes} NOT NULL PRIMARY KEY CHECK (length(digest) = 32),
      user_folded TEXT NOT NULL REFERENCES user_account (folded),
      created_at BIGINT NOT NULL,
      expires_at BIGINT NOT NULL,
      CHECK (expires_at > created_at)
    ){clustered}
    """,
    "CREATE INDEX web_session_user ON web_session (user_folded)",
    "CREATE INDEX web_session_expires ON web_session (expires_at)",
    """
    CREATE TABLE access_token (
      number BIGINT NOT NULL PRIMARY KEY CHECK (number > 0),
      name TEXT NOT NULL CHECK (name <> ''),
      digest {bytes} NOT NULL UNIQUE CHECK (length(digest) = 32),
      scopes TEXT NOT NULL CHECK (scopes <> ''),
      teams TEXT NOT NULL,
      created_by TEXT NOT NULL,
      created_at BIGINT NOT NULL,
      expires_at BIGINT NOT NULL,
      revoked_at BIGINT,
      CHECK (expires_at > created_at)
    )
    """,
    """
    CREATE TABLE shop_link (
      shop TEXT NOT NULL REFERENCES shop (id),
      number BIGINT NOT NULL CHECK (number > 0),
      digest {bytes} NOT NULL UNIQUE CHECK (length(digest) = 32),
      created_by TEXT NOT NULL,
      created_at BIGINT NOT NULL,
      expires_at BIGINT NOT NULL,
      revoked_at BIGINT,
      PRIMARY KEY (shop, number),
      CHECK (expires_at > created_at)
    )
    """,
    // The content comes last, so that the other columns can be read without it.
    """
    CREATE TABLE kept_file (
      shop TEXT NOT NULL REFERENCES shop (id),
      sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
      size BIGINT NOT NULL CHECK (size >= 0),
      name TEXT NOT NULL,
      media_type TEXT NOT NULL,
      kept_at BIGINT NOT NULL,
      kept_by TEXT NOT NULL,
      deleted_at BIGINT,
      content {bytes},
      PRIMARY KEY (shop, sha256),
      CHECK ((content IS NULL) = (deleted_at IS NOT NULL)),
      CHECK (length(content) = size)
    )
    """,
    """
    CREATE TABLE kept_answer (
      principal TEXT NOT NULL,
      request_key TEXT NOT NULL,
      request {bytes} NOT NULL CHECK (length(request) = 32),
      status BIGINT NOT NULL CHECK (status BETWEEN 100 AND 599),
      body {bytes} NOT NULL,
      at BIGINT NOT NULL,
      PRIMARY KEY (principal, request_key)
    )
    """,
    "CREATE INDEX kept_answer_at ON kept_answer (at)",
    """
    CREATE TABLE access_log (
      number BIGINT NOT NULL PRIMARY KEY CHECK (number > 0),
      kind TEXT NOT NULL CHECK (kind <> ''),
      at BIGINT NOT NULL,
      subject TEXT NOT NULL,
      by_name TEXT NOT NULL,
      address TEXT
    ){clustered}
    """,
  ]

  /// Folding names takes more than SQL.
  static func foldOwners(_ connection: some SQLConnection) throws {
    var owners: [String] = []
    try connection.query("SELECT DISTINCT owner FROM shop WHERE owner IS NOT NULL", []) {
      owners.append($0.text(0))
    }
    for owner in owners {
      try connection.run(
        "UPDATE shop SET owner_folded = $2 WHERE owner = $1", [.text(owner), .text(Author.folded(owner))])
    }
  }
}
