/// Why a text isn't a single YAML document.
package struct YAMLProblem: Sendable, Hashable {
  package enum Kind: Sendable, Hashable {
    /// Over `YAMLLimits.bytes`.
    case tooLarge
    /// Over `YAMLLimits.nesting`.
    case tooDeep
    /// Over `YAMLLimits.nodes`.
    case tooManyNodes
    /// Over `YAMLLimits.expandedBytes`.
    case tooMuchText
    /// A row of more than `YAMLLimits.marks` combining marks begins here.
    case tooManyMarks
    /// Over `YAMLLimits.tagDirectives`.
    case tooManyDirectives
    /// Recognized by a byte-order mark or by zero bytes.
    case utf16
    case notUTF8
    /// A character that YAML forbids, by its code point.
    case forbiddenCharacter(UInt32)
    /// Nothing but white space and comments.
    case noDocument
    /// A second document begins here.
    case secondDocument
    /// `*name` without an `&name` before it.
    case unknownAlias(String)
    /// `*name` inside the node that `&name` marks.
    case recursiveAlias(String)
    /// libyaml's message, and where the construct began that it was reading.
    case syntax(problem: String, context: String?, contextPlace: YAMLPlace?)
    /// libyaml ran out of memory.
    case outOfMemory
  }

  package let place: YAMLPlace
  package let kind: Kind

  package init(place: YAMLPlace, kind: Kind) {
    self.place = place
    self.kind = kind
  }
}

/// The result of reading a text. Both are set if a second document follows a valid one.
package struct YAMLReading: Sendable {
  /// The first document; nil if it couldn't be read to its end.
  package let document: YAMLDocument?
  /// Why there is no document, or that there is more than one.
  package let problem: YAMLProblem?
}
