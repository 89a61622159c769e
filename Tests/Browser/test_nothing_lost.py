"""Whatever is typed or photographed on a page is sent, waits to be sent, or is shown: it is never lost without a word."""

import hashlib
from datetime import timedelta

import pytest

from offline import SHOP, come_back, events, kept, moment, now, refused, tick_next, tick_with_note, waiting
from site_store import LEAD, MERCHANT, TRIAL_SHOP
from test_shop import LANGUAGES, card, state, submit, title, unfolded
from visiting import DESK, lose_network, regain_network
from web import ago
from words import Words

PICTURE = bytes.fromhex("89504e470d0a1a0a") + bytes(range(256)) * 100
ARCHIVE = b"PK" + bytes(12_000_000)


def choose(place, name: str, kind: str, content: bytes) -> None:
    place.locator("input[type=file]").set_input_files({"name": name, "mimeType": kind, "buffer": content})


def press_done(place, lang="zh") -> None:
    place.locator("form[action$=tick]").get_by_role("button", name=Words(lang).done, exact=True).click()


def not_sent(page, lang="zh"):
    """What came too late, with what was given."""
    return page.get_by_role("alert").filter(has_text={"zh": "你填的没有发送", "en": "What you gave wasn’t sent"}[lang])


# Somebody else was first.

@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_note_and_a_photo_that_came_too_late_stay_until_somebody_decides(visit, site, lang):
    page = kept(visit(MERCHANT, SHOP, lang=lang))
    lose_network(page.context)
    place = unfolded(page, "any" if state(site, "any") == "pending" else "filed")
    choose(place, "门头.png", "image/png", PICTURE)
    place.locator("form[action$=tick] textarea").fill("18:20 看过")
    press_done(place, lang)
    waiting(page, lang).wait_for()
    site.program.write("first.txt", "x")
    site.run("tick", TRIAL_SHOP, "filed", "--proof", "first.txt", by=LEAD)
    regain_network(page.context)
    problem = not_sent(page, lang)
    problem.wait_for()
    page.reload()
    problem.wait_for()
    said = problem.inner_text()
    assert LEAD in said and "18:20 看过" in said and "门头.png" in said and title("filed", lang) in said
    with page.expect_download() as saved:
        problem.get_by_role("button", name={"zh": "保存文件", "en": "Save the file"}[lang]).click()
    assert saved.value.path().read_bytes() == PICTURE
    with page.expect_response("**/items/filed/note"):
        problem.get_by_role("button", name={"zh": "留作备注", "en": "Keep it as a note"}[lang]).click()
    problem.wait_for(state="detached")
    assert [event["kind"] for event in events(site, "filed")] == ["item-ticked", "item-noted"]
    assert "18:20 看过" in site.program.items(TRIAL_SHOP)["filed"]["note"]


def test_what_came_too_late_can_be_dropped(visit, site):
    page = kept(visit(MERCHANT, SHOP))
    lose_network(page.context)
    tick_with_note(unfolded(page, "noted"), "我也看过")
    waiting(page).wait_for()
    site.run("tick", TRIAL_SHOP, "noted", "--note", "先看的", by=LEAD)
    regain_network(page.context)
    problem = not_sent(page)
    problem.get_by_role("button", name="不要了").click()
    problem.wait_for(state="detached")
    page.reload()
    page.wait_for_load_state("networkidle")
    assert not_sent(page).count() == 0 and len(events(site, "noted")) == 1


# The page's newest state takes the place of a form.

def test_a_chosen_file_outlives_the_page_being_brought_up_to_date(visit, site):
    page = visit(MERCHANT, SHOP)
    place = unfolded(page, "filed")
    choose(place, "门头.png", "image/png", PICTURE)
    submit(page, page.locator("section.next"), "完成")
    place = unfolded(page, "filed")
    assert place.locator("input[type=file]").evaluate("(field) => field.files[0]?.name") == "门头.png"
    submit(page, place.locator("form[action$=tick]"), "完成")
    assert site.program.items(TRIAL_SHOP)["filed"]["proof"]["sha256"] == hashlib.sha256(PICTURE).hexdigest()


def test_what_was_typed_where_nothing_can_be_typed_any_more_stays(visit, site):
    page = visit(MERCHANT, SHOP)
    unfolded(page, "noted").locator("form[action$=tick] textarea").fill("写了一半")
    site.run("tick", TRIAL_SHOP, "noted", "--note", "先看的", by=LEAD)
    page.get_by_role("status").get_by_role("button", name="显示").click()
    problem = not_sent(page)
    problem.wait_for()
    assert "写了一半" in problem.inner_text() and title("noted", "zh") in problem.inner_text()


# Nothing is said to be done before it is.

def test_done_is_said_by_the_server_alone(visit, site):
    page = kept(visit(MERCHANT, SHOP))
    lose_network(page.context)
    tick_next(page)
    toast = page.locator(".toast")
    assert "完成" not in toast.inner_text() and "联网后发送" in toast.inner_text()
    look = card(page, "free").locator("h2, b").first.evaluate("(title) => getComputedStyle(title).textDecorationLine")
    assert look == "none", "it isn't struck out"
    regain_network(page.context)
    toast.filter(has_text="已完成").wait_for()
    assert len(events(site, "free")) == 1


def test_the_same_tick_through_many_tabs_of_a_browser(visit, site):
    """A browser holds six connections to a server: a stream for each page would leave none for a tick."""
    context = visit.context(LEAD, width=DESK)
    tabs = []
    for number in range(9):
        page = context.new_page()
        visit.go(page, [SHOP, "/shops", "/shops/s-001/"][number % 3])
        tabs.append(page)
    with tabs[0].expect_response("**/items/free/tick"):
        tabs[0].locator("section.next").get_by_role("button", name="完成", exact=True).click()
    tabs[6].wait_for_function("(next) => document.querySelector('section.next h2').textContent !== next",
                              arg=title("free", "zh"))
    assert len(events(site, "free")) == 1


# Files.

@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_large_archive_is_named_with_its_digest_and_stays_on_the_device(visit, site, lang):
    page = visit(MERCHANT, SHOP, lang=lang)
    place = unfolded(page, "filed")
    choose(place, "客户资料.zip", "application/zip", ARCHIVE)
    keep = place.locator("input[name=keep][type=checkbox]")
    assert not keep.is_checked() and keep.is_disabled()
    assert "10 MB" in place.locator("[data-digest-shown]").inner_text()
    with page.expect_response("**/items/filed/tick") as sent:
        press_done(place, lang)
    assert len(sent.value.request.post_data_buffer) < 1000
    proof = site.program.items(TRIAL_SHOP)["filed"]["proof"]
    assert (proof["file"], proof["size"], proof["sha256"]) == (
        "客户资料.zip", len(ARCHIVE), hashlib.sha256(ARCHIVE).hexdigest())
    page.goto(SHOP)
    place = unfolded(page, "filed")
    assert {"zh": "没有存到这里", "en": "not kept here"}[lang] in place.inner_text()
    assert place.locator("a[href*='files/']").count() == 0


def test_what_a_lead_cannot_look_at_is_kept_only_where_that_is_wanted(visit, site):
    page = visit(MERCHANT, SHOP)
    place = unfolded(page, "filed")
    keep = place.locator("input[name=keep][type=checkbox]")
    choose(place, "门头.png", "image/png", PICTURE)
    assert keep.is_checked()
    choose(place, "订单.csv", "text/csv", b"1,2\n")
    assert not keep.is_checked()
    keep.check()
    submit(page, place.locator("form[action$=tick]"), "完成")
    page.goto(SHOP)
    unfolded(page, "filed").get_by_role("link", name="订单.csv").wait_for()


def test_an_empty_file_is_asked_for_again(visit, site):
    page = visit(MERCHANT, SHOP)
    place = unfolded(page, "filed")
    choose(place, "空.png", "image/png", b"")
    press_done(place)
    assert "空的" in place.locator("input[type=file]").evaluate("(field) => field.validationMessage")
    assert state(site, "filed") == "pending"


def test_a_slow_upload_shows_how_far_it_is_and_others_pass_it(visit, site):
    page = visit(MERCHANT, SHOP)
    throttle = page.context.new_cdp_session(page)
    throttle.send("Network.enable")
    throttle.send("Network.emulateNetworkConditions", {
        "offline": False, "latency": 20, "downloadThroughput": 1_000_000, "uploadThroughput": 400_000})
    place = unfolded(page, "filed")
    choose(place, "大图.png", "image/png", bytes.fromhex("89504e470d0a1a0a") + bytes(6_000_000))
    press_done(place)
    bar = page.get_by_role("progressbar")
    bar.wait_for()
    tick_with_note(unfolded(page, "noted"), "先到")
    page.get_by_role("status").filter(has_text="已完成“要备注”").wait_for()
    page.wait_for_function("() => document.querySelector('progress')?.value > 5")
    assert state(site, "noted") == "done" and state(site, "filed") == "pending"
    throttle.send("Network.emulateNetworkConditions", {
        "offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1})
    bar.wait_for(state="detached")
    assert state(site, "filed") == "done"


# Clocks.

def test_a_phone_whose_clock_is_slow_ticks_at_the_runs_start(visit, site):
    page = kept(visit(MERCHANT, SHOP))
    lose_network(page.context)
    said = now() - timedelta(days=3)
    page.context.clock.set_fixed_time(said)
    tick_next(page)
    come_back(page)
    [event] = events(site, "free")
    [start] = [event for event in site.program.events(TRIAL_SHOP) if event["kind"] == "run-started"]
    assert event["at"] == start["switched_at"]
    assert abs((moment(event["told_at"]) - said).total_seconds()) < 2


# Browsers that lack something.

@pytest.mark.parametrize("missing", [
    "delete Element.prototype.replaceChildren", "delete SubmitEvent.prototype.submitter", "delete self.fetch",
    "delete CSS.escape", "delete Object.fromEntries"])
def test_a_browser_that_lacks_something_sends_forms_by_itself(visit, site, missing):
    context = visit.context(MERCHANT)
    context.add_init_script(missing)
    page = context.new_page()
    visit.go(page, SHOP)
    place = unfolded(page, "noted")
    place.locator("form[action$=tick] textarea").fill("旧手机")
    with page.expect_navigation():
        press_done(place)
    assert site.program.items(TRIAL_SHOP)["noted"]["note"] == "旧手机"
    assert page.get_by_role("status").filter(has_text="已完成").count() == 1


# A second person.

@pytest.mark.parametrize("javascript", [True, False])
def test_a_note_or_a_second_person_are_both_offered(visit, site, javascript):
    site.run("untick", TRIAL_SHOP, "either", "--reason", "重来")
    page = visit(MERCHANT, SHOP, javascript=javascript)
    place = unfolded(page, "either")
    press_done(place)
    assert place.locator("textarea:invalid").count() == 1, "without a note it isn't done by one alone"
    submit(page, place, "做好了，请另一个人确认")
    assert site.program.items(TRIAL_SHOP)["either"]["awaiting_confirmation"]["by"] == MERCHANT
    page = visit(LEAD, SHOP, width=DESK)
    submit(page, unfolded(page, "either"), "确认已做好")
    assert state(site, "either") == "done"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nobody_is_offered_to_confirm_by_the_link_that_ticked(visit, site, lang):
    site.run("untick", TRIAL_SHOP, "seen", "--reason", "重来")
    page = visit.through_link(TRIAL_SHOP, name="小陈", lang=lang)
    place = unfolded(page, "seen")
    submit(page, place.locator("form[action$=tick]"), Words(lang).done)
    page.goto(page.url + "name")
    page.get_by_role("textbox").fill("小林")
    page.locator("main").get_by_role("button").click()
    page.wait_for_selector("[data-live]")
    place = unfolded(page, "seen")
    assert place.get_by_role("button", name=Words(lang).confirm).count() == 0
    assert {"zh": "同一个链接", "en": "same link"}[lang] in place.inner_text()
    other = visit.through_link(TRIAL_SHOP, name="小林", lang=lang)
    submit(other, unfolded(other, "seen"), Words(lang).confirm)
    assert state(site, "seen") == "done"


# After the session's end.

def test_a_form_that_is_sent_after_the_sessions_end_comes_back_with_what_was_typed(visit, site):
    page = visit(LEAD, f"{SHOP}edit", width=DESK)
    visit.watched(page).expected += ("401",)
    page.locator("main input[name=name]").fill("写了很久的新名字")
    page.context.clear_cookies(name="switchlist-session")
    page.locator("main form button.do").first.click()
    page.get_by_role("link", name="登录，然后回到刚才的页面").click()
    page.get_by_label("名字").fill(LEAD)
    page.get_by_label("密码").fill("芝麻 gate 47 open")
    page.get_by_role("button", name="登录", exact=True).click()
    page.get_by_text("刚才填的内容还没有发送").wait_for()
    assert page.url.endswith(f"{SHOP}edit")
    assert page.locator("main input[name=name]").input_value() == "写了很久的新名字"
    page.locator("main form button.do").first.click()
    page.wait_for_load_state()
    assert "写了很久的新名字" in site.run("shop", "show", TRIAL_SHOP).stdout
    page.goto(f"{SHOP}edit")
    assert page.get_by_text("刚才填的内容还没有发送").count() == 0


def test_somebody_else_who_signs_in_next_is_not_shown_what_was_typed(visit, site):
    page = visit(LEAD, f"{SHOP}edit", width=DESK)
    visit.watched(page).expected += ("401",)
    page.locator("main input[name=name]").fill("别人的字")
    page.context.clear_cookies(name="switchlist-session")
    page.locator("main form button.do").first.click()
    page.get_by_role("link", name="登录，然后回到刚才的页面").click()
    page.get_by_label("名字").fill("管理员")
    page.get_by_label("密码").fill("芝麻 gate 47 open")
    page.get_by_role("button", name="登录", exact=True).click()
    page.wait_for_url(f"**{SHOP}edit")
    assert page.locator("main input[name=name]").input_value() == "晨光文具"


# On paper, and on a narrow screen.

@pytest.mark.parametrize("path", ["/shops", "/overdue", SHOP])
def test_a_list_is_printed(look, path):
    page = look(LEAD, path, width=DESK)
    rows = page.locator("tbody tr, .items > li")
    shown = rows.filter(visible=True).count()
    page.emulate_media(media="print")
    assert rows.filter(visible=True).count() == shown > 0
    assert page.locator("main button, main input, main select").filter(visible=True).count() == 0


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_said_of_the_network_takes_two_lines_at_most(visit, lang):
    page = kept(visit(MERCHANT, SHOP, lang=lang))
    lose_network(page.context)
    for item in ["noted", "second"]:
        tick_with_note(unfolded(page, item), "记一下", lang)
    tick_next(page, lang)
    # In one go, because what is said is made anew whenever something is tried.
    lines, height = page.evaluate("""(words) => {
      const notice = [...document.querySelectorAll('.said .notice')].find((one) => one.textContent.includes(words));
      const text = notice.querySelector('span');
      return [text.getBoundingClientRect().height / parseFloat(getComputedStyle(text).lineHeight),
        notice.getBoundingClientRect().height];
    }""", Words(lang)["waiting to be sent"])
    assert lines < 2.1 and height < 70
