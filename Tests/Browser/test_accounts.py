"""Coming in and going out, passwords, users and tokens."""

import re

import pytest

from site_store import ADMIN, MERCHANT, OTHER_MERCHANT, OTHER_SHOP, OTHER_TEAM, TEAM, TRIAL_SHOP
from test_shop import LANGUAGES, SCRIPTS, submit
from visiting import DESK
from web import PASSWORD
from words import Words

NEW = "一把 new key 88 door"
SHOP = f"/shops/{TRIAL_SHOP}/"


def sign_in(page, name: str, password=PASSWORD, lang="zh"):
    """Fills the form and sends it; the answer."""
    say = Words(lang)
    page.get_by_label(say.name).fill(name)
    page.get_by_label(say.password).fill(password)
    with page.expect_response(lambda answer: answer.request.method == "POST") as answer:
        page.locator("main").get_by_role("button", name=say["sign in"]).click()
    page.wait_for_load_state()
    return answer.value


def menu(page, entry: str) -> None:
    page.locator("details.menu summary").click()
    page.locator("details.menu").get_by_text(entry, exact=True).click()


def at_the_door(page) -> bool:
    return "/sign-in" in page.url and page.get_by_label("密码").is_visible()


def row(page, name: str):
    return page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=re.compile(rf"^{name}")))


# Coming in.

@pytest.mark.parametrize(("lang", "javascript"), [("zh", True), ("en", False)])
def test_signing_in_leads_back_to_where_one_came_from(visit, lang, javascript):
    say = Words(lang)
    page = visit(None, SHOP, lang=lang, javascript=javascript)
    visit.watched(page).expected = ("401",)
    assert page.get_by_role("heading", level=1).inner_text() == say["sign in"]
    assert sign_in(page, MERCHANT, "芝麻 gate 47 shut", lang).status == 401
    wrong = page.get_by_role("alert").inner_text()
    assert {"zh": "名字或密码不对", "en": "the name or the password isn't right"}[lang] in wrong
    assert page.get_by_label(say.name).input_value() == MERCHANT, "the name needn't be typed again"
    assert sign_in(page, "没有这个人", PASSWORD, lang).status == 401
    assert page.get_by_role("alert").inner_text() == wrong, "it doesn't say which of both is wrong"
    assert sign_in(page, MERCHANT, PASSWORD, lang).status == 303
    assert page.url.endswith(SHOP)


@pytest.mark.parametrize("javascript", SCRIPTS)
def test_signing_out(visit, javascript):
    page = visit(MERCHANT, SHOP, javascript=javascript)
    menu(page, "退出登录")
    page.wait_for_url("**/sign-in")
    page.goto(SHOP)
    assert at_the_door(page)


def test_guessing_is_slowed_but_the_owners_own_browser_still_gets_in(visit, site):
    own = visit(None, "/sign-in")
    sign_in(own, MERCHANT)
    menu(own, "退出登录")
    own.wait_for_url("**/sign-in")
    for _ in range(30):
        if site.post("/sign-in", {"name": MERCHANT, "password": "not this one", "back": "/"}).status == 429:
            break
    stranger = visit(None, "/sign-in")
    visit.watched(stranger).expected = ("429",)
    answer = sign_in(stranger, MERCHANT)
    assert answer.status == 429 and int(answer.headers["retry-after"]) > 0
    assert re.search(r"尝试次数太多；请 \d+ (秒|分钟)后再试", stranger.get_by_role("alert").inner_text())
    assert sign_in(own, MERCHANT).status == 303, "nobody locks somebody else out"
    assert "/sign-in" not in own.url


# Passwords and sessions.

def change_password(page, current: str, new: str):
    page.get_by_label("现在的密码").fill(current)
    page.get_by_label("新密码").fill(new)
    submit(page, page.locator("main"), "改密码")


@pytest.mark.parametrize(("current", "new", "words"), [
    (PASSWORD, "password1234", "太常见"), (PASSWORD, f"{MERCHANT}的店 88 door", "包含用户名"), ("不是 this one", NEW, "密码不正确"),
])
def test_a_password_that_will_not_do_is_refused_in_words(visit, current, new, words):
    page = visit(MERCHANT, "/account")
    visit.watched(page).expected = ("422",)
    change_password(page, current, new)
    assert words in page.get_by_role("alert").inner_text()
    assert visit.site.post("/sign-in", {"name": MERCHANT, "password": PASSWORD, "back": "/"}).status == 303


@pytest.mark.parametrize("javascript", SCRIPTS)
def test_a_changed_password_ends_the_other_sessions(visit, site, javascript):
    page = visit(None, "/sign-in", javascript=javascript)
    sign_in(page, MERCHANT)
    elsewhere = visit(MERCHANT, SHOP)
    page.goto("/account")
    change_password(page, PASSWORD, NEW)
    assert "密码已修改" in page.get_by_role("status").inner_text()
    visit.go(page, SHOP)
    assert "晨光文具" in page.locator("h1").inner_text(), "one stays signed in where it was changed"
    elsewhere.goto(SHOP)
    assert at_the_door(elsewhere)
    assert sign_in(elsewhere, MERCHANT, NEW).status == 303
    assert site.post("/sign-in", {"name": MERCHANT, "password": PASSWORD, "back": "/"}).status == 401


def test_signing_out_everywhere(visit):
    elsewhere = visit(None, "/sign-in")
    sign_in(elsewhere, MERCHANT)
    page = visit(MERCHANT, "/account")
    assert "2 个浏览器" in page.locator("main").inner_text()
    page.get_by_role("button", name="在所有地方退出").click()
    page.wait_for_url("**/sign-in")
    for shown in [page, elsewhere]:
        shown.goto(SHOP)
        assert at_the_door(shown)


@pytest.mark.parametrize("javascript", SCRIPTS)
def test_whoever_got_a_new_password_chooses_an_own_one_first(visit, javascript):
    admin = visit(ADMIN, "/users", width=DESK, javascript=javascript)
    submit(admin, row(admin, MERCHANT), "重设密码")
    given = admin.locator("code.secret").inner_text()
    assert row(admin, MERCHANT).get_by_text("须改密码").is_visible()
    admin.goto("/users")
    assert given not in admin.content(), "it is shown once"
    page = visit(None, SHOP, javascript=javascript)
    visit.watched(page).expected = ("403",)
    sign_in(page, MERCHANT, given)
    assert page.url.endswith("/account") and "请先换成自己的" in page.get_by_role("status").inner_text()
    visit.go(page, SHOP, 403)
    assert "改成自己的密码" in page.locator("main").inner_text()
    page.goto("/account")
    change_password(page, given, NEW)
    visit.go(page, SHOP)


# Users and tokens.

@pytest.mark.parametrize("javascript", SCRIPTS)
def test_an_admin_adds_a_lead_who_leads(visit, javascript):
    admin = visit(ADMIN, "/users", width=DESK, javascript=javascript)
    visit.watched(admin).expected = ("422", "409")
    form = admin.locator("form[action='/users']")

    def add(name, role, teams=""):
        form.get_by_label("名字").fill(name)
        form.get_by_label("角色").select_option(role)
        form.get_by_role("textbox", name="团队").fill(teams)
        submit(admin, form, "添加，并生成密码")

    add("林小雨", "lead")
    assert "请至少指定一个团队" in admin.get_by_role("alert").inner_text()
    add(MERCHANT, "merchant")
    assert "已经存在" in admin.get_by_role("alert").inner_text()
    add("林小雨", "lead", f"{TEAM};{OTHER_TEAM}")
    assert "只显示这一次" in admin.get_by_role("status").inner_text()
    assert TEAM in row(admin, "林小雨").inner_text() and OTHER_TEAM in row(admin, "林小雨").inner_text()
    given = admin.locator("code.secret").inner_text()
    page = visit(None, "/sign-in", width=DESK, javascript=javascript)
    sign_in(page, "林小雨", given)
    change_password(page, given, NEW)
    for shop in [TRIAL_SHOP, OTHER_SHOP]:
        visit.go(page, f"/shops/{shop}/edit")


@pytest.mark.parametrize("javascript", SCRIPTS)
def test_a_disabled_user_is_out_at_once_and_comes_back_when_enabled(visit, javascript):
    page = visit(MERCHANT, SHOP, javascript=javascript)
    visit.watched(page).expected = ("401",)
    admin = visit(ADMIN, "/users", width=DESK, javascript=javascript)
    submit(admin, row(admin, MERCHANT), "停用")
    assert row(admin, MERCHANT).get_by_text("已停用").is_visible()
    page.goto(SHOP)
    assert at_the_door(page)
    assert sign_in(page, MERCHANT).status == 401
    submit(admin, row(admin, MERCHANT), "启用")
    assert sign_in(page, MERCHANT).status == 303 and page.url.endswith(SHOP)


def test_the_last_admin_stays(visit):
    admin = visit(ADMIN, "/users", width=DESK)
    visit.watched(admin).expected = ("409",)
    submit(admin, row(admin, ADMIN), "停用")
    assert "最后一个管理员" in admin.get_by_role("alert").inner_text()
    visit.go(admin, "/users")


def test_a_token_does_what_its_scopes_say_until_it_is_revoked(visit, site):
    admin = visit(ADMIN, "/tokens", width=DESK)
    visit.watched(admin).expected = ("422",)

    def make(*scopes):
        for scope in scopes:
            admin.locator(f"input[name=scope][value={scope}]").check()
        admin.get_by_label("名字").fill("夜间报表")
        submit(admin, admin.locator("form[action='/tokens']"), "生成令牌")
        return admin.locator("code.secret").all_inner_texts()

    assert make() == [] and "权限范围" in admin.get_by_role("alert").inner_text()
    [secret] = make("read")
    admin.goto("/tokens")
    assert secret not in admin.content(), "it is shown once"

    def ask():
        return [site.get(f"/api/v1/shops/{TRIAL_SHOP}", authorization=f"Bearer {secret}").status,
                site.tick(TRIAL_SHOP, "free", secret).status]

    assert ask() == [200, 403]
    submit(admin, row(admin, "夜间报表"), "收回")
    assert row(admin, "夜间报表").get_by_text("已收回").is_visible()
    assert ask() == [401, 401]
    [secret] = make("read", "change")
    assert ask() == [200, 200]
    assert {"夜间报表", "read"} <= set(re.findall(r"[\w]+", row(admin, "夜间报表").first.inner_text()))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_log_has_who_came_in_and_what_happened_to_users_and_tokens(visit, site, lang):
    site.post("/sign-in", {"name": MERCHANT, "password": "not this one", "back": "/"})
    visit(MERCHANT, "/account")
    site.run("user", "disable", OTHER_MERCHANT, by=ADMIN)
    number = site.add_token("报表", "read")
    page = visit(ADMIN, "/log", width=DESK, lang=lang)
    lines = [line.inner_text().split("\t") for line in page.get_by_role("row").all()[1:]]
    happened = {(line[1], line[2].split()[-1]): line for line in lines}
    words = {"zh": ("登录被拒绝", "登录", "停用用户", "生成令牌", "命令行"),
             "en": ("sign-in refused", "signed in", "user disabled", "token made", "command line")}[lang]
    for word, about in zip(words, [MERCHANT, MERCHANT, OTHER_MERCHANT, "报表"]):
        assert (word, about) in happened, happened.keys()
    assert happened[words[2], OTHER_MERCHANT][3:] == [ADMIN, words[4]]
    assert "127.0.0.1" in happened[words[1], MERCHANT][4]
    assert number not in page.content()
