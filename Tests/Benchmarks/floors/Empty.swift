/// A program that does nothing: what it costs to start one in Swift.
@main
enum Empty {
  static func main() {}
}
