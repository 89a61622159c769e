import Domain
import YAMLReading

extension DefinitionDecoder {
  /// Automatic checks that the format reserves but this version doesn't support.
  private static let reservedChecks = ["compare", "drain", "cover", "manifest", "http", "absent", "command"]

  /// The kinds of proof. `none` alone gives an empty list; among others it makes the proof optional.
  mutating func proofs(_ node: Int) -> [ProofKind]? {
    guard document.kind(of: node) == .sequence else {
      return proof(node).map { $0 == ProofKind.none ? [] : [$0] }
    }
    let wanted = Wording(en: "proofs", zh: "凭证")
    guard let elements = elements(node, key: "proof", of: wanted, mayBeEmpty: false) else { return nil }
    var kinds: [ProofKind] = []
    var complete = true
    for element in elements {
      guard let kind = proof(element) else {
        complete = false
        continue
      }
      if kinds.contains(kind) {
        complete = false
        error(
          "repeated-proof", at: element,
          en: "the proof '\(kind.rawValue)' is repeated; name each kind once",
          zh: "凭证“\(kind.rawValue)”重复了；每种只写一次")
      } else {
        kinds.append(kind)
      }
    }
    guard complete else { return nil }
    return kinds == [ProofKind.none] ? [] : kinds
  }

  private mutating func proof(_ node: Int) -> ProofKind? {
    switch document.kind(of: node) {
    case .scalar, .alias:
      let text = document.string(node)
      if Self.reservedChecks.contains(text) {
        unsupported(text, at: node)
        return nil
      }
      return word(node, key: "proof", code: "unknown-proof", kind: Wording(en: "proof", zh: "凭证"))
    case .mapping: proofMap(node)
    case .sequence:
      wrongType(at: node, key: "proof", wanted: Wording(en: "one kind of proof", zh: "一种凭证"))
    }
    return nil
  }

  private mutating func proofMap(_ node: Int) {
    let keys = pairs(of: node)
    if keys.isEmpty {
      wrongType(at: node, key: "proof", wanted: Wording(en: "a kind of proof", zh: "一种凭证"))
    }
    for (key, value) in keys {
      let name = document.string(key)
      reportRepeatedKeys(inside: value)
      if Self.reservedChecks.contains(name) {
        unsupported(name, at: key)
      } else {
        let known = ProofKind.allCases.map(\.rawValue)
        let near = nearest(to: name, among: known + Self.reservedChecks)
        error(
          "unknown-proof", at: key,
          en: "unknown proof '\(name.quotable)'; "
            + (near.map { "did you mean '\($0)'?" } ?? "known are \(known.joined(separator: ", "))"),
          zh: "未知的凭证“\(name.quotable)”；"
            + (near.map { "是不是想写“\($0)”？" } ?? "可以写 \(known.joined(separator: "、"))"))
      }
    }
  }

  private mutating func unsupported(_ check: String, at node: Int) {
    error(
      "unsupported-proof", at: node,
      en: "the check '\(check)' is not supported by this version yet; "
        + "ask for note, link, file or second-person instead",
      zh: "这个版本还不支持检查“\(check)”；请先改用 note、link、file 或 second-person")
  }
}
