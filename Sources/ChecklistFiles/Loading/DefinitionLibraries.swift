import YAMLReading

/// The C library that definitions are read with.
package enum DefinitionLibraries {
  /// libyaml's version, of the one that is loaded.
  package static var yaml: String { YAMLLibrary.version }
}
