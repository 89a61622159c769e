import Domain

extension ManualPage {
  static var statuses: [(term: String, meaning: Wording)] {
    [
      ("0", Wording(en: "Done, nothing found.", zh: "完成，没有发现。")),
      (
        "1",
        Wording(
          en: """
            The answer is a finding: lint found errors, overdue found something, history --verify a break, store check a \
            fault. overdue --format nagios answers as monitoring plugins do: 0, 1, 2, and 3 for every failure.
            """,
          zh: """
            有发现：lint 发现错误，overdue 发现逾期，history --verify 发现断裂，store check 发现问题。\
            overdue --format nagios 按监控插件的约定返回 0、1、2，一切失败返回 3。
            """)
      ),
      (
        "2",
        Wording(
          en: """
            Refused or failed, with a line beginning error: on standard error, and nothing changed; over many shops, \
            nothing in those named. It outranks 1.
            """,
          zh: "被拒绝或失败：标准错误上有以 error: 开头的说明，数据未作改动（涉及多家店铺时，指所列出的店铺）。优先于 1。")
      ),
      ("64", Wording(en: "Wrong usage.", zh: "用法错误。")),
    ]
  }

  static var variables: [(term: String, meaning: Wording)] {
    [
      (
        "SWITCHLIST_STORE",
        Wording(
          en: "The store, as --store takes it. The option wins, as with the others.",
          zh: "数据库，写法同 --store。选项优先，下同。")
      ),
      (
        "SWITCHLIST_CHECKLISTS",
        Wording(en: "The folder of checklists (--checklists).", zh: "清单文件夹（--checklists）。")
      ),
      ("SWITCHLIST_ACTOR", Wording(en: "Who does it (--as); else the login name.", zh: "操作人（--as）；默认为登录名。")),
      (
        "SWITCHLIST_NOW",
        Wording(en: "The moment to take for now (--now), for tests.", zh: "当作现在的时刻（--now），用于测试。")
      ),
      (
        "SWITCHLIST_LANG",
        Wording(
          en: "zh or en (--lang); else LC_ALL, LC_MESSAGES and LANG decide.",
          zh: "zh 或 en（--lang）；否则由 LC_ALL、LC_MESSAGES、LANG 决定。")
      ),
      ("NO_COLOR", Wording(en: "No colours, when it isn't empty.", zh: "非空时不使用颜色。")),
      (
        "XDG_DATA_HOME, XDG_CONFIG_HOME",
        Wording(
          en: "Where a user's store and checklists are; else ~/.local/share and ~/.config.",
          zh: "用户的数据库和清单所在；默认为 ~/.local/share 和 ~/.config。")
      ),
      (
        "TZ, TZDIR",
        Wording(
          en: "The reader's time zone, and the folder of the time zone database; else the system's.",
          zh: "读者的时区，以及时区数据库的文件夹；默认用系统的设置。")
      ),
      (
        "NOTIFY_SOCKET",
        Wording(
          en: "Where serve says that it is ready and that it stops, as sd_notify(3) does; systemd sets it.",
          zh: "serve 在此通知“已就绪”和“正在停止”，同 sd_notify(3)；由 systemd 设置。")
      ),
    ]
  }

  static var files: [(term: String, meaning: Wording)] {
    [
      (
        "$XDG_DATA_HOME/switchlist/switchlist.sqlite",
        Wording(
          en: """
            The store, unless one is named. While it is used, a log (…-wal) and its index (…-shm) lie beside it and belong \
            to it: copy it by switchlist store backup, never by itself.
            """,
          zh: """
            默认的数据库。使用时旁边会有日志（…-wal）及其索引（…-shm），它们是数据库的一部分：\
            请用 switchlist store backup 备份，不要单独复制这个文件。
            """)
      ),
      (
        "./checklists, $XDG_CONFIG_HOME/switchlist/checklists, /usr/local/share/switchlist/checklists, /usr/share/switchlist/checklists",
        Wording(
          en: "The folders in which checklists are looked for; the first that is there is used.",
          zh: "依次查找清单的文件夹；使用第一个存在的。")
      ),
      (
        "/var/lib/switchlist/switchlist.sqlite",
        Wording(en: "The store of the service of the Debian package.", zh: "Debian 软件包的服务所用的数据库。")
      ),
      (
        "/etc/default/switchlist",
        Wording(en: "The service's options and variables.", zh: "该服务的选项和环境变量。")
      ),
    ]
  }

  static var examples: [(words: Wording, command: String)] {
    [
      (
        Wording(en: "Follow a shop that was switched this morning:", zh: "跟进今天上午换绑的店铺："),
        """
        switchlist shop add s-001 --name 晨光小店 --platform douyin
        switchlist start s-001 --switched-at 2026-11-20T10:00
        switchlist status s-001
        switchlist tick s-001 rebind-store --note "the store page shows the new account"
        """
      ),
      (
        Wording(
          en: "What is late, every half hour, from cron; silent when nothing is:",
          zh: "用 cron 每半小时检查逾期；没有逾期就没有输出："),
        "*/30 9-21 * * *  switchlist overdue --store /srv/switchlist.sqlite"
      ),
      (
        Wording(en: "Back up every night, and keep a week:", zh: "每晚备份，保留一周："),
        #"""
        15 3 * * *  switchlist store backup "/srv/backups/switchlist-$(date +\%F).sqlite" --store /srv/switchlist.sqlite >/dev/null && find /srv/backups -name 'switchlist-*.sqlite' -mtime +7 -delete
        """#
      ),
      (
        Wording(
          en: "Restore: move the broken store away with its log, and make a new one:",
          zh: "恢复：先把损坏的数据库连同日志移走，再新建："),
        """
        mkdir broken && mv switchlist.sqlite* broken/
        switchlist store restore /srv/backups/switchlist-2026-11-20.sqlite --store switchlist.sqlite
        switchlist store check --store switchlist.sqlite
        """
      ),
      (
        Wording(en: "Serve behind a proxy on the same machine:", zh: "在同一台机器的代理之后提供网页："),
        """
        switchlist user add 李敏 --role admin
        switchlist serve --trusted-proxy 127.0.0.1 --public-url https://shops.example.cn
        """
      ),
    ]
  }
}
