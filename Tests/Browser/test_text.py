"""HTML in every text that people or files give is shown as text."""

import pytest

from pages import LINK, PAGES
from site_store import ADMIN, HOSTILE, HOSTILE_SHOP, LEAD, MERCHANT, TRIAL_SHOP
from test_every_page import opened
from test_shop import submit, unfolded
from visiting import DESK

FOREIGN = "b, i, img, iframe, object, embed"


@pytest.mark.parametrize("page", [page for page in PAGES if page.status == 200 and page.who != LINK],
                         ids=lambda page: page.name)
def test_no_page_takes_a_text_for_markup(look, page):
    """No element came out of a text; a script that did would have opened a dialog or been refused by the policy."""
    shown = opened(look, page, width=DESK)
    assert shown.locator("script:not([src]), img[src=x], [onerror], iframe, object, embed").count() == 0
    assert shown.locator("a[href^='javascript:' i], a[href^='data:' i], img[src^=http]").count() == 0
    assert "粗" not in shown.locator("b").all_inner_texts()


def test_names_notes_reasons_and_definitions_are_shown_as_written(look):
    page = look(ADMIN, f"/shops/{HOSTILE_SHOP}/", width=DESK)
    assert page.get_by_role("heading", level=1).inner_text() == HOSTILE
    assert HOSTILE in page.title()
    text = page.locator("main").evaluate("(main) => main.textContent")
    assert text.count("<script>alert(1)</script>") >= 6
    assert page.locator("main img").count() == 0


@pytest.mark.parametrize("javascript", [True, False])
def test_what_is_typed_into_the_page_is_shown_as_written(visit, site, javascript):
    page = visit(MERCHANT, f"/shops/{TRIAL_SHOP}/", javascript=javascript)
    place = unfolded(page, "noted")
    place.locator("form[action$=tick]").get_by_label("备注").fill(HOSTILE)
    submit(page, place.locator("form[action$=tick]"), "完成")
    place = unfolded(page, "second")
    place.locator("form[action$=block]").get_by_label("原因").fill(HOSTILE)
    submit(page, place.locator("form[action$=block]"), "标为受阻")
    items = site.program.items(TRIAL_SHOP)
    assert items["noted"]["note"] == HOSTILE and items["second"]["blocked_reason"] == HOSTILE
    page.goto(f"/shops/{TRIAL_SHOP}/")
    assert page.locator("main").evaluate("(main) => main.textContent").count(HOSTILE) == 2
    assert page.locator("main img, main script").count() == 0


def test_a_name_said_at_a_link(visit, site):
    page = visit.through_link(TRIAL_SHOP, name=HOSTILE[:90])
    assert page.locator("header.bar img, header.bar script").count() == 0
    assert HOSTILE[:90] in page.locator("header.bar").evaluate("(header) => header.textContent")


@pytest.mark.parametrize("query", ["?q=", "?team=", "?owner=", "?state=", "?order=", "?after="])
def test_what_an_address_says(look, query):
    page = look.context(LEAD, width=DESK).new_page()
    look.watched(page).expected = ("the server responded with a status of 4",)
    page.goto(f"/shops{query}" + "%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E%22%27")
    assert page.locator("img").count() == 0


@pytest.mark.parametrize("path", ["/sign-in?back=", "/sign-in?back=//example.com/", "/sign-in?back=javascript:alert(1)",
                                  "/sign-in?back=https://example.com/", "/sign-in?back=/%5Cexample.com"])
def test_signing_in_leads_nowhere_else(visit, site, path):
    page = visit(None, path)
    field = page.locator("main input[name=back]")
    where = field.get_attribute("value") or "/"
    answer = site.post("/sign-in", {"name": MERCHANT, "password": "芝麻 gate 47 open", "back": path.split("=", 1)[1]})
    assert answer.status == 303
    target = answer.headers["location"]
    assert target.startswith("/") and not target.startswith(("//", "/\\", "/%5C"))
    assert where.startswith("/") and not where.startswith(("//", "/\\"))
