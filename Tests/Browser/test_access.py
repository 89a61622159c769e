"""Who sees what; and in which language and which light."""

import pytest

from site_store import LEAD, MERCHANT, OTHER_LEAD, OTHER_SHOP, SHIPPED_SHOP, TEAM
from test_accounts import SHOP, menu, sign_in
from visiting import DESK, PHONE
from words import Words

@pytest.mark.parametrize(("who", "paths"), [
    (MERCHANT, [f"/shops/{OTHER_SHOP}/", f"/shops/{OTHER_SHOP}/history"]),
    (LEAD, [f"/shops/{OTHER_SHOP}/", f"/shops/{OTHER_SHOP}/edit"]),
    (OTHER_LEAD, [SHOP, f"{SHOP}edit", f"{SHOP}links", f"/shops/{SHIPPED_SHOP}/history"]),
])
def test_what_is_not_ones_own_is_not_there(look, who, paths):
    page = look.context(who, width=DESK).new_page()
    look.watched(page).expected = ("404",)
    for path in paths:
        look.go(page, path, 404)
        assert "没有找到" in page.get_by_role("heading", level=1).inner_text()


@pytest.mark.parametrize(("who", "paths"), [
    (MERCHANT, ["/users", "/tokens", "/log", "/charts", "/shops/new", "/shops/import", f"{SHOP}edit", f"{SHOP}links"]),
    (LEAD, ["/users", "/tokens", "/log"]),
])
def test_what_is_not_ones_own_to_do_is_refused(look, who, paths):
    page = look.context(who, width=DESK).new_page()
    look.watched(page).expected = ("403",)
    for path in paths:
        look.go(page, path, 403)
        assert "没有权限" in page.locator("main").inner_text()


def test_another_teams_lead_sees_nothing_of_this_one(look):
    page = look.context(OTHER_LEAD, width=DESK).new_page()
    for path in ["/shops", "/shops?q=晨光", "/overdue", "/done", "/switches", "/matrix?checklist=trial", "/charts",
                 f"/shops?team={TEAM}", f"/overdue?team={TEAM}", f"/done?team={TEAM}", f"/switches?team={TEAM}"]:
        look.go(page, path)
        text = page.content()
        for name in ["晨光文具", "茶香小店", "分店 m-", MERCHANT, f">{TEAM}<"]:
            assert name not in text, (path, name)


@pytest.mark.parametrize("path", ["/shops", "/overdue", "/done", "/switches", "/matrix", "/charts"])
def test_asking_for_another_team_shows_what_a_team_shows_that_does_not_exist(look, path):
    page = look.context(OTHER_LEAD, width=DESK).new_page()
    # From its second page on, the server knows the browser's time zone.
    look.go(page, "/account")

    def shown(team: str) -> str:
        look.go(page, f"{path}?team={team}")
        return page.locator("main").inner_text().replace(team, "…")

    assert shown(TEAM) == shown("没有的组")
    assert "…（这里没有）" in shown(TEAM), "and says that there is nothing of it"


# How it looks.

@pytest.mark.parametrize(("lang", "javascript"), [("zh", False), ("en", True)])
def test_the_language_is_switched_on_the_page_and_stays(visit, lang, javascript):
    other = {"zh": "en", "en": "zh"}[lang]
    page = visit(None, SHOP, lang=lang, javascript=javascript)
    page.get_by_role("button", name={"zh": "中文", "en": "English"}[other]).click()
    page.get_by_role("heading", level=1, name=Words(other)["sign in"]).wait_for()
    assert sign_in(page, MERCHANT, lang=other).status == 303 and page.url.endswith(SHOP), "it still leads back"
    assert page.evaluate("document.documentElement.lang") == {"zh": "zh-CN", "en": "en"}[other]
    assert page.locator("section.next h2").inner_text() == {"zh": "随时可做", "en": "Free to do"}[other]
    menu(page, {"zh": "中文", "en": "English"}[lang])
    page.locator("section.next h2", has_text={"zh": "随时可做", "en": "Free to do"}[lang]).wait_for()
    assert page.url.endswith(SHOP)


@pytest.mark.parametrize(("path", "width"), [("/sign-in", PHONE), (SHOP, DESK)])
def test_dark_pages_are_dark(look, path, width):
    light, dark = (look(None if path == "/sign-in" else MERCHANT, path, width=width, theme=theme).evaluate("""() => {
      const brightness = (colour) => colour.match(/\\d+/g).slice(0, 3).map(Number).reduce((a, b) => a + b) / 765;
      const style = getComputedStyle(document.body);
      return { page: brightness(style.backgroundColor), text: brightness(style.color) };
    }""") for theme in ["light", "dark"])
    assert light["page"] > 0.9 and light["text"] < 0.3
    assert dark["page"] < 0.2 and dark["text"] > 0.7
