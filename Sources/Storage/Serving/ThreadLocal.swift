import Glibc

/// A value per thread.
///
/// Unchecked, because each thread only sees its own value.
final class ThreadLocal<Value: AnyObject>: @unchecked Sendable {
  private var key = pthread_key_t()

  init() {
    let isMade = pthread_key_create(&key) { pointer in
      if let pointer { Unmanaged<AnyObject>.fromOpaque(pointer).release() }
    }
    precondition(isMade == 0, "the system has no room for another value of each thread")
  }

  deinit { pthread_key_delete(key) }

  var current: Value? {
    get { pthread_getspecific(key).map { Unmanaged<Value>.fromOpaque($0).takeUnretainedValue() } }
    set {
      if let old = pthread_getspecific(key) { Unmanaged<Value>.fromOpaque(old).release() }
      pthread_setspecific(key, newValue.map { Unmanaged.passRetained($0).toOpaque() })
    }
  }
}
