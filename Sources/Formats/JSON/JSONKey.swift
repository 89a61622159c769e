/// The name of a field, in place; valid only while the field is being read.
package struct JSONKey: CustomStringConvertible {
  let bytes: UnsafeBufferPointer<UInt8>

  package var description: String { String(decoding: bytes, as: UTF8.self) }

  package static func ~= (name: StaticString, key: JSONKey) -> Bool {
    guard name.utf8CodeUnitCount == key.bytes.count else { return false }
    return key.bytes.indices.allSatisfy { name.utf8Start[$0] == key.bytes[$0] }
  }
}
