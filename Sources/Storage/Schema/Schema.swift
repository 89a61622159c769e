import Operations

/// A store's tables, as migrations that are applied in order and never edited once released.
///
/// Keys are texts, times are BIGINT milliseconds in UTC, absent values are NULL. `{clustered}` and `{bytes}`
/// stand for the two words in which the engines differ. Constraints say `OR` instead of `IN`, because for
/// more than two values SQLite would build a table whenever it checks a row.
enum Schema {
  /// The row's key under which a store names the oldest program version that may use it.
  static let oldestProgram = "oldest-program"

  struct Migration: Sendable {
    let name: String
    /// The oldest program version that may use a store with this migration; nil: no change.
    var oldest: ProgramVersion?
    let statements: [String]
    /// Runs after the statements, for what SQL can't do.
    var fill: (@Sendable (any SQLConnection) throws -> Void)?
  }

  static let migrations: [Migration] = [
    Migration(name: "001-shops-runs-events", statements: shopsRunsEvents),
    Migration(name: "002-switches", statements: switches),
    Migration(name: "003-web", statements: web, fill: { try foldOwners($0) }),
    Migration(name: "004-credentials", statements: credentials, fill: { try fillFromEvents($0) }),
    Migration(name: "005-closing", oldest: ProgramVersion(minor: 2), statements: closing),
    Migration(name: "006-machines", statements: machines),
  ]

  private static let shopsRunsEvents: [String] = [
    """
    CREATE TABLE shop (
      id TEXT NOT NULL PRIMARY KEY,
      name TEXT,
      platform TEXT,
      team TEXT,
      owner TEXT,
      time_zone TEXT,
      tags TEXT NOT NULL,
      archived BIGINT NOT NULL CHECK (archived IN (0, 1)),
      runs BIGINT NOT NULL CHECK (runs >= 0),
      events BIGINT NOT NULL CHECK (events > 0),
      head {bytes} NOT NULL CHECK (length(head) = 32)
    ){clustered}
    """,
    "CREATE INDEX shop_team ON shop (team, id)",
    """
    CREATE TABLE definition (
      id BIGINT NOT NULL PRIMARY KEY,
      sha256 TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64),
      canonical TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE run (
      shop TEXT NOT NULL REFERENCES shop (id),
      number BIGINT NOT NULL CHECK (number > 0),
      checklist TEXT NOT NULL,
      definition BIGINT NOT NULL REFERENCES definition (id),
      switched_at BIGINT NOT NULL,
      time_zone TEXT NOT NULL,
      state TEXT NOT NULL
        CHECK (state = 'active' OR state = 'finished' OR state = 'stopped' OR state = 'superseded'),
      newer BIGINT,
      counted BIGINT NOT NULL CHECK (counted IN (0, 1)),
      total BIGINT NOT NULL,
      done BIGINT NOT NULL,
      skipped BIGINT NOT NULL,
      blocked BIGINT NOT NULL,
      pending BIGINT NOT NULL,
      outstanding_due TEXT NOT NULL,
      done_at TEXT NOT NULL,
      holding_up TEXT NOT NULL,
      PRIMARY KEY (shop, number),
      CHECK (total = done + skipped + blocked + pending),
      CHECK (counted = 0 OR (newer IS NULL AND state IN ('active', 'finished')))
    ){clustered}
    """,
    """
    CREATE TABLE item (
      shop TEXT NOT NULL,
      run BIGINT NOT NULL,
      position BIGINT NOT NULL,
      id TEXT NOT NULL,
      state TEXT NOT NULL
        CHECK (state = 'pending' OR state = 'blocked' OR state = 'done' OR state = 'skipped'),
      open BIGINT NOT NULL CHECK (open IN (0, 1)),
      due_at BIGINT,
      owner TEXT,
      waiting_for TEXT NOT NULL,
      awaiting_by TEXT,
      awaiting_at BIGINT,
      blocked_reason TEXT,
      note TEXT,
      proof TEXT,
      changed_at BIGINT,
      changed_by TEXT,
      PRIMARY KEY (shop, run, position),
      FOREIGN KEY (shop, run) REFERENCES run (shop, number),
      CHECK (open = 0 OR state IN ('pending', 'blocked')),
      CHECK ((blocked_reason IS NULL) = (state <> 'blocked'))
    ){clustered}
    """,
    "CREATE INDEX item_open ON item (due_at, shop, run, position) WHERE open = 1",
    "CREATE INDEX item_open_owner ON item (owner, due_at, shop, run, position) WHERE open = 1",
    """
    CREATE TABLE event (
      shop TEXT NOT NULL REFERENCES shop (id),
      number BIGINT NOT NULL CHECK (number > 0),
      body TEXT NOT NULL,
      hash {bytes} NOT NULL CHECK (length(hash) = 32),
      PRIMARY KEY (shop, number)
    )
    """,
  ]
}
