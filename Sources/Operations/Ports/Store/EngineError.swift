/// An engine-specific error inside a transaction, which fails with it. Callers of the store get a
/// `StoreError` instead.
package protocol EngineError: Error {}

extension Error {
  /// Whether the store itself failed, so that the transaction can't go on.
  package var failsTransaction: Bool { self is StoreError || self is any EngineError }
}
