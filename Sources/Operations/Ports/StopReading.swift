/// Thrown by a callback to end an iteration early.
package struct StopReading: Error {
  package init() {}
}
