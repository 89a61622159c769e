import YAMLReading

/// The C library that definitions are read with.
public enum DefinitionLibraries {
  /// libyaml's version, of the one that is loaded.
  public static var yaml: String { YAMLLibrary.version }
}
