"""Whose the copies of pages are that a browser keeps for when there is no network, and when they go."""

import pytest

from offline import SHOP, kept, reopened, tick_next, waiting
from site_store import ADMIN, LEAD, MERCHANT, TRIAL_SHOP
from test_link import say_name
from visiting import lose_network

NAME = "晨光文具"
COPIES = """async () => (await (await caches.open('pages')).keys())
  .map((request) => new URL(request.url)).filter((url) => url.search).map((url) => url.pathname + url.search)"""
GONE = "async () => (await (await caches.open('pages')).keys()).every((request) => !new URL(request.url).search)"


def change_session(page, site, who: str | None) -> None:
    """Without a page: the session ends, or somebody else's begins. A page that is open may ask meanwhile, and is refused."""
    page.context.watched.expected += ("401",)
    page.context.clear_cookies(name="switchlist-session")
    if who:
        name, value = site.session(who).split("=", 1)
        page.context.add_cookies([{"name": name, "value": value, "url": site.address, "httpOnly": True}])


def shows_no_copy(page, path=SHOP) -> bool:
    """Without a network."""
    lose_network(page.context)
    page.goto(path)
    return page.get_by_role("heading", level=1).inner_text() == "没有网络" and NAME not in page.content()


@pytest.mark.parametrize("path", [SHOP, "/shops", "/account"])
def test_whoever_is_led_to_sign_in_again_leaves_no_copy(visit, site, path):
    page = kept(visit(MERCHANT, SHOP))
    change_session(page, site, None)
    page.goto(path)
    assert "/sign-in" in page.url
    page.wait_for_function(GONE)
    assert shows_no_copy(page)


def test_a_session_that_ended_elsewhere_is_noticed_by_a_page_that_stays_open(visit, site):
    page = kept(visit(MERCHANT, SHOP))
    change_session(page, site, None)
    page.evaluate("() => { dispatchEvent(new Event('online')); }")
    page.wait_for_function(GONE)
    assert shows_no_copy(page)


def test_a_tick_that_is_refused_for_want_of_a_session_leaves_no_copy(visit, site):
    page = kept(visit(MERCHANT, SHOP))
    change_session(page, site, None)
    tick_next(page)
    page.wait_for_function(GONE)
    assert waiting(page).is_visible(), "what was ticked is still to be sent"
    assert shows_no_copy(page)


@pytest.mark.parametrize("path", ["/shops", "/account", "/nothing/here"])
def test_whoever_comes_next_finds_no_copy_of_the_one_before(visit, site, path):
    page = kept(visit(MERCHANT, SHOP))
    visit.watched(page).expected += ("404",)
    change_session(page, site, LEAD)
    page.goto(path)
    page.wait_for_function(GONE)
    assert shows_no_copy(page)


def test_a_page_that_stays_open_never_shows_what_somebody_else_sees(visit, site):
    page = kept(visit(MERCHANT, SHOP))
    before = page.locator("main").inner_html()
    change_session(page, site, ADMIN)
    page.evaluate("() => { dispatchEvent(new Event('online')); }")
    page.wait_for_function(GONE)
    page.wait_for_load_state("networkidle")
    assert page.locator("main").inner_html() == before
    assert shows_no_copy(page)


def test_each_has_a_copy_of_the_own_page_alone(visit, site):
    page = kept(visit(MERCHANT, SHOP))
    [former] = page.evaluate(COPIES)
    change_session(page, site, LEAD)
    page.goto(SHOP)
    page.wait_for_function("(former) => caches.match(former).then((found) => !found)", arg=former)
    page.wait_for_function("() => caches.match(location.pathname, { ignoreSearch: true })")
    [latter] = page.evaluate(COPIES)
    who = page.locator("body").get_attribute("data-who")
    assert latter == f"{SHOP}?who={who}" != former
    lose_network(page.context)
    page = reopened(page)
    page.get_by_role("status").filter(has_text="副本").wait_for()
    assert page.locator("body").get_attribute("data-who") == who


def test_a_page_that_may_not_be_seen_any_more_takes_its_copy_along_and_no_other(visit, site):
    page = kept(visit(LEAD, SHOP))
    visit.watched(page).expected += ("404",)
    other = "/shops/s-001/"
    page.goto(other)
    page.wait_for_function("() => caches.match(location.pathname, { ignoreSearch: true })")
    site.run("shop", "edit", TRIAL_SHOP, "--team", "华南组")
    page.goto(SHOP)
    page.wait_for_function("(path) => caches.match(path, { ignoreSearch: true }).then((found) => !found)", arg=SHOP)
    assert shows_no_copy(page)
    page.goto(other)
    page.get_by_role("status").filter(has_text="副本").wait_for()


def test_a_links_copy_stays_with_the_link_whoever_signs_in_beside_it(visit, site):
    page = kept(visit.through_link(TRIAL_SHOP, name="小陈"))
    link = page.url
    change_session(page, site, LEAD)
    page.goto("/shops")
    change_session(page, site, None)
    page.goto("/shops")
    assert "/sign-in" in page.url
    lose_network(page.context)
    page.goto(link)
    page.get_by_role("status").filter(has_text="副本").wait_for()


def test_a_links_copy_goes_with_the_name_that_was_said(visit, site):
    page = kept(visit.through_link(TRIAL_SHOP, name="小陈"))
    link = page.url
    [former] = page.evaluate(COPIES)
    page.goto(f"{link}name")
    say_name(page, "小林")
    page.wait_for_function("(former) => caches.match(former).then((found) => !found)", arg=former)
    page.wait_for_function("() => caches.match(location.pathname, { ignoreSearch: true })")
    lose_network(page.context)
    page = reopened(page)
    page.get_by_role("status").filter(has_text="副本").wait_for()
    assert "小林" in page.locator("details.menu summary").inner_text()


def test_a_copy_is_not_shown_for_longer_than_a_session_lasts(visit, site):
    page = kept(visit(MERCHANT, SHOP))
    worker, = page.context.service_workers
    worker.evaluate("() => { const now = Date.now; Date.now = () => now() + 31 * 86400000; }")
    assert shows_no_copy(page)
