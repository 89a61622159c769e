"""Filters: a name that nobody has is never answered with "all is well", whatever the command and the format."""

import json
import re

import pytest
from command_options import options_of
from commands import FORMATS
from commands import build as build_commands

# What is narrowed by a name, with a name that is there; and in which words the command is asked.
FILTERS = {
    ("overdue", "--team"): "east", ("overdue", "--owner"): "Mei", ("overdue", "--platform"): "douyin",
    ("overdue", "--tag"): "live", ("overdue", "--item"): "rotate-password",
    ("report", "--team"): "east", ("report", "--platform"): "douyin", ("report", "--tag"): "live",
    ("report", "--item"): "rotate-password",
    ("shop list", "--team"): "east", ("switch list", "--team"): "west",
    ("start", "--team"): "east", ("start", "--checklist"): "douyin-after-switch",
    ("upgrade", "--checklist"): "douyin-after-switch",
}
BESIDE = {"start": ["--all"], "upgrade": ["--all"]}
# Options that take a value and narrow nothing by a name.
OTHERS = {
    "--store", "--checklists", "--as", "--now", "--lang", "--color", "--format",  # of every command
    "--note", "--proof", "--at", "--run", "--reason", "--to", "--within", "--state", "--by", "--head", "--name",
    "--platform", "--team", "--owner", "--time-zone", "--tag", "--for", "--until", "--finish-by", "--confirmed",
    "--switched-at", "--base-url", "--expires", "--role", "--scope", "--from", "--since", "--number", "--repair",
    "--listen", "--limit", "--log-level", "--metrics-listen", "--public-url", "--trusted-proxy",
}
# Of these an option of that name says what something is to be, or which things may be done.
SAYING = {
    "shop add": {"--platform", "--team", "--owner", "--tag"}, "shop edit": {"--platform", "--team", "--owner", "--tag"},
    "user add": {"--team"}, "token create": {"--team"},
}
NAMING = {"--team", "--owner", "--platform", "--tag", "--item", "--checklist", "--shop", "--user", "--channel"}


@pytest.fixture(scope="module")
def options(tmp_path_factory):
    return options_of(tmp_path_factory.mktemp("options"))


@pytest.fixture
def built(run, prepared):
    run.become(prepared(build_filtered))
    return run


def build_filtered(run):
    build_commands(run)
    run("shop", "edit", "s-001", "--tag", "live")


def test_every_option_is_known(options):
    """A new option is either a filter, and then tested here, or it isn't."""
    for command, names in options.items():
        for name in names:
            if name in NAMING and name not in SAYING.get(command, set()):
                assert (command, name) in FILTERS, f"{command} {name} narrows by a name: give it a row"
            else:
                assert name in OTHERS, f"{command} {name}: say whether it narrows by a name"
    assert {command for command, _ in FILTERS} <= options.keys()
    for command, name in FILTERS:
        assert name in options[command]


def formats(command):
    return FORMATS.get(command, ["text"])


ROWS = [(command, option, form) for command, option in FILTERS for form in formats(command)]
LATE = "2026-12-24T00:00:00Z"


def words(command, option, value, form):
    return [*command.split(), *BESIDE.get(command, []), option, value, "--format", form]


@pytest.mark.parametrize(("command", "option", "form"), ROWS)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_name_that_nobody_has_is_an_error(built, command, option, form, language):
    right = FILTERS[command, option]
    wrong = right[:-1] + ("x" if right[-1] != "x" else "y")
    status = 3 if form == "nagios" else 2
    for value, near in [(wrong, True), ("nobody's at all", False), ("", False), ("  ", False)]:
        result = built(*words(command, option, value, form), now=LATE, status=status, lang=language)
        assert result.stderr.startswith("error: "), str(result)
        if form == "nagios":
            assert result.stdout.startswith("SWITCHLIST UNKNOWN - "), str(result)
        else:
            assert result.out == b"", str(result)
        if near:
            assert right in result.stderr, f"the nearest is named\n{result}"
        if value.strip():
            assert value in result.stderr


@pytest.mark.parametrize(("command", "option", "form"), ROWS)
def test_names_are_compared_as_names_are(built, command, option, form):
    right = FILTERS[command, option]
    plain = built(*words(command, option, right, form), now=LATE, status=None)
    assert plain.status in (0, 1, 2) and "there is no" not in plain.stderr
    for value in [right.upper(), f"  {right}\t"]:
        again = built(*words(command, option, value, form), now=LATE, status=None)
        if command not in ("start", "upgrade"):
            assert (again.status, again.out) == (plain.status, plain.out), f"{plain}\n{again}"
        else:
            assert again.status in (0, 2) and "there is no" not in again.stderr, str(again)


def test_what_is_there_and_meets_nowhere_is_an_honest_nothing(built):
    built("shop", "add", "idle", "--team", "north", "--owner", "Nobody Else")
    for arguments in (["--team", "north"], ["--owner", "Nobody Else"], ["--team", "west", "--owner", "Mei"],
                      ["--team", "north", "--critical"], ["--tag", "live", "--platform", "douyin", "--team", "north"]):
        result = built("overdue", *arguments, now=LATE)
        assert (result.out, result.err) == (b"", b"")
        first = built("overdue", *arguments, "--format", "nagios", now=LATE).lines[0]
        assert first.startswith("SWITCHLIST OK - ")


def test_a_team_that_archived_shops_users_or_tokens_have_is_there(built):
    built("shop", "add", "old", "--team", "south")
    built("shop", "archive", "old")
    built("token", "create", "script", "--scope", "read", "--team", "tokens")
    built("user", "add", "Lead", "--role", "lead", "--team", "leads", stdin="a long password 47\n")
    for team in ["south", "tokens", "leads"]:
        assert built("overdue", "--team", team, now=LATE).out == b""


def test_an_owner_of_what_is_done_in_an_active_run_is_there(built):
    built("assign", "s-001", "rotate-password", "--to", "Hu", now="2026-11-21T03:00:00Z")
    built("tick", "s-001", "rotate-password", "--note", "changed", by="Hu", now="2026-11-21T03:00:00Z")
    assert built("overdue", "--owner", "hu", now=LATE).out == b""


def test_spellings_of_one_name_are_one_name(built):
    built("shop", "add", "s-101", "--team", "East", "--owner", "mei", "--platform", "Douyin")
    assert [shop["id"] for shop in built("shop", "list", "--team", "EAST", "--format", "json").json] == [
        "s-001", "s-002", "s-101"]


def test_a_platforms_title_leads_to_its_name(built):
    assert "'douyin'" in built("report", "--platform", "抖音", status=2).stderr


def test_items_by_checklist(built):
    all_of_it = built("overdue", "--item", "rotate-password", "--format", "json", now=LATE, status=1).json["items"]
    assert {item["item"] for item in all_of_it} == {"rotate-password"}
    assert built("overdue", "--item", "douyin-after-switch/rotate-password", "--format", "json", now=LATE,
                 status=1).json["items"] == all_of_it
    assert "no checklist has an item" in built("overdue", "--item", "douyin-before-switch/rotate-password",
                                               status=2).stderr


@pytest.mark.parametrize("form", ["json", "csv", "prometheus", "nagios", "text"])
def test_critical_items_alone(built, form):
    everything = built("overdue", "--format", "json", now=LATE, status=1).json["items"]
    critical = [item for item in everything if item["critical"]]
    assert 0 < len(critical) < len(everything)
    result = built("overdue", "--critical", "--format", form, now=LATE, status=None)
    if form == "json":
        assert result.json["items"] == critical and result.status == 1
    elif form == "csv":
        assert len(result.rows) == len(critical) and result.status == 1
    elif form == "prometheus":
        figures = re.findall(r"^switchlist_items_overdue\{.*\} (\d+)$", result.stdout, re.MULTILINE)
        assert sum(map(int, figures)) == len(critical) and result.status == 0
    elif form == "nagios":
        assert f"overdue={len(critical)};" in result.lines[0] and result.status == 2
    else:
        assert len(result.lines) == len(critical) and result.status == 1


def test_prometheus_counts_what_a_filter_leaves(built):
    """An owner that only some formats look at would be one that others don't."""
    wanted = built("overdue", "--owner", "Mei", "--format", "json", now=LATE, status=1).json["count"]
    text = built("overdue", "--owner", "Mei", "--format", "prometheus", now=LATE).stdout
    assert sum(map(int, re.findall(r"^switchlist_items_overdue\{.*\} (\d+)$", text, re.MULTILINE))) == wanted > 0


@pytest.mark.parametrize("arguments", [["--critical"], ["--item", "rotate-password"], ["--tag", "live"],
                                       ["--platform", "douyin"], ["--team", "east", "--critical"]], ids=" ".join)
def test_a_report_counts_the_same_items(built, arguments):
    late = built("overdue", *arguments, "--format", "json", now=LATE, status=1).json["count"]
    report = built("report", *arguments, "--format", "json", now=LATE).json
    assert report["totals"]["overdue"] == late > 0
    for grouping in ["shop", "team", "item", "owner"]:
        rows = built("report", *arguments, "--by", grouping, "--format", "json", now=LATE).json["rows"]
        assert sum(row["overdue"] for row in rows) == late, grouping
        assert sum(row["total"] for row in rows) == report["totals"]["total"], grouping
    matrix = built("report", *arguments, "--matrix", "--format", "json", now=LATE).json["matrix"]
    cells = [state for row in matrix["rows"] for state in row["states"] if state is not None]
    assert len(cells) == report["totals"]["total"]


def test_a_reports_head_says_what_it_is_narrowed_to(built):
    for form in ["text", "markdown", "html"]:
        text = built("report", "--team", "EAST", "--critical", "--format", form, now=LATE).stdout
        assert "team east" in text and "critical items" in text


# ---------------------------------------------------------------------------------------------------------
# Shops for which there is no checklist


def test_start_says_that_no_checklist_is_for_a_platform(shipped):
    shipped.write("shops.csv", "id,platform\ns-1,抖音\ns-2,抖音\n")
    shipped("shop", "import", "shops.csv")
    for language, words_ in [("en", ["抖音", "2 shops", "did you mean 'douyin'?", "no checklist for 2"]),
                             ("zh", ["抖音", "2 家店铺", "是不是“douyin”", "2 家没有适用的清单"])]:
        result = shipped("start", "--all", status=2, lang=language)
        assert all(word in result.stderr for word in words_), str(result)
    shipped("shop", "add", "s-3", "--platform", "douyin")
    result = shipped("start", "--all")
    assert "started for 1 shop, no checklist for 2" in result.stderr
    result = shipped("start", "--all")
    assert "started for 0 shops, nothing to start for 1, no checklist for 2" in result.stderr


def test_shops_without_a_platform(shipped):
    shipped("shop", "add", "s-1")
    assert "1 shop without a platform" in shipped("start", "--all", status=2).stderr


def test_a_named_checklist_that_is_for_none(shipped):
    shipped("shop", "add", "s-1", "--platform", "kuaishou")
    result = shipped("start", "--all", "--checklist", "douyin-after-switch", status=2)
    assert "isn't for the platform 'kuaishou'" in result.stderr
    assert json.dumps(shipped("status", "s-1", "--format", "json").json["runs"]) == "[]"


def test_an_empty_store_has_nothing_to_start(shipped):
    shipped("shop", "add", "s-1")
    shipped("shop", "archive", "s-1")
    assert "started for 0 shops" in shipped("start", "--all").stderr
