import Glibc

enum LoginName {
  /// The operating system's login name, else the environment's.
  static func current(_ environment: Environment) -> String {
    if let entry = getpwuid(getuid()) { return String(cString: entry.pointee.pw_name) }
    return environment["LOGNAME"] ?? environment["USER"] ?? "uid-\(getuid())"
  }
}
