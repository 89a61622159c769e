import ArgumentParser
import Domain
import Glibc
import Operations
import Reports

/// Applies a change to one shop, or to the shops in a file.
struct ManyShops {
  let invocation: Invocation

  /// From the monotonic clock.
  static func monotonicMilliseconds() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }

  private static func place(_ line: Int?) -> Wording {
    line.map { Wording(en: "line \($0): ", zh: "第 \($0) 行：") } ?? Wording(en: "", zh: "")
  }

  /// Changes shops in as few transactions as possible; reports refusals on standard error.
  ///
  /// - Parameter lines: the first line of each shop in a table.
  /// - Returns: the number of shops refused.
  func change<Output>(
    _ shops: [(text: String, id: ShopID?)], lines: [String: Int] = [:], in store: some ShopStore,
    _ change: (ShopID, any StoreWriting) throws -> Output,
    report: (Output) throws -> Void
  ) throws -> Int {
    let bar = ProgressBar(total: shops.count, isShown: invocation.console.showsProgress)
    var refused = 0
    for (text, id) in shops where id == nil {
      refused += 1
      bar.end()
      let words = Refusal.badShopID(text).wording
      Console.toStandardError("error: \(Self.place(lines[text]).said)\(words.said)")
    }
    var done = refused
    let batch = ShopBatch(monotonicMilliseconds: Self.monotonicMilliseconds)
    let console = invocation.console
    console.isGathering = true
    defer { console.isGathering = false }
    do {
      try batch(shops.compactMap(\.id), in: store, change: change) { shop, outcome in
        done += 1
        bar.show(done)
        switch outcome {
        case .success(let result):
          try report(result)
        case .failure(let refusal):
          refused += 1
          try flush(console, bar)
          bar.end()
          Console.toStandardError(
            "error: \(Self.place(lines[shop.rawValue]).said)"
              + say(en: "\(shop): \(refusal.wording.en)", zh: "\(shop)：\(refusal.wording.zh)"))
        }
      } reportedAll: {
        try flush(console, bar)
      }
    } catch {
      bar.end()
      if done == 0 { throw error }
      invocation.console.note(
        say(
          en:
            "\(done) of \(CountPhrases.shops(shops.count).en) were dealt with before this; the command can be repeated",
          zh: "在此之前已处理 \(done)/\(shops.count) 家店铺；可以重新执行本命令"))
      throw error
    }
    bar.end()
    return refused
  }

  /// Writes gathered output in place of the progress bar.
  private func flush(_ console: Console, _ bar: ProgressBar) throws {
    if console.hasGathered { bar.end() }
    try console.flush()
  }

  /// Changes the shops in a file, and counts those that changed.
  func changeCounting<Output>(
    _ shop: ShopArgument, in store: some ShopStore,
    _ change: (ShopID, any StoreWriting) throws -> Output,
    isChanged: (Output) -> Bool, report: (Output) throws -> Void
  ) throws {
    try changeCounting(try shop.lines(), in: store, change, isChanged: isChanged, report: report)
  }

  /// Changes shops, and counts those that changed.
  func changeCounting<Output>(
    _ shops: [(text: String, id: ShopID?)], in store: some ShopStore,
    _ change: (ShopID, any StoreWriting) throws -> Output,
    isChanged: (Output) -> Bool, report: (Output) throws -> Void
  ) throws {
    var (changed, unchanged) = (0, 0)
    let refused = try self.change(
      shops, in: store, change,
      report: { result in
        if isChanged(result) { changed += 1 } else { unchanged += 1 }
        try report(result)
      })
    try finish(
      Wording(
        en: "changed in \(CountPhrases.shops(changed).en)"
          + (unchanged > 0 ? ", unchanged in \(unchanged)" : ""),
        zh: "已修改 \(changed) 家店铺" + (unchanged > 0 ? "，\(unchanged) 家未改变" : "")), refused: refused)
  }

  /// Ends a command over many shops: prints the totals, and exits with status 2 if a shop was refused.
  ///
  /// - Parameter done: what was done, with its count.
  func finish(_ done: Wording, refused: Int) throws {
    invocation.console.note(
      refused == 0
        ? done.said : say(en: "\(done.en), \(refused) refused", zh: "\(done.zh)，拒绝 \(refused) 家"))
    if refused > 0 { throw ExitCode.refused }
  }
}
