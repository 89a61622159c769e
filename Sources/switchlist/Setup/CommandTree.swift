import ArgumentParser

/// All commands, for what looks at them from within one: completions, the manual, the shell's script.
enum CommandTree {
  /// The program itself; set where it is parsed.
  @TaskLocal static var root: any ParsableCommand.Type = NoCommand.self

  /// Placeholder until then.
  private struct NoCommand: ParsableCommand {}
}
