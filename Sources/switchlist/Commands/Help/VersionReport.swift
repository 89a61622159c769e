import ChecklistFiles
import Formats
import Operations
import Reports
import Storage
import Web
import WebCore

/// `--version`, and with `--format json` the program with its dependencies, for software inventories.
enum VersionReport {
  /// Nil unless exactly this is asked for. The tree of all commands isn't needed for it.
  static func asked(_ arguments: [String]) -> [UInt8]? {
    if arguments == ["--version"] { return Array("\(ProgramVersion.current.text)\n".utf8) }
    let words = arguments.prefix { $0 != "--" }
    guard words.contains("--version") else { return nil }
    let isJSON =
      words.contains("--format=json")
      || zip(words, words.dropFirst()).contains { $0 == "--format" && $1 == "json" }
    return isJSON ? json() : nil
  }

  /// `{"name", "version", "dependencies": [{"name", "version"}]}`. C libraries have the version that is
  /// loaded.
  private static func json() -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.field("name", "switchlist")
      json.field("version", ProgramVersion.current.text)
      json.array("dependencies") { json in
        for (name, version) in libraries + packages {
          json.newLine()
          json.object { json in
            json.field("name", name)
            json.field("version", version)
          }
        }
      }
    }
    return json.document()
  }

  private static var libraries: [(String, String)] {
    [("sqlite3", SQLiteLibrary.version), ("libyaml", DefinitionLibraries.yaml)] + WebLibraries.versions
  }

  /// As pinned in `Package.resolved`; a test compares the two.
  private static let packages: [(String, String)] = [
    ("async-http-client", "1.37.0"),
    ("grdb.swift", "7.10.0"),
    ("hummingbird", "2.28.1"),
    ("swift-algorithms", "1.2.1"),
    ("swift-argument-parser", "1.8.2"),
    ("swift-asn1", "1.7.4"),
    ("swift-async-algorithms", "1.1.4"),
    ("swift-atomics", "1.3.0"),
    ("swift-certificates", "1.21.1"),
    ("swift-collections", "1.6.0"),
    ("swift-configuration", "1.4.0"),
    ("swift-crypto", "4.5.2"),
    ("swift-distributed-tracing", "1.7.3"),
    ("swift-http-structured-headers", "1.7.0"),
    ("swift-http-types", "1.8.0"),
    ("swift-log", "1.16.2"),
    ("swift-metrics", "2.13.0"),
    ("swift-nio", "2.101.2"),
    ("swift-nio-extras", "1.35.2"),
    ("swift-nio-http2", "1.46.0"),
    ("swift-nio-ssl", "2.37.6"),
    ("swift-nio-transport-services", "1.28.0"),
    ("swift-numerics", "1.1.1"),
    ("swift-service-context", "1.5.1"),
    ("swift-service-lifecycle", "2.13.0"),
    ("swift-system", "1.8.1"),
  ]
}
