"""Ticks that the server takes no more of for now, or that are too much for it."""

import json

import pytest

from offline import SHOP, events, expect_no_network, now, moment, refused, tick_next, tick_with_note, waiting
from site_store import MERCHANT
from test_shop import LANGUAGES, title, unfolded

# What a page's worker lets pass isn't always seen where a test answers in the server's place.
ROUTED = {"service_workers": "block"}
REASON = {"zh": "这个链接一分钟内的改动太多", "en": "too many changes by this link within a minute"}


def answer(status: int, lang: str, **headers: str):
    """What a quota answers, once."""
    def fulfil(route):
        route.fulfill(
            status=status, headers={"Content-Type": "application/problem+json", **headers},
            body=json.dumps({"type": "about:blank", "title": "…", "status": status, "detail": REASON[lang]}))
    return fulfil


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_put_off_says_why_and_is_sent_when_its_time_has_come(visit, site, lang):
    context = visit.context(MERCHANT, lang=lang, **ROUTED)
    expect_no_network(context.new_page())
    context.watched.expected += ("429",)
    page = context.pages[0]
    page.clock.install()
    visit.go(page, SHOP)
    page.route("**/items/free/tick", answer(429, lang, **{"Retry-After": "1800"}), times=1)
    tapped = now()
    tick_next(page, lang)
    said = waiting(page, lang).filter(has_text=REASON[lang])
    said.wait_for()
    assert title("free", lang) in said.inner_text()
    again = page.evaluate("(zh) => new Date(Date.now() + 1800000).toLocaleTimeString(zh ? 'zh-CN' : 'en-GB')", lang == "zh")
    assert again[:-3] in said.inner_text(), "it says when"
    assert said.get_by_role("button").count() == 0
    tick_with_note(unfolded(page, "noted"), "也在等", lang)
    page.clock.fast_forward(60_000)
    page.evaluate("() => { dispatchEvent(new Event('online')); }")
    said.filter(has_text=title("noted", lang)).wait_for()
    assert events(site, "free") == [] and events(site, "noted") == [], "nothing is sent before"
    page.clock.fast_forward(1_800_000)
    waiting(page, lang).wait_for(state="detached")
    [event] = events(site, "free")
    assert event["by"] == MERCHANT and abs((moment(event["at"]) - tapped).total_seconds()) < 15
    assert len(events(site, "noted")) == 1


def test_what_was_put_off_can_be_taken_back(visit, site):
    page = visit(MERCHANT, SHOP, **ROUTED)
    visit.watched(page).expected += ("429",)
    page.route("**/items/free/tick", answer(429, "zh", **{"Retry-After": "1800"}), times=1)
    tick_next(page)
    waiting(page).filter(has_text=REASON["zh"]).wait_for()
    page.get_by_role("status").get_by_role("button", name="撤销").click()
    waiting(page).wait_for(state="detached")
    page.reload()
    page.wait_for_load_state("networkidle")
    assert events(site, "free") == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_too_much_is_shown_with_what_was_given(visit, site, lang):
    page = visit(MERCHANT, SHOP, lang=lang, **ROUTED)
    visit.watched(page).expected += ("413",)
    page.route("**/items/filed/tick", answer(413, lang), times=1)
    place = unfolded(page, "filed")
    place.locator("input[type=file]").set_input_files(
        {"name": "证据.png", "mimeType": "image/png", "buffer": bytes.fromhex("89504e470d0a1a0a") + bytes(256)})
    place.locator("form[action$=tick] button").last.click()
    problem = refused(page, lang)
    problem.wait_for()
    assert REASON[lang] in problem.inner_text() and "证据.png" in problem.inner_text()
    assert waiting(page, lang).count() == 0
    with page.expect_response("**/items/filed/tick") as sent:
        problem.get_by_role("button", name={"zh": "再试一次", "en": "Try again"}[lang]).click()
    assert sent.value.status == 200
    problem.wait_for(state="detached")
    assert [event["kind"] for event in events(site, "filed")] == ["item-ticked"]
