import ArgumentParser

/// The exit statuses that scripts rely on; the README lists them. Monitoring has its own (`OverdueNagios`).
extension ExitCode {
  /// The command's answer is a finding, such as something overdue.
  static let finding = ExitCode(1)
  /// Refused or failed. Over many shops, some were.
  static let refused = ExitCode(2)
  static let usage = ExitCode(64)
  /// It isn't known whether a change was saved; repeating it is safe.
  static let unknownOutcome = ExitCode(75)
}
