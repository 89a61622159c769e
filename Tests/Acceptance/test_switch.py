"""Bindings and switches through the real program: the shapes, the files of many shops, imports, upgrades."""

import json

import pytest
from program import BYTE_ORDER_MARK, SHIPPED

PLATFORM = """\
platform: toy
cool-down: {usual: 7d, most: 28d}
between-switches: 30d
requires: [registered, real-name-verified]
checked: 2026-10-20
"""

# What begins where; `bound` stands for the rebinding.
CHECKLISTS = {
    "ahead": "checklist: ahead\ntitle: Ahead\nbegins: planned\nitems:\n  - {id: ask, title: Ask, due: 1d before}\n",
    "waiting": "checklist: waiting\ntitle: Waiting\nbegins: cooled\nitems:\n"
               "  - {id: look, title: Look, due: 1d before}\n"
               "  - {id: bound, title: Bind, due: 0m, needs: [look], proof: file, stands-for: rebound}\n",
    "gone": "checklist: gone\ntitle: Gone\nbegins: unbound\nitems:\n  - {id: pack, title: Pack, due: 2h}\n",
    "after": "checklist: after\ntitle: After\nitems:\n  - {id: one, title: One, due: 2h}\n"
             "  - {id: two, title: Two, due: 1d, needs: [one]}\n",
}
CONFIRMED = ["--confirmed", "registered", "--confirmed", "real-name-verified"]


@pytest.fixture
def toy(run):
    """The shop s-1 on a platform with rules, bound to `old` since January."""
    (run.checklists / "platforms").mkdir()
    run.write("checklists/platforms/toy.yaml", PLATFORM)
    for name, text in CHECKLISTS.items():
        run.write(f"checklists/{name}.yaml", text)
    run("shop", "add", "s-1", "--platform", "toy", "--team", "east", "--time-zone", "Asia/Shanghai")
    run("shop", "bind", "s-1", "old", "--at", "2026-01-05T09:00")
    return run


def switch_of(run, shop="s-1", **options):
    return run("switch", "show", shop, "--format", "json", **options).json


def runs_of(run, shop="s-1"):
    return {run_["checklist"]: run_ for run_ in run("shop", "show", shop, "--format", "json").json["runs"]}


def due_of(run, item, shop="s-1", **options):
    items = [item_ for run_ in run("status", shop, "--format", "json", **options).json["runs"] for item_ in run_["items"]]
    return next(item_["due_at"] for item_ in items if item_["id"] == item)


def test_shape_of_a_switch(toy):
    toy("switch", "plan", "s-1", "--to", "new", "--for", "2026-11-03T10:00", *CONFIRMED)
    page = switch_of(toy)
    assert page["account"] == "old" and page["bound_at"] == "2026-01-05T01:00:00Z"
    assert page["bindings"] == [
        {"account": "old", "from": "2026-01-05T01:00:00Z", "until": None, "begun_by": None, "ended_by": None}]
    assert page["switch"] == page["switches"][0] == {
        "number": 1, "state": "planned", "from": "old", "to": "new", "planned_at": "2026-11-01T02:00:00Z",
        "planned_for": "2026-11-03T02:00:00Z",
        "confirmed": [{"requirement": name, "by": "Li", "by_link": None, "at": "2026-11-01T02:00:00Z"}
                      for name in ["registered", "real-name-verified"]],
        "unbound_at": None, "can_rebind_at": None, "estimated": False, "latest": None, "finish_by": None,
        "ended_at": None, "reason": None, "overrides": []}


def test_checklists_begin_at_their_milestones(toy):
    told = toy("switch", "plan", "s-1", "--to", "new", "--for", "2026-11-03T10:00", *CONFIRMED, "--format", "json").json
    assert told["started"] == [{"run": 1, "checklist": "ahead"}] and told["rules_known"] is True
    assert due_of(toy, "ask") == "2026-11-02T02:00:00Z"
    told = toy("switch", "unbind", "s-1", "--format", "json", now="2026-11-03T02:00:00Z").json
    assert [begun["checklist"] for begun in told["started"]] == ["gone", "waiting"]
    assert told["switch"]["can_rebind_at"] == "2026-11-10T02:00:00Z" and told["switch"]["estimated"] is True
    assert told["switch"]["latest"] == "2026-12-01T02:00:00Z"
    assert due_of(toy, "bound") == "2026-11-10T02:00:00Z" and due_of(toy, "pack") == "2026-11-03T04:00:00Z"
    told = toy("switch", "rebind", "s-1", "--format", "json", now="2026-11-10T02:00:00Z").json
    assert told["ticked"] == [{"run": 3, "item": "bound"}], "whatever it needs or asks as proof"
    assert told["started"] == [{"run": 4, "checklist": "after"}]
    assert {name: run["state"] for name, run in runs_of(toy).items()} == {
        "ahead": "active", "gone": "active", "waiting": "active", "after": "active"}
    toy("history", "s-1", "--verify")


def test_times_move_with_the_plan_and_the_page(toy):
    toy("switch", "plan", "s-1", "--to", "new", "--for", "2026-11-03T10:00", *CONFIRMED)
    toy("switch", "plan", "s-1", "--to", "new", "--for", "2026-11-05T10:00")
    assert due_of(toy, "ask") == "2026-11-04T02:00:00Z"
    toy("switch", "unbind", "s-1", now="2026-11-05T02:00:00Z")
    toy("due", "s-1", "look", "--at", "2026-11-06T12:00", "--reason", "sooner", now="2026-11-05T03:00:00Z")
    told = toy("switch", "unbind", "s-1", "--until", "2026-11-20T10:00", "--format", "json", now="2026-11-05T03:00:00Z").json
    assert told["moved"] == [{"run": 3, "checklist": "waiting", "items": 1}], "what was moved by hand stays"
    assert due_of(toy, "bound") == "2026-11-20T02:00:00Z" and due_of(toy, "look") == "2026-11-06T04:00:00Z"
    toy("history", "s-1", "--verify")


def test_a_planned_account_may_change_but_has_to_be_confirmed_anew(toy):
    toy("switch", "plan", "s-1", "--to", "new", *CONFIRMED)
    assert "real-name-verified" in toy("switch", "plan", "s-1", "--to", "other", status=2).stderr
    toy("switch", "plan", "s-1", "--to", "other", *CONFIRMED)
    assert switch_of(toy)["switch"]["to"] == "other"
    assert "did you mean 'registered'" in toy(
        "switch", "plan", "s-1", "--to", "other", "--confirmed", "registred", status=2).stderr


def test_refusals_name_the_rule_its_place_and_the_moment(toy):
    told = toy("switch", "plan", "s-1", "--to", "new", status=2).stderr
    assert "'requires' (" in told and "/checklists/platforms/toy.yaml:4:11)" in told
    toy("switch", "plan", "s-1", "--to", "new", *CONFIRMED)
    toy("switch", "unbind", "s-1")
    told = toy("switch", "rebind", "s-1", status=2, now="2026-11-05T02:00:00Z").stderr
    assert "/platforms/toy.yaml:2:12)" in told and "2026-11-08 10:00 Asia/Shanghai" in told
    toy("switch", "rebind", "s-1", now="2026-11-08T02:00:00Z")
    told = toy("switch", "plan", "s-1", "--to", "third", *CONFIRMED, status=2, now="2026-11-09T02:00:00Z").stderr
    assert "/platforms/toy.yaml:3:19)" in told and "2026-12-08 10:00 Asia/Shanghai" in told
    toy("switch", "plan", "s-1", "--to", "third", *CONFIRMED, "--for", "2026-12-08T10:00", now="2026-11-09T02:00:00Z")
    assert "2026-12-08 10:00" in toy("switch", "unbind", "s-1", status=2, now="2026-11-09T02:00:00Z").stderr


def test_times_that_contradict_each_other_are_named_in_the_shops_zone(toy):
    def refused(*words, **options):
        return toy.refused("switch", *words, **options)

    toy("switch", "plan", "s-1", "--to", "new", *CONFIRMED)
    told = refused("plan", "s-1", "--to", "new", "--for", "2026-10-30T10:00")
    assert "the planned time 2026-10-30 10:00 Asia/Shanghai is before the plan itself (2026-11-01 10:00);" in told
    assert "2026-10-31 23:59 Asia/Shanghai is before the last step" in refused("unbind", "s-1", "--at", "2026-10-31T23:59")
    told = refused("unbind", "s-1", "--until", "2026-10-31", "--finish-by", "2026-11-20")
    assert "--until 2026-10-31 00:00 Asia/Shanghai is before the unbinding (2026-11-01 10:00);" in told
    told = refused("unbind", "s-1", "--until", "2026-11-08T10:00", "--finish-by", "2026-11-08T09:00")
    assert "--finish-by 2026-11-08 09:00 Asia/Shanghai is before rebinding opens (2026-11-08 10:00);" in told
    told = refused("rebind", "s-1", "--at", "2026-11-01T02:00:01Z", lang="zh")
    assert "2026-11-01 10:00:01 Asia/Shanghai 晚于当前时间（2026-11-01 10:00:00）" in told


def test_a_refusal_changes_nothing(toy):
    toy("switch", "plan", "s-1", "--to", "new", *CONFIRMED)
    before = toy("export").out
    for words in [["unbind", "s-1", "--until", "2026-10-01"], ["rebind", "s-1"], ["plan", "s-1", "--to", "old"],
                  ["abandon", "s-1", "--reason", " "], ["unbind", "s-1", "--at", "2026-12-01T10:00"],
                  ["unbind", "s-1", "--at", "2025-12-01"], ["rebind", "s-2"]]:
        assert toy("switch", *words, status=2).stderr.startswith("error: ")
    assert toy("export").out == before


def test_overrides_are_kept(toy):
    toy("switch", "plan", "s-1", "--to", "new", "--override", "--reason", "stolen account")
    toy("switch", "unbind", "s-1")
    toy("switch", "rebind", "s-1", "--override", "--reason", "the page let me")
    overrides = switch_of(toy)["switches"][0]["overrides"]
    assert [(entry["step"], entry["rules"], entry["reason"], entry["by"]) for entry in overrides] == [
        ("planned", ["requires"], "stolen account", "Li"), ("rebound", ["cool-down"], "the page let me", "Li")]
    for words in [["--override"], ["--reason", "why"]]:
        toy("switch", "plan", "s-1", "--to", "third", *words, status=64)
    toy("history", "s-1", "--verify")


def test_back_to_the_old_account(toy):
    toy("switch", "plan", "s-1", "--to", "new", *CONFIRMED)
    toy("switch", "unbind", "s-1", "--until", "2026-11-01T10:00")
    assert "planned one is 'new'" in toy("switch", "rebind", "s-1", "--to", "third", status=2).stderr
    told = toy("switch", "rebind", "s-1", "--to", "old", "--format", "json").json
    assert told["account"] == "old" and told["switch"]["state"] == "cancelled" and told["started"] == []
    assert {run["state"] for run in runs_of(toy).values()} == {"stopped"}
    assert [binding["account"] for binding in switch_of(toy)["bindings"]] == ["old", "old"]
    toy("history", "s-1", "--verify")


def test_abandoning_stops_the_switchs_runs(toy):
    toy("start", "s-1", "--checklist", "after")
    toy("switch", "plan", "s-1", "--to", "new", *CONFIRMED)
    told = toy("switch", "abandon", "s-1", "--reason", "not needed", "--format", "json").json
    assert told["stopped"] == [{"run": 2, "checklist": "ahead", "outstanding": ["ask"]}]
    assert runs_of(toy)["after"]["state"] == "active"
    toy("switch", "abandon", "s-1", "--reason", "not needed")
    toy("history", "s-1", "--verify")


def test_a_milestone_supersedes_and_says_what_was_outstanding(toy):
    toy("start", "s-1", "--checklist", "after")
    toy("switch", "plan", "s-1", "--to", "new", *CONFIRMED)
    toy("switch", "unbind", "s-1", "--until", "2026-11-01T10:00")
    told = toy("switch", "rebind", "s-1", "--format", "json").json
    assert told["superseded"] == [{"run": 1, "checklist": "after", "by": 5, "outstanding": ["one", "two"]}]


def test_without_a_platform_file_no_rule_applies_and_it_says_so(toy):
    toy("shop", "add", "s-2", "--platform", "elsewhere")
    toy("shop", "bind", "s-2", "a")
    for words in [["plan", "s-2", "--to", "b"], ["unbind", "s-2"], ["rebind", "s-2"]]:
        assert "platforms/elsewhere.yaml" in toy("switch", *words).stderr
    for shop in ["m-1", "m-2"]:
        toy("shop", "add", shop, "--platform", "elsewhere")
        toy("shop", "bind", shop, "a")
    told = toy("switch", "plan", "@-", stdin="m-1 b\nm-2 b\n").stderr
    assert told.count("platforms/elsewhere.yaml") == 1, "once for all"
    assert switch_of(toy, "s-2")["account"] == "b"


def test_past_the_time_to_finish_it_is_warned_of(toy):
    toy("switch", "plan", "s-1", "--to", "new", *CONFIRMED)
    toy("switch", "unbind", "s-1", "--until", "2026-11-01T10:00", "--finish-by", "2026-11-03T10:00")
    told = toy("switch", "rebind", "s-1", now="2026-11-03T02:00:01Z")
    assert told.stderr.startswith("warning: s-1: the page had said to finish by 2026-11-03 10:00")


def test_what_was_so_at_a_moment(toy):
    toy("switch", "plan", "s-1", "--to", "new", *CONFIRMED, "--at", "2026-10-01T10:00")
    toy("switch", "unbind", "s-1", "--at", "2026-10-03T10:00")
    toy("switch", "rebind", "s-1", "--at", "2026-10-10T10:00")

    def at(time):
        page = switch_of(toy, now=None) if time is None else toy(
            "switch", "show", "s-1", "--at", time, "--format", "json").json
        listed = toy("switch", "list", "--format", "json", *(["--at", time] if time else [])).json["switches"]
        assert [entry["switch"] for entry in listed] == ([page["switch"]] if page["switch"] else [])
        return page["account"], page["switch"] and page["switch"]["state"]

    assert at("2025-12-31T10:00+08:00") == (None, None)
    assert at("2026-09-30T10:00+08:00") == ("old", None)
    assert at("2026-10-02T10:00+08:00") == ("old", "planned")
    assert at("2026-10-03T10:00+08:00") == (None, "unbound")
    assert at("2026-10-10T10:00+08:00") == ("new", None) == at(None)
    cooling = ["switch", "list", "--cooling", "--format", "json", "--at"]
    assert toy(*cooling, "2026-10-02T10:00+08:00").json["count"] == 0
    assert "opens at" not in toy(*cooling, "2026-10-05T10:00+08:00").stdout
    assert "can be rebound from 2026-10-10 10:00" in toy("switch", "list", "--at", "2026-10-05T10:00+08:00").stdout


def test_what_will_be_so_if_nothing_is_recorded_until_then(toy):
    toy("switch", "plan", "s-1", "--to", "new", *CONFIRMED)
    toy("switch", "unbind", "s-1", "--until", "2026-11-20")
    for at, listed in [("2026-11-19", "can be rebound now"), ("2026-11-18", "can be rebound from 2026-11-20 00:00"),
                       ("+3d", "in 15 d 14 h"), ("2026-12-01T10:00+08:00", "can be rebound now")]:
        assert listed in toy("switch", "list", "--at", at, env={"TZ": "Asia/Shanghai"}).stdout, at
    assert "can be rebound now" in toy("switch", "show", "s-1", "--at", "2026-11-20").stdout


def test_what_has_happened_already_can_be_recorded(toy):
    toy("switch", "plan", "s-1", "--to", "new", *CONFIRMED, "--at", "2026-10-01T10:00")
    toy("switch", "unbind", "s-1", "--at", "2026-10-03T10:00")
    toy("switch", "rebind", "s-1", "--at", "2026-10-10T10:00")
    assert runs_of(toy)["after"]["switched_at"] == "2026-10-10T02:00:00Z"
    assert [binding["from"] for binding in switch_of(toy)["bindings"]] == ["2026-01-05T01:00:00Z", "2026-10-10T02:00:00Z"]


def test_the_list_of_those_under_way(toy):
    for number, until in [(2, "2026-11-05"), (3, "2026-11-03"), (4, None)]:
        shop = f"s-{number}"
        toy("shop", "add", shop, "--platform", "toy", "--team", "west" if number == 4 else "east")
        toy("shop", "bind", shop, f"a{number}")
        toy("switch", "plan", shop, "--to", f"b{number}", *CONFIRMED)
        if until:
            toy("switch", "unbind", shop, "--until", until)
    listed = toy("switch", "list", "--format", "json").json
    assert [(entry["shop"], entry["switch"]["state"]) for entry in listed["switches"]] == [
        ("s-3", "unbound"), ("s-2", "unbound"), ("s-4", "planned")]
    assert listed["count"] == 3
    cooling = toy("switch", "list", "--cooling", "--team", "east", "--format", "csv")
    assert cooling.stdout.startswith(BYTE_ORDER_MARK) and [row["shop"] for row in cooling.rows] == ["s-3", "s-2"]
    assert not toy("switch", "list", "--format", "csv", "--no-bom").stdout.startswith(BYTE_ORDER_MARK)
    assert "can be rebound now" in toy("switch", "list", now="2026-11-04T02:00:00Z").stdout
    late = toy("overdue", "--within", "3d", "--format", "json", status=1).json["items"]
    assert ("s-3", "bound") in [(item["shop"], item["item"]) for item in late], "a cool-down is about to end"


# ---------------------------------------------------------------------------------------------------------
# Many shops


def add_shops(run, *shops):
    run.write("many.csv", "id,platform,time_zone\n" + "".join(f"{shop},toy,Asia/Shanghai\n" for shop in shops))
    run("shop", "import", "many.csv")


def test_many_shops_are_switched_from_files(toy):
    add_shops(toy, "a", "b", "c")
    for shop in "ab":
        toy("shop", "bind", shop, f"{shop}-old")
    toy.write("plan.txt", "\ufeffa a-new\nb   b new \n\nc c-new\n-bad x\nghost g\n")
    told = toy("switch", "plan", "@plan.txt", *CONFIRMED, status=2)
    assert switch_of(toy, "a")["switch"]["to"] == "a-new" and switch_of(toy, "b")["switch"]["to"] == "b new"
    assert "'-bad' can't be a shop's id" in told.stderr and "c: no binding of 'c'" in told.stderr
    assert "no shop 'ghost'" in told.stderr and "recorded for 2 shops, 3 refused" in told.stderr
    toy.write("shops.txt", "a\nb\n")
    toy("switch", "unbind", "@shops.txt", "--until", "2026-11-01T10:00")
    told = toy("switch", "rebind", "@-", stdin="a\nb\n")
    assert told.lines == ["rebound a to a-new at 2026-11-01 10:00 Asia/Shanghai",
                          "rebound b to b new at 2026-11-01 10:00 Asia/Shanghai"]
    told = toy("switch", "rebind", "@shops.txt")
    assert "recorded for 0 shops, unchanged for 2" in told.stderr, "it may be repeated"
    toy("history", "a", "--verify")


IMPORT = """\
shop,from,to,planned_at,unbound_at,until,rebound_at
a,first,second,2026-02-01T10:00,2026-02-03T10:00,2026-02-10T10:00,2026-02-11T10:00
a,second,third,2026-06-01T10:00,2026-06-03T10:00,,2026-06-12T10:00
b,b-old,b-new,,2026-10-30T10:00,,
c,c-old,c-new,2026-10-31T10:00,,,
"""


def test_switches_from_before_the_tool(toy):
    add_shops(toy, "a", "b", "c")
    toy.write("before.csv", IMPORT)
    told = toy("switch", "import", "before.csv")
    assert told.stdout == "4 switches recorded, 0 unchanged, 3 runs started\n"
    assert "these follow none: a\n" in told.stderr and "switchlist start a --switched-at rebound\n" in told.stderr
    page = switch_of(toy, "a")
    assert [(binding["account"], binding["from"], binding["until"]) for binding in page["bindings"]] == [
        ("first", None, "2026-02-03T02:00:00Z"), ("second", "2026-02-11T02:00:00Z", "2026-06-03T02:00:00Z"),
        ("third", "2026-06-12T02:00:00Z", None)]
    assert runs_of(toy, "a") == {}, "what has ended begins nothing"
    assert switch_of(toy, "b")["switch"]["can_rebind_at"] == "2026-11-06T02:00:00Z", "the cool-down that runs is estimated"
    assert set(runs_of(toy, "b")) == {"gone", "waiting"} and set(runs_of(toy, "c")) == {"ahead"}
    told = toy("switch", "import", "before.csv").stdout
    assert told == "0 switches recorded, 4 unchanged, 0 runs started\n", "it may be repeated"
    assert "recorded at 2026-06-12 10:00 Asia/Shanghai" in toy("start", "a").stdout, "what now differs from is named"
    toy("start", "a", "--again", "--switched-at", "rebound")
    assert runs_of(toy, "a")["after"]["switched_at"] == "2026-06-12T02:00:00Z"
    assert toy("switch", "import", "before.csv").stderr == ""
    assert "no rebinding of 'c' is recorded" in toy("start", "c", "--switched-at", "rebound", status=2).stderr
    toy("switch", "plan", "a", "--to", "fourth", *CONFIRMED)
    for shop in "abc":
        toy("history", shop, "--verify")


BAD_ROWS = {
    "ghost,x,y,2026-02-01,2026-02-03,,": "no shop 'ghost'",
    "a,x,,2026-02-01,2026-02-03,,": "'to' is empty",
    "a,x,y,,,,": "'planned_at' is empty",
    "a,x,y,2026-02-01,,,2026-02-09": "'unbound_at' is empty",
    "a,x,y,yesterday,2026-02-03,,": "planned_at 'yesterday'",
    "a,x,y,2026-02-04T10:00,2026-02-03T10:00,,": "is before the last step",
    "a,x,y,2026-02-01,2026-02-03,2026-02-10,2026-02-05": "opens at 2026-02-10",
    "a,x,y,2027-02-01T10:00,,,": "later than now",
    "a,x,x,2026-02-01,2026-02-03,,": "nothing to switch",
}


@pytest.mark.parametrize(("row", "words"), BAD_ROWS.items(), ids=[*BAD_ROWS])
def test_a_bad_row_is_named_and_nothing_is_imported(toy, row, words):
    add_shops(toy, "a", "b")
    before = toy("export").out
    good = "b,b-old,b-new,2026-02-01,2026-02-03,,2026-02-12"
    toy.write("bad.csv", f"shop,from,to,planned_at,unbound_at,until,rebound_at\n{good}\n{row}\n{row}\n")
    told = toy("switch", "import", "bad.csv", status=2).stderr.splitlines()
    assert told[0].startswith("error: line 3: ") and words in told[0]
    assert any(line.startswith("error: line 4: ") for line in told)
    assert toy("export").out == before


def test_rows_that_contradict_what_is_recorded(toy):
    toy.write("bad.csv", "shop,from,to,planned_at,unbound_at,rebound_at\ns-1,other,new,2026-02-01,2026-02-03,2026-02-12\n")
    assert "is bound to 'old'" in toy("switch", "import", "bad.csv", status=2).stderr
    toy.write("bad.csv", "shop,from,to,planed_at\ns-1,other,new,2026-02-01\n")
    assert "did you mean 'planned_at'" in toy("switch", "import", "bad.csv", status=2).stderr


# ---------------------------------------------------------------------------------------------------------
# Definitions that change while runs go on


AFTER_CHANGED = """\
checklist: after
title: After
items:
  - {id: two, title: Two at last, due: 2d, owner: ops, proof: note}
  - {id: three, title: Three, due: 3d, needs: [two], critical: true}
"""


def test_what_an_upgrade_changes(toy):
    toy("start", "s-1", "--switched-at", "2026-11-01T10:00")
    toy("tick", "s-1", "one")
    toy("assign", "s-1", "two", "--to", "Wang")
    toy.write("checklists/after.yaml", AFTER_CHANGED)
    dry = toy("upgrade", "s-1", "--dry-run", "--format", "json").json
    assert dry == [{
        "shop": "s-1", "run": 1, "checklist": "after", "changed": True, "state": "active", "added": ["three"],
        "removed": [{"item": "one", "state": "done"}],
        "items": [{"item": "two", "reworded": True,
                   "due_at": {"before": "2026-11-02T02:00:00Z", "after": "2026-11-03T02:00:00Z"}, "owner": None,
                   "needs": {"before": ["one"], "after": []}, "proof": {"before": [], "after": ["note"]},
                   "critical": None, "other": False}],
        "closes": None, "missed": []}], "what somebody assigned wins over the file"
    before = toy("export").out
    assert toy("upgrade", "s-1", "--dry-run", "--format", "json").json == dry and toy("export").out == before
    assert toy("upgrade", "s-1", "--format", "json").json == dry
    items = toy("status", "s-1", "--format", "json").json["runs"][0]["items"]
    assert [(item["id"], item["owner"]) for item in items] == [("two", "Wang"), ("three", None)]
    toy("history", "s-1", "--verify")
    assert "one" in toy("history", "s-1").stdout, "its history stays"
    copy = toy("export").out
    toy("import", "-", "--store", "copy.sqlite", stdin=copy.decode())
    assert toy("export", "--store", "copy.sqlite").out == copy


def test_ticks_survive_and_a_finished_run_opens(toy):
    toy("start", "s-1", "--switched-at", "2026-11-01T10:00")
    toy("tick", "s-1", "one", "two")
    assert "no active run" in toy("upgrade", "s-1", status=2).stderr
    toy.write("checklists/after.yaml", CHECKLISTS["after"] + "  - {id: three, title: Three}\n")
    assert toy("upgrade", "s-1", "--run", "1", "--format", "json").json[0]["state"] == "active"
    items = toy("status", "s-1", "--format", "json").json["runs"][0]["items"]
    assert {item["id"]: item["state"] for item in items} == {"one": "done", "two": "done", "three": "pending"}
    toy("history", "s-1", "--verify")


def test_all_runs_of_a_checklist_are_upgraded(toy):
    add_shops(toy, *(f"m-{number}" for number in range(20)))
    toy("start", "--all", "--switched-at", "2026-11-01T10:00")
    toy.write("checklists/after.yaml", AFTER_CHANGED)
    assert "21 runs would change" in toy("upgrade", "--all", "--checklist", "after", "--dry-run").stderr
    assert "upgraded 21 runs" in toy("upgrade", "--all", "--checklist", "after").stderr
    assert "upgraded 0 runs" in toy("upgrade", "--all", "--checklist", "after").stderr
    toy("history", "m-7", "--verify")
    assert "did you mean 'after'" in toy("upgrade", "--all", "--checklist", "aftr", status=2).stderr
    for words in [["--all"], [], ["s-1", "--all", "--checklist", "after"], ["@x", "--run", "1"]]:
        toy("upgrade", *words, status=64)


def test_everything_comes_back_from_an_export(toy):
    toy("switch", "plan", "s-1", "--to", "new", "--override", "--reason", "now")
    toy("switch", "unbind", "s-1", "--until", "2026-11-01T10:00", "--finish-by", "2026-11-09")
    toy("switch", "rebind", "s-1")
    toy("switch", "plan", "s-1", "--to", "third", "--for", "2026-12-20", *CONFIRMED)
    copy = toy("export").out
    toy("import", "-", "--store", "copy.sqlite", stdin=copy.decode())
    assert toy("export", "--store", "copy.sqlite").out == copy
    toy("history", "s-1", "--verify", "--store", "copy.sqlite")
    assert switch_of(toy) == json.loads(toy("switch", "show", "s-1", "--format", "json", "--store", "copy.sqlite").stdout)


def test_the_shipped_rules_are_in_force(shipped):
    shipped("shop", "add", "d", "--platform", "douyin")
    shipped("shop", "bind", "d", "a")
    assert f"{SHIPPED}/platforms/douyin.yaml:" in shipped("switch", "plan", "d", "--to", "b", status=2).stderr
