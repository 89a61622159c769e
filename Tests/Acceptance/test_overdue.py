"""Flagging what is late: for people, scripts, and monitoring systems."""

import os
import re
import subprocess
from datetime import timedelta

import pytest
from program import BYTE_ORDER_MARK
from store_model import Store, moment
from world import END, build_world

COLUMNS = ["shop", "name", "team", "run", "checklist", "item", "title", "owner", "critical", "state", "waiting_for",
           "due_at", "overdue_seconds"]
LATE = "2026-11-01T04:30:00Z"  # `free` was due half an hour ago


@pytest.fixture
def world(run, prepared):
    run.become(prepared(build_world))
    return run


def model(run):
    return Store(run("export").out)


def in_order(items):
    """Most overdue first; what is equally late may stand in any order."""
    seconds = [item["overdue_seconds"] for item in items]
    assert seconds == sorted(seconds, reverse=True)
    return sorted(items, key=lambda item: (-item["overdue_seconds"], item["shop"], item["run"], item["item"]))


def expected(run, language="en", **options):
    items = model(run).overdue(moment(END), **options)
    for item in items:
        item["title"] = item["title"][language]
    return in_order(items)


# ---------------------------------------------------------------------------------------------------------
# Text


def test_silent_when_there_is_nothing(trial):
    result = trial("overdue")
    assert (result.out, result.err) == (b"", b"")


def test_silent_in_a_store_without_runs(run):
    run("shop", "add", "s-001")
    assert run("overdue").out == b""


@pytest.mark.parametrize(
    ("language", "words"), [("en", ["Free to do", "30 min", "forgotten"]), ("zh", ["随时可做", "逾期 30 分钟"])])
def test_a_line_says_shop_item_title_owner_how_late_and_why(trial, language, words):
    result = trial("overdue", now=LATE, lang=language, status=1)
    assert len(result.lines) == 1 and result.err == b""
    for word in ["s-001", "free", "李梅", *words]:
        assert word in result.stdout


def test_why_is_it_late(trial):
    trial("block", "s-001", "free", "--reason", "没有 key")
    trial("tick", "s-001", "seen", by="王芳")
    result = trial("overdue", now="2026-12-01T00:00:00Z", status=1)
    why = {line.split()[1]: line for line in result.lines}
    assert "blocked: 没有 key" in why["free"]
    assert "forgotten" in why["first"]
    assert "waiting for first" in why["second"]
    assert "王芳" in why["seen"] and "confirm" in why["seen"]


def test_due_to_the_second(trial):
    trial("overdue", now="2026-11-01T03:59:59Z", status=0)
    assert "free" in trial("overdue", now="2026-11-01T04:00:00Z", status=1).stdout


def test_a_title_cannot_break_the_line(run):
    run.checklist('checklist: c\ntitle: C\nitems:\n  - {id: a, title: "one\\ntwo\\u001b[31m\\u202e", due: 0h}\n')
    if run("lint", status=None).status == 0:
        run("shop", "add", "s-001")
        run("start", "s-001")
        result = run("overdue", status=1)
        assert len(result.lines) == 1 and "\x1b" not in result.stdout and "\u202e" not in result.stdout


def test_archived_stopped_and_finished_are_left_out(trial):
    late = "2027-01-01T00:00:00Z"
    assert trial("overdue", now=late, status=1).out
    trial("shop", "archive", "s-001")
    assert trial("overdue", now=late).out == b""
    trial("shop", "restore", "s-001")
    trial("stop", "s-001", "--reason", "x")
    assert trial("overdue", now=late).out == b""


def test_done_and_skipped_are_not_overdue(trial):
    trial("tick", "s-001", "free")
    trial("skip", "s-001", "first", "--reason", "x", "--as-lead")
    lines = trial("overdue", now="2026-12-01T00:00:00Z", status=1).lines
    assert not any(line.split()[1] in ("free", "first") for line in lines)


# ---------------------------------------------------------------------------------------------------------
# Against the model


def test_json(world):
    answer = world("overdue", "--format", "json", now=END, status=1).json
    assert [*answer] == ["generated_at", "count", "items"]
    assert answer["generated_at"] == END
    assert answer["count"] == len(answer["items"]) > 20
    assert all([*item] == COLUMNS for item in answer["items"])
    assert in_order(answer["items"]) == expected(world)


def test_json_in_chinese(world):
    answer = world("overdue", "--format", "json", now=END, lang="zh", status=1).json
    assert in_order(answer["items"]) == expected(world, "zh")


def test_text_lists_the_same(world):
    lines = world("overdue", now=END, status=1).lines
    assert sorted((line.split()[0], line.split()[1]) for line in lines) == sorted(
        (item["shop"], item["item"]) for item in expected(world))


@pytest.mark.parametrize("team", ["east", "west", "华东"])
def test_team(world, team):
    items = expected(world, team=team)
    answer = world("overdue", "--team", team, "--format", "json", now=END, status=1 if items else 0).json
    assert in_order(answer["items"]) == items


@pytest.mark.parametrize("owner", ["王芳", "ops", "李梅"])
def test_owner(world, owner):
    items = expected(world, owner=owner)
    answer = world("overdue", "--owner", owner, "--format", "json", now=END, status=1 if items else 0).json
    assert in_order(answer["items"]) == items


def test_owner_and_team(world):
    items = expected(world, owner="ops", team="west")
    assert items
    answer = world("overdue", "--owner", "ops", "--team", "west", "--format", "json", now=END, status=1).json
    assert in_order(answer["items"]) == items


@pytest.mark.parametrize(
    ("within", "ahead"), [("0h", timedelta()), ("90m", timedelta(minutes=90)), ("36h", timedelta(hours=36)),
                          ("1d", timedelta(days=1)), ("1w", timedelta(weeks=1))])
def test_within(world, within, ahead):
    """No clock changes in the week after, so that a day has 24 hours in every zone here."""
    items = expected(world, until=lambda run: moment(END) + ahead)
    answer = world("overdue", "--within", within, "--format", "json", now=END, status=1).json
    assert in_order(answer["items"]) == items


def test_csv(world):
    result = world("overdue", "--format", "csv", now=END, status=1)
    assert result.stdout.startswith(BYTE_ORDER_MARK + ",".join(COLUMNS) + "\r\n")
    assert all(line.endswith(b"\r") for line in result.out.split(b"\n")[:-1]), "RFC 4180 ends lines with CR LF"
    rows = sorted(
        result.rows, key=lambda row: (-int(row["overdue_seconds"]), row["shop"], int(row["run"]), row["item"]))

    def cell(value):
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, list):
            return ";".join(value)
        text = "" if value is None else str(value)
        return "'" + text if isinstance(value, str) and text[:1] in ("=", "+", "-", "@", "\t", "\r") else text

    assert rows == [{key: cell(value) for key, value in item.items()} for item in expected(world)]


def test_csv_without_a_mark(trial):
    result = trial("overdue", "--format", "csv", "--no-bom", now=LATE, status=1)
    assert result.stdout.startswith("shop,name,")
    assert trial("overdue", "--format", "csv", "--no-bom").stdout == ",".join(COLUMNS) + "\r\n"


def test_json_of_nothing(trial):
    answer = trial("overdue", "--format", "json").json
    assert answer == {"generated_at": "2026-11-01T02:00:00Z", "count": 0, "items": []}


# ---------------------------------------------------------------------------------------------------------
# --within


def test_anything_listed_is_a_finding(trial):
    result = trial("overdue", "--within", "3h", status=1)
    assert len(result.lines) == 1 and "2 h" in result.stdout
    assert trial("overdue", "--within", "1h").out == b""
    item = trial("overdue", "--within", "3h", "--format", "json", status=1).json["items"][0]
    assert item["overdue_seconds"] == -7200


def test_days_end_at_the_same_local_time(run):
    """On the eve of a change of clocks, a day of Berlin has 23 hours."""
    run.checklist("checklist: c\ntitle: C\ntime-zone: Europe/Berlin\nitems:\n"
                  "  - {id: a, title: A, due: 23h}\n  - {id: b, title: B, due: 24h}\n")
    run("shop", "add", "s-001")
    start = "2026-03-28T11:00:00Z"
    run("start", "s-001", now=start)
    assert [line.split()[1] for line in run("overdue", "--within", "1d", now=start, status=1).lines] == ["a"]
    assert len(run("overdue", "--within", "24h", now=start, status=1).lines) == 2


@pytest.mark.parametrize("within", ["", "soon", "1x", "-1h", "2", "1d before", "6y", "1.5h"])
def test_a_wrong_duration_is_wrong_usage(trial, within):
    assert "--within" in trial.refused("overdue", f"--within={within}", status=64)


# ---------------------------------------------------------------------------------------------------------
# Nagios


def nagios(run, *words, status, **options):
    result = run("overdue", "--format", "nagios", *words, status=status, **options)
    word = {0: "OK", 1: "WARNING", 2: "CRITICAL", 3: "UNKNOWN"}[status]
    assert result.lines[0].startswith(f"SWITCHLIST {word} - "), str(result)
    return result


@pytest.mark.parametrize("language", ["en", "zh"])
def test_nagios_states(trial, language):
    nagios(trial, status=0, lang=language)
    nagios(trial, status=1, lang=language, now=LATE)
    nagios(trial, status=2, lang=language, now="2026-11-03T00:00:00Z")


def test_nagios_within_is_a_warning(trial):
    nagios(trial, "--within", "1h", status=0)
    assert "1 due soon" in nagios(trial, "--within", "3h", status=1).stdout
    # A critical item that is only to come doesn't make it critical.
    nagios(trial, "--within", "3d", status=1)
    nagios(trial, "--within", "3d", status=2, now="2026-11-03T00:00:00Z")


def test_nagios_figures(trial):
    """What stands after the `|` has the form of the plugin guidelines."""
    result = nagios(trial, status=2, now="2026-11-03T00:00:00Z")
    text, figures = result.lines[0].split(" | ")
    value = r"'?[^'= ]+'?=-?[0-9.]+[a-zA-Z%]*(;[0-9.:~@-]*){0,4}"
    assert re.fullmatch(f"{value}( {value})*", figures)
    assert "overdue=2;" in figures and "2 overdue" in text
    assert all("|" not in line for line in result.lines[1:])


def test_nagios_is_short_for_a_large_store(world):
    result = nagios(world, status=2, now=END)
    assert len(result.lines) <= 25 and "more" in result.lines[-1]
    assert all("|" not in line for line in result.lines[1:])


@pytest.mark.parametrize(
    ("words", "options"),
    [
        (["--store", "missing.sqlite"], {}), (["--store", "text.sqlite"], {}), (["--store", "folder"], {}),
        (["--bogus"], {}), (["--within", "soon"], {}), (["--within"], {}), (["extra"], {}), (["--now", "x"], {}),
        (["--lang", "fr"], {}), (["--color", "pink"], {}), (["--store", "oracle://x"], {}),
        ([], {"env": {"SWITCHLIST_NOW": "x"}}), ([], {"env": {"SWITCHLIST_STORE": "missing.sqlite"}}),
    ], ids=str)
def test_nagios_failures_are_unknown(trial, words, options):
    trial.write("text.sqlite", "no database at all\n" * 100)
    (trial.folder / "folder").mkdir()
    result = nagios(trial, *words, status=3, **options)
    assert len(result.lines[0]) > len("SWITCHLIST UNKNOWN - ") + 5


def test_nagios_failures_are_unknown_however_the_format_is_given(trial):
    for words in [["--format=nagios", "--bogus"], ["--bogus", "--format", "nagios"]]:
        assert trial("overdue", *words, status=3).stdout.startswith("SWITCHLIST UNKNOWN - ")


def test_nagios_that_cannot_be_written_is_unknown(trial):
    with open("/dev/full", "wb") as full:
        trial("overdue", "--format", "nagios", stdout=full, status=3)


# ---------------------------------------------------------------------------------------------------------
# Prometheus


def promtool(text: bytes):
    done = subprocess.run(["promtool", "check", "metrics"], input=text, capture_output=True, check=False)
    assert done.returncode == 0, (done.stdout + done.stderr).decode() + text.decode()
    assert done.stderr == b"", done.stderr.decode()


def samples(text):
    found = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            name, labels, value = re.fullmatch(r"(\w+)(?:\{(.*)\})? (\S+)", line).groups()
            found[name, labels or ""] = float(value)
    return found


@pytest.mark.parametrize("language", ["en", "zh"])
def test_prometheus(world, language):
    result = world("overdue", "--format", "prometheus", now=END, lang=language)
    promtool(result.out)
    wanted = {("switchlist_last_check_timestamp_seconds", ""): moment(END).timestamp()}
    for (team, checklist), figures in model(world).gauges(moment(END)).items():
        labels = f'team="{team}",checklist="{checklist}"'
        for name, value in zip(["items_outstanding", "items_overdue", "oldest_overdue_seconds"], figures):
            wanted[f"switchlist_{name}", labels] = value
    found = samples(result.stdout)
    assert {key: value for key, value in found.items() if value or key in wanted} == wanted
    for name in {name for name, _ in wanted}:
        assert f"# HELP {name} " in result.stdout and f"# TYPE {name} gauge\n" in result.stdout


def test_prometheus_of_a_team(world):
    found = samples(world("overdue", "--format", "prometheus", "--team", "west", now=END).stdout)
    assert {labels.split(",")[0] for _, labels in found} == {"", 'team="west"'}


def test_prometheus_of_an_empty_store(run):
    run("shop", "add", "s-001")
    result = run("overdue", "--format", "prometheus")
    promtool(result.out)
    assert ("switchlist_last_check_timestamp_seconds", "") in samples(result.stdout)


def test_prometheus_of_a_team_with_quotes(run):
    run.checklist("checklist: c\ntitle: C\nitems:\n  - {id: a, title: A, due: 0h}\n")
    run("shop", "add", "s-001", "--team", 'the "east"\\west')
    run("start", "s-001")
    result = run("overdue", "--format", "prometheus")
    promtool(result.out)
    assert 'team="the \\"east\\"\\\\west"' in result.stdout


def test_prometheus_fails_without_figures(trial):
    result = trial("overdue", "--format", "prometheus", "--store", "missing.sqlite", status=2)
    assert result.out == b"" and result.stderr.startswith("error: ")


# ---------------------------------------------------------------------------------------------------------
# Failures


@pytest.mark.parametrize("store", ["missing.sqlite", "empty.sqlite", "text.sqlite", "folder", "no/such/folder/x"])
def test_a_wrong_store_never_reports_all_well(trial, store):
    trial.write("empty.sqlite", "")
    trial.write("text.sqlite", "no database at all\n" * 100)
    (trial.folder / "folder").mkdir()
    result = trial("overdue", "--store", store, status=2)
    assert result.out == b"" and result.stderr.startswith("error: ") and store in result.stderr
    assert not (trial.folder / "missing.sqlite").exists()


def test_a_reader_that_has_seen_enough_is_no_failure(world):
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as pipe:
        result = world("overdue", now=END, stdout=pipe, status=None)
    assert result.status in (0, 1) and result.err == b""


@pytest.mark.parametrize("form", ["html", "markdown"])
def test_other_formats_are_wrong_usage(trial, form):
    error = trial.refused("overdue", "--format", form, status=64)
    assert "nagios" in error and "prometheus" in error
