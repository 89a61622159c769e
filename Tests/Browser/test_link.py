"""A shop's link: a lead makes it, whoever has it works in that shop, and it ends."""

import ctypes
import re

import pytest

from site_store import LEAD, OTHER_SHOP, TRIAL_SHOP
from test_shop import LANGUAGES, SCRIPTS, submit, title, unfolded
from visiting import DESK
from web import ago
from words import Words

LINKS = f"/shops/{TRIAL_SHOP}/links"
# Whether each module of the picture's width is dark, looked up in its middle.
MODULES = """async (picture) => {
  const width = picture.viewBox.baseVal.width, scale = 4;
  const copy = picture.cloneNode(true);
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('width', width * scale);
  copy.setAttribute('height', width * scale);
  const image = new Image();
  image.src = 'data:image/svg+xml,' + encodeURIComponent(copy.outerHTML);
  await image.decode();
  const canvas = Object.assign(document.createElement('canvas'), { width: width * scale, height: width * scale });
  const context = canvas.getContext('2d');
  context.drawImage(image, 0, 0);
  const dark = (x, y) => context.getImageData(x * scale + 2, y * scale + 2, 1, 1).data[0] < 128;
  return Array.from({ length: width }, (_, y) => Array.from({ length: width }, (_, x) => dark(x, y)));
}"""


class Encoded(ctypes.Structure):
    _fields_ = [("version", ctypes.c_int), ("width", ctypes.c_int), ("data", ctypes.POINTER(ctypes.c_ubyte))]


def code_of(text: str) -> list[list[bool]]:
    """The modules of a text's QR code, with the four of quiet around them."""
    encode = ctypes.CDLL("libqrencode.so.4").QRcode_encodeString8bit
    encode.restype = ctypes.POINTER(Encoded)
    code = encode(text.encode(), 0, 1).contents
    size = code.width + 8
    rows = [[False] * size for _ in range(size)]
    for place in range(code.width ** 2):
        rows[place // code.width + 4][place % code.width + 4] = code.data[place] & 1 == 1
    return rows


def made_by_a_lead(visit, lang="zh", **options):
    """The page on which a link was just made, and the link's address."""
    page = visit(LEAD, f"/shops/{TRIAL_SHOP}/", lang=lang, width=DESK, **options)
    page.get_by_role("link", name=Words(lang).links).click()
    submit(page, page.locator("main"), Words(lang)["make a link"])
    address = page.locator("code").inner_text()
    assert re.fullmatch(re.escape(visit.site.address) + r"/l/[\w-]{22}/", address)
    return page, address.removeprefix(visit.site.address)


def say_name(page, name: str, lang="zh") -> None:
    page.get_by_label(Words(lang)["name?"]).fill(name)
    page.get_by_role("button", name=Words(lang).open).click()
    page.get_by_role("heading", level=2).first.wait_for()


def done_to(site, item: str) -> list[tuple]:
    """By whom and through what, for each change of an item since the store was built."""
    return [(event["kind"], event["by"], event["channel"], event["login"])
            for event in site.program.events(TRIAL_SHOP) if event.get("item") == item and not event.get("clock_set")]


@pytest.mark.parametrize(("lang", "javascript"), [("zh", True), ("en", False)])
def test_a_lead_makes_a_link_and_a_stranger_works_through_it(visit, site, lang, javascript):
    say = Words(lang)
    _, path = made_by_a_lead(visit, lang, javascript=javascript)
    page = visit(None, path, lang=lang, javascript=javascript)
    assert page.get_by_role("heading", level=1).inner_text() == "晨光文具"
    say_name(page, "小陈", lang)
    assert page.url == site.address + path and "小陈" in page.locator("header.bar").inner_text()
    submit(page, page.locator("section.next"), say.done)
    assert done_to(site, "free") == [("item-ticked", "小陈", "link", "link:1")]
    page.reload()
    assert page.get_by_label(say["name?"]).count() == 0, "the name is asked once"
    assert page.locator("section.next h2").inner_text() != title("free", lang)


def test_its_picture_says_its_address(visit):
    page, path = made_by_a_lead(visit)
    picture = page.get_by_role("img", name="链接的二维码")
    assert picture.is_visible()
    assert picture.evaluate(MODULES) == code_of(visit.site.address + path)


def test_its_address_is_copied_and_shown_only_once(visit):
    page, path = made_by_a_lead(visit)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="复制链接").click()
    page.get_by_role("status").filter(has_text="已复制").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == visit.site.address + path
    page.goto(LINKS)
    assert path.split("/")[2] not in page.content() and page.locator("svg.qr").count() == 0
    assert page.get_by_role("row", name="链接 1").get_by_role("cell", name="有效", exact=True).count() == 1


@pytest.mark.parametrize("javascript", SCRIPTS)
def test_another_name_can_be_taken(visit, site, javascript):
    page = visit.through_link(TRIAL_SHOP, name="小陈") if javascript else visit(
        None, site.open_link(TRIAL_SHOP), javascript=False)
    if not javascript:
        say_name(page, "小陈")
    page.locator("details.menu summary").click()
    page.get_by_role("link", name="换个名字").click()
    assert page.get_by_label("你叫什么名字？").input_value() == "小陈"
    say_name(page, "小林")
    submit(page, page.locator("section.next"), "完成")
    assert done_to(site, "free") == [("item-ticked", "小林", "link", "link:1")]


@pytest.mark.parametrize("javascript", SCRIPTS)
def test_nobody_works_without_a_name(visit, site, javascript):
    page = visit(None, site.open_link(TRIAL_SHOP), javascript=javascript)
    visit.watched(page).expected = ("422",)
    page.get_by_label("你叫什么名字？").fill("   ")
    submit(page, page.locator("main"), "打开清单")
    assert page.get_by_role("alert").is_visible()
    assert page.get_by_label("你叫什么名字？").is_visible()
    assert page.get_by_role("button", name="完成").count() == 0


def test_it_opens_no_other_shop_and_gives_no_leads_tools(visit, site):
    page = visit.through_link(TRIAL_SHOP)
    visit.watched(page).expected = ("404",)
    link = page.url.removeprefix(site.address)
    for name in ["编辑", "分享链接"]:
        assert page.get_by_role("link", name=name).count() == 0
    for path in [f"/shops/{TRIAL_SHOP}/", f"/shops/{OTHER_SHOP}/", "/shops", "/users", "/charts"]:
        page.goto(path)
        assert "/sign-in" in page.url, path
    for path in [f"{link}links", f"{link}edit", f"{link}../{OTHER_SHOP}/", f"/l/{OTHER_SHOP}/"]:
        visit.go(page, path, 404)
    visit.go(page, link)


@pytest.mark.parametrize(("how", "lang"), [
    ("revoked", "zh"), ("revoked", "en"), ("expired", "zh"), ("never made", "en")])
def test_one_that_has_ended_says_what_to_do(visit, site, lang, how):
    path = "/l/" + "A" * 22 + "/"
    if how == "expired":
        made = site.run("link", "create", TRIAL_SHOP, "--expires", "30d", now=ago(days=40)).stdout
        path = re.search(r"/l/[\w-]{22}", made)[0] + "/"
    if how == "revoked":
        path = site.open_link(TRIAL_SHOP)
        page = visit(LEAD, LINKS, width=DESK, lang=lang)
        submit(page, page.get_by_role("table"), Words(lang).revoke)
        row = page.get_by_role("row").nth(1)
        row.get_by_text({"zh": "已收回", "en": "revoked"}[lang]).wait_for()
        assert row.get_by_role("button").count() == 0
    page = visit.context(None, lang=lang).new_page()
    visit.watched(page).expected = ("410", "404")
    visit.go(page, path, 404 if how == "never made" else 410)
    text = page.locator("main").inner_text()
    assert "晨光文具" not in text
    assert page.locator("main").get_by_role("link").count() == 0, "there is nowhere to go without an account"
    if how == "never made":
        assert {"zh": "请检查网址", "en": "check the address"}[lang] in text
    else:
        assert {"zh": "链接已失效", "en": "This link has ended"}[lang] in page.get_by_role("heading").inner_text()
        assert {"zh": "主管要一个新的", "en": "for a new one"}[lang] in text


def test_one_that_is_revoked_takes_no_more_ticks(visit, site):
    page = visit.through_link(TRIAL_SHOP)
    visit.watched(page).expected = ("410",)
    site.run("link", "revoke", TRIAL_SHOP, "1")
    page.locator("section.next").get_by_role("button", name="完成", exact=True).click()
    problem = page.get_by_role("alert")
    problem.wait_for()
    assert "失效" in problem.inner_text()
    assert done_to(site, "free") == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_second_person_comes_by_another_link(visit, site, lang):
    """A link may be forwarded, so two names by one link may be one person."""
    say = Words(lang)
    site.run("untick", TRIAL_SHOP, "seen", "--reason", "重来", now=ago(minutes=5))
    links = [site.open_link(TRIAL_SHOP), site.open_link(TRIAL_SHOP)]
    first = visit(None, links[0], lang=lang)
    say_name(first, "小陈", lang)
    submit(first, unfolded(first, "seen").locator("form[action$=tick]"), say.done)
    same = visit(None, links[0], lang=lang)
    visit.watched(same).expected = ("409",)
    say_name(same, "小林", lang)
    place = unfolded(same, "seen")
    assert "小陈" in place.inner_text()
    if place.get_by_role("button", name=say.confirm).count():
        submit(same, place, say.confirm)
        same.get_by_role("alert").wait_for()
        place = same.get_by_role("alert")
    assert {"zh": "另一个链接", "en": "another link"}[lang] in place.inner_text(), "it says what would do"
    assert site.program.items(TRIAL_SHOP)["seen"]["state"] == "pending"
    other = visit(None, links[1], lang=lang)
    say_name(other, "小林", lang)
    submit(other, unfolded(other, "seen"), say.confirm)
    assert done_to(site, "seen")[-1] == ("item-confirmed", "小林", "link", "link:2")
    assert site.program.items(TRIAL_SHOP)["seen"]["state"] == "done"


@pytest.mark.parametrize("javascript", SCRIPTS)
def test_a_photo_comes_by_a_link_and_a_lead_deletes_it(visit, site, javascript):
    page = visit(None, site.open_link(TRIAL_SHOP), javascript=javascript)
    say_name(page, "小陈")
    picture = bytes.fromhex("89504e470d0a1a0a") + bytes(range(256)) * 40
    place = unfolded(page, "filed")
    place.locator("input[type=file]").set_input_files(
        {"name": "证据.png", "mimeType": "image/png", "buffer": picture})
    submit(page, place.locator("form[action$=tick]"), "完成")
    digest = site.program.items(TRIAL_SHOP)["filed"]["proof"]["sha256"]
    page.reload()
    address = unfolded(page, "filed").get_by_role("link", name="证据").evaluate("(link) => link.href")
    assert "/l/" in address and page.request.get(address).body() == picture
    assert unfolded(page, "filed").get_by_role("button", name="删除文件").count() == 0, "only a lead deletes"

    lead = visit(LEAD, f"/shops/{TRIAL_SHOP}/", width=DESK, javascript=javascript)
    submit(lead, unfolded(lead, "filed"), "删除文件，保留摘要")
    place = unfolded(lead, "filed")
    assert digest in place.inner_text() and place.get_by_role("link", name="证据").count() == 0
    visit.watched(page).expected = ("410",)
    assert page.goto(address).status == 410
    text = page.locator("main").inner_text()
    assert "已被删除" in text and digest in text
    assert "链接已失效" not in text, "the link works, the file is gone"
    assert site.program.items(TRIAL_SHOP)["filed"]["proof"]["sha256"] == digest


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_history_says_which_link(visit, site, lang):
    page = visit.through_link(TRIAL_SHOP, name="小陈", lang=lang)
    submit(page, page.locator("section.next"), Words(lang).done)
    page = visit(LEAD, f"/shops/{TRIAL_SHOP}/history", width=DESK, lang=lang)
    latest = page.locator("ol.log > li").first.inner_text()
    assert "小陈" in latest and {"zh": "链接 1", "en": "link 1"}[lang] in latest and title("free", lang) in latest


def test_a_link_chosen_for_a_week_ends_in_a_week(visit, site):
    page = visit(LEAD, LINKS, width=DESK)
    page.get_by_label("有效期").select_option("7d")
    submit(page, page.locator("main"), "做一个链接")
    [link] = site.run("link", "list", TRIAL_SHOP, "--format", "json").json
    assert ago(days=-7, minutes=2) <= link["expires_at"] <= ago(days=-7)
    assert link["created_by"] == LEAD
