import YAMLReading

package enum DefinitionLibraries {
  /// The version of libyaml that is loaded.
  package static var yaml: String { YAMLLibrary.version }
}
