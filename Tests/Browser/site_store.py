"""A store in which there is something to see on each page: shops in every state, people of every role."""

import shutil
from pathlib import Path

from program import SHIPPED, TRIAL
from web import Web, ago

MERCHANT, OTHER_MERCHANT, LEAD, OTHER_LEAD, ADMIN = "王小美", "陈大文", "李建国", "周平", "管理员"
TEAM, OTHER_TEAM = "华东组", "华南组"

# The shops, by what they are for.
SHIPPED_SHOP = "s-001"  # follows the shipped checklists; its cool-down goes on
TRIAL_SHOP = "s-002"  # an item for each rule
LONG_SHOP = "s-003"  # sixty items, long names
DONE_SHOP = "s-004"  # everything is done
EMPTY_SHOP = "s-005"  # no checklist, no account
HOSTILE_SHOP = "s-006"  # HTML in every text
BOUND_SHOP = "s-007"  # bound long ago, no switch yet
RECENT_SHOP = "s-008"  # rebound yesterday: a rule forbids to unbind it again
OTHER_SHOP = "s-009"  # another team's and another merchant's
MORE_SHOPS = [f"m-{number:03}" for number in range(1, 61)]  # more than a page of them

LONG = "江南百年老字号手工定胜糕与桂花糖藕旗舰体验店杭州西湖区河坊街总店官方授权正品直营兼营全国各地伴手礼"
UNBROKEN = "supercalifragilisticexpialidocious-" * 2 + "end"
HOSTILE = "</title><script>alert(1)</script><img src=x onerror=alert(2)>\"'><b>粗</b>&lt;i&amp;"

SIXTY = """\
checklist: sixty
title: {zh: 大店铺换绑后六十项逐一核对清单（总部与分店共同完成）, en: Sixty things to check in a large shop after the switch}
description: {zh: "**逐一核对**，一项都不能少。", en: "**Check each of them.**"}
time-zone: Asia/Shanghai
items:
""" + "".join(
    f"  - {{id: item-{number:02}, title: {{zh: 第 {number} 项：核对{LONG[number % 20:]}的所有资料, "
    f"en: Item {number} of the long list of what is to be checked in such a shop}}, due: {number + 1}h, owner: merchant"
    f"{', critical: true' if number % 7 == 0 else ''}{f', needs: [item-{number - 1:02}]' if number % 5 == 0 else ''}}}\n"
    for number in range(1, 61))


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


HOSTILE_LIST = f"""\
checklist: hostile
title: {quoted(HOSTILE)}
description: {quoted(HOSTILE)}
items:
  - id: one
    title: {quoted(HOSTILE)}
    details: {quoted(HOSTILE + " [link](javascript:alert(3)) ![image](https://example.com/x.png) <https://example.com>")}
    steps: [{quoted(HOSTILE)}, {quoted("`" + HOSTILE + "` [a](data:text/html,x)")}]
    due: 2h
    owner: {quoted(HOSTILE[:90])}
  - {{id: two, title: {quoted(HOSTILE)}, due: 3h, proof: note}}
  - {{id: three, title: {quoted(HOSTILE)}, due: 3h, proof: second-person}}
  - {{id: four, title: {quoted(HOSTILE)}, needs: [one]}}
"""


class Site(Web):
    """A store like `build` makes it."""

    def __init__(self, folder: Path):
        super().__init__(folder, shipped=False)

    def open_link(self, shop: str) -> str:
        """The path of a link's page, made for it alone."""
        return self.add_link(shop)


def build(site: Site) -> None:
    """Uses the program's own commands, at moments before now."""
    run = site.run
    shutil.copytree(SHIPPED, site.program.checklists, dirs_exist_ok=True)
    for text in [TRIAL, SIXTY, HOSTILE_LIST]:
        site.program.checklist(text)
    add_shops(site)
    begin_runs(site)
    switch_accounts(site)
    work(site)
    for name, role, *teams in [
        (MERCHANT, "merchant"), (OTHER_MERCHANT, "merchant"), (LEAD, "lead", TEAM), (OTHER_LEAD, "lead", OTHER_TEAM),
        (ADMIN, "admin"),
    ]:
        site.add_user(name, role, *teams)
    run("history", SHIPPED_SHOP, "--verify")


def add_shops(site: Site) -> None:
    zone = ["--time-zone", "Asia/Shanghai"]
    early = {"now": ago(days=90)}
    for shop, name, team, owner, *more in [
        (SHIPPED_SHOP, "茶香小店", TEAM, MERCHANT, "--platform", "douyin", "--tag", "live"),
        (TRIAL_SHOP, "晨光文具", TEAM, MERCHANT),
        (LONG_SHOP, LONG, TEAM, MERCHANT, "--tag", UNBROKEN[:60]),
        (DONE_SHOP, "顺利书店", TEAM, MERCHANT),
        (EMPTY_SHOP, "新开的店", TEAM, MERCHANT),
        (HOSTILE_SHOP, HOSTILE, TEAM, HOSTILE[:90], "--tag", HOSTILE[:40].replace(";", "")),
        (BOUND_SHOP, "老店不换", TEAM, MERCHANT, "--platform", "douyin"),
        (RECENT_SHOP, "刚刚换好", TEAM, MERCHANT, "--platform", "douyin"),
        (OTHER_SHOP, "别组的店", OTHER_TEAM, OTHER_MERCHANT, "--platform", "douyin"),
    ]:
        site.run("shop", "add", shop, "--name", name, "--team", team, "--owner", owner, *zone, *more, **early)
    site.program.write("more.csv", "id,name,team,owner,time_zone\n" + "".join(
        f"{shop},分店 {shop},{TEAM},{MERCHANT if number % 2 else OTHER_MERCHANT},Asia/Shanghai\n"
        for number, shop in enumerate(MORE_SHOPS)))
    site.run("shop", "import", "more.csv", **early)


def begin_runs(site: Site) -> None:
    site.run("start", TRIAL_SHOP, "--checklist", "trial", now=ago(hours=20))
    site.run("start", LONG_SHOP, "--checklist", "sixty", now=ago(hours=10))
    site.run("start", DONE_SHOP, "--checklist", "trial", now=ago(days=3))
    site.run("start", HOSTILE_SHOP, "--checklist", "hostile", now=ago(hours=4))
    site.program.write("some.txt", "\n".join(MORE_SHOPS[:40]))
    site.run("start", "@some.txt", "--checklist", "trial", now=ago(days=2))


def switch_accounts(site: Site) -> None:
    run = site.run
    made_sure = ["--confirmed", "registered", "--confirmed", "real-name-verified"]
    for shop in [SHIPPED_SHOP, BOUND_SHOP, RECENT_SHOP, OTHER_SHOP]:
        run("shop", "bind", shop, f"old-{shop}", now=ago(days=80))
    run("shop", "bind", HOSTILE_SHOP, HOSTILE[:90], now=ago(days=80))
    run("switch", "plan", SHIPPED_SHOP, "--to", "chaxiang_new", *made_sure, now=ago(days=3))
    run("switch", "unbind", SHIPPED_SHOP, "--finish-by", ago(days=-20), now=ago(days=2))
    run("switch", "plan", RECENT_SHOP, "--to", "ganggang_new", *made_sure, now=ago(days=9))
    run("switch", "unbind", RECENT_SHOP, now=ago(days=8, hours=12))
    run("switch", "rebind", RECENT_SHOP, now=ago(days=1))


def work(site: Site) -> None:
    """Some of everything is done, by several people."""
    run = site.run
    merchant = {"by": MERCHANT}
    run("tick", TRIAL_SHOP, "first", now=ago(hours=3), **merchant)
    run("tick", TRIAL_SHOP, "either", "--note", "两个人看过", now=ago(hours=3), **merchant)
    run("block", TRIAL_SHOP, "linked", "--reason", "等仓库补货，周四才有", now=ago(hours=2), **merchant)
    run("skip", TRIAL_SHOP, "any", "--reason", "本店不需要", now=ago(hours=2), **merchant)
    run("tick", TRIAL_SHOP, "seen", now=ago(hours=1), by=OTHER_MERCHANT)
    for item in ["free", "first", "second", "third"]:
        run("tick", DONE_SHOP, item, now=ago(days=2), **merchant)
    for item in ["noted", "either", "any"]:
        run("tick", DONE_SHOP, item, "--note", "做好了", now=ago(days=2), **merchant)
    run("tick", DONE_SHOP, "linked", "--proof", "https://example.com/proof", now=ago(days=2), **merchant)
    run("skip", DONE_SHOP, "filed", "--reason", "没有文件", now=ago(days=2), **merchant)
    run("tick", DONE_SHOP, "seen", now=ago(days=2), **merchant)
    run("confirm", DONE_SHOP, "seen", now=ago(days=1), by=LEAD)
    run("tick", DONE_SHOP, "after-seen", now=ago(hours=20), **merchant)
    for number in [1, 2, 3, 4, 6]:
        run("tick", LONG_SHOP, f"item-{number:02}", "--note", LONG, now=ago(hours=1), **merchant)
    run("block", LONG_SHOP, "item-08", "--reason", LONG * 3, now=ago(hours=1), **merchant)
    run("block", LONG_SHOP, "item-09", "--reason", UNBROKEN, now=ago(hours=1), **merchant)
    hostile = {"by": HOSTILE[:90], "now": ago(hours=1)}
    run("tick", HOSTILE_SHOP, "two", "--note", HOSTILE, **hostile)
    run("tick", HOSTILE_SHOP, "three", "--note", HOSTILE, **hostile)
    run("block", HOSTILE_SHOP, "one", "--reason", HOSTILE, **hostile)
    run("note", HOSTILE_SHOP, "one", HOSTILE, **hostile)
    for number, shop in enumerate(MORE_SHOPS[:40]):
        if number % 2:
            run("tick", shop, "free", now=ago(hours=30), **merchant)
        if number % 3 == 0:
            run("block", shop, "second", "--reason", "等新账号", now=ago(hours=20), **merchant)
