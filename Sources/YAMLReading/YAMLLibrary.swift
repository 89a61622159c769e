import CLibYAML

/// The library below.
public enum YAMLLibrary {
  /// Of the library that is loaded.
  public static var version: String { String(cString: yaml_get_version_string()) }
}
