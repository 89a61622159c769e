import Domain
import Operations

extension StoreError {
  /// What was wrong, where, and what to do next.
  package var wording: Wording {
    switch self {
    case .missing(let path):
      Wording(
        en: "there is no store at \(path.quotable); check --store, or make one with: switchlist shop add ID",
        zh: "\(path.quotable) 处没有数据库；请检查 --store，或新建：switchlist shop add 店铺编号")
    case .notAStore(let path):
      Wording(
        en: "\(path.quotable) isn't a store of switchlist; check --store",
        zh: "\(path.quotable) 不是 switchlist 的数据库；请检查 --store"
      )
    case .newerSchema(let path):
      Wording(
        en: "\(path.quotable) was made by a newer switchlist; update this program, nothing was changed",
        zh: "\(path.quotable) 由更新版本的 switchlist 创建；请升级本程序，数据未作改动")
    case .locked(let path):
      Wording(
        en: "another program has kept \(path.quotable) locked for over 10 seconds; try again when it is done",
        zh: "另一个程序占用 \(path.quotable) 超过 10 秒；请等它结束后再试")
    case .readOnly(let path):
      Wording(
        en:
          "\(path.quotable) can't be written here; it can only be read. Check who owns the file and its folder",
        zh: "\(path.quotable) 在这里不可写，只能读取；请检查文件及其文件夹的权限")
    case .logUnreadable(let path):
      Wording(
        en:
          "\(path.quotable) has a log (\(path.quotable)-wal) that can't be read here; copy both to a folder that you can write to",
        zh: "\(path.quotable) 旁边的日志（\(path.quotable)-wal）在这里无法读取；请把两个文件一起复制到可写的文件夹")
    case .changedWhileRead(let path):
      Wording(
        en: "\(path.quotable) was changed while it was read; try again", zh: "读取 \(path.quotable) 时它被改动了；请重试")
    case .full(let path):
      Wording(
        en: "the disk of \(path.quotable) is full; make room and try again, nothing was changed",
        zh: "\(path.quotable) 所在磁盘已满；请腾出空间后重试，数据未作改动")
    case .damaged(let path, let detail):
      Wording(
        en: "\(path.quotable) is damaged (\(detail)); restore it from an export or a copy",
        zh: "\(path.quotable) 已损坏（\(detail)）；请从导出文件或备份恢复")
    case .unreachable(let path, let detail):
      Wording(en: "\(path.quotable) can't be used: \(detail)", zh: "无法使用 \(path.quotable)：\(detail)")
    case .unknownEngine(let url):
      Wording(
        en: "\(url.quotable): this version keeps stores in SQLite files only; give a path or sqlite:PATH",
        zh: "\(url.quotable)：本版本只支持 SQLite 文件；请给出路径或 sqlite:路径")
    case .notEmpty(let path):
      Wording(
        en: "\(path.quotable) has shops already; import into an empty store: give another path with --store",
        zh: "\(path.quotable) 里已有店铺；只能导入空的数据库：请用 --store 指定另一个路径")
    }
  }
}
