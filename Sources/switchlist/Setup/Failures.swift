import ChecklistFiles
import Domain
import Operations
import Reports

/// Something that a command can't do; exit status 2.
struct CommandFailure: Error {
  let wording: Wording

  init(_ wording: Wording) { self.wording = wording }
}

/// Words on the command line that can't be meant; exit status 64.
struct UsageFailure: Error {
  let wording: Wording

  init(_ wording: Wording) { self.wording = wording }
}

/// The one place where errors become words.
enum ErrorText {
  /// Nil for what the argument parser says itself.
  static func of(_ error: any Error) -> [String]? {
    switch error {
    case let failure as CommandFailure: [failure.wording.said]
    case let failure as UsageFailure: [failure.wording.said]
    case let refusal as Refusal: [refusal.wording.said]
    case let error as StoreError: [error.wording.said]
    case let error as TimeTextError: [error.wording.said]
    case let error as ImportStore.BadExport: [error.wording.said]
    case let failure as FileFailure: [failure.message.said]
    case let table as ImportShops.BadTable:
      table.problems.map { line, problem in
        say(en: "line \(line): \(problem.wording.en)", zh: "第 \(line) 行：\(problem.wording.zh)")
      }
    default: nil
    }
  }
}
