"""What a lead does to many shops at once from the desk."""

import re

import pytest

from site_store import DONE_SHOP, EMPTY_SHOP, LEAD, MORE_SHOPS, OTHER_MERCHANT, SHIPPED_SHOP
from test_desk import listed
from test_shop import SCRIPTS, submit, title
from visiting import DESK, PHONE

ACTIONS = "details.actions"


def choose(page, *shops: str) -> None:
    for shop in shops:
        page.locator(f"input[name=shop][value='{shop}']").check()
    page.locator(f"{ACTIONS} > summary").click()


def act(page, button: str) -> str:
    """Presses one of the buttons, and gives what the page says then."""
    submit(page, page.locator(ACTIONS), button)
    said = page.get_by_role("status").filter(has_text=re.compile("已处理|Done in"))
    return said.first.inner_text()


@pytest.mark.parametrize(("width", "javascript"), [(DESK, False), (PHONE, True)])
def test_some_chosen_shops_start_a_checklist(visit, site, javascript, width):
    page = visit(LEAD, "/shops?q=m-05", width=width, javascript=javascript)
    choose(page, "m-051", "m-052")
    if javascript:
        assert "2" in page.locator(f"{ACTIONS} > summary").inner_text()
    page.locator(ACTIONS).get_by_label("清单").select_option(label="试用清单")
    assert "2 家" in act(page, "开始")
    runs = {shop: site.program.status(shop)["runs"] for shop in ["m-051", "m-052", "m-053"]}
    assert [[run["checklist"] for run in shop] for shop in runs.values()] == [["trial"], ["trial"], []]
    assert sorted(listed(page)) == MORE_SHOPS[49:59], "the filter stays"


@pytest.mark.parametrize("javascript", SCRIPTS)
def test_some_chosen_shops_have_an_item_assigned_moved_and_ticked(visit, site, javascript):
    page = visit(LEAD, "/shops?q=m-00", width=DESK, javascript=javascript)

    def with_chosen(button, **fields):
        choose(page, "m-001", "m-003")
        page.get_by_label("任务项").select_option(label="要备注")
        for label, value in fields.items():
            page.locator(ACTIONS).get_by_label(label).fill(value)
        assert "2 家" in act(page, button)
        return [site.program.items(shop)["noted"] for shop in ["m-001", "m-003", "m-005"]]

    assert [item["owner"] for item in with_chosen("指派", 负责人="仓库")] == ["仓库", "仓库", None]
    moved = with_chosen("改时间", 截止时间="2027-01-05T18:00", 备注或原因="元旦放假")
    assert [item["due_at"] == "2027-01-05T10:00:00Z" for item in moved] == [True, True, False]
    ticked = with_chosen("勾选完成", 备注或原因="总部统一做的")
    assert [item["state"] for item in ticked] == ["done", "done", "pending"]
    assert ticked[0]["note"] == "总部统一做的" and ticked[0]["changed_by"] == LEAD


def test_assigning_what_one_owner_has_to_somebody_else(visit, site):
    """The one who is looked for and the one who gets it are two."""
    page = visit(LEAD, f"/shops?q=m-00&owner={OTHER_MERCHANT}", width=DESK)
    shops = sorted(listed(page))
    assert shops == MORE_SHOPS[:9:2]
    choose(page)
    page.get_by_label(re.compile("筛选出的全部店铺")).check()
    page.get_by_label("任务项").select_option(label="要备注")
    page.locator(ACTIONS).get_by_label("负责人").fill("仓库")
    assert "5 家" in act(page, "指派")
    assert {site.program.items(shop)["noted"]["owner"] for shop in shops} == {"仓库"}
    assert sorted(listed(page)) == shops


def test_all_on_the_page(visit, site):
    page = visit(LEAD, "/shops?q=m-00", width=DESK)
    every = page.get_by_label("选这一页的全部")
    every.check()
    assert page.locator("input[name=shop]:checked").count() == 9
    assert "9" in page.locator(f"{ACTIONS} > summary").inner_text()
    every.uncheck()
    assert page.locator("input[name=shop]:checked").count() == 0
    every.check()
    page.locator("input[name=shop][value=m-009]").uncheck()
    choose(page)
    page.get_by_label("任务项").select_option(label="随时可做")
    page.locator(ACTIONS).get_by_label("负责人").fill("仓库")
    assert "8 家" in act(page, "指派")
    owners = [site.program.items(shop)["free"]["owner"] for shop in ["m-008", "m-009", "m-010"]]
    assert owners[0] == "仓库" and "仓库" not in owners[1:]


@pytest.mark.parametrize("javascript", SCRIPTS)
def test_all_that_the_filter_shows_on_other_pages_too(visit, site, javascript):
    page = visit(LEAD, "/shops?q=m-0", width=DESK, javascript=javascript)
    assert len(listed(page)) == 50
    choose(page)
    page.get_by_label(re.compile("筛选出的全部店铺")).check()
    page.locator(ACTIONS).get_by_label("清单").select_option("hostile")
    assert "60 家" in act(page, "开始")
    on_first, on_second, elsewhere = (site.program.status(shop)["runs"] for shop in ["m-001", "m-060", EMPTY_SHOP])
    assert [run["checklist"] for run in on_first] == ["trial", "hostile"]
    assert [run["checklist"] for run in on_second] == ["hostile"] and elsewhere == []


@pytest.mark.parametrize(("lang", "javascript"), [("zh", True), ("en", False)])
def test_what_is_refused_in_some_shops_is_named_with_why(visit, site, lang, javascript):
    page = visit(LEAD, "/shops?q=00", width=DESK, lang=lang, javascript=javascript)
    choose(page, "m-001", DONE_SHOP, EMPTY_SHOP)
    page.locator(ACTIONS).get_by_label({"zh": "任务项", "en": "Item"}[lang]).select_option(label=title("second", lang))
    act(page, {"zh": "勾选完成", "en": "Tick"}[lang])
    problem = page.get_by_role("alert").inner_text()
    assert EMPTY_SHOP in problem and "m-001" in problem and title("first", lang) in problem
    assert DONE_SHOP not in problem
    assert site.state("m-001", "second") == "blocked"


def test_nothing_chosen_is_said(visit, site):
    page = visit(LEAD, "/shops", width=DESK)
    visit.watched(page).expected = ("422",)
    choose(page)
    page.locator(ACTIONS).get_by_label("清单").select_option("sixty")
    submit(page, page.locator(ACTIONS), "开始")
    assert "请至少选择一家店铺" in page.get_by_role("alert").inner_text()
    assert [run["checklist"] for run in site.program.status(SHIPPED_SHOP)["runs"]].count("sixty") == 0


@pytest.mark.parametrize("javascript", SCRIPTS)
def test_the_desk_goes_on_after_something_was_done(visit, javascript):
    """Its filters, its pages and its exports are still there."""
    page = visit(LEAD, "/shops?q=m-0", width=DESK, javascript=javascript)
    choose(page, "m-001")
    page.get_by_label("任务项").select_option(label="随时可做")
    page.locator(ACTIONS).get_by_label("负责人").fill("仓库")
    act(page, "指派")
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV", exact=True).click()
    assert download.value.path().read_text("utf-8-sig").count("分店 m-") == 60
    page.get_by_role("link", name="下一页").click()
    assert sorted(listed(page)) and len(listed(page)) == 10
    page.locator("ul.chips").get_by_role("link", name=re.compile("^有逾期")).click()
    assert len(listed(page)) == 40


# While others work.

def test_what_somebody_chose_is_left_alone_when_others_do_something(visit, site):
    page = visit(LEAD, "/shops?q=m-00", width=DESK)
    choose(page, "m-001", "m-003")
    other = visit(OTHER_MERCHANT, "/shops/m-005/")
    submit(other, other.locator("section.next"), "完成")
    other.get_by_text("11 项里完成了 1 项").wait_for()
    page.get_by_role("button", name="显示", exact=True).wait_for()
    chosen = page.locator("input[name=shop]:checked")
    assert chosen.evaluate_all("boxes => boxes.map((box) => box.value)") == ["m-001", "m-003"]
    page.get_by_role("button", name="显示", exact=True).click()
    page.locator("tbody tr", has_text="m-005").get_by_text("1/11").wait_for()
    assert chosen.evaluate_all("boxes => boxes.map((box) => box.value)") == ["m-001", "m-003"]
