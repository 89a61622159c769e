/// Ends a walk through the store that has found enough.
package struct StopReading: Error {
  package init() {}
}
