extension Schema {
  /// What processes on many machines have in common: marks of committed transactions that wrote no event, and the folder
  /// of definitions. A folder's files stay with its digest, however often it was pushed.
  static let machines: [String] = [
    """
    CREATE TABLE commit_mark (
      mark {bytes} NOT NULL PRIMARY KEY CHECK (length(mark) = 16),
      at BIGINT NOT NULL
    )
    """,
    "CREATE INDEX commit_mark_at ON commit_mark (at)",
    """
    CREATE TABLE definition_folder (
      number BIGINT NOT NULL PRIMARY KEY CHECK (number > 0),
      digest TEXT NOT NULL CHECK (length(digest) = 64),
      pushed_at BIGINT NOT NULL,
      pushed_by TEXT NOT NULL CHECK (pushed_by <> '')
    )
    """,
    """
    CREATE TABLE definition_file (
      digest TEXT NOT NULL CHECK (length(digest) = 64),
      path TEXT NOT NULL CHECK (path <> ''),
      content {bytes} NOT NULL,
      PRIMARY KEY (digest, path)
    )
    """,
  ]
}
