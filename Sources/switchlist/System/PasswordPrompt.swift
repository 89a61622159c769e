import Domain
import Glibc
import Operations

/// Asks for a password: twice and without echo on a terminal, else the first line of standard input.
enum PasswordPrompt {
  static func password(of name: String) throws -> Password {
    let text = isatty(STDIN_FILENO) == 1 ? try askTwice(name) : try firstLine()
    return try Password(text, of: name, from: SystemSecrets())
  }

  private static func firstLine() throws -> String {
    var nothing: UInt8 = 0
    if Glibc.read(STDIN_FILENO, &nothing, 0) < 0, errno == EBADF { throw InputFile.closedInput }
    return readLine() ?? ""
  }

  private static func askTwice(_ name: String) throws -> String {
    let first = ask(
      say(
        en: "Password for \(name) (at least \(Password.fewest) characters): ",
        zh: "\(name) 的密码（至少 \(Password.fewest) 个字符）："))
    let second = ask(say(en: "Once more: ", zh: "再输入一次："))
    if first == second { return first }
    throw CommandFailure(
      Wording(en: "the two passwords differ; nothing was changed, try again", zh: "两次输入的密码不同；数据未作改动，请重试"))
  }

  /// Without echo.
  private static func ask(_ question: String) -> String {
    var settings = termios()
    tcgetattr(STDIN_FILENO, &settings)
    var hidden = settings
    hidden.c_lflag &= ~tcflag_t(ECHO)
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden)
    defer {
      tcsetattr(STDIN_FILENO, TCSAFLUSH, &settings)
      show("\n")
    }
    show(question)
    return readLine() ?? ""
  }

  private static func show(_ text: String) {
    _ = Glibc.write(STDERR_FILENO, text, text.utf8.count)
  }
}
