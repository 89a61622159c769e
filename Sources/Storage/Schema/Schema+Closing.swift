extension Schema {
  /// Items outstanding when a milestone closed their run, switches recorded after they had ended, and the
  /// oldest version that may use the store.
  static let closing: [String] = [
    """
    ALTER TABLE item ADD COLUMN missed TEXT
      CHECK (missed IS NULL OR (state = 'skipped' AND (missed = 'unbound' OR missed = 'rebound')))
    """,
    "ALTER TABLE run ADD COLUMN missed BIGINT NOT NULL DEFAULT 0 CHECK (missed >= 0 AND missed <= skipped)",
    """
    ALTER TABLE account_switch ADD COLUMN imported BIGINT NOT NULL DEFAULT 0
      CHECK (imported = 0 OR imported = 1)
    """,
    "CREATE TABLE meta (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL)",
  ]
}
