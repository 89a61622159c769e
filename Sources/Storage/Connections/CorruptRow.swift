/// Rows that contradict each other; it becomes a `StoreError.damaged`.
struct CorruptRow: Error {
  let detail: String
}
