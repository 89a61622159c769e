extension Schema {
  /// The shops' bindings and the switches between them.
  ///
  /// A switch in progress is its shop's latest, and a shop has only one latest switch, so at most one is in
  /// progress. Every binding but the first begins with the switch that ended the previous one by being
  /// rebound, and at most one binding of a shop hasn't ended. So all gaps between bindings are recorded
  /// switches.
  static let switches: [String] = [
    """
    CREATE TABLE account_switch (
      shop TEXT NOT NULL REFERENCES shop (id),
      number BIGINT NOT NULL CHECK (number > 0),
      latest BIGINT NOT NULL CHECK (latest IN (0, 1)),
      state TEXT NOT NULL CHECK (state = 'planned' OR state = 'unbound' OR state = 'rebound'
        OR state = 'cancelled' OR state = 'abandoned'),
      from_account TEXT NOT NULL,
      to_account TEXT NOT NULL,
      planned_at BIGINT NOT NULL,
      planned_for BIGINT NOT NULL,
      unbound_at BIGINT,
      until BIGINT,
      estimated BIGINT NOT NULL CHECK (estimated IN (0, 1)),
      until_latest BIGINT,
      finish_by BIGINT,
      ended_at BIGINT,
      reason TEXT,
      confirmed TEXT NOT NULL,
      overrides TEXT NOT NULL,
      PRIMARY KEY (shop, number),
      UNIQUE (shop, number, unbound_at),
      UNIQUE (shop, number, ended_at),
      CHECK (latest = 1 OR (state <> 'planned' AND state <> 'unbound')),
      CHECK ((ended_at IS NULL) = (state = 'planned' OR state = 'unbound')),
      CHECK ((unbound_at IS NULL) = (state = 'planned' OR state = 'abandoned')),
      CHECK (unbound_at >= planned_at AND ended_at >= planned_at AND ended_at >= unbound_at)
    ){clustered}
    """,
    "CREATE UNIQUE INDEX account_switch_latest ON account_switch (shop) WHERE latest = 1",
    """
    CREATE TABLE binding (
      shop TEXT NOT NULL REFERENCES shop (id),
      number BIGINT NOT NULL CHECK (number > 0),
      previous BIGINT,
      account TEXT NOT NULL,
      since BIGINT,
      begun_by BIGINT,
      ended BIGINT,
      ended_by BIGINT,
      PRIMARY KEY (shop, number),
      UNIQUE (shop, number, ended_by),
      CHECK ((number = 1) = (begun_by IS NULL)),
      CHECK ((number = 1) = (previous IS NULL)),
      CHECK (previous = number - 1),
      CHECK (number = 1 OR since IS NOT NULL),
      CHECK ((ended IS NULL) = (ended_by IS NULL)),
      CHECK (ended >= since),
      FOREIGN KEY (shop, begun_by, since) REFERENCES account_switch (shop, number, ended_at),
      FOREIGN KEY (shop, ended_by, ended) REFERENCES account_switch (shop, number, unbound_at),
      FOREIGN KEY (shop, previous, begun_by) REFERENCES binding (shop, number, ended_by)
    ){clustered}
    """,
    "CREATE UNIQUE INDEX binding_held ON binding (shop) WHERE ended IS NULL",
    "ALTER TABLE run ADD COLUMN began_at BIGINT",
    "ALTER TABLE run ADD COLUMN account_switch BIGINT",
    "ALTER TABLE item ADD COLUMN due_moved BIGINT NOT NULL DEFAULT 0 CHECK (due_moved IN (0, 1))",
    "ALTER TABLE item ADD COLUMN assigned BIGINT NOT NULL DEFAULT 0 CHECK (assigned IN (0, 1))",
    // Only the events tell which items were changed by hand. A quotation mark inside a JSON string is
    // escaped, so no text can look like a key.
    changedByHand("due_moved", "item-due-moved"),
    changedByHand("assigned", "item-assigned"),
  ]

  private static func changedByHand(_ column: String, _ kind: String) -> String {
    """
    UPDATE item SET \(column) = 1
    WHERE shop IN (SELECT shop FROM event WHERE body LIKE '%"kind":"\(kind)"%')
      AND EXISTS (SELECT 1 FROM event e WHERE e.shop = item.shop AND e.body LIKE '%"kind":"\(kind)"%'
        AND e.body LIKE '%"run":' || item.run || ',"item":"' || item.id || '"%')
    """
  }
}
