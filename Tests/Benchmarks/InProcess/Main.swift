import Glibc

/// What is measured inside one process, where starting one would hide it.
@main
struct Benchmark {
  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst()
    switch (arguments.first, arguments.count) {
    case ("ticks", 4):
      let milliseconds = try DurableTicks(store: arguments[2], now: arguments[3], note: arguments[4])
        .run(Pairs.standardInput())
      print(milliseconds)
    case ("checklists", 2):
      print(try ReadChecklists(folder: arguments[2]).run())
    default:
      print("usage: switchlist-benchmark ticks STORE NOW NOTE <ITEMS | checklists FOLDER")
      exit(64)
    }
  }
}

/// Lines of two words: a shop and an item.
enum Pairs {
  static func standardInput() -> [(shop: String, item: String)] {
    var pairs: [(shop: String, item: String)] = []
    while let line = readLine() {
      let words = line.split(separator: " ").map(String.init)
      if words.count == 2 { pairs.append((words[0], words[1])) }
    }
    return pairs
  }
}

/// Runs the body and gives how long it took.
func milliseconds(_ body: () throws -> Void) rethrows -> Double {
  let duration = try ContinuousClock().measure(body)
  let (seconds, attoseconds) = duration.components
  return Double(seconds) * 1e3 + Double(attoseconds) / 1e15
}
