import FoundationEssentials

/// A user's folders, by the XDG specification.
struct Folders {
  let data: String
  let configuration: String

  init(_ environment: Environment) {
    let home = environment["HOME"] ?? FileManager.default.homeDirectoryForCurrentUser.path
    func folder(_ variable: String, _ usual: String) -> String {
      let given = environment[variable].flatMap { $0.hasPrefix("/") ? $0 : nil }
      return "\(given ?? "\(home)/\(usual)")/switchlist"
    }
    data = folder("XDG_DATA_HOME", ".local/share")
    configuration = folder("XDG_CONFIG_HOME", ".config")
  }
}
