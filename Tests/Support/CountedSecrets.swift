import Operations
import Synchronization

/// Secrets that tests can foretell: each is one byte again and again, counted from 1.
package final class CountedSecrets: SecretSource {
  private let count = Mutex<UInt8>(0)

  package init() {}

  package func bytes(_ count: Int) -> [UInt8] {
    let byte = self.count.withLock { number in
      number += 1
      return number
    }
    return [UInt8](repeating: byte, count: count)
  }
}
