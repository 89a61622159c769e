import YAMLReading

extension String {
  var fileName: String { split(separator: "/").last.map(String.init) ?? self }

  /// The path of the folder that contains the file; `.` for a bare name.
  var folder: String {
    guard let slash = lastIndex(of: "/") else { return "." }
    return slash == startIndex ? "/" : String(self[..<slash])
  }

  var withoutEnding: String {
    guard let dot = lastIndex(of: "."), dot != startIndex else { return self }
    return String(self[..<dot])
  }

  func appending(pathComponent: String) -> String {
    hasSuffix("/") ? self + pathComponent : self + "/" + pathComponent
  }

  /// `PATH:LINE:COLUMN`.
  func place(_ place: YAMLPlace) -> String { "\(printablePath):\(place.line):\(place.column)" }
}
