"""A shop's page as a merchant works with it: alone on a phone, with a script and without."""

import re

import pytest

from site_store import (
    BOUND_SHOP, LEAD, MERCHANT, OTHER_MERCHANT, RECENT_SHOP, SHIPPED_SHOP, TRIAL_SHOP,
)
from visiting import DESK, PHONE
from words import Words

LANGUAGES = ["zh", "en"]
SCRIPTS = [True, False]
TITLES = {
    "free": ("随时可做", "Free to do"), "second": ("第二步", "Second step"), "third": ("第三步", "Third step"),
    "noted": ("要备注", "Asks for a note"), "linked": ("要链接", "Asks for a link"),
    "filed": ("要文件", "Asks for a file"), "seen": ("要第二个人", "Asks for a second person"),
    "first": ("第一步", "First step"),
}


def title(item: str, lang: str) -> str:
    return TITLES[item][lang == "en"]


def card(page, item: str, run: int = 1):
    """An item's place on the page."""
    return page.locator(f"#r{run}-{item}")


def unfolded(page, item: str, run: int = 1):
    """The same with what it hides shown; found and opened in one step, as the page may take in something newer."""
    page.evaluate("""(id) => {
        const place = document.getElementById(id);
        for (const fold of place.querySelectorAll('details')) fold.open = true;
        for (let at = place; at; at = at.parentElement) if (at.tagName === 'DETAILS') at.open = true;
    }""", f"r{run}-{item}")
    return card(page, item, run)


def state(site, item: str, shop=TRIAL_SHOP) -> str:
    return site.program.items(shop)[item]["state"]


def wait_for_state(page, site, item: str, wanted: str, shop=TRIAL_SHOP) -> None:
    """What was sent has arrived: the page says so, and then the store does too."""
    if page.locator("[data-live]").count() and page.evaluate("true"):
        page.wait_for_load_state("networkidle")
    assert state(site, item, shop) == wanted


def submit(page, place, button: str) -> None:
    """Presses a button that sends something, and waits until it is answered and the page shows what came of it."""
    page.evaluate("for (const part of document.querySelector('main').children) part.dataset.old = ''")
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        place.get_by_role("button", name=button, exact=True).first.click()
    page.wait_for_load_state()
    page.locator("main > [data-old]").first.wait_for(state="detached")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("javascript", SCRIPTS)
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_one_tap_ticks_and_another_undoes_it(visit, site, lang, javascript, width):
    say = Words(lang)
    page = visit(MERCHANT, f"/shops/{TRIAL_SHOP}/", lang=lang, javascript=javascript, width=width)
    following = page.locator("section.next")
    assert following.get_by_role("heading", level=2).inner_text() == title("free", lang)
    submit(page, following, say.done)
    assert state(site, "free") == "done"
    assert page.locator("section.next").get_by_role("heading", level=2).inner_text() != title("free", lang)
    submit(page, page.get_by_role("status"), say.undo)
    assert state(site, "free") == "pending"
    assert page.locator("section.next").get_by_role("heading", level=2).inner_text() == title("free", lang)


@pytest.mark.parametrize("javascript", SCRIPTS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_note_as_proof(visit, site, lang, javascript):
    say = Words(lang)
    page = visit(MERCHANT, f"/shops/{TRIAL_SHOP}/", lang=lang, javascript=javascript)
    place = unfolded(page, "noted")
    place.locator("form[action$=tick]").get_by_label(say.note).fill("对过两遍，一共 32 件")
    submit(page, place.locator("form[action$=tick]"), say.done)
    item = site.program.items(TRIAL_SHOP)["noted"]
    assert item["state"] == "done" and item["note"] == "对过两遍，一共 32 件" and item["changed_by"] == MERCHANT


@pytest.mark.parametrize("javascript", SCRIPTS)
def test_a_proof_that_is_missing_is_asked_for(visit, site, javascript):
    """The browser asks, before anything is sent."""
    page = visit(MERCHANT, f"/shops/{TRIAL_SHOP}/", javascript=javascript)
    place = unfolded(page, "noted")
    place.locator("form[action$=tick]").get_by_role("button", name="完成", exact=True).click()
    assert place.locator("textarea:invalid").count() == 1
    assert state(site, "noted") == "pending"


@pytest.mark.parametrize("javascript", SCRIPTS)
def test_a_link_as_proof(visit, site, javascript):
    page = visit(MERCHANT, f"/shops/{TRIAL_SHOP}/", javascript=javascript)
    place = unfolded(page, "linked")
    place.locator("form[action$=tick]").get_by_label("链接").fill("https://example.com/p?a=1&b=店")
    submit(page, place.locator("form[action$=tick]"), "完成")
    proof = site.program.items(TRIAL_SHOP)["linked"]["proof"]
    assert "https://example.com/p" in str(proof)


@pytest.mark.parametrize("javascript", SCRIPTS)
def test_a_photo_as_proof_is_kept_and_opens_again(visit, site, javascript):
    page = visit(MERCHANT, f"/shops/{TRIAL_SHOP}/", javascript=javascript)
    picture = bytes.fromhex("89504e470d0a1a0a") + bytes(range(256)) * 400
    place = unfolded(page, "filed")
    place.locator("input[type=file]").set_input_files(
        {"name": "照片 1.png", "mimeType": "image/png", "buffer": picture})
    submit(page, place.locator("form[action$=tick]"), "完成")
    assert state(site, "filed") == "done"
    page.goto(f"/shops/{TRIAL_SHOP}/")
    address = unfolded(page, "filed").get_by_role("link", name=re.compile("照片 1")).get_attribute("href")
    answer = page.request.get(page.evaluate("(to) => new URL(to, document.baseURI).href", address))
    assert answer.body() == picture
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_file_that_is_too_large_is_refused_in_words_without_the_script(visit, site):
    page = visit(MERCHANT, f"/shops/{TRIAL_SHOP}/", javascript=False)
    visit.watched(page).expected = ("413", "ERR_CONNECTION")
    place = unfolded(page, "filed")
    place.locator("input[type=file]").set_input_files(
        {"name": "a.mp4", "mimeType": "video/mp4", "buffer": bytes(10 * 1024 * 1024 + 1)})
    place.locator("form[action$=tick]").get_by_role("button", name="完成", exact=True).click()
    page.get_by_role("alert").filter(has_text="10 MB").wait_for()
    assert state(site, "filed") == "pending"


@pytest.mark.parametrize("javascript", SCRIPTS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_cannot_be_done_and_then_it_can(visit, site, lang, javascript):
    say = Words(lang)
    page = visit(MERCHANT, f"/shops/{TRIAL_SHOP}/", lang=lang, javascript=javascript)
    place = unfolded(page, "second")
    place.locator("form[action$=block]").get_by_label(say.reason).fill("仓库停电")
    submit(page, place.locator("form[action$=block]"), say.block)
    assert state(site, "second") == "blocked"
    place = unfolded(page, "second")
    assert "仓库停电" in place.inner_text()
    submit(page, place, say.unblock)
    assert state(site, "second") == "pending"


@pytest.mark.parametrize("javascript", SCRIPTS)
def test_it_need_not_be_done(visit, site, javascript):
    page = visit(MERCHANT, f"/shops/{TRIAL_SHOP}/", javascript=javascript)
    place = unfolded(page, "noted")
    place.locator("form[action$=block]").get_by_label("原因").fill("本店没有")
    submit(page, place.locator("form[action$=block]"), "跳过")
    assert state(site, "noted") == "skipped"


def test_what_is_critical_only_a_lead_skips(visit, site):
    site.run("untick", TRIAL_SHOP, "first", "--reason", "再看看")
    page = visit(MERCHANT, f"/shops/{TRIAL_SHOP}/")
    assert unfolded(page, "first").get_by_role("button", name="跳过").count() == 0
    page = visit(LEAD, f"/shops/{TRIAL_SHOP}/", width=DESK)
    place = unfolded(page, "first")
    place.locator("form[action$=block]").get_by_label("原因").fill("总部已办")
    submit(page, place.locator("form[action$=block]"), "跳过")
    assert state(site, "first") == "skipped"


@pytest.mark.parametrize("javascript", SCRIPTS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_second_person_confirms_on_the_same_page(visit, site, lang, javascript):
    say = Words(lang)
    page = visit(MERCHANT, f"/shops/{TRIAL_SHOP}/", lang=lang, javascript=javascript)
    place = unfolded(page, "seen")
    assert OTHER_MERCHANT in place.inner_text(), "who ticked it stands there"
    submit(page, place, say.confirm)
    item = site.program.items(TRIAL_SHOP)["seen"]
    assert item["state"] == "done" and item["changed_by"] == MERCHANT


def test_nobody_confirms_what_they_ticked_themselves(visit, site):
    site.run("untick", TRIAL_SHOP, "seen", "--reason", "重来")
    page = visit(MERCHANT, f"/shops/{TRIAL_SHOP}/")
    submit(page, unfolded(page, "seen").locator("form[action$=tick]"), "完成")
    assert site.program.items(TRIAL_SHOP)["seen"]["awaiting_confirmation"]["by"] == MERCHANT
    page.goto(f"/shops/{TRIAL_SHOP}/")
    place = unfolded(page, "seen")
    assert place.get_by_role("button", name="确认已做好").count() == 0
    assert "另一个人" in place.inner_text()
    submit(page, place, "撤回勾选")
    assert site.program.items(TRIAL_SHOP)["seen"]["awaiting_confirmation"] is None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_waits_says_for_what(look, lang):
    page = look(MERCHANT, f"/shops/{TRIAL_SHOP}/", lang=lang)
    place = unfolded(page, "third")
    assert Words(lang).waits + title("second", lang) in place.inner_text().replace("\n", "")
    assert place.locator("form[action$=tick]").count() == 0


def test_what_is_late_comes_first_and_is_said_in_words_and_as_a_time(look):
    page = look(MERCHANT, f"/shops/{TRIAL_SHOP}/")
    following = page.locator("section.next")
    assert "逾期" in following.locator(".due").inner_text()
    assert following.locator("time[datetime]").count() >= 1


def test_steps_and_reasons_are_there_to_read(look):
    page = look(MERCHANT, f"/shops/{SHIPPED_SHOP}/")
    following = page.locator("section.next")
    assert following.locator("ol.steps > li").count() >= 2
    following.get_by_text("为什么、怎样算做好").click()
    assert following.get_by_text("为什么：").first.is_visible()


# The switch.

@pytest.mark.parametrize("javascript", SCRIPTS)
def test_a_switch_from_plan_to_rebinding(visit, site, javascript):
    page = visit(MERCHANT, f"/shops/{BOUND_SHOP}/", javascript=javascript)
    fold(page, "计划换绑")
    page.get_by_label("新账号", exact=True).fill("laodian_new")
    for box in page.locator("input[name=confirmed]").all():
        box.check()
    submit(page, page.locator("form[action='switch/plan']"), "记下计划")
    assert site.run("switch", "show", BOUND_SHOP, "--format", "json").json["switch"]["state"] == "planned"
    fold(page, "已经解绑了？")
    submit(page, page.locator("form[action='switch/unbind']"), "记下：已解绑")
    assert page.locator("ol.path [aria-current=step]").inner_text().startswith("等待期")
    assert page.locator("time[data-until]").count() == 1
    visit.watched(page).expected = ("409",)
    fold(page, "已经重新绑定了？")
    submit(page, page.locator("form[action='switch/rebind']"), "记下：已重新绑定")
    problem = page.get_by_role("alert")
    assert "还在等待期：" in problem.inner_text() and "（通常要等 7 天，" in problem.inner_text(), problem.inner_text()
    assert site.run("switch", "show", BOUND_SHOP, "--format", "json").json["switch"]["state"] == "unbound"
    assert problem.get_by_label("原因").count() == 0, "a merchant can't override a rule"


def test_a_lead_overrides_a_rule_with_a_reason(visit, site):
    page = visit(LEAD, f"/shops/{RECENT_SHOP}/", width=DESK)
    visit.watched(page).expected = ("409",)
    fold(page, "换绑")
    fold(page, "计划换绑")
    page.get_by_label("新账号", exact=True).fill("ganggang_2")
    for box in page.locator("input[name=confirmed]").all():
        box.check()
    submit(page, page.locator("form[action='switch/plan']").first, "记下计划")
    problem = page.get_by_role("alert")
    assert "离上次绑定还不到 30 天：" in problem.inner_text()
    problem.locator("summary").first.click()
    problem.locator("input[name=reason]").fill("账号被盗，必须马上换")
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        problem.get_by_role("button").last.click()
    page.wait_for_load_state()
    shown = site.run("switch", "show", RECENT_SHOP, "--format", "json").json["switch"]
    assert shown["state"] == "planned"
    assert "账号被盗" in page.locator("main").inner_text()


def test_the_cool_down_counts_down(look):
    page = look(MERCHANT, f"/shops/{SHIPPED_SHOP}/")
    left = page.locator("time[data-until]")
    assert re.search(r"\d+ 天", left.inner_text())
    until = left.get_attribute("data-until")
    assert until == left.get_attribute("datetime")
    page.clock.install()
    page.reload()
    page.clock.fast_forward("26:00:00")
    before = int(re.search(r"(\d+) 天", left.inner_text())[1])
    page.clock.fast_forward("26:00:00")
    assert int(re.search(r"(\d+) 天", left.inner_text())[1]) < before


def fold(page, name: str) -> None:
    """Opens what is folded, and what that is folded into."""
    page.evaluate("""(name) => {
        let at = [...document.querySelectorAll('summary')].find((summary) => summary.textContent.includes(name));
        for (; at; at = at.parentElement) if (at.tagName === 'DETAILS') at.open = true;
    }""", name)


# A lead's tools.

def test_a_lead_assigns_and_moves_a_due_time(visit, site):
    page = visit(LEAD, f"/shops/{TRIAL_SHOP}/", width=DESK)
    unfolded(page, "noted").get_by_role("link", name="指派、改截止时间、备注").click()
    page.wait_for_url("**manage=*")
    place = unfolded(page, "noted")
    place.locator("form[action$=assign] input[name=owner]").fill("仓库")
    submit(page, place.locator("form[action$=assign]"), "指派")
    assert site.program.items(TRIAL_SHOP)["noted"]["owner"] == "仓库"
    page.goto(f"/shops/{TRIAL_SHOP}/?manage=r1-noted")
    place = unfolded(page, "noted")
    moving = place.locator("form[action$=due]")
    moving.locator("input[name=due]").fill("2027-01-05T18:00")
    moving.locator("input[name=reason]").fill("元旦放假")
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        moving.get_by_role("button").first.click()
    page.wait_for_load_state()
    assert site.program.items(TRIAL_SHOP)["noted"]["due_at"] == "2027-01-05T10:00:00Z"


def test_a_lead_starts_and_stops_a_checklist(visit, site):
    page = visit(LEAD, f"/shops/{BOUND_SHOP}/", width=DESK)
    fold(page, "开始或停止清单")
    page.locator("form[action=runs] select").select_option("trial")
    submit(page, page.locator("form[action=runs]"), "开始")
    assert [run["checklist"] for run in site.program.status(BOUND_SHOP)["runs"]] == ["trial"]
    fold(page, "开始或停止清单")
    stopping = page.locator("form[action='runs/1/stop']")
    stopping.locator("input[name=reason]").fill("开错了")
    submit(page, stopping, "停止")
    assert site.program.status(BOUND_SHOP, "--run", "1")["runs"][0]["state"] == "stopped"


@pytest.mark.parametrize("shop", [SHIPPED_SHOP])
def test_several_checklists_stand_under_their_titles(look, shop):
    page = look(MERCHANT, f"/shops/{shop}/")
    runs = look.site.program.status(shop, lang="zh")["runs"]
    if len(runs) > 1:
        headings = page.get_by_role("heading", level=2).all_inner_texts()
        assert any(run["title"] in headings for run in runs)
    assert page.locator("section.next").count() == 1


# Others at the same time.

def test_what_others_do_shows_by_itself(visit, site):
    page = visit(MERCHANT, f"/shops/{TRIAL_SHOP}/")
    other = visit(LEAD, f"/shops/{TRIAL_SHOP}/", width=DESK)
    submit(other, other.locator("section.next"), "完成")
    page.wait_for_function(
        "() => document.querySelector('section.next h2').textContent !== '随时可做'", timeout=10_000)


def test_what_somebody_types_is_left_alone_when_others_change_something(visit, site):
    page = visit(MERCHANT, f"/shops/{TRIAL_SHOP}/")
    field = unfolded(page, "noted").locator("form[action$=tick]").get_by_label("备注")
    field.fill("写到一半")
    other = visit(LEAD, f"/shops/{TRIAL_SHOP}/", width=DESK)
    submit(other, other.locator("section.next"), "完成")
    page.get_by_role("button", name="显示").wait_for(timeout=10_000)
    assert field.input_value() == "写到一半"
    assert "随时可做" in page.locator("section.next").inner_text()


def test_by_the_keyboard_alone(visit, site):
    page = visit(MERCHANT, f"/shops/{TRIAL_SHOP}/")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('section.next form[action$=tick]') "
                         "&& document.activeElement.tagName === 'BUTTON'"):
            break
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.keyboard.press("Enter")
    page.get_by_role("status").get_by_role("button", name="撤销").wait_for()
    assert state(site, "free") == "done"
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "撤销":
            break
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.keyboard.press("Enter")
    page.wait_for_load_state("networkidle")
    assert state(site, "free") == "pending"
