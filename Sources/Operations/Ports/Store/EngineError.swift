/// An engine's own error inside a transaction, which has failed with it; from the store it comes as a `StoreError`.
package protocol EngineError: Error {}

extension Error {
  /// Whether it is the store's, so that nothing more can be done in the transaction.
  package var failsTransaction: Bool { self is StoreError || self is any EngineError }
}
