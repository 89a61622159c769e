"""Starting, restarting and stopping runs: which checklists, in which zone, due when."""

import pytest

DAYS = """\
checklist: days
title: Days
time-zone: Asia/Shanghai
calendar: cn
items:
  - {id: minutes, title: M, due: 90m}
  - {id: hours, title: H, due: 2h}
  - {id: nothing, title: N, due: 0h}
  - {id: days, title: D, due: 3d}
  - {id: days-at, title: DA, due: 3d 18:00}
  - {id: weeks, title: W, due: 1w}
  - {id: workday, title: WD, due: 1 workday 12:00}
  - {id: workdays, title: WDS, due: 7 workdays}
  - {id: never, title: NV}
"""
CALENDAR = """\
calendar: cn
covers: 2026..2026
weekend: [sat, sun]
holidays: [2026-10-01, 2026-10-02, 2026-10-05, 2026-10-06, 2026-10-07]
workdays: [2026-09-27, 2026-10-10]
"""


def simple(identifier, extra=""):
    return f"checklist: {identifier}\ntitle: The {identifier}\n{extra}items:\n  - {{id: {identifier}-a, title: A}}\n"


def runs(run, shop="s-001"):
    """Number, checklist and state of every run that the shop ever had."""
    found, number = [], 1
    while True:
        result = run("status", shop, "--run", number, "--format", "json", status=None)
        if result.status == 2:
            return found
        entry = result.json["runs"][0]
        found.append((entry["run"], entry["checklist"], entry["state"]))
        number += 1


# ---------------------------------------------------------------------------------------------------------
# Which checklists


@pytest.fixture
def several(run):
    run.checklist(simple("for-all"))
    run.checklist(simple("for-douyin", "when: {platform: douyin}\n"))
    run.checklist(simple("for-live", "when: {platform: [douyin, kuaishou], tag: [live, vip]}\n"))
    run.checklist(simple("before", "begins: planned\n"))
    run.checklist(simple("unbinding", "begins: unbound\n"))
    run.checklist(simple("cooling", "begins: cooled\n"))
    return run


@pytest.mark.parametrize(
    ("options", "checklists"),
    [
        ([], ["for-all"]),
        (["--platform", "douyin"], ["for-all", "for-douyin"]),
        (["--platform", "kuaishou"], ["for-all"]),
        (["--platform", "kuaishou", "--tag", "vip"], ["for-all", "for-live"]),
        (["--platform", "douyin", "--tag", "x", "--tag", "live"], ["for-all", "for-douyin", "for-live"]),
    ])
def test_without_checklist_every_matching_one_that_begins_at_rebinding(several, options, checklists):
    several("shop", "add", "s-001", *options)
    result = several("start", "s-001")
    assert sorted(entry[1] for entry in runs(several)) == checklists
    assert all(name in result.stdout for name in checklists)


@pytest.mark.parametrize("checklist", ["before", "unbinding", "cooling"])
def test_what_begins_elsewhere_starts_by_name(several, checklist):
    several("shop", "add", "s-001")
    several("start", "s-001", "--checklist", checklist)
    assert runs(several) == [(1, checklist, "active")]


def test_a_checklist_that_does_not_match_is_refused(several):
    several("shop", "add", "s-001")
    assert "for-live" in several.refused("start", "s-001", "--checklist", "for-live")


def test_an_unknown_checklist_is_answered_with_the_nearest(several):
    several("shop", "add", "s-001")
    assert "'for-live'" in several.refused("start", "s-001", "--checklist", "for-life")


def test_no_checklist_matches(run):
    run.checklist(simple("for-douyin", "when: {platform: douyin}\n"))
    run("shop", "add", "s-001")
    assert "--platform" in run.refused("start", "s-001")


def test_all_items_left_out_is_refused(run):
    run.checklist("checklist: c\ntitle: C\nitems:\n  - {id: a, title: A, when: {tag: live}}\n")
    run("shop", "add", "s-001")
    run.refused("start", "s-001", "--checklist", "c")
    run.refused("start", "s-001")


def test_items_are_left_out_by_their_conditions(run):
    run.checklist("""\
checklist: c
title: C
items:
  - {id: all, title: All}
  - {id: live, title: Live, when: {tag: live}}
  - {id: east, title: East, when: {team: [east, west]}}
  - {id: both, title: Both, when: {team: east, tag: live, platform: douyin}}
""")
    for shop, options in {
        "none": [], "live": ["--tag", "live"], "west": ["--team", "west"],
        "full": ["--team", "east", "--tag", "live", "--platform", "douyin"],
    }.items():
        run("shop", "add", shop, *options)
    run("start", "--all")
    held = {shop: [*run.items(shop)] for shop in ["none", "live", "west", "full"]}
    assert held == {
        "none": ["all"], "live": ["all", "live"], "west": ["all", "east"], "full": ["all", "live", "east", "both"]}


def test_one_broken_file_keeps_no_other_from_being_used(run):
    run.checklist(simple("good"))
    run.write("checklists/broken.yaml", "checklist: broken\ntitle: Broken\nitems: [\n")
    run("shop", "add", "s-001")
    result = run("start", "s-001")
    assert runs(run) == [(1, "good", "active")]
    assert "broken.yaml" in result.stderr and result.stderr.startswith("warning: ")


def test_a_run_keeps_its_definition(run):
    path = run.checklist(simple("c"))
    run("shop", "add", "s-001")
    run("start", "s-001")
    path.write_text(simple("c").replace("title: A", "title: Another"), encoding="utf-8")
    assert run.items()["c-a"]["title"] == "A"
    path.unlink()
    run("tick", "s-001", "c-a")


def test_the_folders_of_checklists(run, tmp_path):
    """./checklists, else the user's own; the variable and the option win, in this order."""
    bare = {"SWITCHLIST_CHECKLISTS": None}
    for place, name in [("work/checklists", "near"), ("config/switchlist/checklists", "own"), ("named", "named"),
                        ("other", "other")]:
        run.write(f"{place}/{name}.yaml", simple(name))
    (tmp_path / "empty").mkdir()
    assert "near" in run("checklists", env=bare, cwd=tmp_path / "work").stdout
    assert "own" in run("checklists", env=bare, cwd=tmp_path / "empty").stdout
    named = {"SWITCHLIST_CHECKLISTS": tmp_path / "named"}
    assert "named" in run("checklists", env=named, cwd=tmp_path / "work").stdout
    assert "other" in run("checklists", "--checklists", tmp_path / "other", env=named).stdout
    by_home = {**bare, "XDG_CONFIG_HOME": None}
    run.write("home/.config/switchlist/checklists/home.yaml", simple("home"))
    assert "home" in run("checklists", env=by_home, cwd=tmp_path / "empty").stdout


def test_no_folder_of_checklists(run, tmp_path):
    run("shop", "add", "s-001")
    (tmp_path / "empty").mkdir()
    run.refused("start", "s-001", "--checklists", tmp_path / "missing")


# ---------------------------------------------------------------------------------------------------------
# When it is due


@pytest.fixture
def days(run):
    run.checklist(DAYS)
    run.write("checklists/calendars/cn.yaml", CALENDAR)
    return run


def test_due_times_count_from_the_switch(days):
    days("shop", "add", "s-001")
    days("start", "s-001", "--switched-at", "2026-09-25T10:00", now="2026-11-01T00:00:00Z")
    due = {name: item["due_at"] for name, item in days.items().items()}
    assert due == {
        "minutes": "2026-09-25T03:30:00Z",
        "hours": "2026-09-25T04:00:00Z",
        "nothing": "2026-09-25T02:00:00Z",
        "days": "2026-09-28T02:00:00Z",
        "days-at": "2026-09-28T10:00:00Z",
        "weeks": "2026-10-02T02:00:00Z",
        "workday": "2026-09-27T04:00:00Z",  # a Sunday that is worked
        "workdays": "2026-10-10T02:00:00Z",  # 27, 28, 29, 30 September, 8, 9 and 10 October
        "never": None,
    }
    assert days.status()["runs"][0]["switched_at"] == "2026-09-25T02:00:00Z"


@pytest.mark.parametrize(
    ("zone", "switched", "three_days", "two_hours"),
    [
        ("Europe/Berlin", "2026-03-26T02:30", "2026-03-29T01:00:00Z", "2026-03-26T03:30:00Z"),  # the gap
        ("Europe/Berlin", "2026-10-22T02:30", "2026-10-25T00:30:00Z", "2026-10-22T02:30:00Z"),  # the first of two
        ("America/New_York", "2026-03-06T12:00", "2026-03-09T16:00:00Z", "2026-03-06T19:00:00Z"),
        ("Asia/Kathmandu", "2026-05-01T12:00", "2026-05-04T06:15:00Z", "2026-05-01T08:15:00Z"),
        ("Australia/Lord_Howe", "2026-10-01T12:00", "2026-10-04T01:00:00Z", "2026-10-01T03:30:00Z"),
        ("UTC", "2028-02-27T12:00", "2028-03-01T12:00:00Z", "2028-02-27T14:00:00Z"),
    ])
def test_days_are_calendar_days_and_hours_elapsed_time(days, zone, switched, three_days, two_hours):
    days("shop", "add", "s-001", "--time-zone", zone)
    days("start", "s-001", "--switched-at", switched, now="2029-01-01T00:00:00Z")
    items = days.items()
    assert (items["days"]["due_at"], items["hours"]["due_at"]) == (three_days, two_hours)


def test_the_zone_is_the_shops_else_the_checklists_else_utc(run):
    run.checklist("checklist: zoned\ntitle: Z\ntime-zone: Asia/Tokyo\nitems:\n  - {id: z, title: Z, due: 1d 18:00}\n")
    run.checklist("checklist: plain\ntitle: P\nitems:\n  - {id: p, title: P, due: 1d 18:00}\n")
    run("shop", "add", "own", "--time-zone", "America/New_York")
    run("shop", "add", "none")
    for shop in ["own", "none"]:
        run("start", shop, "--checklist", "zoned")
        run("start", shop, "--checklist", "plain")
    assert run.items("own", run=1)["z"]["due_at"] == "2026-11-01T23:00:00Z"
    assert run.items("own", run=2)["p"]["due_at"] == "2026-11-01T23:00:00Z"
    assert run.items("none", run=1)["z"]["due_at"] == "2026-11-02T09:00:00Z"
    assert run.items("none", run=2)["p"]["due_at"] == "2026-11-02T18:00:00Z"


@pytest.mark.parametrize(
    ("given", "switched_at"),
    [
        (None, "2026-11-20T02:00:00Z"),  # now
        ("2026-11-20T09:00", "2026-11-20T01:00:00Z"),
        ("2026-11-20T09:00:30.9+01:00", "2026-11-20T08:00:30Z"),
        ("2026-11-20T09:00Z", "2026-11-20T09:00:00Z"),
        ("2026-11-19", "2026-11-19T16:00:00Z"),
        ("2026-11-20", "2026-11-20T10:00:00Z"),
    ])
def test_switched_at(run, given, switched_at):
    run.checklist(simple("c", "time-zone: Asia/Shanghai\n"))
    run("shop", "add", "s-001")
    now = switched_at if given in (None, "2026-11-20") else "2026-11-25T00:00:00Z"
    run("start", "s-001", *(["--switched-at", given] if given else []), now=now)
    assert run.status()["runs"][0]["switched_at"] == switched_at


@pytest.mark.parametrize("given", ["2026-11-01T02:00:01Z", "2026-11-01T10:01", "2027-01-01", "2026-11-02", "tomorrow"])
def test_a_switch_that_has_not_happened_yet_is_refused(run, given):
    run.checklist(simple("c", "time-zone: Asia/Shanghai\n"))
    run("shop", "add", "s-001")
    assert "is later than now (2026-11-01 10:00" in run.refused("start", "s-001", "--switched-at", given)
    assert run.status()["runs"] == []


@pytest.mark.parametrize(
    ("options", "shown"),
    [([], "2026-11-01 11:00 Asia/Shanghai is later than now (2026-11-01 10:00)"),
     (["--time-zone", "Asia/Tokyo"], "2026-11-01 12:00 Asia/Tokyo is later than now (2026-11-01 11:00)")],
    ids=["the checklist's zone", "the shop's zone"])
def test_a_refused_time_is_named_in_the_zone(run, options, shown):
    run.checklist(simple("c", "time-zone: Asia/Shanghai\n"))
    run("shop", "add", "s-001", *options)
    assert shown in run.refused("start", "s-001", "--switched-at", "2026-11-01T03:00:00Z")


@pytest.mark.parametrize("given", ["soon", "", "2026-11-31"])
def test_a_switch_at_no_time_at_all_is_wrong_usage(run, given):
    run.checklist(simple("c"))
    run("shop", "add", "s-001")
    assert "--switched-at" in run.refused("start", "s-001", "--switched-at", given, status=64)


def test_past_the_calendar_whoever_starts_is_told(days):
    days("shop", "add", "s-001")
    result = days("start", "s-001", "--switched-at", "2026-12-30T10:00", now="2026-12-31T00:00:00Z")
    assert "warning: " in result.stderr and "cn" in result.stderr and "2026" in result.stderr
    assert days.items()["workdays"]["due_at"] == "2027-01-08T02:00:00Z", "plain weekends count"


def test_inside_the_calendar_nobody_is_told(days):
    days("shop", "add", "s-001")
    assert days("start", "s-001").stderr == ""


# ---------------------------------------------------------------------------------------------------------
# Starting again


@pytest.fixture
def two(run):
    run.checklist(simple("one"))
    run.checklist(simple("two"))
    run("shop", "add", "s-001")
    return run


def test_runs_are_numbered_from_1_for_each_shop(two):
    two("shop", "add", "s-002")
    two("start", "s-001", "--checklist", "one")
    two("start", "s-001", "--checklist", "two")
    two("start", "s-002", "--checklist", "two")
    assert runs(two) == [(1, "one", "active"), (2, "two", "active")]
    assert runs(two, "s-002") == [(1, "two", "active")]


def test_an_active_run_of_the_same_checklist_refuses(two):
    two("start", "s-001", "--checklist", "one")
    assert "--again" in two.refused("start", "s-001", "--checklist", "one", now="2026-11-02T00:00:00Z")


def test_without_checklist_those_already_active_are_skipped(two):
    two("start", "s-001", "--checklist", "one")
    two("start", "s-001")
    assert runs(two) == [(1, "one", "active"), (2, "two", "active")]


def test_none_left_is_refused(two):
    two("start", "s-001")
    error = two.refused("start", "s-001")
    assert "one" in error and "two" in error


def test_again_supersedes(two):
    two("start", "s-001", "--checklist", "one")
    result = two("start", "s-001", "--checklist", "one", "--again", now="2026-11-02T00:00:00Z")
    assert "1" in result.stdout and "2" in result.stdout
    assert runs(two) == [(1, "one", "superseded"), (2, "one", "active")]
    assert [entry["run"] for entry in two.status()["runs"]] == [2]


def test_again_at_the_same_moment_keeps_the_run(two):
    two("start", "s-001", "--checklist", "one", "--switched-at", "2026-11-01T01:00Z")
    two("start", "s-001", "--checklist", "one", "--switched-at", "2026-11-01T01:00Z", "--again",
        now="2026-11-02T00:00:00Z")
    assert runs(two) == [(1, "one", "active")]


def test_again_without_checklist(two):
    two("start", "s-001", "--checklist", "one")
    two("start", "s-001", "--again", now="2026-11-02T00:00:00Z")
    assert runs(two) == [(1, "one", "superseded"), (2, "one", "active"), (3, "two", "active")]


def test_a_finished_run_needs_no_again(two):
    two("start", "s-001", "--checklist", "one")
    two("tick", "s-001", "one-a")
    two("start", "s-001", "--checklist", "one", now="2026-11-02T00:00:00Z")
    assert runs(two) == [(1, "one", "finished"), (2, "one", "active")]


def test_an_unknown_or_archived_shop(two):
    assert "'s-001'" in two.refused("start", "s-01")
    two("shop", "archive", "s-001")
    assert "restore" in two.refused("start", "s-001")


# ---------------------------------------------------------------------------------------------------------
# Many shops


@pytest.fixture
def teams(run):
    run.checklist(simple("one"))
    run.checklist(simple("for-live", "when: {tag: live}\n"))
    run.write("shops.csv", "id,team,tags\ne-1,east,live\ne-2,east,\nw-1,west,\nold,east,\n")
    run("shop", "import", "shops.csv")
    run("shop", "archive", "old")
    return run


def test_all_starts_every_shop_but_the_archived(teams):
    result = teams("start", "--all")
    assert [len(runs(teams, shop)) for shop in ["e-1", "e-2", "w-1", "old"]] == [2, 1, 1, 0]
    assert "3 shops" in result.stderr and "\x1b" not in result.stderr and "█" not in result.stderr


def test_all_of_a_team(teams):
    teams("start", "--all", "--team", "east", "--checklist", "one")
    assert [len(runs(teams, shop)) for shop in ["e-1", "e-2", "w-1"]] == [1, 1, 0]


def test_all_skips_silently_what_is_active(teams):
    teams("start", "e-1", "--checklist", "one")
    result = teams("start", "--all")
    assert "error" not in result.stderr
    assert [len(runs(teams, shop)) for shop in ["e-1", "e-2", "w-1"]] == [2, 1, 1]
    before = teams.snapshot()
    teams("start", "--all")
    assert teams.snapshot() == before


def test_all_with_a_named_checklist_skips_shops_that_it_is_not_for(teams):
    teams("start", "--all", "--checklist", "for-live")
    assert [len(runs(teams, shop)) for shop in ["e-1", "e-2", "w-1"]] == [1, 0, 0]


def test_a_file_of_shops(teams):
    result = teams("start", "@-", stdin="e-1\nnonsense\nw-1\n", status=2)
    assert "nonsense" in result.stderr
    assert [len(runs(teams, shop)) for shop in ["e-1", "e-2", "w-1"]] == [2, 0, 1]


@pytest.mark.parametrize("words", [[], ["s-001", "--all"], ["s-001", "--team", "east"]])
def test_a_shop_or_all(teams, words):
    assert teams("start", *words, status=64).out == b""


# ---------------------------------------------------------------------------------------------------------
# Stopping


def test_stop(two):
    two("start", "s-001", "--checklist", "one")
    two("stop", "s-001", "--reason", "started by mistake")
    assert runs(two) == [(1, "one", "stopped")]
    assert two.events()[-1]["reason"] == "started by mistake"
    assert two("overdue", now="2027-01-01T00:00:00Z").stdout == ""


def test_stop_again_is_unchanged(two):
    two("start", "s-001", "--checklist", "one")
    two("stop", "s-001", "--reason", "x")
    before = two.snapshot()
    assert "unchanged" in two("stop", "s-001", "--run", "1", "--reason", "x").stdout
    assert two.snapshot() == before


def test_stop_needs_to_know_which(two):
    two("start", "s-001")
    assert "--run" in two.refused("stop", "s-001", "--reason", "x")
    two("stop", "s-001", "--run", "1", "--reason", "x")
    two("stop", "s-001", "--reason", "x")
    assert [state for _, _, state in runs(two)] == ["stopped", "stopped"]


def test_stop_asks_for_a_reason(two):
    two("start", "s-001", "--checklist", "one")
    two.refused("stop", "s-001", "--reason", " ")
    assert "--reason" in two("stop", "s-001", status=64).stderr


def test_a_stopped_run_makes_place_for_another(two):
    two("start", "s-001", "--checklist", "one")
    two("stop", "s-001", "--reason", "x")
    two("start", "s-001", "--checklist", "one")
    assert runs(two) == [(1, "one", "stopped"), (2, "one", "active")]


@pytest.mark.parametrize("words", [["--run", "7"], []])
def test_nothing_to_stop(two, words):
    two.refused("stop", "s-001", *words, "--reason", "x")


# ---------------------------------------------------------------------------------------------------------
# The shipped checklist


def test_the_shipped_checklist(shipped):
    shipped("shop", "add", "s-001", "--platform", "douyin", "--owner", "李梅")
    shipped("start", "s-001", "--switched-at", "2026-11-20T10:00", now="2026-11-21T00:00:00Z")
    entry = shipped.status(lang="zh")["runs"][0]
    assert entry["title"] == "换绑后的任务" and len(entry["items"]) == 8
    due = {item["id"]: item["due_at"] for item in entry["items"]}
    assert due["rebind-store"] == "2026-11-20T04:00:00Z"
    assert due["rotate-password"] == "2026-11-21T04:00:00Z"
    assert due["update-marketing"] == "2026-12-01T10:00:00Z"
    assert {item["owner"] for item in entry["items"]} == {"李梅"}


def test_a_shop_without_an_owner_has_items_without_one(shipped):
    shipped("shop", "add", "s-001", "--platform", "douyin")
    shipped("start", "s-001")
    assert {item["owner"] for item in shipped.items().values()} == {None}


def test_an_owner_who_comes_later_leaves_runs_as_they_are(trial):
    trial("shop", "edit", "s-001", "--owner", "王芳")
    items = trial.items()
    assert (items["free"]["owner"], items["second"]["owner"], items["noted"]["owner"]) == ("李梅", "ops", None)
