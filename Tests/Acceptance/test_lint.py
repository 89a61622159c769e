"""Checking definitions: every mistake at its place, in both languages, for people and for scripts."""

import os
import re
import time
import unicodedata

import pytest
from program import OBEYING_PERMISSIONS, Program
from corpus import BROKEN, FINE
from wcwidth import wcswidth

FINDING_KEYS = ["file", "line", "column", "severity", "code", "message"]


def build_corpus(run):
    for broken in BROKEN:
        run.write(f"checklists/{broken.name}.yaml", broken.text)


@pytest.fixture(scope="session")
def linted(prepared):
    """The findings of all files, checked at once, by language and file."""
    run = Program(prepared(build_corpus))
    found = {}
    for language in ["en", "zh"]:
        answer = run("lint", "--format", "json", lang=language, status=1).json
        for finding in answer["findings"]:
            name = os.path.basename(finding["file"]).removesuffix(".yaml")
            found.setdefault((language, name), []).append(finding)
    return found


# ---------------------------------------------------------------------------------------------------------
# The corpus


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.name)
def test_every_mistake_at_its_place(linted, broken, language):
    findings = linted.get((language, broken.name), [])
    wanted = [entry.split(" ", 1) for entry in broken.findings]
    assert [f"{entry['line']}:{entry['column']}" for entry in findings] == [place for place, *_ in wanted], findings
    for finding, (_, *words) in zip(findings, wanted, strict=True):
        assert finding["severity"] == "error"
        for word in words[0].split() if words and "→" not in words[0] else words:
            assert word in finding["message"]


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.name)
def test_messages_are_in_their_language(linted, broken):
    """The Chinese ones hold Chinese punctuation and none of the English sentences."""
    for english, chinese in zip(linted["en", broken.name], linted["zh", broken.name], strict=True):
        assert english["code"] == chinese["code"]
        assert english["message"] != chinese["message"]
        assert re.search(r"[\u4e00-\u9fff]", chinese["message"])
        assert not re.search(r"[\u4e00-\u9fff]", english["message"].replace("茶", "").replace("状态", ""))
        assert not re.search(r"[\u4e00-\u9fff][,;:()?]", chinese["message"]), "ASCII punctuation after Chinese"


@pytest.mark.parametrize("name", FINE)
def test_what_is_right(run, name):
    path = run.write(f"checklists/{name}.yaml", FINE[name])
    result = run("lint", path)
    assert result.out == b""
    assert run("lint", path, "--format", "json").json == {"errors": 0, "warnings": 0, "findings": []}


def test_plain_scalars_are_what_their_place_asks_for(run):
    run.checklist(FINE["plain-scalars"])
    run("shop", "add", "s-001")
    run("start", "s-001", "--checklist", "2026")
    entry = run.status()["runs"][0]
    assert (entry["checklist"], entry["title"]) == ("2026", "no")
    assert (entry["items"][0]["id"], entry["items"][0]["title"]) == ("7", "yes")
    definition = run("export").stdout.splitlines()[1]
    assert '"steps":["10:00","1.5","null","~","0x10"]' in definition


def test_anchors_aliases_and_merges(run):
    run.checklist(FINE["anchors"])
    run("shop", "add", "s-001")
    run("start", "s-001")
    items = run.items(lang="zh")
    assert [(item["title"], item["due_at"]) for item in items.values()] == [("茶", "2026-11-01T04:00:00Z")] * 2
    assert [*items] == ["a", "b"]


# ---------------------------------------------------------------------------------------------------------
# The forms


@pytest.mark.parametrize("language", ["en", "zh"])
def test_text(run, language):
    run.checklist("checklist: c\ntitle: T\nitems:\n  - {id: a, title: 茶香小店, neds: [b]}\n")
    result = run("lint", "checklists/c.yaml", status=1, lang=language)
    head, line, caret = result.lines
    assert re.fullmatch(r"checklists/c\.yaml:4:26: error: .*neds.*needs.*", head)
    assert line == "  - {id: a, title: 茶香小店, neds: [b]}"
    assert caret.strip() == "^"
    assert wcswidth(caret) - 1 == wcswidth(line[: line.index("neds")]), "the caret stands below the place"
    assert "1" in result.stderr


def test_a_suggestion_stands_in_the_line(run):
    run.checklist("checklist: c\ntitle: T\nitems:\n  - {id: a, title: A, neds: [b]}\n")
    assert "unknown key 'neds'; did you mean 'needs'?" in run("lint", status=1).stdout


def test_json(run):
    run.checklist("checklist: c\ntitle: T\nitems:\n  - {id: a, title: A, neds: [b]}\n")
    answer = run("lint", "checklists/c.yaml", "--format", "json", status=1).json
    assert [*answer] == ["errors", "warnings", "findings"]
    assert (answer["errors"], answer["warnings"]) == (1, 0)
    finding = answer["findings"][0]
    assert [*finding] == FINDING_KEYS
    assert (finding["file"], finding["line"], finding["column"]) == ("checklists/c.yaml", 4, 23)


def test_findings_are_sorted_by_place(run):
    for broken in BROKEN[:12]:
        run.write(f"checklists/{broken.name}.yaml", broken.text)
    places = [(entry["file"], entry["line"], entry["column"])
              for entry in run("lint", "--format", "json", status=1).json["findings"]]
    assert places == sorted(places)


def test_what_stands_in_a_file_never_reaches_the_terminal_as_an_order(run):
    run.checklist('checklist: c\ntitle: T\nitems:\n  - {id: a, title: A, "ne\x1b[31mds\u202e": 1} # \u202e\n')
    result = run("lint", status=1)
    assert "\x1b" not in result.stdout and "\u202e" not in result.stdout
    assert result.stdout.splitlines()[0].count("error: ") == 1


def test_a_long_line_is_cut(run):
    run.checklist("checklist: c\ntitle: T\nx: '" + "y" * 100_000 + "'\nitems: [{id: a, title: A}]\n")
    assert len(run("lint", status=1).out) < 2000


# ---------------------------------------------------------------------------------------------------------
# What is checked


def test_without_arguments_the_folder(run):
    run.checklist("checklist: c\ntitle: T\n")
    assert "c.yaml:1:1: error: " in run("lint", status=1).stdout


def test_the_shipped_files_are_right(shipped):
    """Nothing but dates may be warned of: the calendar's end, and when Douyin's rules were last checked."""
    findings = {}
    for now in ["2026-04-01T00:00:00Z", "2026-11-20T00:00:00Z", "2027-05-20T00:00:00Z"]:
        answer = shipped("lint", "--format", "json", now=now).json
        assert answer["errors"] == 0
        findings[now[:7]] = [(os.path.basename(entry["file"]), entry["code"]) for entry in answer["findings"]]
    assert findings == {
        "2026-04": [("douyin.yaml", "future-check")],
        "2026-11": [("cn.yaml", "calendar-ends-soon")],
        "2027-05": [("cn.yaml", "calendar-ended"), ("douyin.yaml", "old-check")],
    }


def test_named_files_alone(run):
    run.checklist("checklist: bad\ntitle: T\n")
    run.checklist("checklist: good\ntitle: T\nitems: [{id: a, title: A}]\n")
    run("lint", "checklists/good.yaml")
    result = run("lint", "checklists/bad.yaml", status=1)
    assert "good" not in result.stdout
    result = run("lint", "checklists/good.yaml", "checklists/bad.yaml", status=1)
    assert "bad.yaml:1:1" in result.stdout


def test_folders(run):
    run.write("one/a.yaml", "checklist: a\ntitle: T\n")
    run.write("two/b.yaml", "checklist: b\ntitle: T\n")
    result = run("lint", "one", "two", status=1)
    assert "one/a.yaml:1:1" in result.stdout and "two/b.yaml:1:1" in result.stdout


def test_a_repeated_checklist_id_names_both_places(run):
    one = "checklist: same\ntitle: T\nitems: [{id: a, title: A}]\n"
    run.write("checklists/a.yaml", one)
    run.write("checklists/b.yaml", "# a comment\n" + one)
    result = run("lint", status=1)
    assert "b.yaml:2:12: error: " in result.stdout and "a.yaml" in result.lines[0].split("error: ")[1]
    assert result.stdout.count("error: ") == 1


def test_calendars(run):
    run.checklist("checklist: c\ntitle: T\ncalendar: cn\nitems: [{id: a, title: A, due: 1 workday}]\n")
    good = "calendar: cn\ncovers: 2025..2027\nweekend: [sat, sun]\nholidays: [2026-10-01]\nworkdays: [2026-10-10]\n"
    path = run.write("checklists/calendars/cn.yaml", good)
    run("lint")
    run("lint", "checklists/c.yaml")
    for old, new, place in [
        ("2025..2027", "2027..2025", "2:9"),
        ("[sat, sun]", "[sat, sunday]", "3:16"), ("2026-10-01", "2026-02-30", "4:12"),
        ("workdays", "workday", "5:1"),
    ]:
        path.write_text(good.replace(old, new, 1), encoding="utf-8")
        result = run("lint", "checklists/calendars/cn.yaml", status=1)
        assert f"cn.yaml:{place}: error: " in result.stdout, f"{old} → {new}\n{result}"
    for old, new, place in [("2026-10-01", "2031-10-01", "4:12"), ("2026-10-10", "2026-10-12", "5:12")]:
        path.write_text(good.replace(old, new, 1), encoding="utf-8")
        result = run("lint", "checklists/calendars/cn.yaml")
        assert f"cn.yaml:{place}: warning: " in result.stdout, f"{old} → {new}\n{result}"


@pytest.mark.parametrize(("now", "warnings"), [
    ("2026-10-31T23:59:59Z", 0), ("2026-11-01T00:00:00Z", 1), ("2026-12-31T00:00:00Z", 1), ("2027-06-01T00:00:00Z", 1)])
def test_a_calendar_is_warned_of_60_days_before_its_end(run, now, warnings):
    run.write("checklists/calendars/cn.yaml", "calendar: cn\ncovers: 2025..2026\nweekend: [sat, sun]\n")
    result = run("lint", "--format", "json", now=now)
    assert (result.json["errors"], result.json["warnings"]) == (0, warnings)
    text = run("lint", now=now)
    assert ("warning: " in text.stdout) == bool(warnings)
    if warnings:
        assert result.json["findings"][0]["severity"] == "warning"
        assert text.lines[0].startswith(str(run.checklists / "calendars" / "cn.yaml") + ":2:9: warning: ")


BASE = """\
checklist: base
title: T
items:
  - {id: a, title: A}
  - {id: b, title: B, needs: [a]}
"""


def test_extensions(run):
    run.write("checklists/z-base.yaml", BASE)
    path = run.write("checklists/derived.yaml", "checklist: derived\ntitle: T\nextends: base\nremove: [b]\n")
    assert run("lint").out == run("lint", path).out == b""
    listed = {entry["id"]: entry for entry in run("checklists", "--format", "json").json}
    assert [item["id"] for item in listed["derived"]["items"]] == ["a"]
    for old, new, place, words in [
        ("extends: base", "extends: bsae", "3:10", "bsae base"), ("[b]", "[b, c]", "4:13", "c base"),
        ("[b]", "[a]", "4:10", "b z-base.yaml:5:10"), ("extends: base", "extends: derived", "3:10", "derived → derived"),
    ]:
        path.write_text("checklist: derived\ntitle: T\nextends: base\nremove: [b]\n".replace(old, new),
                        encoding="utf-8")
        for what in [[], [path]]:
            first = run("lint", *what, status=1).lines[0]
            assert f"derived.yaml:{place}: error: " in first
            assert all(word in first for word in words.split(" ")), first


def test_of_what_is_extended_nothing_is_reported(run):
    run.write("checklists/base.yaml", BASE.replace("needs", "neds"))
    path = run.write("checklists/derived.yaml", "checklist: derived\ntitle: T\nextends: base\n")
    result = run("lint", path, status=1)
    assert result.stdout.count("error: ") == 1 and "derived.yaml:3:10: error: " in result.stdout
    assert "base.yaml" in result.lines[0]
    assert run("lint", status=1).stdout.count("error: ") == 2


RULES = """\
platform: douyin
cool-down: {usual: 7d, most: 28d}
between-switches: 30d
requires: [registered, real-name-verified]
texts: {cool-down: Wait., registered: There is one.}
checked: 2026-11-20
"""


def test_platforms(run):
    now = "2026-11-24T00:00:00Z"
    path = run.write("checklists/platforms/douyin.yaml", RULES)
    assert run("lint", now=now).out == run("lint", path, now=now).out == b""
    for old, new, place in [
        ("usual: 7d", "usual: 29d", "2:31"), ("usual: 7d, ", "", "2:12"), ("30d", "30 workdays", "3:19"),
        ("cool-down:", "cooldown:", "2:1"), ("[registered", "[Registered", "4:12"),
        ("cool-down: W", "cooldown: W", "5:9"), ("2026-11-20", "20.11.2026", "6:10"), ("platform", "plattform", "1:1"),
    ]:
        path.write_text(RULES.replace(old, new, 1), encoding="utf-8")
        for what in [[], [path], ["checklists/platforms"]]:
            result = run("lint", *what, status=1, now=now)
            assert f"douyin.yaml:{place}: error: " in result.stdout, f"{old} → {new}\n{result}"
    for old, new, place in [
        ("platform: douyin", "platform: taobao", "1:11"), ("registered,", "registered, registered,", "4:24"),
        ("2026-11-20", "2026-05-01", "6:10"), ("2026-11-20", "2027-11-20", "6:10"),
    ]:
        path.write_text(RULES.replace(old, new, 1), encoding="utf-8")
        result = run("lint", "checklists/platforms/douyin.yaml", now=now)
        assert f"douyin.yaml:{place}: warning: " in result.stdout, f"{old} → {new}\n{result}"


def test_a_folder_with_platforms_alone(run):
    run.write("rules/platforms/douyin.yaml", "platform: douyin\n")
    assert "douyin.yaml:1:1: error: " in run("lint", "rules", status=1).stdout


def test_a_broken_platform_keeps_no_checklist_from_use(run):
    run.checklist("checklist: good\ntitle: T\nitems: [{id: a, title: A}]\n")
    run.write("checklists/platforms/douyin.yaml", "platform: douyin\n")
    result = run("checklists")
    assert "good" in result.stdout and "platforms/douyin.yaml" in result.stderr


def test_a_folder_without_definitions(run):
    (run.folder / "empty").mkdir()
    result = run("lint", "empty", status=None)
    assert result.status == 2 or "empty" in result.stderr, "a wrong path must not report that all is well"


# ---------------------------------------------------------------------------------------------------------
# What can't be read


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_missing_file(run, form):
    result = run("lint", "missing.yaml", "--format", form, status=2)
    assert result.stderr.startswith("error: ") and "missing.yaml" in result.stderr


def test_a_failure_outranks_a_finding(run):
    run.checklist("checklist: c\ntitle: T\n")
    result = run("lint", "checklists/c.yaml", "missing.yaml", status=2)
    assert "c.yaml:1:1: error: " in result.stdout and "missing.yaml" in result.stderr


def test_folders_pipes_and_closed_files_named_as_checklists(run):
    run.checklist("checklist: good\ntitle: T\nitems: [{id: a, title: A}]\n")
    (run.checklists / "folder.yaml").mkdir()
    os.mkfifo(run.checklists / "pipe.yaml")
    (run.write("checklists/closed.yaml", "checklist: closed\n")).chmod(0)
    result = run("lint", status=2, under=OBEYING_PERMISSIONS)
    for name in ["folder.yaml", "pipe.yaml", "closed.yaml"]:
        assert sum(name in line for line in result.stderr.splitlines() if line.startswith("error: ")) == 1
    assert "good" in run("checklists", under=OBEYING_PERMISSIONS).stdout


def list_of(count):
    return "checklist: c\ntitle: T\nitems:\n" + "".join(f"  - {{id: i{n}, title: I}}\n" for n in range(count))


LIMITS = {
    "500 items": (list_of(500), 0), "501 items": (list_of(501), 1), "a file of 1 MiB": (list_of(1).ljust(1 << 20, "#"), 0),
    "a byte more": (list_of(1).ljust((1 << 20) + 1, "#"), 1),
    "a nesting of 65": ("checklist: c\ntitle: T\nitems: [{id: a, title: A}]\nx: " + "[" * 64 + "]" * 64 + "\n", 1),
}


@pytest.mark.parametrize(("content", "status"), LIMITS.values(), ids=[*LIMITS])
def test_limits(run, content, status):
    run.checklist(content)
    run("lint", status=status)


HOSTILE = {
    "large": b"checklist: c\ntitle: T\nitems:\n" + b"# " + b"x" * 50_000_000,
    "nested": b"a: " + b"[" * 10_000,
    "aliases": b"a: &a [x, x, x, x, x, x, x, x, x, x]\n" + b"".join(
        b"%c: &%c [%s]\n" % (97 + n, 97 + n, b", ".join([b"*%c" % (96 + n)] * 10)) for n in range(1, 10)),
    "keys": b"checklist: c\ntitle: T\nitems: [{id: a, title: A}]\n" + b"".join(b"k%d: 1\n" % n for n in range(60_000)),
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=[*HOSTILE])
def test_hostile_files_cost_little(run, content):
    """Within a second and 200 MB; the second is for the release build, so that there is some room here."""
    run.write("checklists/hostile.yaml", content)
    began = time.monotonic()
    result = run("lint", status=1, under=("bash", "-c", 'ulimit -v 1500000; "$@"', "bash"))
    assert time.monotonic() - began < 10
    assert "hostile.yaml:" in result.stdout and "error: " in result.stdout


def test_the_corpus_is_as_wide_as_it_says():
    wide = next(broken for broken in BROKEN if broken.name == "wide")
    assert sum(unicodedata.east_asian_width(character) == "W" for character in wide.text) == 5
