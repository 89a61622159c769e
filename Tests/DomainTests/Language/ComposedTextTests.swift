import Foundation
import Testing

@testable import Domain

/// What is taken for composed or trimmed at a glance has to be what Foundation makes of it.
@Suite struct ComposedTextTests {
  private static let samples: [String] = {
    let ranges: [ClosedRange<UInt32>] = [
      1...0x3100, 0x4DF0...0x4E10, 0x9FF0...0xA010, 0xAC00...0xAC10, 0xF900...0xF910, 0xFF00...0xFF20,
    ]
    return ranges.flatMap { $0.compactMap(Unicode.Scalar.init) }.flatMap { scalar in
      ["\(scalar)", "e\(scalar)", "\(scalar)\u{301}", "店\(scalar)铺", " \(scalar)\n"]
    }
  }()

  @Test func composes() {
    let wrong = Self.samples.filter { text in
      Array(text.composed.utf8) != Array(text.precomposedStringWithCanonicalMapping.utf8)
    }
    #expect(wrong.isEmpty)
  }

  @Test func trims() {
    let wrong = Self.samples.filter { text in
      let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
      return Array(text.trimmedAndComposed.utf8)
        != Array(trimmed.precomposedStringWithCanonicalMapping.utf8)
    }
    #expect(wrong.isEmpty)
  }

  @Test func knowsControlCharacters() {
    let scalars = (0...0x3000 as ClosedRange<UInt32>).compactMap(Unicode.Scalar.init)
    #expect(scalars.filter { $0.isControl != ($0.properties.generalCategory == .control) }.isEmpty)
  }
}
