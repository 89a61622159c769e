/// What keeps a text from being one document of YAML.
package struct YAMLProblem: Sendable, Hashable {
  /// What is wrong.
  package enum Kind: Sendable, Hashable {
    /// Over `YAMLLimits.bytes`.
    case tooLarge
    /// Over `YAMLLimits.nesting`.
    case tooDeep
    /// Over `YAMLLimits.nodes`.
    case tooManyNodes
    /// Over `YAMLLimits.expandedBytes`.
    case tooMuchText
    /// A text with over `YAMLLimits.marks` on one character begins here.
    case tooManyMarks
    /// Over a dozen `%TAG` lines.
    case tooManyDirectives
    /// UTF-16, by its byte-order mark or its zero bytes.
    case utf16
    /// Bytes that aren't UTF-8.
    case notUTF8
    /// A character that YAML forbids in a file, by its number.
    case forbiddenCharacter(UInt32)
    /// Nothing but white space and comments.
    case noDocument
    /// A second document begins here.
    case secondDocument
    /// `*name` without an `&name` before it.
    case unknownAlias(String)
    /// `*name` inside of what `&name` marks.
    case recursiveAlias(String)
    /// libyaml's words, and where what it was reading began.
    case syntax(problem: String, context: String?, contextPlace: YAMLPlace?)
    /// There wasn't enough memory to go on.
    case outOfMemory
  }

  /// Where.
  package let place: YAMLPlace
  /// What.
  package let kind: Kind

  /// Names a problem at its place.
  package init(place: YAMLPlace, kind: Kind) {
    self.place = place
    self.kind = kind
  }
}

/// What came of reading a text.
package struct YAMLReading: Sendable {
  /// The first document; nil when it couldn't be read to its end.
  package let document: YAMLDocument?
  /// Why there is no document, or that there are more than one.
  package let problem: YAMLProblem?
}
