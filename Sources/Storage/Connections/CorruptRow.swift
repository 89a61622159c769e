import Operations

/// Rows that contradict each other; it becomes a `StoreError.damaged`.
struct CorruptRow: EngineError {
  let detail: String
}
