/// Rows that contradict each other; it becomes a `StoreError.damaged`.
struct Inconsistency: Error {
  let detail: String
}
