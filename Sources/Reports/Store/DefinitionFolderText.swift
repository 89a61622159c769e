import Domain
import Formats
import Operations

/// Folders of definitions that were pushed into the store, newest first.
package enum DefinitionFolderText {
  /// A line for each: number, digest, time, who pushed it. The first is in force.
  package static func list(_ folders: [DefinitionFolder], in zone: Zone, _ language: Language) -> String {
    if folders.isEmpty {
      return Wording(
        en: "none was pushed yet; push a folder: switchlist definitions push FOLDER\n",
        zh: "还没有推送过；推送文件夹：switchlist definitions push 文件夹\n")(language)
    }
    return folders.enumerated().map { index, folder in
      let note = index == 0 ? Wording(en: "  (in force)", zh: "（使用中）")(language) : ""
      return
        "\(folder.number)  \(folder.digest.prefix(12))  \(zone.format(folder.pushedAt))  \(TerminalText.safe(folder.pushedBy))\(note)\n"
    }.joined()
  }

  /// `[{"number", "digest", "pushed_at", "pushed_by"}]`
  package static func json(_ folders: [DefinitionFolder]) -> [UInt8] {
    var json = JSONWriter()
    json.array { json in
      for folder in folders {
        json.newLine()
        json.object { json in
          json.field("number", folder.number)
          json.field("digest", folder.digest)
          json.field("pushed_at", folder.pushedAt)
          json.field("pushed_by", folder.pushedBy)
        }
      }
    }
    return json.document()
  }
}
