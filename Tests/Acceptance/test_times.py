"""Times as people and spreadsheets write them, and the zones in which they are read and shown."""

import os
import shutil
from pathlib import Path

import pytest

DATABASE = Path("/usr/share/zoneinfo")
# In Shanghai, 10:00 on the 1st of November 2026.
PLATFORM = "platform: douyin\ntime-zone: Asia/Shanghai\nchecked: 2026-10-20\n"
CHECKLIST = "checklist: c\ntitle: C\nitems:\n  - {id: a, title: A, due: 2h}\n  - {id: b, title: B}\n"


@pytest.fixture
def shop(run):
    """A shop with a zone of its own, and a run in it."""
    run.checklist(CHECKLIST)
    run("shop", "add", "s-1", "--time-zone", "Asia/Shanghai")
    run("start", "s-1", "--switched-at", "2026-10-01T10:00")
    return run


def items(run):
    return {item["id"]: item for item in run("status", "s-1", "--format", "json").json["runs"][0]["items"]}


# ---------------------------------------------------------------------------------------------------------
# As people write them


@pytest.mark.parametrize(
    ("given", "due"),
    [("2026-12-01", "2026-12-01T16:00:00Z"), ("2026/12/1", "2026-12-01T16:00:00Z"), ("2026-12-01 24:00", "2026-12-01T16:00:00Z"),
     ("2026/12/1 9:05", "2026-12-01T01:05:00Z"), ("2026年12月1日9：05", "2026-12-01T01:05:00Z"),
     ("18:00", "2026-11-01T10:00:00Z"), ("9:00", "2026-11-02T01:00:00Z"), ("tomorrow", "2026-11-02T16:00:00Z"),
     ("明天 18:00", "2026-11-02T10:00:00Z"), ("+2d", "2026-11-03T02:00:00Z"), ("+90m", "2026-11-01T03:30:00Z")])
def test_a_due_time(shop, given, due):
    shop("due", "s-1", "a", "--at", given, "--reason", "r")
    assert items(shop)["a"]["due_at"] == due


@pytest.mark.parametrize(
    ("given", "happened"),
    [("18:00", "2026-10-31T10:00:00Z"), ("9:00", "2026-11-01T01:00:00Z"), ("yesterday", "2026-10-31T16:00:00Z"),
     ("today", "2026-11-01T02:00:00Z"), ("2026/10/3 9:05", "2026-10-03T01:05:00Z"), ("2026-10-3", "2026-10-03T16:00:00Z")])
def test_what_has_happened(shop, given, happened):
    shop("tick", "s-1", "b", "--at", given)
    assert items(shop)["b"]["changed_at"] == happened


@pytest.mark.parametrize("given", ["2027-11-11", "2026-11-02", "tomorrow", "+1h", "2027-11-11T00:00"])
def test_what_is_still_to_come_has_not_happened(shop, given):
    assert "is later than now (2026-11-01 10:00" in shop.refused("tick", "s-1", "a", "--at", given)
    assert items(shop)["a"]["state"] == "pending"


@pytest.mark.parametrize(
    ("given", "told"),
    [("11/3/2026", "write the year first"), ("45964", "a spreadsheet's number of a day"), ("soon", "not a time")])
def test_what_could_be_another_time_is_refused_with_the_right_form(shop, given, told):
    refused = shop.refused("due", "s-1", "a", "--at", given, "--reason", "r", status=64)
    assert told in refused and "2026-11-" in refused


@pytest.mark.parametrize("given", ["9999-12-31", "9999-12-31T24:00"])
def test_no_year_has_five_digits(shop, given):
    assert "the year must be 1970 to 9990" in shop.refused("due", "s-1", "a", "--at", given, "--reason", "r")


def test_a_due_time_at_midnight_is_shown_as_the_end_of_its_day_and_read_back(shop):
    told = shop("due", "s-1", "a", "--at", "2026-12-01", "--reason", "r").stdout
    assert "due 2026-12-01 24:00" in told
    before = items(shop)
    assert "2026-12-01 24:00" in shop("status", "s-1").stdout
    assert "2026-12-01 24:00" in shop("history", "s-1").stdout
    assert "unchanged" in shop("due", "s-1", "a", "--at", "2026-12-01 24:00", "--reason", "r").stdout
    assert items(shop) == before


def test_dates_of_a_switch(run):
    run.write("checklists/platforms/douyin.yaml", PLATFORM)
    run("shop", "add", "s-1", "--platform", "douyin")
    run("shop", "bind", "s-1", "old", "--at", "2026-1-5")
    run("switch", "plan", "s-1", "--to", "new", "--for", "2026-11-01")
    planned = run("switch", "show", "s-1", "--format", "json").json["switch"]["planned_for"]
    assert planned == "2026-11-01T02:00:00Z", "today is now"
    run("switch", "plan", "s-1", "--to", "new", "--for", "2026/11/10")
    assert run("switch", "show", "s-1", "--format", "json").json["switch"]["planned_for"] == "2026-11-09T16:00:00Z"
    assert "is later than now" in run.refused("switch", "unbind", "s-1", "--at", "2027-11-11")
    told = run("switch", "unbind", "s-1", "--until", "2026-11-20", "--finish-by", "2026-11-30").stdout
    assert "can be rebound from 2026-11-20 00:00 Asia/Shanghai" in told
    assert "to be finished by 2026-11-30 24:00" in told
    assert "2026-11-20 24:00 Asia/Shanghai is before rebinding opens (2026-11-21 10:00)" in run.refused(
        "switch", "unbind", "s-1", "--until", "2026-11-21T10:00", "--finish-by", "2026-11-20")


def test_switches_from_a_spreadsheet(run):
    run.checklist(CHECKLIST)
    run("shop", "add", "s-1", "--time-zone", "Asia/Shanghai")
    table = "shop,from,to,planned_at,unbound_at,until,rebound_at\ns-1,old,new,,2026/10/3 9:05,,{}\n"
    assert "line 2: rebound_at '11/20/2026': 11/20/2026 can be read in several ways" in run.refused(
        "switch", "import", "-", stdin=table.format("11/20/2026"))
    assert "the time needs its date" in run.refused("switch", "import", "-", stdin=table.format("18:00"))
    run("switch", "import", "-", stdin=table.format("2026/10/20 10:00"))
    switch = run("switch", "show", "s-1", "--format", "json").json["switches"][0]
    assert (switch["unbound_at"], switch["ended_at"]) == ("2026-10-03T01:05:00Z", "2026-10-20T02:00:00Z")


# ---------------------------------------------------------------------------------------------------------
# One zone for one shop


def test_a_shop_has_one_zone_in_the_order_of_who_decides_it(run):
    run.write("checklists/platforms/douyin.yaml", PLATFORM)
    run.checklist(CHECKLIST.replace("title: C\n", "title: C\ntime-zone: Europe/Berlin\n", 1))
    for shop, options, zone, clock in [
            ("own", ["--platform", "douyin", "--time-zone", "Asia/Tokyo"], "Asia/Tokyo", "2026-11-01 11:00"),
            ("platforms", ["--platform", "douyin"], "Asia/Shanghai", "2026-11-01 10:00"),
            ("runs", [], "Europe/Berlin", "2026-11-01 03:00")]:
        run("shop", "add", shop, *options)
        run("shop", "bind", shop, "old")
        run("switch", "plan", shop, "--to", "new")
        run("switch", "unbind", shop, "--until", "2026-11-05T10:00+08:00")
        run("start", shop, now="2026-11-01T02:00:00Z")
        assert f"{clock} {zone}" in run("shop", "show", shop).stdout
        assert f"times are in {zone}" in run("history", shop).stdout
        assert f"{clock} {zone}" in run("status", shop).stdout
        assert zone in run("switch", "show", shop).stdout
        line = next(line for line in run("switch", "list").lines if line.startswith(shop))
        assert zone in line and "UTC" not in line


def test_a_report_is_in_the_zone_that_its_shops_have(run):
    run.checklist(CHECKLIST)
    for shop in ["s-1", "s-2"]:
        run("shop", "add", shop, "--time-zone", "Asia/Shanghai")
        run("start", shop)
    # 2:00 of the next day in Shanghai.
    now, utc = "2026-11-01T18:00:00Z", {"TZ": "UTC"}

    def report(*options, **others):
        return run("report", *options, now=now, env=utc, **others).stdout

    assert "2026-11-02 02:00 Asia/Shanghai" in report()
    assert "2026-11-02 02:00 Asia/Shanghai" in report("--format", "markdown")
    page = report("--format", "html")
    assert "2026-11-02 02:00</time> Asia/Shanghai" in page and "2026-11-01 12:00</time>" in page
    assert "2026-11-01 13:00 America/New_York" in report("--time-zone", "America/New_York")
    run("shop", "add", "s-3", "--time-zone", "America/New_York")
    run("start", "s-3")
    page = report("--format", "html")
    assert "2026-11-01 18:00</time> UTC" in page
    assert "2026-11-01 12:00 Asia/Shanghai</time>" in page and "2026-10-31 24:00 America/New_York</time>" in page
    assert "did you mean 'America/New_York'" in run.refused("report", "--time-zone", "EST")


# ---------------------------------------------------------------------------------------------------------
# The reader's zone, and the database


@pytest.mark.parametrize(
    ("variable", "shown"),
    [("Asia/Shanghai", "10:00 Asia/Shanghai"), (":Asia/Shanghai", "10:00 Asia/Shanghai"),
     ("/usr/share/zoneinfo/Asia/Shanghai", "10:00 Asia/Shanghai"), (":/usr/share/zoneinfo/Asia/Shanghai", "10:00 Asia/Shanghai"),
     ("CST-8", "10:00 UTC+08:00"), ("<+0530>-5:30", "07:30 UTC+05:30"), ("UTC", "02:00 UTC"), ("", "02:00 UTC"),
     ("Mars/Olympus", "02:00 UTC"), ("CET-1CEST,M3.5.0,M10.5.0/3", "03:00 CET-1CEST")])
def test_tz_is_taken_as_the_c_library_takes_it(run, variable, shown):
    run("shop", "add", "s-1", "--time-zone", "America/New_York")
    run("shop", "add", "s-2", "--time-zone", "Asia/Tokyo")
    assert f"2026-11-01 {shown}" in run("report", env={"TZ": variable}).stdout


def test_tz_may_be_a_file_outside_the_database(run):
    shutil.copy(DATABASE / "Asia/Shanghai", run.folder / "here")
    run("shop", "add", "s-1", "--time-zone", "America/New_York")
    run("shop", "add", "s-2", "--time-zone", "Asia/Tokyo")
    assert f"2026-11-01 10:00 {str(run.folder)[:20]}" in run("report", env={"TZ": f":{run.folder}/here"}).stdout


@pytest.mark.parametrize("missing", ["/nonexistent", "empty"])
def test_a_missing_database_is_said(shop, missing):
    os.mkdir(shop.folder / "empty")
    folder = missing if missing.startswith("/") else str(shop.folder / missing)
    shop.checklist(CHECKLIST.replace("title: C\n", "title: C\ntime-zone: Asia/Shanghai\n", 1))
    linted = shop("lint", env={"TZDIR": folder}, status=1).stdout
    assert f"there is no time zone database in {folder}" in linted and "tzdata" in linted and "IANA" not in linted
    assert f"无法查找时区“Asia/Shanghai”：{folder} 处没有时区数据库" in shop(
        "lint", env={"TZDIR": folder}, lang="zh", status=1).stdout
    for words in [["shop", "add", "s-2", "--time-zone", "Asia/Shanghai"], ["tick", "s-1", "a", "--at", "2026-10-05T10:00"]]:
        assert f"the time zone database isn't at {folder}" in shop.refused(*words, env={"TZDIR": folder})


def test_a_zone_that_is_not_known_any_more_makes_local_times_an_error(run):
    folder = run.folder / "zoneinfo"
    for zone in ["Etc/UTC", "Asia/Shanghai", "Asia/Tokyo"]:
        (folder / zone).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(DATABASE / zone, folder / zone)
    run.checklist(CHECKLIST)
    there = {"TZDIR": str(folder)}
    run("shop", "add", "s-1", "--time-zone", "Asia/Tokyo", env=there)
    run("start", "s-1", "--switched-at", "2026-10-01T10:00", env=there)
    (folder / "Asia/Tokyo").unlink()
    for words in [["due", "s-1", "a", "--at", "2026-12-10T10:00", "--reason", "r"], ["due", "s-1", "a", "--at", "18:00", "--reason", "r"],
                  ["tick", "s-1", "a", "--at", "2026-10-05T10:00"], ["tick", "s-1", "a", "--at", "2026-10-05"],
                  ["switch", "show", "s-1", "--at", "2026-10-05"]]:
        told = run.refused(*words, env=there)
        assert "'Asia/Tokyo'" in told and "with their offset" in told, words
    # What doesn't depend on it is taken, and times are shown in UTC, which is named.
    run("due", "s-1", "a", "--at", "2026-12-10T10:00+09:00", "--reason", "r", env=there)
    run("tick", "s-1", "b", env=there)
    assert "2026-10-01 01:00 UTC" in run("status", "s-1", env=there).stdout


@pytest.mark.parametrize(
    ("given", "meant"),
    [("EST", "America/New_York"), ("CST", "Asia/Shanghai"), ("CST6CDT", "America/Chicago"), ("WET", "Europe/Lisbon"),
     ("UTC+8", "Asia/Shanghai"), ("北京时间", "Asia/Shanghai")])
def test_what_is_no_zone_gets_the_hint_that_lint_gives(run, given, meant):
    run.checklist(CHECKLIST.replace("title: C\n", f"title: C\ntime-zone: {given}\n", 1))
    hint = f"did you mean '{meant}'?"
    assert hint in run("lint", status=1).stdout
    assert hint in run.refused("shop", "add", "s-1", "--time-zone", given)
    assert hint in run.refused("shop", "import", "-", stdin=f"id,time_zone\ns-1,{given}\n")
