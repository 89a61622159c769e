import Domain
import Operations

/// The fields of a form or a JSON body: texts by name, and files. Each value is a list of texts, because
/// forms have nothing else; the API's document says which are numbers, booleans or lists.
package struct FormFields: Sendable {
  package struct File: Sendable {
    package let name: String
    package let mediaType: String
    package let content: [UInt8]

    package init(name: String, mediaType: String, content: [UInt8]) {
      self.name = name
      self.mediaType = mediaType
      self.content = content
    }
  }

  package private(set) var texts: [String: [String]] = [:]
  package private(set) var files: [String: File] = [:]

  /// Suffices for every request that doesn't name thousands of shops.
  package static let most = 1000

  package init(texts: [String: [String]] = [:]) { self.texts = texts }

  /// The field's text; nil if it is missing or blank, as forms send empty fields.
  package subscript(_ name: String) -> String? {
    texts[name]?.first.flatMap { $0.isBlank ? nil : $0 }
  }

  package func all(_ name: String) -> [String] { texts[name] ?? [] }

  package func flag(_ name: String) -> Bool {
    texts[name]?.first.map { $0 == "1" || $0 == "true" || $0 == "on" } ?? false
  }

  package func required(_ name: String) throws(Problem) -> String {
    if let text = self[name] { return text }
    throw .invalid(name, Wording(en: "is missing; please fill it in", zh: "还没有填写，请填写"))
  }

  package func integer(_ name: String) throws(Problem) -> Int? {
    guard let text = self[name] else { return nil }
    guard let number = Int(text), number >= 0, number < 1_000_000_000 else {
      throw .invalid(name, Wording(en: "'\(text.quotable)' isn't a number", zh: "“\(text.quotable)”不是数字"))
    }
    return number
  }

  package func time(_ name: String) throws(Problem) -> TimeText? {
    guard let text = self[name] else { return nil }
    do throws(TimeTextError) { return try TimeText(text) } catch {
      throw .invalid(name, error.wording)
    }
  }

  /// What a run counts from: nothing, a time, or `rebound`.
  package func beginning(_ name: String) throws(Problem) -> StartRuns.Beginning {
    try StartRuns.Beginning(self[name]) { _ throws(Problem) in try time(name) }
  }

  package mutating func set(_ name: String, _ values: [String]) { texts[name] = values }

  package mutating func append(_ text: String, to name: String) { texts[name, default: []].append(text) }

  package mutating func set(_ name: String, _ file: File) { files[name] = file }
}
