import Domain
import Operations

extension StoreError {
  /// What is wrong, where, and what to do next.
  package var wording: Wording {
    switch self {
    case .missing(let path):
      Wording(
        en:
          "there is no store at \(TerminalText.safe(path)); check --store, or make one with: switchlist shop add ID",
        zh: "\(TerminalText.safe(path)) 处没有数据库；请检查 --store，或新建：switchlist shop add 店铺编号")
    case .notAStore(let path):
      Wording(
        en: "\(TerminalText.safe(path)) isn't a store of switchlist; check --store",
        zh: "\(TerminalText.safe(path)) 不是 switchlist 的数据库；请检查 --store"
      )
    case .newerSchema(let path, nil):
      Wording(
        en:
          "\(TerminalText.safe(path)) was made by a newer switchlist; update this program, nothing was changed",
        zh: "\(TerminalText.safe(path)) 由更新版本的 switchlist 创建；请升级本程序，数据未作改动")
    case .newerSchema(let path, let oldest?):
      Wording(
        en:
          """
          \(TerminalText.safe(path)) needs switchlist \(oldest.text) or a later one, and this is \
          \(ProgramVersion.current.text); update this program, nothing was changed
          """,
        zh:
          """
          \(TerminalText.safe(path)) 需要 switchlist \(oldest.text) 或更新的版本，本程序是 \
          \(ProgramVersion.current.text)；请升级本程序，数据未作改动
          """)
    case .locked(let path):
      Wording(
        en:
          "another program has kept \(TerminalText.safe(path)) locked for over 10 seconds; try again when it is done",
        zh: "另一个程序占用 \(TerminalText.safe(path)) 超过 10 秒；请等它结束后再试")
    case .readOnly(let path):
      Wording(
        en:
          "\(TerminalText.safe(path)) can't be written here; it can only be read. Check who owns the file and its folder",
        zh: "\(TerminalText.safe(path)) 在这里不可写，只能读取；请检查文件及其文件夹的权限")
    case .logUnreadable(let path):
      Wording(
        en:
          "\(TerminalText.safe(path)) has a log (\(TerminalText.safe(path))-wal) that can't be read here; copy both to a folder that you can write to",
        zh: "\(TerminalText.safe(path)) 旁边的日志（\(TerminalText.safe(path))-wal）在这里无法读取；请把两个文件一起复制到可写的文件夹")
    case .changedWhileRead(let path):
      Wording(
        en: "\(TerminalText.safe(path)) was changed while it was read; try again",
        zh: "读取 \(TerminalText.safe(path)) 时它被改动了；请重试")
    case .full(let path):
      Wording(
        en: "the disk of \(TerminalText.safe(path)) is full; make room and try again, nothing was changed",
        zh: "\(TerminalText.safe(path)) 所在磁盘已满；请腾出空间后重试，数据未作改动")
    case .damaged(let path, let detail):
      Wording(
        en: "\(TerminalText.safe(path)) is damaged (\(detail)); restore it from an export or a copy",
        zh: "\(TerminalText.safe(path)) 已损坏（\(detail)）；请从导出文件或备份恢复")
    case .unreachable(let path, let detail):
      Wording(
        en: "\(TerminalText.safe(path)) can't be used: \(detail)",
        zh: "无法使用 \(TerminalText.safe(path))：\(detail)")
    case .unknownEngine(let url):
      Wording(
        en:
          "\(Self.withoutCredentials(url)) isn't a kind of store; give a path, sqlite:PATH or postgres://HOST/DATABASE",
        zh: "\(Self.withoutCredentials(url)) 不是可用的数据库；请给出路径、sqlite:路径 或 postgres://主机/数据库")
    case .noPostgreSQLLibrary(let path, let detail):
      Wording(
        en:
          "\(TerminalText.safe(path)) needs PostgreSQL's client library, which isn't installed (\(TerminalText.safe(detail))); on Debian: apt-get install libpq5",
        zh:
          "使用 \(TerminalText.safe(path)) 需要 PostgreSQL 客户端库，但没有安装（\(TerminalText.safe(detail))）；Debian 上请执行：apt-get install libpq5"
      )
    case .badAddress(let url, let detail):
      Wording(
        en:
          "\(TerminalText.safe(url)) can't be read: \(TerminalText.safe(detail)); write postgres://USER@HOST/DATABASE",
        zh: "无法读懂 \(TerminalText.safe(url))：\(TerminalText.safe(detail))；请写成 postgres://用户@主机/数据库")
    case .ambiguousAddress(let url):
      Wording(
        en:
          "\(TerminalText.safe(url)) can't be read: its port isn't a number, or its host or database has an @; in a password write @ : / ? % # as %40 %3A %2F %3F %25 %23",
        zh:
          "无法读懂 \(TerminalText.safe(url))：端口不是数字，或主机、数据库名中有 @；密码中的 @ : / ? % # 请写成 %40 %3A %2F %3F %25 %23")
    case .passwordInAddress(let url):
      Wording(
        en:
          "\(TerminalText.safe(url)) has a password, which others on this machine can see; leave it out and set PGPASSFILE or PGPASSWORD, or give the address in SWITCHLIST_STORE",
        zh:
          "\(TerminalText.safe(url)) 中写了密码，本机其他用户可以看到；请去掉密码，改用 PGPASSFILE 或 PGPASSWORD，或把地址写在 SWITCHLIST_STORE 里"
      )
    case .notMigrated(let path):
      Wording(
        en:
          "\(TerminalText.safe(path)) has no tables of switchlist; check --store, or make them with: switchlist store migrate",
        zh: "\(TerminalText.safe(path)) 里没有 switchlist 的表；请检查 --store，或新建：switchlist store migrate")
    case .olderSchema(let path):
      Wording(
        en:
          "\(TerminalText.safe(path)) was made by an older switchlist; bring it up to date with: switchlist store migrate",
        zh: "\(TerminalText.safe(path)) 由旧版本的 switchlist 创建；请升级：switchlist store migrate")
    case .pooledByTransaction(let path):
      Wording(
        en:
          "the pooler before \(TerminalText.safe(path)) gives each transaction another connection, and loses prepared statements; for PgBouncer: pool_mode = session",
        zh: "\(TerminalText.safe(path)) 前面的连接池让每个事务换一条连接，预备语句因此丢失；PgBouncer 请设 pool_mode = session")
    case .outcomeUnknown(let path):
      Wording(
        en:
          "it isn't known whether \(TerminalText.safe(path)) took the change; it is safe to do the same again",
        zh: "不确定 \(TerminalText.safe(path)) 是否已保存这次改动；可以放心重做一次")
    case .notEmpty(let path):
      Wording(
        en:
          "\(TerminalText.safe(path)) has shops, users or tokens already; import into an empty store: give another path with --store",
        zh: "\(TerminalText.safe(path)) 里已有店铺、用户或令牌；只能导入空的数据库：请用 --store 指定另一个路径")
    case .exists(let path):
      Wording(
        en: "\(TerminalText.safe(path)) is there already and isn't replaced; name another file",
        zh: "\(TerminalText.safe(path)) 已存在，不会被覆盖；请换一个文件名")
    case .strayLog(let path):
      Wording(
        en: """
          there is no store at \(TerminalText.safe(path)), but the log of a former one (\(TerminalText.safe(path))-wal), \
          which would be taken for the new one's; move it to where that store is, or name another path with --store
          """,
        zh: """
          \(TerminalText.safe(path)) 处没有数据库，却留有以前数据库的日志（\(TerminalText.safe(path))-wal），\
          会被当成新数据库的日志；请把它移到原数据库旁边，或用 --store 指定另一个路径
          """)
    }
  }

  /// A URL that is safe in a message: what precedes `@` may contain a password.
  private static func withoutCredentials(_ url: String) -> String {
    guard let scheme = url.firstRange(of: "://"),
      let end = url[scheme.upperBound...].lastIndex(of: "@")
    else { return url.quotable }
    return (url[..<scheme.upperBound] + "…" + url[end...]).quotable
  }
}
