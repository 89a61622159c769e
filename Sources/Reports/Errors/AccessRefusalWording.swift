import Domain
import Formats
import Operations

extension AccessRefusal {
  /// What is wrong and what to do next.
  package var wording: Wording {
    switch self {
    case .passwordTooShort, .passwordTooLong, .passwordHasTooManyMarks, .passwordNotHashed, .passwordIsCommon,
      .passwordHoldsName, .wrongPassword:
      passwordWording
    case .unknownUser, .userExists, .lastAdmin, .leadWithoutTeam, .teamsOfNoUse: userWording
    case .unknownToken, .noScope, .unknownLink, .endsInThePast, .lastsTooLong: keyWording
    case .unknownFile, .fileTooLarge, .onlyLeadsDeleteFiles: fileWording
    }
  }

  /// For pages and the API: doesn't mention commands.
  package var pageWording: Wording {
    switch self {
    case .unknownUser(let name, let nearest):
      Wording(
        en:
          "there is no user '\(name.quotable)'\(Refusal.suggestion(nearest, else: "the list of users has all", "").en)",
        zh: "没有用户“\(name.quotable)”\(Refusal.suggestion(nearest, else: "", "全部用户见用户列表").zh)")
    case .userExists(let name):
      Wording(
        en: "there is a user '\(name)' already; take another name, or give that user a new password",
        zh: "用户“\(name)”已经存在；请换一个名字，或为该用户重设密码")
    case .unknownToken(let number):
      Wording(en: "there is no token \(number)", zh: "没有编号为 \(number) 的令牌")
    case .unknownLink(let shop, let number):
      Wording(en: "'\(shop)' has no link \(number)", zh: "店铺“\(shop)”没有编号为 \(number) 的链接")
    default: wording
    }
  }

  private var passwordWording: Wording {
    switch self {
    case .passwordTooShort(let count, let fewest):
      Wording(
        en:
          "the password has \(count) characters, \(fewest) are the fewest; three or four words make a good one",
        zh: "密码只有 \(count) 个字符，至少要 \(fewest) 个；可以用三四个词连起来")
    case .passwordTooLong(let most):
      Wording(
        en: "the password has more than \(most) characters; take a shorter one", zh: "密码超过 \(most) 个字符；请缩短")
    case .passwordHasTooManyMarks:
      Wording(
        en:
          "the password has over \(StreamSafeText.mostMarks) accents or other marks on one letter; take them out",
        zh: "密码里一个字上叠加了超过 \(StreamSafeText.mostMarks) 个附加符号；请去掉")
    case .passwordNotHashed:
      Wording(
        en: "the machine has too little memory for a password now; try again in a minute",
        zh: "机器内存不足，暂时无法处理密码；请一分钟后再试")
    case .passwordIsCommon:
      Wording(
        en: "that password is among those that are guessed first; take one that nobody else uses",
        zh: "这个密码太常见，最先被人猜到；请换一个别人不会用的")
    case .passwordHoldsName:
      Wording(en: "the password holds the user's name; take one without it", zh: "密码里包含用户名；请换一个不含用户名的")
    case .wrongPassword: Wording(en: "that isn't the user's password", zh: "密码不正确")
    default: Wording(en: "", zh: "")
    }
  }

  private var userWording: Wording {
    switch self {
    case .unknownUser(let name, let nearest):
      Wording(
        en:
          "there is no user '\(name.quotable)'\(Refusal.suggestion(nearest, else: "list them with: switchlist user list", "").en)",
        zh: "没有用户“\(name.quotable)”\(Refusal.suggestion(nearest, else: "", "查看全部：switchlist user list").zh)")
    case .userExists(let name):
      Wording(
        en:
          "there is a user '\(name)' already; take another name, or give a new password with: switchlist user reset",
        zh: "用户“\(name)”已经存在；请换一个名字，或用 switchlist user reset 重设密码")
    case .lastAdmin(let name):
      Wording(
        en: "'\(name)' is the last admin, and nobody could manage users any more; make another admin first",
        zh: "“\(name)”是最后一个管理员，之后将无人能管理用户；请先指定另一个管理员")
    case .leadWithoutTeam:
      Wording(en: "a lead leads teams; name at least one", zh: "主管要有团队；请至少指定一个团队")
    case .teamsOfNoUse(let role):
      Wording(
        en: "teams are for leads; a user with the role \(role.wording.en) has none",
        zh: "只有主管有团队；\(role.wording.zh)不能指定团队")
    default: Wording(en: "", zh: "")
    }
  }

  private var keyWording: Wording {
    switch self {
    case .unknownToken(let number):
      Wording(
        en: "there is no token \(number); list them with: switchlist token list",
        zh: "没有编号为 \(number) 的令牌；查看全部：switchlist token list")
    case .noScope:
      Wording(
        en: "a token needs a scope: \(TokenScope.allCases.map(\.rawValue).joined(separator: ", "))",
        zh: "令牌需要指定权限范围：\(TokenScope.allCases.map(\.rawValue).joined(separator: "、"))")
    case .unknownLink(let shop, let number):
      Wording(
        en: "'\(shop)' has no link \(number); list them with: switchlist link list \(shop)",
        zh: "店铺“\(shop)”没有编号为 \(number) 的链接；查看全部：switchlist link list \(shop)")
    case .endsInThePast(let moment, let now):
      Wording(
        en: "it would end at \(moment.iso8601), which isn't later than now (\(now.iso8601))",
        zh: "失效时间 \(moment.iso8601) 不晚于当前时间（\(now.iso8601)）")
    case .lastsTooLong(let days):
      Wording(en: "it may last \(days) days at the most; name an earlier end", zh: "有效期最长 \(days) 天；请缩短")
    default: Wording(en: "", zh: "")
    }
  }

  private var fileWording: Wording {
    switch self {
    case .unknownFile(let shop, let sha256):
      Wording(
        en: "'\(shop)' keeps no file with the SHA-256 \(sha256.quotable)",
        zh: "店铺“\(shop)”没有 SHA-256 为 \(sha256.quotable) 的文件")
    case .fileTooLarge(let size, let most):
      Wording(
        en:
          "the file has \(FileSize.text(size)), \(FileSize.text(most)) are the most; make it smaller, or give a link",
        zh: "文件有 \(FileSize.text(size))，最大 \(FileSize.text(most))；请压缩，或改用链接")
    case .onlyLeadsDeleteFiles:
      Wording(en: "only a lead may delete a file", zh: "只有主管可以删除文件")
    default: Wording(en: "", zh: "")
    }
  }
}

extension Role {
  package var wording: Wording {
    switch self {
    case .merchant: Wording(en: "merchant", zh: "商家")
    case .lead: Wording(en: "lead", zh: "主管")
    case .admin: Wording(en: "admin", zh: "管理员")
    }
  }
}
