"""What holds of every page: everybody can use it, it fits, it asks no other host, and it is light."""

import re

import pytest

from looking import check_accessible, check_document, check_fits, check_targets, keep_picture
from pages import LINK, PAGES, ShownPage
from site_store import TRIAL_SHOP
from visiting import DESK, PHONE, Visits

# Each page in both languages, on both screens, in both themes: every pair of them is there.
LOOKS = [("zh", PHONE, "light"), ("zh", DESK, "dark"), ("en", PHONE, "dark"), ("en", DESK, "light")]


def opened(look: Visits, page: ShownPage, **options):
    if page.who == LINK:
        return look.through_link(page.path, **options)
    visited = look.context(page.who, **options).new_page()
    if page.status >= 400:
        look.watched(visited).expected = ("the server responded with a status of",)
    look.go(visited, page.path, page.status)
    return visited


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
@pytest.mark.parametrize(("lang", "width", "theme"), LOOKS)
def test_it_can_be_used_and_fits(look, page, lang, width, theme):
    shown = opened(look, page, lang=lang, width=width, theme=theme)
    keep_picture(shown, f"{page.name}-{lang}-{width}-{theme}")
    check_document(shown, lang)
    check_fits(shown)
    check_targets(shown)
    check_accessible(shown)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_without_javascript_it_says_the_same(look, page):
    """And nothing on it needs a script."""
    with_script = opened(look, page)
    without = opened(look, page, javascript=False)
    check_fits(without)
    # Those in closed folds, too.
    headings, same = (shown.locator("main").get_by_role("heading", include_hidden=True).all_text_contents()
                      for shown in [without, with_script])
    assert headings == same
    for form in without.locator("form").all():
        assert form.get_attribute("action")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_text_twice_as_large_fits(look, page):
    """Half the screen's width is what a page has when it is zoomed to 200 % on a small desk."""
    check_fits(opened(look, page, width=320))


@pytest.mark.parametrize("page", [page for page in PAGES if page.status == 200], ids=lambda page: page.name)
def test_its_policy_allows_no_script_or_style_in_the_page(look, page):
    shown = opened(look, page)
    answer = shown.reload()
    policy = dict(part.strip().split(" ", 1) for part in answer.headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert "unsafe" not in str(policy)
    assert policy["frame-ancestors"] == "'none'" and policy["base-uri"] == "'none'"
    assert shown.locator("[style], script:not([src]), style").count() == 0
    assert shown.evaluate("[...document.querySelectorAll('*')].filter(e => [...e.attributes].some("
                          "a => a.name.startsWith('on'))).length") == 0
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] in ("same-origin", "no-referrer")


@pytest.mark.parametrize("name", ["shop-shipped", "shop-trial", "link-shipped", "desk", "sign-in"])
def test_the_first_view_is_under_60_kilobytes(look, name):
    """The page with all that it fetches, heads included, as it goes over the network."""
    page = next(page for page in PAGES if page.name == name)
    shown = opened(look, page)
    # Whatever was fetched for the way to the page isn't taken for what the page needs.
    context = look.context(None if page.who == LINK else page.who)
    if page.who == LINK:
        context.add_cookies(shown.context.cookies(shown.url))
    first = context.new_page()
    first.goto(shown.url, wait_until="load")
    weights = first.evaluate("""() => Object.fromEntries(
      [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
        .map((entry) => [entry.name, entry.transferSize]))""")
    # The icon may still be on its way.
    assert len([weight for weight in weights.values() if weight]) >= 3, weights
    assert sum(weights.values()) < 60_000, weights


@pytest.mark.parametrize("page", [page for page in PAGES if page.who != LINK], ids=lambda page: page.name)
def test_opening_it_changes_nothing(look, page):
    """Chats fetch what is in a message ahead of anybody's tap."""
    before = look.site.program.snapshot()
    opened(look, page)
    assert unlogged(look.site.program.snapshot()) == unlogged(before)


def unlogged(dump: str) -> list[str]:
    """What a store holds but for sessions, which signing in makes, the log of that, and when links were last used."""
    return [
        re.sub(r",(NULL|\d+)\);$", ");", line) if line.startswith('INSERT INTO "shop_link"') else line
        for line in dump.splitlines() if "web_session" not in line and "access_log" not in line]


def test_opening_a_link_changes_nothing(look):
    path = look.site.open_link(TRIAL_SHOP)
    before = look.site.program.snapshot()
    look(None, path)
    assert unlogged(look.site.program.snapshot()) == unlogged(before)


@pytest.mark.parametrize("page", [page for page in PAGES if page.status == 200], ids=lambda page: page.name)
def test_nothing_moves_for_whoever_wants_it_still(look, page):
    shown = opened(look, page, reduced=True)
    moving = shown.evaluate("""() => [...document.querySelectorAll('*')].filter((element) => {
      const style = getComputedStyle(element);
      const seconds = (text) => Math.max(...text.split(',').map(parseFloat));
      return seconds(style.transitionDuration) > 0.01 || (style.animationName !== 'none'
        && seconds(style.animationDuration) > 0.01);
    }).map((element) => element.outerHTML.slice(0, 80))""")
    assert moving == []


@pytest.mark.parametrize("page", [page for page in PAGES if page.status == 200], ids=lambda page: page.name)
def test_the_keyboard_reaches_everything_and_shows_where_it_is(look, page):
    """Tab goes through all that can be used, in the page's order, each with a visible outline."""
    shown = opened(look, page, width=DESK)
    wanted = shown.evaluate("""() => [...document.querySelectorAll(
      'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')]
      .filter((element) => element.checkVisibility() && !element.disabled).length""")
    reached, lost = set(), []
    for _ in range(min(wanted, 120)):
        shown.keyboard.press("Tab")
        found = shown.evaluate("""() => {
          const element = document.activeElement, style = getComputedStyle(element);
          const place = [...document.querySelectorAll('*')].indexOf(element);
          const shown = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0 || style.boxShadow !== 'none'
            || element.closest('label') && getComputedStyle(element.closest('label')).outlineStyle !== 'none';
          return [place, element === document.body || shown, element.outerHTML.slice(0, 80)];
        }""")
        reached.add(found[0])
        if not found[1]:
            lost.append(found[2])
    assert lost == []
    # A group of radio buttons is one stop, and a browser adds its own for what scrolls.
    assert len(reached) >= min(wanted, 120) * 0.9
