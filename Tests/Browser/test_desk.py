"""A lead's desk: finding shops, and taking along what is shown."""

import csv
import io
import json
import re
from datetime import datetime, timezone
from urllib.parse import unquote

import pytest

from site_store import (
    ADMIN, BOUND_SHOP, DONE_SHOP, EMPTY_SHOP, LEAD, LONG_SHOP, MERCHANT, MORE_SHOPS, OTHER_MERCHANT, OTHER_SHOP,
    OTHER_TEAM, RECENT_SHOP, SHIPPED_SHOP, TRIAL_SHOP,
)
from test_shop import submit
from visiting import DESK, PHONE

WIDTHS = [DESK, PHONE]
NAMES = "links => links.map(link => decodeURIComponent(link.pathname.split('/')[2]))"


def listed(page) -> list[str]:
    """The shops of the page's list, in its order."""
    return page.locator("tbody th[scope=row] a").evaluate_all(NAMES)


def listed_on_all_pages(page) -> list[str]:
    shops = listed(page)
    more = page.get_by_role("link", name="下一页")
    while more.count():
        more.click()
        shops += listed(page)
    return shops


def known(page) -> list[dict]:
    """All shops with their figures, as the desk's own export has them."""
    return page.request.get("/shops?format=json").json()["shops"]


def outstanding(shop: dict) -> int:
    return shop["progress"]["pending"] + shop["progress"]["blocked"]


def cools(shop: dict) -> bool:
    switch = shop["switch"] or {}
    opens = switch.get("can_rebind_at")
    return switch.get("state") == "unbound" and datetime.fromisoformat(opens) > datetime.now(timezone.utc)


STATES = {
    "全部": lambda shop: True,
    "有逾期": lambda shop: shop["progress"]["overdue"] > 0,
    "有等待": lambda shop: shop["waiting"],
    "等待期": cools,
    "已完成": lambda shop: shop["progress"]["total"] > 0 and outstanding(shop) == 0,
}


# Finding shops.

@pytest.mark.parametrize("width", WIDTHS)
def test_each_filter_shows_its_shops_and_how_many(look, width):
    page = look(LEAD, "/shops", width=width)
    shops = known(page)
    for state, belongs in STATES.items():
        wanted = [shop["id"] for shop in shops if belongs(shop)]
        assert wanted, f"{state}: there is something to find"
        chip = page.locator("ul.chips").get_by_role("link", name=re.compile(rf"^{state} \d"))
        chip.click()
        assert chip.get_attribute("aria-current") == "true", state
        assert int(chip.locator("small").inner_text()) == len(wanted), state
        assert sorted(listed_on_all_pages(page)) == sorted(wanted), state


@pytest.mark.parametrize(("text", "width", "wanted"), [
    ("晨光", PHONE, [TRIAL_SHOP]), ("s-00", DESK, [f"s-00{number}" for number in range(1, 9)]),
    ("分店 M-03", PHONE, MORE_SHOPS[29:39]), ("nothing like it", DESK, []),
])
def test_searching_by_name_and_id(look, text, wanted, width):
    page = look(LEAD, "/shops", width=width)
    page.get_by_label("店铺名或编号").fill(text)
    page.get_by_role("button", name="筛选").click()
    page.wait_for_url("**q=*")
    assert sorted(listed(page)) == wanted
    if not wanted:
        page.get_by_role("link", name="显示全部").click()
        assert len(listed(page)) == 50
    else:
        assert page.get_by_label("店铺名或编号").input_value() == text


def test_a_search_stays_within_the_filter(look):
    page = look(LEAD, "/shops?state=late", width=DESK)
    page.get_by_label("店铺名或编号").fill("m-0")
    page.get_by_role("button", name="筛选").click()
    page.wait_for_url("**q=*")
    assert sorted(listed_on_all_pages(page)) == MORE_SHOPS[:40]


@pytest.mark.parametrize(("who", "field", "choice", "wanted"), [
    (ADMIN, "团队", OTHER_TEAM, [OTHER_SHOP]),
    (ADMIN, "负责人", OTHER_MERCHANT, [*MORE_SHOPS[::2], OTHER_SHOP]),
    (LEAD, "负责人", OTHER_MERCHANT, MORE_SHOPS[::2]),
])
def test_one_team_or_one_owner(look, who, field, choice, wanted):
    page = look(who, "/shops", width=DESK)
    page.get_by_role("search").get_by_label(field).select_option(choice)
    page.get_by_role("button", name="筛选").click()
    page.wait_for_url(lambda address: choice in unquote(address))
    assert sorted(listed_on_all_pages(page)) == wanted


ORDERS = {
    "店铺": ("ascending", lambda shop: shop["name"]),
    "进度": ("descending", lambda shop: -outstanding(shop)),
    "最近到期": ("ascending", lambda shop: shop["due_at"] or "9999"),
}


@pytest.mark.parametrize("head", ORDERS)
def test_the_heads_that_sort(look, head):
    direction, key = ORDERS[head]
    page = look(LEAD, "/shops?order=" + ("name" if head != "店铺" else "due"), width=DESK)
    shops = {shop["id"]: shop for shop in known(page)}
    page.get_by_role("columnheader", name=head).get_by_role("link").click()
    column = page.get_by_role("columnheader", name=head)
    page.wait_for_function("(head) => [...document.querySelectorAll('th[aria-sort]')]"
                           ".some((one) => one.textContent.startsWith(head))", arg=head)
    assert column.get_attribute("aria-sort") == direction and page.locator("th[aria-sort]").count() == 1
    keys = [key(shops[shop]) for shop in listed_on_all_pages(page)]
    assert len(keys) == len(shops) and keys == sorted(keys)


def test_a_phone_sorts_too(look):
    """There are no heads to tap."""
    page = look(LEAD, "/shops", width=PHONE)
    shops = {shop["id"]: shop for shop in known(page)}
    page.get_by_label("排序").select_option(label="店铺")
    page.get_by_role("button", name="筛选").click()
    page.wait_for_url("**order=name*")
    names = [shops[shop]["name"] for shop in listed(page)]
    assert names == sorted(names)


@pytest.mark.parametrize("width", WIDTHS)
def test_page_after_page_and_back(look, width):
    page = look(LEAD, "/shops?order=name", width=width)
    first = listed(page)
    page.get_by_role("link", name="下一页").click()
    second = listed(page)
    assert len(first) == 50 and len(second) == 18 and not set(first) & set(second)
    assert page.get_by_role("link", name="下一页").count() == 0
    page.get_by_role("link", name="第一页").click()
    assert listed(page) == first


# Out of the page.

EXPORTED = {
    "CSV": lambda content: [
        row["shop"] for row in csv.DictReader(io.StringIO(content.removeprefix("\ufeff"), newline=""))],
    "HTML": lambda content: re.findall(r'<th scope="row">(?:<bdi>)?([\w.-]+)', content),
    "JSON": lambda content: [shop["id"] for shop in json.loads(content)["shops"]],
}


@pytest.mark.parametrize(("kind", "query"), zip(EXPORTED, ["q=m-0&order=name", "state=late", "order=outstanding"]))
def test_exporting_what_the_filter_shows(look, kind, query):
    page = look(LEAD, f"/shops?{query}", width=DESK)
    with page.expect_download() as download:
        page.get_by_role("link", name=kind, exact=True).click()
    assert download.value.suggested_filename.endswith("." + kind.lower())
    content = download.value.path().read_bytes()
    assert content.startswith(b"\xef\xbb\xbf") == (kind == "CSV"), "spreadsheets take the mark for UTF-8"
    assert EXPORTED[kind](content.decode()) == listed_on_all_pages(page)


# Who looks.

def test_a_merchants_desk_has_own_shops_and_no_tools(look):
    page = look(MERCHANT, "/shops", width=DESK)
    assert set(listed_on_all_pages(page)) == {
        SHIPPED_SHOP, TRIAL_SHOP, DONE_SHOP, EMPTY_SHOP, BOUND_SHOP, RECENT_SHOP, LONG_SHOP, *MORE_SHOPS[1::2]}
    page.goto("/shops")
    assert page.locator("details.actions, input[name=shop]").count() == 0
    assert page.get_by_role("link", name="添加").count() == 0


# While others work.

def test_it_changes_by_itself_when_others_do_something(visit, site):
    page = visit(LEAD, "/shops?q=m-001", width=DESK)
    before = page.locator("tbody tr").inner_text()
    other = visit(OTHER_MERCHANT, "/shops/m-001/")
    submit(other, other.locator("section.next"), "完成")
    page.wait_for_function(
        "(before) => document.querySelector('tbody tr').innerText !== before", arg=before, timeout=15_000)
    assert "1/11" in page.locator("tbody tr").inner_text()


def test_the_keyboard_stays_where_it_is_when_others_change_something(visit, site):
    """Rows come and go above it; the list says so without taking anybody back to its top."""
    page = visit(LEAD, "/shops?text=m-0", width=DESK)
    row = page.locator("tbody tr").nth(20)
    shop = row.locator("th a").get_attribute("href")
    row.locator("th a").focus()
    marked = page.locator("main > *").first
    marked.evaluate("element => element.classList.add('before')")
    other = visit(LEAD, f"/shops/{TRIAL_SHOP}/", width=DESK)
    submit(other, other.locator("section.next"), "完成")
    page.locator("main > .before").wait_for(state="detached")
    assert page.evaluate("document.activeElement.getAttribute('href')") == shop
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('tr').rowIndex") >= 20
