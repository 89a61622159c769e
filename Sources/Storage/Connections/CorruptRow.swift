import Operations

/// Rows that are inconsistent with each other. Becomes a `StoreError.damaged`.
struct CorruptRow: EngineError {
  let detail: String
}
