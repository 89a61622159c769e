import ArgumentParser
import ChecklistFiles
import Domain
import FoundationEssentials
import Glibc
import Operations
import Storage

/// Suggestions for a word being typed in a shell. Errors only lead to fewer suggestions, since a message
/// would appear in the middle of the user's line.
enum Completing {
  /// Per completion; nobody reads more.
  private static let limit = 200

  /// A shop, or `@FILE` if the word begins with `@`.
  static var shops: CompletionKind {
    .custom { words, _, prefix in
      answer(prefix.hasPrefix("@") ? FileNames.beginning(prefix) : stored(.shops, words, prefix))
    }
  }

  /// Items of the shop that precedes on the line, else of all shops.
  static var items: CompletionKind {
    .custom { words, index, prefix in
      let before = words.prefix(max(index, 0)).dropFirst(2)
      for word in before.reversed() where !word.hasPrefix("-") && ShopID(word) != nil {
        let items = stored(.items(ofShop: word), words, prefix)
        if !items.isEmpty { return answer(items) }
      }
      return answer(stored(.itemsOfAll, words, prefix))
    }
  }

  static var teams: CompletionKind { .custom { words, _, prefix in answer(stored(.teams, words, prefix)) } }

  static var owners: CompletionKind { .custom { words, _, prefix in answer(stored(.owners, words, prefix)) } }

  static var users: CompletionKind { .custom { words, _, prefix in answer(stored(.users, words, prefix)) } }

  /// Checklists in the folder, and those that runs follow.
  static var checklists: CompletionKind {
    .custom { words, _, prefix in
      let known = definitions(words).map { $0.checklists.map(\.checklist.id.rawValue) } ?? []
      return answer(Set(known + stored(.checklists, words, prefix)).filter { $0.hasPrefix(prefix) }.sorted())
    }
  }

  static var platforms: CompletionKind {
    .custom { words, _, prefix in
      answer(
        (definitions(words).map { Array($0.platforms.keys) } ?? []).filter { $0.hasPrefix(prefix) }.sorted())
    }
  }

  /// Only those of the command being typed.
  static var formats: CompletionKind {
    .custom { words, _, prefix in
      var known = CommandTree.root.configuration.subcommands
      for word in words.dropFirst() {
        guard let next = known.first(where: { $0._commandName == word }) else { continue }
        if let command = next as? any Command.Type {
          return answer(command.formats.map(\.rawValue).filter { $0.hasPrefix(prefix) })
        }
        known = next.configuration.subcommands
      }
      return []
    }
  }

  static let roles = CompletionKind.list(Role.allCases.map(\.rawValue))

  static let scopes = CompletionKind.list(TokenScope.allCases.map(\.rawValue))

  private static func stored(_ kind: StoredNames.Kind, _ words: [String], _ prefix: String) -> [String] {
    guard let location = try? invocation(words)?.storeLocation(), let names = try? names(at: location) else {
      return []
    }
    defer { names.close() }
    return (try? names.names(kind, beginning: prefix, limit: limit)) ?? []
  }

  private static func names(at location: StoreLocation) throws -> StoredNames {
    switch location {
    case .file(let path): try StoredNames(path: path)
    case .postgreSQL(let address): try StoredNames(address)
    }
  }

  private static func definitions(_ words: [String]) -> Definitions? {
    guard let loaded = try? invocation(words)?.loadedDefinitions() else { return nil }
    return Definitions(
      checklists: loaded.checklists.map(\.checklist), calendars: loaded.calendars,
      platforms: loaded.platforms)
  }

  /// Uses the options on the line that name the store and the folder.
  private static func invocation(_ words: [String]) -> Invocation? {
    var given: [String] = []
    for option in ["--store", "--checklists"] {
      if let index = words.firstIndex(of: option), index + 1 < words.count {
        given += [option, words[index + 1]]
      } else if let word = words.first(where: { $0.hasPrefix("\(option)=") }) {
        given.append(word)
      }
    }
    return try? Invocation(SharedOptions.parse(given))
  }

  /// Escaped for the requesting shell, which must never execute text from a store.
  private static func answer(_ names: some Sequence<String>) -> [String] {
    names.filter { !$0.contains(where: \.isNewline) && !$0.isEmpty }.prefix(limit).map { name in
      switch CompletionShell.requesting {
      case .some(.bash): escaped(name) { !plain.contains($0) && $0.value < 128 }
      case .some(.zsh): escaped(name) { $0 == ":" || $0 == "\\" }
      default: name
      }
    }
  }

  private static let plain = Set(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/@%+,".unicodeScalars)

  private static func escaped(_ name: String, where isSpecial: (Unicode.Scalar) -> Bool) -> String {
    var escaped = String.UnicodeScalarView()
    for scalar in name.unicodeScalars {
      if isSpecial(scalar) { escaped.append("\\") }
      escaped.append(scalar)
    }
    return String(escaped)
  }
}

/// Completes paths after `@`.
enum FileNames {
  static func beginning(_ word: String) -> [String] {
    let typed = String(word.dropFirst())
    let slash = typed.lastIndex(of: "/")
    let folder = slash.map { String(typed[...$0]) } ?? ""
    let beginning = slash.map { String(typed[typed.index(after: $0)...]) } ?? typed
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)) ?? []
    return names.filter { $0.hasPrefix(beginning) && ($0.hasPrefix(".") == beginning.hasPrefix(".")) }
      .sorted()
      .map { name in
        var isFolder = false
        _ = FileManager.default.fileExists(atPath: folder + name, isDirectory: &isFolder)
        return "@\(folder)\(name)\(isFolder ? "/" : "")"
      }
  }
}
