"""Three stories, told by the real program in both languages; what it says is under snapshots/."""

import shlex

import pytest
from program import SHIPPED


class Story:
    """Commands and all that comes of them, as one would see it on a terminal without colours."""

    def __init__(self, run):
        self.run = run
        self.run.environment["SWITCHLIST_CHECKLISTS"] = str(SHIPPED)
        self.text = ""

    def tell(self, words):
        self.text += f"\n# {words}\n"

    def at(self, now, by):
        self.run.environment.update(SWITCHLIST_NOW=now, SWITCHLIST_ACTOR=by)
        self.text += f"\n# ---- {now.replace('T', ' ').removesuffix('+08:00')} · {by}\n"

    def __call__(self, line, status=0):
        result = self.run(*shlex.split(line), status=status)
        self.text += f"\n$ switchlist {line}\n{result.stdout.removeprefix(chr(0xFEFF))}"
        self.text += "".join(f"! {entry}\n" for entry in result.stderr.splitlines())
        if status:
            self.text += f"[exit {status}]\n"
        return result

    def end(self, snapshot, name):
        text = self.text.replace("\r\n", "\n").replace(str(self.run.folder), "~").replace(str(SHIPPED), "checklists")
        snapshot(f"{name}.txt", text.lstrip("\n"))


@pytest.fixture(params=["en", "zh"])
def story(run, request):
    run.environment["SWITCHLIST_LANG"] = request.param
    told = Story(run)
    told.language = request.param
    return told


@pytest.fixture(params=["file", "database"])
def anywhere(story, request):
    """The same story, with the store in a file and in a PostgreSQL database."""
    if request.param == "database":
        story.run.environment["SWITCHLIST_STORE"] = request.getfixturevalue("database")
        story.run("store", "migrate")
    return story


def test_a_merchants_day(anywhere, snapshot):
    """李梅 changed her shop's account in the morning, and works through what follows."""
    story = anywhere
    run = story.run
    run.write("茶香小店-2026-11-20.zip", "products, orders, bills")
    story.at("2026-11-20T10:05+08:00", "李梅")
    story("shop add tea-01 --name 茶香小店 --platform douyin --owner 李梅 --time-zone Asia/Shanghai")
    story("start tea-01 --switched-at 2026-11-20T09:40")
    story("status tea-01")

    story.at("2026-11-20T10:40+08:00", "李梅")
    story("tick tea-01 rebind-store", status=2)
    story("tick tea-01 rebind-store --note '账号管理页显示新账号，买家能下单' --at 2026-11-20T10:30")
    story("tick tea-01 notify-customers --note '群里发了'", status=2)
    story("tick tea-01 verify-product --note '都对'", status=2)

    story.at("2026-11-20T21:15+08:00", "李梅")
    story("note tea-01 handle-pending-orders '还剩 12 单'")
    story("block tea-01 verify-products --reason '等仓库发来换绑前的商品表'")
    story("tick tea-01 back-up-data --proof 茶香小店-2026-11-20.zip")
    story("tick tea-01 rotate-password")
    story("confirm tea-01 rotate-password", status=2)

    story.at("2026-11-20T21:30+08:00", "王芳")
    story("confirm tea-01 rotate-password")

    story.at("2026-11-21T20:30+08:00", "李梅")
    story("status tea-01")
    story("overdue", status=1)
    story("tick tea-01 verify-products handle-pending-orders --note '全部核对、发完'")
    story("tick tea-01 back-up-data --proof 茶香小店-2026-11-20.zip")

    story.at("2026-11-25T09:00+08:00", "李梅")
    story("tick tea-01 notify-customers --proof https://www.douyin.com/user/tea")
    story("skip tea-01 update-marketing --reason '没有投放广告'")
    story("tick tea-01 rebuild-brand")
    story.at("2026-11-25T12:00+08:00", "王芳")
    story("confirm tea-01 rebuild-brand")
    story("status tea-01")
    story("untick tea-01 notify-customers --reason '大客户还没通知'")
    story("history tea-01")
    story.end(snapshot, f"merchant.{story.language}")


SHOPS = """\
id,name,platform,team,owner,time_zone,tags
tea-01,茶香小店,douyin,east,李梅,Asia/Shanghai,live
tea-02,晨光小店,douyin,east,王芳,Asia/Shanghai,
tea-03,清泉茶庄,douyin,east,陈,Asia/Shanghai,live
nut-01,坚果铺子,douyin,west,赵,Asia/Shanghai,
nut-02,山里红,kuaishou,west,赵,Asia/Shanghai,
"""


def test_a_leads_week(anywhere, snapshot):
    """王 looks after five shops, of which four were switched on Friday."""
    story = anywhere
    run = story.run
    run.write("shops.csv", SHOPS)
    run.write("bad.csv", SHOPS.replace("Asia/Shanghai,live", "Asia/Shangai,live", 1).replace("nut-01", "nut/01"))
    run.write("done.txt", "tea-01\ntea-02\ntea-99\n")
    story.at("2026-11-20T18:00+08:00", "王")
    story("shop import bad.csv", status=2)
    story("shop import shops.csv")
    story("shop list --team east")
    story("start --all --switched-at 2026-11-20T16:00", status=0)
    story("start nut-02", status=2)
    story("shop edit nut-02 --platform douyin")
    story("start nut-02 --switched-at 2026-11-20T16:00")

    story.at("2026-11-21T19:00+08:00", "王")
    story("tick @done.txt rebind-store --note '看过了'", status=2)
    story("tick tea-03 rebind-store rotate-password handle-pending-orders --note '看过了'")
    story("block nut-01 rebind-store --reason '实名认证没有通过'")
    story("report")
    story("report --by team")
    story("overdue --team west", status=1)

    story.at("2026-11-23T09:00+08:00", "王")
    story("report --by item")
    story("report --matrix")
    story("assign tea-02 handle-pending-orders --to 李梅")
    story("due nut-01 rebind-store --at 2026-11-25 --reason '平台客服三天内答复'")
    story("skip nut-02 rebind-store --reason '店铺关闭'", status=2)
    story("skip nut-02 rebind-store --reason '店铺关闭' --as-lead")
    story("stop nut-02 --reason '店铺关闭'")
    story("shop archive nut-02")
    story("overdue --owner 李梅 --within 1w", status=1)
    story("report --by owner")

    story.at("2026-11-27T17:00+08:00", "王")
    story("report --team east --format markdown")
    story("report --by team --format csv")
    story("history nut-02")
    story("history tea-01 --verify")
    story.end(snapshot, f"lead.{story.language}")


def test_cron(story, snapshot):
    """A job that says nothing while all is well, and one clear line for each thing that isn't."""
    run = story.run
    story.tell("a path that is wrong is never all well")
    story.at("2026-11-20T10:00+08:00", "cron")
    run.environment["SWITCHLIST_STORE"] = "store.sqlite"
    story("overdue", status=2)
    story("overdue --format nagios", status=3)
    story("overdue --format prometheus", status=2)
    story("shop add tea-01 --name 茶香小店 --platform douyin --team east --owner 李梅 --time-zone Asia/Shanghai")
    story("start tea-01")

    story.tell("nothing yet: no output, exit status 0")
    story("overdue")
    story("overdue --format nagios")
    story("overdue --format json")
    story("overdue --format csv --no-bom")

    story.at("2026-11-20T11:00+08:00", "cron")
    story.tell("soon")
    story("overdue --within 90m", status=1)
    story("overdue --within 90m --format nagios", status=1)

    story.at("2026-11-20T12:00+08:00", "cron")
    story.tell("late to the second")
    story("overdue", status=1)
    story("overdue --format nagios", status=2)

    story.at("2026-11-22T12:00+08:00", "cron")
    story("block tea-01 rebind-store --reason '等平台审核 | 两天'")
    story("overdue", status=1)
    story("overdue --format nagios", status=2)
    story("overdue --format csv --no-bom", status=1)
    story("overdue --format json", status=1)
    story("overdue --format prometheus")
    story.tell("wrong usage")
    story("overdue --within tomorrow", status=64)
    story("overdue --within tomorrow --format nagios", status=3)
    story.end(snapshot, f"cron.{story.language}")
