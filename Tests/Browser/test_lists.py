"""The lists that cross shops: the matrix, charts and what they lead to, what is overdue, switches, checklists."""

import csv
import io
import re
import shutil

import pytest

from site_store import (
    ADMIN, BOUND_SHOP, LEAD, MERCHANT, MORE_SHOPS, OTHER_LEAD, OTHER_MERCHANT, OTHER_SHOP, OTHER_TEAM, RECENT_SHOP,
    SHIPPED_SHOP, TRIAL_SHOP, Site,
)
from test_desk import listed, listed_on_all_pages
from test_shop import LANGUAGES, SCRIPTS, title
from visiting import DESK, PHONE, Visits
from web import ago

BROKEN = """\
checklist: broken
title: {zh: 写坏了的清单, en: A broken list}
items:
  - {id: one, title: {zh: 一, en: One}, due: tomorrow}
"""
# Usable, but its platform's rules ask for one thing twice.
LOOSE = """\
checklist: loose
title: {zh: 有点毛病的清单, en: A loose list}
when: {platform: kuaishou}
items:
  - {id: one, title: {zh: 一, en: One}}
"""
RULES = """\
platform: kuaishou
cool-down: {usual: 7d, most: 28d}
between-switches: 30d
requires: [registered, registered]
texts: {cool-down: Wait., registered: There is one.}
checked: 2026-11-20
"""


def count(page) -> int:
    return page.locator("main tbody tr").count()


def number(text: str) -> int:
    return int(re.search(r"\d+", text)[0])


# The matrix.

@pytest.mark.parametrize(("width", "javascript"), [(DESK, False), (PHONE, True)])
def test_the_matrix_has_a_shop_on_each_line_and_an_item_in_each_column(look, width, javascript):
    page = look(LEAD, "/matrix", width=width, javascript=javascript)
    page.get_by_label("清单").select_option(label="试用清单")
    page.get_by_role("button", name="显示").click()
    page.wait_for_url("**checklist=trial*")
    heads = page.locator("table.matrix thead th").all_inner_texts()
    assert heads[0] == "店铺" and heads[1:3] == [title("free", "zh"), title("first", "zh")] and len(heads) == 12
    line = page.get_by_role("row").filter(has=page.get_by_role("link", name="晨光文具"))
    states = dict(zip(heads[1:], [sign.get_attribute("aria-label") for sign in line.get_by_role("img").all()]))
    assert states["第一步"] == "已完成" and states["要链接"] == "受阻" and states["任何凭证"] == "已跳过"
    assert states["随时可做"] == "逾期" and states["要备注"] == "待处理"
    legend = page.locator("ul.legend").inner_text()
    assert all(state in legend for state in states.values())
    assert set(listed_on_all_pages(page)) >= {TRIAL_SHOP, *MORE_SHOPS[:40]}


def test_the_matrix_finds_the_few_that_follow_a_checklist_among_many(look):
    page = look(LEAD, "/matrix", width=DESK)
    page.get_by_label("清单").select_option(label="换绑后的任务")
    page.get_by_role("button", name="显示").click()
    page.wait_for_url("**checklist=douyin-after-switch*")
    assert listed(page) == [RECENT_SHOP]


# Charts: each figure leads to what it counts.

@pytest.fixture
def two_teams(tmp_path, built_site):
    """Both teams have something late, something done and a switch under way."""
    shutil.copytree(built_site, tmp_path / "site")
    site = Site(tmp_path / "site")
    made_sure = ["--confirmed", "registered", "--confirmed", "real-name-verified"]
    site.run("start", OTHER_SHOP, "--checklist", "trial", now=ago(days=4))
    site.run("tick", OTHER_SHOP, "free", by=OTHER_MERCHANT, now=ago(days=3))
    site.run("switch", "plan", OTHER_SHOP, "--to", "bieren_new", *made_sure, now=ago(days=2))
    site.run("switch", "unbind", OTHER_SHOP, now=ago(days=1))
    with site.serve():
        yield site


@pytest.mark.parametrize(("who", "team"), [(LEAD, None), (ADMIN, OTHER_TEAM), (OTHER_LEAD, None)])
def test_each_figure_leads_to_as_many(browser, two_teams, who, team):
    with Visits(browser, two_teams) as visit:
        page = visit(who, "/charts", width=DESK)
        if team:
            page.get_by_label("团队").select_option(team)
            page.get_by_role("button", name="显示").click()
            page.wait_for_url("**team=*")
        charts = page.url
        tiles = page.locator("ul.tiles a")
        counted = {tile.inner_text().split("\n")[0]: number(tile.locator("b").inner_text()) for tile in tiles.all()}
        addresses = dict(zip(counted, tiles.evaluate_all("links => links.map(link => link.href)")))
        assert all(counted[name] > 0 for name in ["逾期", "未完成", "近 7 天完成", "等待期"]), counted
        for name in ["逾期", "近 7 天完成", "等待期"]:
            visit.go(page, addresses[name])
            assert count(page) == min(counted[name], 200), name
        visit.go(page, addresses["未完成"])
        assert number(page.get_by_text(re.compile(r"^\d+ 项未完成")).inner_text()) == counted["未完成"]
        visit.go(page, charts)
        bars = page.locator("table.bars").filter(has=page.get_by_text("不到 1 天")).locator("a")
        ages = [(number(bar.inner_text()), bar.evaluate("link => link.href")) for bar in bars.all()]
        assert sum(items for items, _ in ages) == counted["逾期"]
        for items, address in ages:
            visit.go(page, address)
            assert count(page) == min(items, 200), address


@pytest.mark.parametrize(("chart", "about"), [("卡住最多店铺的任务项", "家"), ("每个任务项通常多久做完", "小时|天|分钟")])
def test_each_bar_leads_to_its_shops(look, chart, about):
    page = look(LEAD, "/charts", width=DESK)
    bars = page.locator("figure").filter(has=page.get_by_role("heading", name=chart)).locator("tbody tr")
    found = [(bar.locator("th").inner_text(), bar.locator("a").inner_text(),
              bar.locator("a").evaluate("link => link.href")) for bar in bars.all()]
    assert len(found) >= 5
    # The longest, one in the middle, the shortest.
    for item, label, address in [found[0], found[len(found) // 2], found[-1]]:
        assert re.search(about, label)
        look.go(page, address)
        assert item in page.locator("main").inner_text(), "it says of which item"
        shops = listed_on_all_pages(page)
        assert shops and (about != "家" or len(shops) == number(label))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_course_says_its_numbers(look, lang):
    page = look(LEAD, "/charts?days=90", width=DESK, lang=lang)
    picture = page.get_by_role("img", name=re.compile({"zh": "^未完成的任务项从", "en": "^Outstanding items went"}[lang]))
    page.get_by_text({"zh": "看数字", "en": "The numbers"}[lang]).click()
    latest = page.locator("figure details tbody tr").first.locator("td").first
    latest.wait_for()
    tile = page.locator("ul.tiles a").nth(1).locator("b").inner_text()
    assert latest.inner_text() == tile, "the course ends at what is outstanding now"
    assert re.search(rf"\D{tile}\D", picture.get_attribute("aria-label"))
    assert page.get_by_label({"zh": "时间", "en": "Time"}[lang]).input_value() == "90"


# What is overdue.

@pytest.mark.parametrize("javascript", SCRIPTS)
def test_overdue_by_owner_and_by_time(look, javascript):
    page = look(LEAD, "/overdue", width=DESK, javascript=javascript)
    late = count(page)

    def show(**choices):
        for label, choice in {"负责人": "全部", "时间": "只看逾期的", **choices}.items():
            page.get_by_label(label).select_option(label=choice)
        page.get_by_role("button", name="显示").click()
        page.wait_for_load_state()
        return count(page)

    one = show(负责人=MERCHANT)
    assert 0 < one < late
    assert set(page.locator("td[data-name=负责人]").all_inner_texts()) == {MERCHANT}
    standing = page.locator("tbody td:nth-child(4)")
    assert all("逾期" in text for text in standing.all_inner_texts())
    assert show(负责人=MERCHANT, 时间="七天内到期的也看") > one
    assert any("到期" in text and "逾期" not in text for text in standing.all_inner_texts())
    assert show() == late


def test_overdue_of_one_team_alone(look):
    page = look(ADMIN, "/overdue", width=DESK)
    assert count(page) > 0
    page.get_by_label("团队").select_option(OTHER_TEAM)
    page.get_by_role("button", name="显示").click()
    page.wait_for_url("**team=*")
    assert page.get_by_text("没有逾期的任务项").is_visible()


def test_overdue_says_why_in_titles_and_leads_to_the_item(look):
    page = look(LEAD, "/overdue", width=DESK)
    reasons = " ".join(page.locator("td[data-name=原因]").all_inner_texts())
    assert "等待：" in reasons and "受阻" in reasons
    assert "等待：先看清解绑页面，不点确认" in reasons and "read-unbind-page" not in reasons
    line = page.locator("tbody tr").filter(has_text="晨光文具").filter(has_text=title("free", "zh"))
    line.get_by_role("link").click()
    assert page.url.endswith(f"/shops/{TRIAL_SHOP}/#r1-free")
    assert page.locator("#r1-free").is_visible()


# As files to forward.

def test_what_is_overdue_as_a_file(look):
    page = look(LEAD, f"/overdue?owner={MERCHANT}", width=DESK)
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV", exact=True).click()
    content = download.value.path().read_text("utf-8-sig")
    items = list(csv.DictReader(io.StringIO(content, newline="")))
    assert len(items) == count(page) > 0
    assert {item["owner"] for item in items} == {MERCHANT}


def test_no_file_of_all_that_is_overdue_where_only_some_is_shown(look):
    page = look(LEAD, "/overdue?days=1", width=DESK)
    assert page.get_by_role("link", name="CSV", exact=True).count() == 0


@pytest.mark.parametrize("kind", ["HTML", "CSV", "Markdown", "JSON"])
def test_the_report_as_a_file(look, kind):
    page = look(ADMIN, f"/charts?team={OTHER_TEAM}", width=DESK)
    with page.expect_download() as download:
        page.get_by_role("link", name=kind, exact=True).click()
    content = download.value.path().read_text("utf-8-sig")
    assert OTHER_SHOP in content and TRIAL_SHOP not in content, "of the team that is shown"


# Switches.

@pytest.mark.parametrize(("width", "javascript"), [(DESK, True), (PHONE, False)])
def test_switches_under_way(visit, site, width, javascript):
    made_sure = ["--confirmed", "registered", "--confirmed", "real-name-verified"]
    site.run("switch", "plan", BOUND_SHOP, "--to", "laodian_new", *made_sure)
    page = visit(LEAD, "/switches", width=width, javascript=javascript)
    assert set(listed(page)) == {SHIPPED_SHOP, BOUND_SHOP}
    line = page.locator("tbody tr").filter(has_text="茶香小店").inner_text()
    assert "old-s-001" in line and "chaxiang_new" in line and "等待期" in line and re.search(r"\d+ 天", line)
    page.get_by_role("link", name="已解绑").click()
    assert listed(page) == [SHIPPED_SHOP]
    page.get_by_role("link", name="茶香小店").click()
    assert page.url.endswith(f"/shops/{SHIPPED_SHOP}/")


# Checklists.

@pytest.fixture
def flawed(tmp_path, built_site):
    """One file that can't be used, and one that has something worth a look."""
    shutil.copytree(built_site, tmp_path / "site")
    site = Site(tmp_path / "site")
    site.program.checklist(BROKEN)
    site.program.checklist(LOOSE)
    site.program.write("checklists/platforms/kuaishou.yaml", RULES)
    with site.serve():
        yield site


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_wrong_in_files_is_shown_with_its_place(browser, flawed, lang):
    with Visits(browser, flawed) as visit:
        page = visit(LEAD, "/checklists", width=DESK, lang=lang)
        wrong = page.locator(".finding").filter(has_text="broken.yaml")
        assert "broken.yaml:4:" in wrong.first.inner_text() and "tomorrow" in wrong.first.inner_text()
        assert {"zh": "错误", "en": "Error"}[lang] in wrong.first.inner_text()
        assert page.get_by_role("link", name={"zh": "写坏了的清单", "en": "A broken list"}[lang]).count() == 0
        page.get_by_role("link", name={"zh": "有点毛病的清单", "en": "A loose list"}[lang]).click()
        finding = page.locator(".finding").filter(has_text="kuaishou.yaml:4:")
        assert {"zh": "警告", "en": "Warning"}[lang] in finding.inner_text() and "registered" in finding.inner_text()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_checklist_as_its_users_see_it(look, lang):
    page = look(LEAD, "/checklists", width=DESK, lang=lang)
    page.get_by_role("link", name={"zh": "试用清单", "en": "The trial"}[lang]).click()
    item = page.locator("#second")
    assert title("second", lang) in item.inner_text() and title("first", lang) in item.inner_text()
    item.locator("summary").click()
    assert page.locator("#first").get_by_text({"zh": "关键", "en": "critical"}[lang]).is_visible()
