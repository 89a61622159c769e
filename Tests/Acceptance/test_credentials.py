"""Links and tokens that work: whose they are, and how they end with whoever made them."""

import re

import pytest
from program import build_trial

PASSWORD = "a long password 47\n"


@pytest.fixture
def store(run):
    """Two admins and a lead, and what Zhao made beside what Li did."""
    build_trial(run)
    for name in ["Li", "Zhao"]:
        run("user", "add", name, "--role", "admin", stdin=PASSWORD, by=name)
    run("shop", "add", "s-002")
    run("link", "create", "s-001", by="zhao")
    run("link", "create", "s-002", by="Zhao")
    run("link", "create", "s-002", by="Li")
    run("link", "create", "s-002", by="Zhao")
    run("link", "revoke", "s-002", "3")
    run("token", "create", "cron", "--scope", "read", by="Zhao")
    return run


def live(run, now=None):
    links = run("link", "list", "--all", "--format", "json", now=now).json
    return [(link["maker"], link["shop"], link["number"]) for link in links]


def test_all_links_that_work_are_listed_by_who_made_them(store):
    assert live(store) == [("Li", "s-002", 2), ("zhao", "s-001", 1), ("Zhao", "s-002", 1)]
    lines = store("link", "list", "--all").stdout.splitlines()
    assert re.fullmatch(r"s-002  2  Li  until 2026-12-01 02:00 UTC  no use noted", lines[0])
    assert lines[1].startswith("s-001  1  zhao")
    assert live(store, now="2027-06-01T00:00:00Z") == []


def test_a_shops_list_has_all_that_there_were(store):
    lines = store("link", "list", "s-002").stdout.splitlines()
    assert [line.split("  ")[0] for line in lines] == ["1", "2", "3"]
    assert "revoked" in lines[2]
    assert "ended" in store("link", "list", "s-002", now="2027-06-01T00:00:00Z").stdout.splitlines()[0]


def test_a_shop_or_all_of_them(store):
    for words in [[], ["s-001", "--all"]]:
        assert "--all" in store("link", "list", *words, status=64).stderr


def test_tokens_say_whose_they_are(store):
    assert re.fullmatch(r"1  cron  read  Zhao  until .*  no use noted", store("token", "list").stdout.strip())
    token, = store("token", "list", "--format", "json").json
    assert (token["created_by"], token["maker"], token["last_used_at"]) == ("Zhao", "Zhao", None)


def test_disabling_says_what_goes_on_and_how_to_end_it(store):
    result = store("user", "disable", "Zhao")
    assert result.stdout == "disabled Zhao\n"
    assert "made by Zhao and still valid: 2 links and 1 token" in result.stderr
    assert "switchlist user disable Zhao --revoke" in result.stderr
    assert len(live(store)) == 3

    ended = store("user", "disable", "Zhao", "--revoke")
    assert ended.stdout.splitlines() == [
        "unchanged: Zhao is disabled already", "revoked 2 links and 1 token made by Zhao"]
    assert ended.stderr == ""
    assert live(store) == [("Li", "s-002", 2)]
    assert store("token", "list", "--format", "json").json[0]["revoked_at"] is not None
    for shop in ["s-001", "s-002"]:
        assert "revoked link 1" in store("history", shop).stdout
        store("history", shop, "--verify")


def test_disabling_ends_all_in_one_step(store):
    said = store("user", "disable", "Zhao", "--revoke", lang="zh")
    assert said.stdout.splitlines() == ["已停用 Zhao", "已收回 Zhao 创建的 2 个链接和 1 个令牌"]
    assert live(store) == [("Li", "s-002", 2)]


def test_the_last_admin_keeps_what_they_made(store):
    store("user", "disable", "Zhao")
    store("user", "disable", "Li", "--revoke", status=2)
    assert ("Li", "s-002", 2) in live(store)
