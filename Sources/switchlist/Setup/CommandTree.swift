import ArgumentParser

/// All commands, for code that examines them from within one: completion, the manual, shell scripts.
enum CommandTree {
  /// The program's root command; set before parsing.
  @TaskLocal static var root: any ParsableCommand.Type = NoCommand.self

  /// A placeholder until `root` is set.
  private struct NoCommand: ParsableCommand {}
}
