"""Pages without a network in browsers that keep nothing, on devices that several people use, on home screens."""

import json
import struct
from urllib.parse import urljoin

import pytest

from offline import SHOP, come_back, events, expect_no_network, kept, tick_next, waiting
from site_store import LEAD, MERCHANT, TRIAL_SHOP
from test_link import say_name
from visiting import lose_network, regain_network
from web import PASSWORD

WITHOUT_WORKER = {
    "lacks it": "delete Navigator.prototype.serviceWorker",
    "refuses it": "if (navigator.serviceWorker) navigator.serviceWorker.register = () => Promise.reject(Error('no'))",
}


def sign_in(page, name: str) -> None:
    page.get_by_label("名字").fill(name)
    page.get_by_label("密码").fill(PASSWORD)
    page.locator("main").get_by_role("button").click()


def under_another_name(page):
    return page.get_by_role("status").filter(has_text="是用别的名字做的")


# Browsers that keep no pages.

@pytest.mark.parametrize(("how", "lang", "words"), [
    ("lacks it", "zh", "不要关闭这一页"), ("refuses it", "en", "leave this page open")])
def test_a_browser_that_keeps_no_pages_says_to_leave_it_open(visit, site, how, lang, words):
    context = visit.context(MERCHANT, lang=lang)
    context.add_init_script(WITHOUT_WORKER[how])
    page = context.new_page()
    expect_no_network(page)
    visit.go(page, SHOP)
    lose_network(context)
    tick_next(page, lang)
    page.get_by_role("status").filter(has_text=words).wait_for()
    come_back(page, lang)
    assert len(events(site, "free")) == 1


def test_such_a_browser_asks_before_it_closes_what_is_not_sent(visit):
    context = visit.context(MERCHANT)
    context.add_init_script(WITHOUT_WORKER["lacks it"])
    page = context.new_page()
    expect_no_network(page)
    visit.go(page, SHOP)
    lose_network(context)
    tick_next(page)
    with page.expect_event("dialog") as asked:
        page.close(run_before_unload=True)
    assert asked.value.type == "beforeunload"


# Several people, and going out.

def test_signing_out_with_something_unsent_asks_first(visit, site):
    page = kept(visit(MERCHANT, SHOP))
    watched = visit.watched(page)
    page.route("**/items/**", lambda route: route.abort())
    tick_next(page)
    leaving = page.locator("details.menu")

    def sign_out():
        leaving.locator("summary").click()
        leaving.get_by_role("button", name="退出登录").click()

    watched.answers = [False, True]
    with page.expect_event("dialog"):
        sign_out()
    assert len(watched.questions) == 1 and "1 项没有发送" in watched.questions[0]
    assert waiting(page).is_visible() and page.url.endswith(SHOP)
    page.keyboard.press("Escape")
    with page.expect_navigation(url="**/sign-in"):
        sign_out()
    page.unroute("**/items/**")
    sign_in(page, MERCHANT)
    page.wait_for_url("**/shops")
    page.goto(SHOP)
    page.wait_for_load_state("networkidle")
    assert waiting(page).count() == 0 and events(site, "free") == []


@pytest.mark.parametrize("everywhere", [False, True], ids=["here", "everywhere"])
def test_whoever_signed_out_leaves_no_copy_behind(visit, everywhere):
    page = kept(visit(MERCHANT, SHOP))
    if everywhere:
        page.goto("/account")
        page.get_by_role("button", name="在所有地方退出").click()
    else:
        page.locator("details.menu summary").click()
        page.get_by_role("button", name="退出登录").click()
    page.wait_for_url("**/sign-in")
    lose_network(page.context)
    page.goto(SHOP)
    assert "晨光文具" not in page.locator("body").inner_text()


def test_a_page_on_its_way_while_somebody_signs_out_leaves_no_copy_either(visit):
    page = kept(visit(MERCHANT, SHOP))
    # The page that stays open takes over the stream of news, and is told that nobody is there any more.
    visit.watched(page).expected += ("401",)
    other = page.context.new_page()
    visit.go(other, SHOP)
    worker, = page.context.service_workers
    worker.evaluate("""(path) => {
      const reach = fetch, held = new Promise((release) => { self.release = release; });
      self.fetch = async (...asked) => {
        const answer = await reach(...asked);
        if (answer.url.endsWith(path)) await held;
        return answer;
      };
    }""", SHOP)
    other.evaluate("() => { self.asked = fetch(location.pathname, { headers: { Accept: 'text/html' } }); }")
    page.locator("details.menu summary").click()
    page.get_by_role("button", name="退出登录").click()
    page.wait_for_url("**/sign-in")
    worker.evaluate("() => release()")
    assert other.evaluate("async () => (await (await asked).text()).includes('晨光文具')"), "it was under way"
    assert other.evaluate("async () => !await caches.match(location.pathname, { ignoreSearch: true })")


def test_what_waits_for_whose_session_has_ended_is_sent_after_signing_in(visit, site):
    page = kept(visit(MERCHANT, SHOP))
    visit.watched(page).expected += ("401",)
    page.context.clear_cookies(name="switchlist-session")
    tick_next(page)
    page.get_by_role("link", name="重新登录后发送").click()
    with page.expect_response("**/items/free/tick"):
        sign_in(page, MERCHANT)
    waiting(page).wait_for(state="detached")
    assert page.url.endswith(SHOP)
    assert [event["by"] for event in events(site, "free")] == [MERCHANT]


def test_nobody_sends_what_somebody_else_ticked_on_the_same_device(visit, site):
    page = kept(visit(MERCHANT, SHOP))
    visit.watched(page).expected += ("status of 4",)
    page.context.clear_cookies(name="switchlist-session")
    tick_next(page)
    other = page.context.new_page()
    other.goto("/sign-in")
    sign_in(other, LEAD)
    other.wait_for_url("**/shops")
    other.goto(SHOP)
    other.wait_for_load_state("networkidle")
    assert waiting(other).count() == 0
    assert under_another_name(other).inner_text().startswith("这台设备上还有 1 项没有发送")
    lose_network(page.context)
    with page.expect_response("**/items/free/tick") as answer:
        regain_network(page.context)
    assert 400 <= answer.value.status < 500
    assert events(site, "free") == []
    waiting(page).wait_for()


def test_what_was_done_by_a_link_under_a_former_name_is_sent_under_that_name(visit, site):
    page = kept(visit.through_link(TRIAL_SHOP, name="小陈"))
    visit.watched(page).expected += ("401",)
    address, other = page.url, page.context.new_page()
    other.goto(f"{address}name")
    say_name(other, "小林")
    tick_next(page)
    page.get_by_role("link", name="重新打开后发送").click()
    under_another_name(page).wait_for()
    assert page.url == address and waiting(page).count() == 0 and events(site, "free") == []
    page.goto(f"{address}name")
    with page.expect_response("**/items/free/tick"):
        say_name(page, "小陈")
    waiting(page).wait_for(state="detached")
    assert under_another_name(page).count() == 0
    assert [event["by"] for event in events(site, "free")] == ["小陈"]


# On the home screen.

@pytest.mark.parametrize("by_link", [False, True], ids=["signed in", "by link"])
def test_the_page_can_be_put_on_the_home_screen(visit, by_link):
    page = kept(visit.through_link(TRIAL_SHOP) if by_link else visit(MERCHANT, SHOP))
    manifest = page.context.new_cdp_session(page).send("Page.getAppManifest")
    assert manifest["errors"] == []
    read = json.loads(manifest["data"])
    start, scope = (urljoin(manifest["url"], read[name]) for name in ["start_url", "scope"])
    assert start.startswith(scope) and page.url.startswith(scope)
    assert read["display"] == "standalone" and read["name"] and read["short_name"]
    assert page.request.get(start).ok
    assert {icon["sizes"] for icon in read["icons"]} >= {"192x192", "512x512"}
    for icon in read["icons"]:
        answer = page.request.get(urljoin(manifest["url"], icon["src"]))
        assert answer.ok and answer.headers["content-type"] == icon["type"] == "image/png"
        assert "%dx%d" % struct.unpack(">II", answer.body()[16:24]) == icon["sizes"]
    touch = page.locator("link[rel=apple-touch-icon]").evaluate("(link) => link.href")
    assert page.request.get(touch).ok
