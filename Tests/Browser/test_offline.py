"""A shop's page where there is no network, or one that comes and goes."""

import hashlib
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from offline import (
    SHOP, come_back, events, kept, moment, now, refused, reopened, tick_next, tick_with_note, waiting,
)
from site_store import LEAD, MERCHANT, TRIAL_SHOP
from test_shop import LANGUAGES, title, unfolded
from visiting import lose_network, regain_network
from words import Words

SHANGHAI = ZoneInfo("Asia/Shanghai")


# Opening.

@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_was_opened_once_opens_again_and_says_that_it_is_a_copy(visit, site, lang):
    say = Words(lang)
    before = now()
    page = kept(visit(MERCHANT, SHOP, lang=lang))
    times = [time.astimezone(SHANGHAI) for time in [before, now()]]
    lose_network(page.context)
    page.context.clock.set_fixed_time(now() + timedelta(hours=30))
    page = reopened(page)
    copy = page.get_by_role("status").filter(has_text=say.copy)
    copy.wait_for()
    said = copy.inner_text()
    assert say["no network"] in said
    dates = [f"{time.year}/{time.month}/{time.day}" if lang == "zh" else f"{time:%d/%m/%Y}" for time in times]
    assert any(date in said and f"{time:%H:%M}" in said for date, time in zip(dates, times)), said
    assert page.locator("section.next h2").inner_text() == title("free", lang)
    assert page.locator("main").evaluate("(main) => getComputedStyle(main).maxWidth") != "none", "it looks like itself"


def test_what_others_did_shows_when_the_network_is_back(visit, site):
    page = kept(visit(MERCHANT, SHOP))
    lose_network(page.context)
    page.reload()
    copy = page.get_by_role("status").filter(has_text="副本")
    copy.wait_for()
    site.run("tick", TRIAL_SHOP, "free", by=LEAD)
    # A phone often says that it is back before it really is.
    page.context.route(f"**{SHOP}", lambda route: route.abort(), times=1)
    regain_network(page.context)
    copy.wait_for(state="detached")
    assert page.locator("section.next h2").inner_text() != "随时可做"


def test_what_was_never_opened_says_so_and_opens_later(visit):
    page = kept(visit(MERCHANT, SHOP))
    lose_network(page.context)
    page.goto("/shops")
    assert page.get_by_role("heading", level=1).inner_text() == "没有网络"
    again = page.get_by_role("button", name="再试一次")
    regain_network(page.context)
    again.click()
    page.get_by_role("table").wait_for()


def test_a_links_page_works_the_same_way(visit, site):
    page = kept(visit.through_link(TRIAL_SHOP, name="小陈"))
    lose_network(page.context)
    page = reopened(page)
    tick_next(page)
    page = reopened(page)
    waiting(page).wait_for()
    come_back(page)
    [event] = events(site, "free")
    assert (event["by"], event["channel"], event["login"]) == ("小陈", "link", "link:1")


def test_a_link_that_was_revoked_leaves_nothing_behind(visit, site):
    page = kept(visit.through_link(TRIAL_SHOP))
    visit.watched(page).expected += ("410",)
    site.run("link", "revoke", TRIAL_SHOP, "1")
    assert page.reload().status == 410
    lose_network(page.context)
    page.reload()
    assert page.get_by_role("heading", level=1).inner_text() == "没有网络"
    assert "晨光文具" not in page.locator("body").inner_text()


# Ticking.

@pytest.mark.parametrize("lang", LANGUAGES)
def test_ticks_wait_survive_and_are_sent_with_their_time(visit, site, lang):
    page = kept(visit(MERCHANT, SHOP, lang=lang))
    lose_network(page.context)
    tapped = now() - timedelta(minutes=7)
    page.context.clock.set_fixed_time(tapped)
    tick_next(page, lang)
    assert title("free", lang) in waiting(page, lang).inner_text()
    page.reload()
    assert title("free", lang) in waiting(page, lang).inner_text()
    page = reopened(page)
    assert title("free", lang) in waiting(page, lang).inner_text()
    assert events(site, "free") == []
    back = now()
    page.context.clock.set_fixed_time(back)
    come_back(page, lang)
    [event] = events(site, "free")
    assert event["kind"] == "item-ticked" and event["by"] == MERCHANT
    assert moment(event["at"]) == tapped and moment(event["recorded_at"]) >= back
    assert moment(site.program.items(TRIAL_SHOP)["free"]["changed_at"]) == tapped
    page.wait_for_function("(next) => document.querySelector('section.next h2').textContent !== next",
                           arg=title("free", lang))


def test_a_tick_whose_answer_was_lost_arrives_once(visit, site):
    page = kept(visit(MERCHANT, SHOP))
    lost = []

    def lose(route):
        lost.append(route.fetch().status)
        route.abort()

    page.route("**/items/free/tick", lose, times=1)
    with page.expect_event("requestfailed"):
        tick_next(page)
    waiting(page).wait_for()
    assert lost == [200] and len(events(site, "free")) == 1
    with page.expect_response("**/items/free/tick") as sent:
        page.get_by_role("button", name="现在发送").click()
    assert sent.value.status == 200
    waiting(page).wait_for(state="detached")
    assert [event["kind"] for event in events(site, "free")] == ["item-ticked"]
    assert refused(page).count() == 0


def test_a_photo_waits_too(visit, site):
    page = kept(visit(MERCHANT, SHOP))
    lose_network(page.context)
    picture = bytes.fromhex("89504e470d0a1a0a") + bytes(range(256)) * 100
    place = unfolded(page, "filed")
    place.locator("input[type=file]").set_input_files(
        {"name": "门头 1.png", "mimeType": "image/png", "buffer": picture})
    place.locator("form[action$=tick]").get_by_role("button", name="完成", exact=True).click()
    waiting(page).wait_for()
    page = reopened(page)
    waiting(page).wait_for()
    come_back(page)
    page.goto(SHOP)
    address = unfolded(page, "filed").get_by_role("link", name="门头 1").evaluate("(link) => link.href")
    assert page.request.get(address).body() == picture


def test_a_phone_whose_clock_is_ahead_ticks_now(visit, site):
    page = kept(visit(MERCHANT, SHOP))
    lose_network(page.context)
    page.context.clock.set_fixed_time(now() + timedelta(hours=3))
    tick_next(page)
    back = now()
    come_back(page)
    [event] = events(site, "free")
    assert back <= moment(event["at"]) <= now() + timedelta(seconds=1)
    assert event["at"] == event["recorded_at"]


def test_a_tick_without_a_network_has_its_own_time_however_soon_it_is_sent(visit, site):
    page = kept(visit(MERCHANT, SHOP))
    lose_network(page.context)
    tapped = now() - timedelta(minutes=7)
    page.context.clock.set_fixed_time(tapped)
    tick_next(page)
    come_back(page)
    [event] = events(site, "free")
    assert moment(event["at"]) == tapped


def test_what_is_taken_back_before_it_was_sent_is_never_sent(visit, site):
    page = kept(visit(MERCHANT, SHOP))
    lose_network(page.context)
    tick_next(page)
    page.get_by_role("status").get_by_role("button", name="撤销").click()
    waiting(page).wait_for(state="detached")
    tick_with_note(unfolded(page, "noted"), "这个要发")
    waiting(page).wait_for()
    come_back(page)
    assert len(events(site, "noted")) == 1, "what was done after it is sent"
    assert events(site, "free") == []


def test_with_a_network_nothing_is_said_to_wait(visit, site):
    page = visit(MERCHANT, SHOP)
    page.evaluate("""() => {
      window.said = [];
      const look = () => {
        for (const one of document.querySelectorAll('[role=status]')) window.said.push(one.textContent);
      };
      new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
    }""")
    with page.expect_response("**/items/free/tick"):
        page.locator("section.next").get_by_role("button", name="完成", exact=True).click()
    page.get_by_role("status").filter(has_text="已完成").get_by_role("button", name="撤销").wait_for()
    said = page.evaluate("window.said")
    assert any("已完成" in text for text in said)
    assert [text for text in said if "待发送" in text] == []


# What somebody else did meanwhile.

def test_what_somebody_else_ticked_meanwhile_is_said(visit, site):
    page = kept(visit(MERCHANT, SHOP, lang="en"))
    lose_network(page.context)
    tick_next(page, "en")
    site.run("tick", TRIAL_SHOP, "free", by=LEAD)
    regain_network(page.context)
    page.get_by_role("status").filter(has_text=f"{LEAD} did “{title('free', 'en')}” already, at").wait_for()
    waiting(page, "en").wait_for(state="detached")
    assert [event["by"] for event in events(site, "free")] == [LEAD]


def test_what_was_refused_stays_with_what_was_given_until_it_is_dismissed(visit, site):
    page = kept(visit(MERCHANT, SHOP))
    visit.watched(page).expected += ("409",)
    lose_network(page.context)
    tick_with_note(unfolded(page, "noted"), "对过两遍，共 32 件")
    waiting(page).wait_for()
    site.run("stop", TRIAL_SHOP, "--run", "1", "--reason", "重新来过", by=LEAD)
    regain_network(page.context)
    refused(page).wait_for()
    page = reopened(page)
    problem = refused(page)
    problem.wait_for()
    assert title("noted", "zh") in problem.inner_text() and "对过两遍，共 32 件" in problem.inner_text()
    assert waiting(page).count() == 0
    problem.get_by_role("button", name="知道了").click()
    problem.wait_for(state="detached")
    page.reload()
    page.wait_for_load_state("networkidle")
    assert problem.count() == 0
    assert events(site, "noted") == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_was_refused_can_be_tried_again(visit, site, lang):
    say = Words(lang)
    page = kept(visit(MERCHANT, SHOP, lang=lang))
    visit.watched(page).expected += ("409",)
    lose_network(page.context)
    tick_with_note(unfolded(page, "second"), "两步一起做的", lang)
    waiting(page, lang).wait_for()
    site.run("untick", TRIAL_SHOP, "first", "--reason", "没做好", by=LEAD)
    regain_network(page.context)
    problem = refused(page, lang)
    problem.wait_for()
    assert title("second", lang) in problem.inner_text() and "两步一起做的" in problem.inner_text()
    assert title("first", lang) in problem.inner_text(), "it says what it waits for, by its title"
    site.run("tick", TRIAL_SHOP, "first", by=LEAD)
    with page.expect_response("**/items/second/tick"):
        problem.get_by_role("button", name=say["try again"]).click()
    problem.wait_for(state="detached")
    item = site.program.items(TRIAL_SHOP)["second"]
    assert (item["state"], item["note"], item["changed_by"]) == ("done", "两步一起做的", MERCHANT)


def test_the_photo_of_a_tick_that_was_refused_is_kept_here_and_not_there(visit, site):
    page = kept(visit(MERCHANT, SHOP))
    visit.watched(page).expected += ("409", "404")
    lose_network(page.context)
    picture = bytes.fromhex("89504e470d0a1a0a") + bytes(range(256))
    place = unfolded(page, "second")
    place.locator("input[type=file]").set_input_files(
        {"name": "证据.png", "mimeType": "image/png", "buffer": picture})
    place.locator("form[action$=tick]").get_by_role("button", name="完成", exact=True).click()
    waiting(page).wait_for()
    site.run("untick", TRIAL_SHOP, "first", "--reason", "没做好", by=LEAD)
    regain_network(page.context)
    problem = refused(page)
    problem.wait_for()
    assert "证据.png" in problem.inner_text()
    address = f"{SHOP}files/{hashlib.sha256(picture).hexdigest()}"
    assert page.request.get(address).status == 404, "nothing refers to it, so nobody could ever delete it"
    site.run("tick", TRIAL_SHOP, "first", by=LEAD)
    with page.expect_response("**/items/second/tick"):
        problem.get_by_role("button", name="再试一次").click()
    problem.wait_for(state="detached")
    assert page.request.get(address).body() == picture
