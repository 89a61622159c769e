"""What people who script and operate it reach for: many at once, tables in and out, standard input, versions."""

import json
import re

import jsonschema
import pytest
import yaml
from commands import LATER, build
from program import BYTE_ORDER_MARK, REPOSITORY, SHIPPED
from command_options import options_of


@pytest.fixture
def built(run, prepared):
    run.become(prepared(build))
    run.environment["SWITCHLIST_NOW"] = LATER
    return run


def owners(run, shop="s-001"):
    return {name: item["owner"] for name, item in run.items(shop).items() if item["state"] in ("pending", "blocked")}


# ---------------------------------------------------------------------------------------------------------
# assign --from


def test_what_somebody_has_left_goes_to_somebody_else(built):
    built("start", "s-002")
    built("assign", "s-002", "rotate-password", "--to", "Mei")
    before = built.items()
    result = built("assign", "--from", "  mei", "--to", "Hu")
    assert "changed in 2 shops" in result.stderr
    assert "Mei" not in owners(built).values() and "Hu" in owners(built).values()
    assert built.items("s-002")["rotate-password"]["owner"] == "Hu"
    done = [name for name, item in before.items() if item["state"] == "done"]
    assert done and all(built.items()[name]["owner"] == before[name]["owner"] for name in done)
    assert "changed in 0 shops" in built("assign", "--from", "Hu", "--to", "Hu").stderr


def test_of_the_named_shops_alone(built):
    built("start", "s-002")
    built("assign", "s-002", "rotate-password", "--to", "Mei")
    built("assign", "s-002", "--from", "Mei", "--to", "Hu")
    assert built.items("s-002")["rotate-password"]["owner"] == "Hu" and "Mei" in owners(built).values()
    assert "none-such" in built("assign", "@-", "--from", "Mei", "--to", "Hu", stdin="none-such\ns-001\n", status=2).stderr
    assert "Mei" not in owners(built).values()


def test_nobody_has_nothing_to_hand_over(built):
    assert "did you mean 'Mei'?" in built.refused("assign", "--from", "Mie", "--to", "Hu")
    for words in (["assign", "s-001", "--to", "Hu"], ["assign", "--to", "Hu"],
                  ["assign", "s-001", "rotate-password", "--from", "Mei", "--to", "Hu"]):
        built.refused(*words, status=64)


# ---------------------------------------------------------------------------------------------------------
# tick --from


def test_ticks_from_a_table(trial):
    table = f"{BYTE_ORDER_MARK}shop,item,note\r\ns-001,third,\r\ns-001,second,two\r\ns-001,first,\"one, with a comma\"\r\n"
    result = trial("tick", "--from", "-", stdin=table)
    assert "ticked 3 items" in result.stderr, "in whatever order they need each other"
    items = trial.items()
    assert [items[name]["state"] for name in ["first", "second", "third"]] == ["done"] * 3
    assert items["first"]["note"] == "one, with a comma" and items["third"]["note"] is None
    again = trial("tick", "--from", "-", stdin=table)
    assert "ticked 0 items, 3 unchanged" in again.stderr


def test_rows_that_are_refused_are_named(trial):
    trial.write("done.csv", "item,shop\nfree,s-001\nfree,none-such\nnonsense,s-001\nsecond,s-001\n")
    result = trial("tick", "--from", "done.csv", status=2)
    assert "none-such" in result.stderr
    assert "line 4: s-001: no run of 's-001' holds an item 'nonsense'" in result.stderr
    assert "line 5: s-001: 'second' waits for first" in result.stderr
    assert "ticked 1 item, 2 rows refused, 1 shop refused" in result.stderr
    assert trial.items()["free"]["state"] == "done"


@pytest.mark.parametrize("table", ["", "shop\ns-001\n", "shop,item,nte\ns-001,free,\n", "shop,item\ns-001,\n"])
def test_tables_that_are_none(trial, table):
    trial.refused("tick", "--from", "-", stdin=table)


def test_a_table_has_all_there_is_to_say(trial):
    for words in (["tick", "--from", "x.csv", "s-001"], ["tick", "--from", "x.csv", "--note", "n"], ["tick"],
                  ["tick", "s-001"]):
        trial.refused(*words, status=64)


# ---------------------------------------------------------------------------------------------------------
# @FILE


def test_archiving_editing_and_links_of_many(built):
    lines = "s-001\nnone-such\ns-002\n"
    result = built("shop", "edit", "@-", "--team", "north", stdin=lines, status=2)
    assert "changed in 2 shops, 1 refused" in result.stderr and "none-such" in result.stderr
    again = built("shop", "edit", "@-", "--team", "north", stdin=lines, status=2)
    assert "changed in 0 shops, unchanged in 2, 1 refused" in again.stderr
    links = built("link", "create", "@-", "--base-url", "https://shops.example.cn", stdin=lines, status=2)
    assert [line.split()[0] for line in links.lines] == ["s-001", "s-002"]
    assert all(re.fullmatch(r"\S+  https://shops\.example\.cn/l/[\w-]+/", line) for line in links.lines)
    assert len(built("link", "list", "--all", "--format", "json").json) == 3
    built("shop", "archive", "@-", stdin=lines, status=2)
    assert [shop["id"] for shop in built("shop", "list", "--format", "json").json] == ["s-004", "s-005"]
    built("shop", "restore", "@-", stdin="s-001\ns-002\n")
    assert len(built("shop", "list", "--format", "json").json) == 4


# ---------------------------------------------------------------------------------------------------------
# history


def test_history_of_all_shops(built):
    everything = built("history", "--all", "--format", "json").json
    shops = [shop["id"] for shop in built("shop", "list", "--format", "json").json]
    assert everything == [event for shop in shops for event in built.events(shop)]
    rows = built("history", "--all", "--format", "csv").rows
    assert [(row["shop"], row["number"], row["kind"], row["hash"]) for row in rows] == [
        (event["shop"], str(event["number"]), event["kind"], event["hash"]) for event in everything]
    lines = built("history", "--all").lines
    assert len(lines) == len(everything) + 1 and lines[1].startswith("s-001  ")


def test_history_since(built):
    built("note", "s-004", "free", "x", status=None)
    built("shop", "edit", "s-004", "--name", "Four", now="2026-11-23T01:00:00Z")
    recent = built("history", "--all", "--since", "1d", "--format", "json", now="2026-11-23T02:00:00Z").json
    assert [(event["shop"], event["kind"]) for event in recent] == [("s-004", "shop-edited")]
    assert built("history", "--all", "--since", "30m", "--format", "json", now="2026-11-23T02:00:00Z").json == []
    one = built("history", "s-004", "--since", "2h", "--format", "json", now="2026-11-23T02:00:00Z").json
    assert [event["kind"] for event in one] == ["shop-edited"]
    for since in ["x", "1d before", "2 workdays", ""]:
        built.refused("history", "--all", f"--since={since}" if since else "--since=", status=64)
    built.refused("history", "s-004", "--all", status=64)
    built.refused("history", "--all", "--verify", status=64)


def test_status_and_history_as_tables(built):
    rows = built("status", "s-001", "--format", "csv").rows
    items = built.status()["runs"][0]["items"]
    assert [(row["item"], row["state"]) for row in rows] == [(item["id"], item["state"]) for item in items]
    assert {row["shop"] for row in rows} == {"s-001"}
    rows = built("history", "s-001", "--format", "csv").rows
    assert [int(row["number"]) for row in rows] == [event["number"] for event in built.events()]
    assert "ticked rebind-store" in " ".join(row["words"] for row in rows)
    for command in ["status", "history"]:
        plain = built(command, "s-001", "--format", "csv", "--no-bom").out
        assert built(command, "s-001", "--format", "csv").out == BYTE_ORDER_MARK.encode() + plain


# ---------------------------------------------------------------------------------------------------------
# Definitions


def test_lint_reads_standard_input(shipped):
    text = (SHIPPED / "douyin-after-switch.yaml").read_text()
    assert shipped("lint", "-", stdin=text).out == b"", "its calendar is looked for in the folder"
    result = shipped("lint", "-", stdin=text.replace("critical: true", "critcal: true", 1), status=1)
    assert re.match(r"-:\d+:\d+: error: unknown key 'critcal'; did you mean 'critical'\?", result.stdout)
    assert shipped("lint", "-", "--format", "json", stdin="a: b\n", status=1).json["findings"][0]["file"] == "-"
    shipped.refused("lint", "-", "x.yaml", status=64)


@pytest.mark.parametrize("name", ["calendars/cn.yaml", "platforms/douyin.yaml"])
def test_what_comes_by_standard_input_has_no_name_to_differ_from(shipped, name):
    findings = shipped("lint", "-", "--format", "json", stdin=(SHIPPED / name).read_text()).json["findings"]
    # How long ago it was checked depends on the day.
    assert [finding["code"] for finding in findings if finding["code"] == "wrong-name"] == []


class Text(yaml.SafeLoader):
    """Dates as editors hand them to a schema: as they are written."""


Text.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()}


@pytest.mark.parametrize("kind", ["calendar", "platform"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_schemas_of_calendars_and_platforms(run, kind, language):
    schema = run("schema", kind, lang=language).json
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    paths = [*(SHIPPED / f"{kind}s").glob("*.yaml")]
    assert paths
    for path in paths:
        fine = yaml.load(path.read_text(), Loader=Text)
        validator.validate(fine)
        for broken in [{**fine, "unknown": 1}, {key: fine[key] for key in [*fine][1:]}, {**fine, kind: []}]:
            assert not validator.is_valid(broken)


def test_the_schema_of_checklists_is_the_usual_one(run):
    assert run("schema", "checklist").out == run("schema").out


# ---------------------------------------------------------------------------------------------------------
# The program


def test_what_the_program_is_made_of(run):
    answer = run("--version", "--format", "json").json
    assert answer["name"] == "switchlist" and answer["version"] in run("--version").stdout
    versions = {entry["name"]: entry["version"] for entry in answer["dependencies"]}
    pins = json.loads((REPOSITORY / "Package.resolved").read_text())["pins"]
    assert {pin["identity"]: pin["state"]["version"] for pin in pins}.items() <= versions.items()
    for library in ["sqlite3", "libyaml", "zlib", "libqrencode"]:
        assert re.match(r"\d+\.\d+", versions[library])


@pytest.mark.parametrize("value", ["zh_CN", "zh-Hans", "ZH", "zh_CN.UTF-8", "zh"])
def test_languages_as_locales_write_them(trial, value):
    assert "店铺" in trial("shop", "list", lang=value).stdout
    assert "店铺" in trial("shop", "list", "--lang", value).stdout


def test_a_language_that_there_is_not(trial):
    assert "zh or en" in trial.refused("shop", "list", status=64, lang="fr")


def test_a_store_with_two_slashes(run):
    before = {path.name for path in run.folder.iterdir()}
    error = run.refused("shop", "add", "s-001", "--store", "sqlite://w.sqlite")
    assert "sqlite:w.sqlite" in error
    run("shop", "add", "s-001", "--store", f"sqlite://{run.folder}/three.sqlite")
    assert {path.name for path in run.folder.iterdir()} - before == {"three.sqlite"}


def test_a_store_of_another_kind_is_refused(run):
    """Not made as a file of that name."""
    before = set(run.folder.iterdir())
    assert "sqlite:PATH or postgres://" in run.refused("shop", "add", "s-001", "--store", "mysql://h/w")
    assert set(run.folder.iterdir()) == before
    run("shop", "add", "s-001", "--store", "SQLite:w.sqlite")
    assert (run.folder / "w.sqlite").exists()


def test_who_adds_a_shop_is_told_that_there_is_no_checklist_for_it(shipped):
    """Not to begin one."""
    result = shipped("shop", "add", "x", "--platform", "抖音")
    assert "switchlist start" not in result.stdout and "did you mean 'douyin'?" in result.stderr
    result = shipped("shop", "add", "y", "--platform", "douyin")
    assert "switchlist start y" in result.stdout and not result.stderr
    result = shipped("shop", "import", "-", stdin="id,platform\nz,抖音\n")
    assert "did you mean 'douyin'?" in result.stderr


def test_no_due_time_has_a_year_of_five_digits(shipped):
    shipped("shop", "add", "x", "--platform", "douyin", "--time-zone", "Asia/Shanghai")
    shipped("shop", "bind", "x", "old")
    plan = ["switch", "plan", "x", "--to", "new", "--confirmed", "registered,real-name-verified", "--for"]
    assert "1970 to 9990" in shipped.refused(*plan, "9999-12-31")
    shipped(*plan, "9990-12-30")
    assert "+0" not in shipped("status", "x").stdout


def test_an_empty_name_proves_nothing(built):
    assert "--proof is empty" in built.refused("tick", "s-001", "rotate-password", "--proof", "")


def test_an_empty_file_proves_nothing(built):
    built.write("nothing.zip", "")
    assert "is empty" in built.refused("tick", "s-001", "back-up-data", "--proof", "nothing.zip")


# ---------------------------------------------------------------------------------------------------------
# Texts that begin with a dash


def test_the_options_without_a_value_are_known(tmp_path):
    """Whatever else begins with `--` takes the text behind it."""
    source = (REPOSITORY / "Sources/switchlist/System/DashedTexts.swift").read_text()
    listed = set(re.findall(r'"([a-z-]+)"', source.split("flags: Set<String> = [")[1].split("]")[0]))
    flags = set().union(*options_of(tmp_path, "flag").values())
    assert {f"--{name}" for name in listed} == flags | {"--help", "--version"}


@pytest.mark.parametrize("text", ["-3 件", "-5", "-特价店", "-x y", "－5"])
def test_texts_that_begin_with_a_dash(trial, text):
    trial("tick", "s-001", "noted", "--note", text)
    assert trial.items()["noted"]["note"] == text
    trial("block", "s-001", "first", "--reason", text, "--run", "1")
    assert trial.items()["first"]["blocked_reason"] == text
    trial("shop", "edit", "s-001", "--name", text, "--team", "east")
    assert trial("shop", "list", "--format", "json").json[0]["name"] == text
    trial("note", "s-001", "free", text, "--as", "Wang")
    assert trial.items()["free"]["note"] == text and trial.events()[-1]["by"] == "Wang"


def test_the_way_out_is_named(trial):
    error = trial.refused("tick", "s-001", "noted", "--note", "-done", status=64)
    assert "--note=-TEXT" in error
    trial("tick", "s-001", "noted", "--note=-done")
    assert trial.items()["noted"]["note"] == "-done"


# ---------------------------------------------------------------------------------------------------------
# Suggestions, sizes


@pytest.mark.parametrize(("words", "meant"), [
    (["status", "Mornng"], "'s-001'"), (["status", "s-01"], "'s-00"), (["status", "Morning "], "'s-001'"),
    (["note", "s-001", "rotate-pasword", "x"], "'rotate-password'"),
    (["note", "s-001", "更换密码、加强安全", "x"], "'rotate-password'"), (["status", "Good Morning Tea"], "'s-009'"),
])
def test_what_may_have_been_meant(built, words, meant):
    built("shop", "add", "s-009", "--name", "Good Morning Teas")
    assert "did you mean" in built.refused(*words) and meant in built.refused(*words)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_a_monitoring_system_is_sent_is_bounded(run, language):
    items = "".join(f"  - {{id: item-{number}, title: Item {number}, due: 0h}}\n" for number in range(31))
    run.checklist("checklist: c\ntitle: C\nitems:\n" + items)
    run("shop", "add", "s-001")
    run("start", "s-001")
    for number in range(31):
        run("block", "s-001", f"item-{number}", "--reason", "很长的原因 " * 700)
    result = run("overdue", "--format", "nagios", status=1, lang=language)
    assert len(result.out) <= 8192 and "overdue=31;" in result.lines[0]
    shown = len(result.lines) - 2
    assert 5 <= shown <= 20 and str(31 - shown) in result.lines[-1]
