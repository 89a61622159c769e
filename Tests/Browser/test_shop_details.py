"""Adding shops, changing what is said of them, importing and archiving them, through the pages."""

import pytest

from site_store import ADMIN, EMPTY_SHOP, LEAD, MERCHANT, OTHER_LEAD, OTHER_TEAM, TEAM, TRIAL_SHOP
from test_desk import listed
from test_shop import SCRIPTS, submit
from visiting import DESK, PHONE

FIELDS = ("name", "platform", "team", "owner", "time_zone", "tags")


def stored(site, shop: str) -> dict | None:
    shops = site.run("shop", "list", "--archived", "--format", "json", status=None).json
    return next((entry for entry in shops if entry["id"] == shop), None)


def fill(page, **fields) -> None:
    for name, value in fields.items():
        page.locator(f"input[name={name}]").fill(value)


@pytest.mark.parametrize(("width", "javascript"), [(DESK, False), (PHONE, True)])
def test_a_lead_adds_a_shop(visit, site, javascript, width):
    page = visit(LEAD, "/shops", width=width, javascript=javascript)
    page.get_by_role("link", name="添加", exact=True).click()
    for label, value in {"编号": "新店-01", "名称": "新开的茶店", "团队": TEAM, "负责人": MERCHANT, "标签": "直播;生鲜"}.items():
        page.get_by_label(label).fill(value)
    submit(page, page.locator("main"), "添加")
    assert page.get_by_role("heading", level=1).inner_text() == "新开的茶店"
    shop = stored(site, "新店-01")
    assert [shop[name] for name in FIELDS] == ["新开的茶店", "douyin", TEAM, MERCHANT, "Asia/Shanghai", ["生鲜", "直播"]]
    page = visit(MERCHANT, "/shops?q=新开的茶店", width=width, javascript=javascript)
    assert listed(page) == ["新店-01"], "its owner sees it"


REFUSED = {
    "taken": ({"id": TRIAL_SHOP}, 409, ("已经存在", "already")),
    "bad id": ({"id": "a b/c"}, 422, ("编号", "id")),
    "zone": ({"time_zone": "Asia/Nowhere"}, 422, ("Asia/Nowhere", "Asia/Nowhere")),
    "other team": ({"team": OTHER_TEAM}, 403, ("不属于这个团队", "isn't yours")),
    "no team": ({"team": ""}, 403, ("团队", "team")),
}


@pytest.mark.parametrize(("what", "lang"), [*zip(REFUSED, ["zh", "en", "zh", "en", "zh"]), ("taken", "en")])
def test_a_shop_that_cannot_be_added_is_refused_in_words(visit, site, what, lang):
    wrong, status, words = REFUSED[what]
    page = visit(LEAD, "/shops/new", width=DESK, lang=lang)
    visit.watched(page).expected = (str(status),)
    fill(page, **{"id": "x-1", "name": "没有加成的店", "team": TEAM, "owner": MERCHANT, **wrong})
    submit(page, page.locator("main"), {"zh": "添加", "en": "Add"}[lang])
    assert words[lang == "en"] in page.get_by_role("alert").inner_text()
    assert page.locator("input[name=name]").input_value() == "没有加成的店", "nothing has to be typed again"
    assert stored(site, "x-1") is None and stored(site, TRIAL_SHOP)["name"] == "晨光文具"


@pytest.mark.parametrize("javascript", SCRIPTS)
def test_a_lead_changes_what_is_said_of_a_shop(visit, site, javascript):
    page = visit(LEAD, f"/shops/{TRIAL_SHOP}/", width=DESK, javascript=javascript)
    page.get_by_role("link", name="编辑").click()
    assert page.get_by_label("名称").input_value() == "晨光文具"
    page.get_by_label("名称").fill("晨光文具（总店）")
    page.get_by_label("标签").fill("")
    submit(page, page.locator("main"), "保存")
    assert page.get_by_role("heading", level=1).inner_text() == "晨光文具（总店）"
    shop = stored(site, TRIAL_SHOP)
    assert (shop["name"], shop["team"], shop["owner"]) == ("晨光文具（总店）", TEAM, MERCHANT)


def test_a_shop_is_not_given_to_a_team_of_somebody_else(visit, site):
    page = visit(LEAD, f"/shops/{TRIAL_SHOP}/edit", width=DESK)
    visit.watched(page).expected = ("403",)
    page.get_by_label("团队").fill(OTHER_TEAM)
    submit(page, page.locator("main"), "保存")
    assert "不属于这个团队" in page.get_by_role("alert").inner_text()
    assert stored(site, TRIAL_SHOP)["team"] == TEAM
    page = visit(ADMIN, f"/shops/{TRIAL_SHOP}/edit", width=DESK)
    page.get_by_label("团队").fill(OTHER_TEAM)
    submit(page, page.locator("main"), "保存")
    assert stored(site, TRIAL_SHOP)["team"] == OTHER_TEAM
    visit(OTHER_LEAD, f"/shops/{TRIAL_SHOP}/", width=DESK)


@pytest.mark.parametrize("javascript", SCRIPTS)
def test_a_shop_is_archived_and_restored(visit, site, javascript):
    page = visit(LEAD, f"/shops/{TRIAL_SHOP}/edit", width=DESK, javascript=javascript)
    submit(page, page.locator("main"), "归档")
    assert stored(site, TRIAL_SHOP)["archived"]
    page.goto("/shops?q=晨光文具")
    assert listed(page) == []
    page.goto("/overdue")
    assert "晨光文具" not in page.locator("main").inner_text()
    page.goto(f"/shops/{TRIAL_SHOP}/")
    assert "已归档" in page.locator("main").inner_text()
    page.get_by_role("link", name="编辑").click()
    submit(page, page.locator("main"), "恢复")
    assert not stored(site, TRIAL_SHOP)["archived"]
    page.goto("/shops?q=晨光文具")
    assert listed(page) == [TRIAL_SHOP]


# From a file.

def give(page, content: str, encoding="utf-8") -> None:
    page.get_by_label("CSV").set_input_files(
        {"name": "shops.csv", "mimeType": "text/csv", "buffer": content.encode(encoding)})


@pytest.mark.parametrize(("encoding", "javascript"), [("utf-8", True), ("utf-8-sig", False)])
def test_shops_are_imported(visit, site, javascript, encoding):
    page = visit(LEAD, "/shops", width=DESK, javascript=javascript)
    page.get_by_role("link", name="导入", exact=True).click()
    give(page, "id,name,team,owner,time_zone,tags\n"
               f"n-1,一号店,{TEAM},{MERCHANT},Asia/Shanghai,直播;生鲜\n"
               f"n-2,\"二号,店\",{TEAM},,,\n"
               f"{EMPTY_SHOP},改了名的店,{TEAM},{MERCHANT},Asia/Shanghai,\n", encoding)
    submit(page, page.locator("main"), "导入")
    assert page.get_by_role("status").inner_text().startswith("添加 2 家，修改 1 家，未变 0 家")
    assert [stored(site, shop)["name"] for shop in ["n-1", "n-2", EMPTY_SHOP]] == ["一号店", "二号,店", "改了名的店"]


BAD_FILES = {
    "zone": (f"id,name,team,time_zone\nn-1,一号店,{TEAM},Asia/Shanghai\nn-2,二号店,{TEAM},Asia/Nowhere\n",
             ("第 3 行", "line 3")),
    "column": ("id,nmae\nn-1,一号店\n", ("nmae", "nmae")),
    "other team": (f"id,name,team\nn-1,一号店,{TEAM}\nn-2,二号店,{OTHER_TEAM}\n", ("n-2", "n-2")),
    "empty": ("", ("第 1 行", "line 1")),
}


@pytest.mark.parametrize(("what", "lang"), [*zip(BAD_FILES, ["zh", "en", "zh", "en"]), ("zone", "en")])
def test_a_file_with_a_mistake_imports_nothing_and_names_it(visit, site, what, lang):
    content, words = BAD_FILES[what]
    page = visit(LEAD, "/shops/import", width=DESK, lang=lang)
    visit.watched(page).expected = ("422", "403")
    give(page, content)
    submit(page, page.locator("main"), {"zh": "导入", "en": "Import"}[lang])
    problem = page.get_by_role("alert").inner_text()
    assert {"zh": "没有导入", "en": "Nothing was imported"}[lang] in problem and words[lang == "en"] in problem
    assert stored(site, "n-1") is None
