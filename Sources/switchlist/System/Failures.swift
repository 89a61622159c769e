import ChecklistFiles
import Domain
import Operations
import Reports

/// A command failed; exit status 2.
struct CommandFailure: Error {
  let wording: Wording

  init(_ wording: Wording) { self.wording = wording }
}

/// Arguments are invalid; exit status 64.
struct UsageFailure: Error {
  let wording: Wording

  init(_ wording: Wording) { self.wording = wording }
}

/// The only place where errors are turned into messages.
enum ErrorText {
  /// Nil for errors that the argument parser reports itself.
  static func of(_ error: any Error) -> [String]? {
    switch error {
    case let failure as CommandFailure: [failure.wording.said]
    case let failure as UsageFailure: [failure.wording.said]
    case let refusal as Refusal: [words(of: refusal)]
    case let refusal as AccessRefusal: [refusal.wording.said]
    case let error as StoreError: [error.wording.said]
    case let error as TimeTextError: [error.wording.said]
    case let error as ImportStore.BadExport: [error.wording.said]
    case let failure as FileFailure: [failure.message.said]
    case let table as BadTable:
      table.problems.map { line, problem in
        say(en: "line \(line): \(problem.wording.en)", zh: "第 \(line) 行：\(problem.wording.zh)")
      }
    default: nil
    }
  }

  /// If there is no time zone database at all, the name isn't the problem.
  private static func words(of refusal: Refusal) -> String {
    switch refusal {
    case .unknownTimeZone, .timeZoneNoLongerKnown: break
    default: return refusal.wording.said
    }
    guard let folder = SystemZones.directory.missing.map(TerminalText.safe) else {
      return refusal.wording.said
    }
    return say(
      en: """
        the time zone database isn't at \(folder); install the system's package tzdata, or correct the variable TZDIR
        """,
      zh: "\(folder) 处没有时区数据库；请安装系统的 tzdata 软件包，或更正环境变量 TZDIR")
  }
}
