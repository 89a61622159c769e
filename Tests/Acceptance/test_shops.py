"""Shops: added, edited, listed, archived, imported from CSV."""

import pytest
from program import BYTE_ORDER_MARK

COLUMNS = ["id", "name", "platform", "team", "owner", "time_zone", "tags"]


def shop(run, identifier):
    return next(entry for entry in run("shop", "list", "--archived", "--format", "json").json
                if entry["id"] == identifier)


FULL = ["--name", "晨光小店", "--platform", "douyin", "--team", "east", "--owner", "李梅", "--time-zone",
        "Asia/Shanghai", "--tag", "vip", "--tag", "live"]
FULL_JSON = {"id": "s-001", "name": "晨光小店", "platform": "douyin", "team": "east", "owner": "李梅",
             "time_zone": "Asia/Shanghai", "tags": ["live", "vip"], "archived": False}
BARE_JSON = {**dict.fromkeys(FULL_JSON), "id": "bare", "tags": [], "archived": False}


@pytest.fixture
def two(run):
    run("shop", "add", "s-001", *FULL)
    run("shop", "add", "bare")
    return run


# ---------------------------------------------------------------------------------------------------------
# add


def test_add_makes_the_store(run):
    assert not run.store.exists()
    assert "s-001" in run("shop", "add", "s-001").stdout
    assert run.store.is_file()


def test_add_says_how_to_go_on(run):
    assert "switchlist start s-001" in run("shop", "add", "s-001").stdout
    assert "switchlist start s-002" in run("shop", "add", "s-002", lang="zh").stdout


def test_all_that_is_said_of_a_shop(two):
    assert shop(two, "s-001") == FULL_JSON
    assert shop(two, "bare") == BARE_JSON
    assert [*shop(two, "bare")] == [*FULL_JSON]


@pytest.mark.parametrize(
    "identifier", ["a", "A.b_c-9", "店铺", "茶香小店-01", "x" * 64, "店" * 64, ".hidden", "_", "9"],
    ids=lambda identifier: identifier[:20])
def test_ids(run, identifier):
    run("shop", "add", identifier)
    assert run("shop", "list", "--format", "json").json[0]["id"] == identifier
    assert run.status(identifier)["shop"] == identifier


@pytest.mark.parametrize(
    "identifier",
    ["", " ", "a b", "a/b", "a\nb", "a\x1b[31mb", "@file", "--", "x" * 65, "店" * 65, "a;b", "a,b", "🙂", "a\u202eb",
     "a\u200bb", "../x"])
def test_what_can_be_no_id(run, identifier):
    result = run("shop", "add", "--", identifier, status=2)
    assert result.stderr.startswith("error: ") and result.out == b""
    assert "\x1b" not in result.stderr and "\u202e" not in result.stderr and result.stderr.count("\n") == 1
    assert not run.store.exists(), "a refused shop makes no store"


def test_an_id_that_begins_with_a_dash_is_an_option(run):
    assert run("shop", "add", "-x", status=64).out == b""
    run("shop", "add", "--", "-x", status=2)


def test_ids_are_composed(run):
    run("shop", "add", "Jose\u0301")
    assert run.status("José")["shop"] == "José"
    run.refused("shop", "add", "José")


def test_a_shop_that_is_there_already(two):
    assert "shop edit s-001" in two.refused("shop", "add", "s-001", "--name", "other")


@pytest.mark.parametrize(
    ("options", "named"),
    [(["--time-zone", "Asia/Shangai"], "'Asia/Shanghai'"), (["--time-zone", "+08:00"], "+08:00"),
     (["--tag", "a;b"], "a;b"), (["--name", "a\x1b[31m"], "U+001B"), (["--team", "a\nb"], "U+000A")])
def test_details_that_cannot_be_taken(two, options, named):
    assert named in two.refused("shop", "add", "s-002", *options)
    assert named in two.refused("shop", "edit", "s-001", *options)


def test_texts_are_kept_exactly_or_trimmed(run):
    run("shop", "add", "s-001", "--name", "  茶 “香” 🙂  ", "--owner", "O'Hara")
    entry = shop(run, "s-001")
    assert entry["name"].strip() == "茶 “香” 🙂" and entry["owner"] == "O'Hara"


def test_add_in_json(run):
    answer = run("shop", "add", "s-001", *FULL, "--format", "json").json
    assert answer in (FULL_JSON, [FULL_JSON])


# ---------------------------------------------------------------------------------------------------------
# edit


@pytest.mark.parametrize(
    ("options", "changed"),
    [
        (["--name", "新店"], {"name": "新店"}), (["--platform", "kuaishou"], {"platform": "kuaishou"}),
        (["--team", "west"], {"team": "west"}), (["--owner", "王芳"], {"owner": "王芳"}),
        (["--time-zone", "UTC"], {"time_zone": "UTC"}), (["--tag", "new"], {"tags": ["new"]}),
        (["--team", ""], {"team": None}), (["--tag", ""], {"tags": []}), (["--time-zone", ""], {"time_zone": None}),
        (["--team", "west", "--owner", ""], {"team": "west", "owner": None}),
    ], ids=str)
def test_edit_changes_what_is_named(two, options, changed):
    two("shop", "edit", "s-001", *options)
    assert shop(two, "s-001") == {**FULL_JSON, **changed}


def test_edit_to_the_same_is_unchanged(two):
    before = two.snapshot()
    assert "unchanged" in two("shop", "edit", "s-001", *FULL).stdout
    assert two.snapshot() == before


def test_edit_of_nothing_is_wrong_usage(two):
    two.refused("shop", "edit", "s-001", status=64)


@pytest.mark.parametrize(
    "command", [["edit", "s-002", "--team", "x"], ["show", "s-002"], ["archive", "s-002"]], ids=str)
def test_an_unknown_shop(two, command):
    assert "'s-001'" in two.refused("shop", *command)


@pytest.mark.parametrize("command", [["edit", "x", "--team", "x"], ["list"], ["show", "x"], ["archive", "x"]], ids=str)
def test_only_add_and_import_make_a_store(run, command):
    run("shop", *command, status=2)
    assert not run.store.exists()


# ---------------------------------------------------------------------------------------------------------
# list, show, archive


def test_list(two):
    text = two("shop", "list").stdout
    assert "s-001" in text and "晨光小店" in text and "李梅" in text and "bare" in text
    assert [entry["id"] for entry in two("shop", "list", "--team", "east", "--format", "json").json] == ["s-001"]
    assert two("shop", "list", "--team", "nobody's", "--format", "json").json == []


def test_list_in_csv_can_be_imported(two):
    result = two("shop", "list", "--format", "csv")
    assert result.stdout.startswith(BYTE_ORDER_MARK + ",".join(COLUMNS) + "\r\n")
    assert result.rows == [
        dict.fromkeys(COLUMNS, "") | {"id": "bare"},
        {**{key: FULL_JSON[key] for key in COLUMNS}, "tags": "live;vip"},
    ]
    bare = two("shop", "list", "--format", "csv", "--no-bom")
    assert BYTE_ORDER_MARK.encode() + bare.out == result.out
    two.write("shops.csv", result.out)
    before = two.snapshot()
    two("shop", "import", "shops.csv")
    assert two.snapshot() == before, "what is listed is what is there"


def test_list_quotes_formulas(run):
    run("shop", "add", "s-001", "--name", "=1+1")
    assert ",'=1+1," in run("shop", "list", "--format", "csv").stdout


def test_show(two):
    text = two("shop", "show", "s-001").stdout
    for word in ["s-001", "晨光小店", "douyin", "east", "李梅", "Asia/Shanghai", "live", "vip"]:
        assert word in text


def test_show_names_the_runs(trial):
    text = trial("shop", "show", "s-001").stdout
    assert "trial" in text and "active" in text
    answer = trial("shop", "show", "s-001", "--format", "json").json
    answer = answer[0] if isinstance(answer, list) else answer
    assert [(entry["run"], entry["checklist"], entry["state"]) for entry in answer["runs"]] == [(1, "trial", "active")]


def test_archive_and_restore(two):
    before = shop(two, "s-001")
    assert "restore" in two("shop", "archive", "s-001").stdout
    assert [entry["id"] for entry in two("shop", "list", "--format", "json").json] == ["bare"]
    assert "s-001" in two("shop", "list", "--archived").stdout
    assert shop(two, "s-001") == {**before, "archived": True}
    snapshot = two.snapshot()
    assert "unchanged" in two("shop", "archive", "s-001").stdout and two.snapshot() == snapshot
    two("shop", "restore", "s-001")
    assert shop(two, "s-001") == before


def test_an_archived_shop_stays_readable(trial):
    trial("shop", "archive", "s-001")
    assert "free" in trial("status", "s-001").stdout
    assert trial.events()[-1]["kind"] == "shop-archived"


# ---------------------------------------------------------------------------------------------------------
# import


def test_import(run):
    run.write("shops.csv", f"""\
{BYTE_ORDER_MARK}id,name,platform,team,owner,time_zone,tags\r
s-001,晨光小店,douyin,east,李梅,Asia/Shanghai,vip;live\r
bare,,,,,,\r
"q-1","Tea, ""green"" and black",douyin,"east",,," live ; vip;;"\r
""")
    result = run("shop", "import", "shops.csv")
    assert "3" in result.stdout
    assert shop(run, "s-001") == FULL_JSON and shop(run, "bare") == BARE_JSON
    assert shop(run, "q-1")["name"] == 'Tea, "green" and black' and shop(run, "q-1")["tags"] == ["live", "vip"]


def test_import_brings_shops_to_what_their_rows_say(two):
    two.write("shops.csv", "team,id,owner\nwest,s-001,\nwest,new,陈\n")
    two("shop", "import", "shops.csv")
    assert shop(two, "s-001") == {**FULL_JSON, "team": "west", "owner": None}, "a missing column changes nothing"
    assert shop(two, "new")["owner"] == "陈" and shop(two, "bare") == BARE_JSON


def test_import_again_changes_nothing(run):
    run.write("shops.csv", "id,name\na,A\nb,B\n")
    run("shop", "import", "shops.csv")
    before = run.snapshot()
    assert "2 unchanged" in run("shop", "import", "shops.csv").stdout
    assert run.snapshot() == before


def test_import_from_standard_input(run):
    run("shop", "import", "-", stdin="id\na\n")
    assert shop(run, "a")["name"] is None


def test_import_names_every_bad_row_and_takes_none(two):
    two.write("shops.csv", """\
id,name,time_zone,tags
good,Good,UTC,
too,few
/slash,x,,
good,Again,,
b,B,Mars/Olympus,
,No id,,
"two
lines",x,,
c,"Control \x1b[31m",,
""")
    error = two.refused("shop", "import", "shops.csv")
    lines = error.splitlines()
    assert all(line.startswith("error: ") for line in lines)
    for number in [3, 4, 5, 6, 7, 8, 10]:
        assert sum(f"line {number}:" in line for line in lines) == 1, f"row in line {number}\n{error}"
    assert len(lines) == 7 and "\x1b" not in error
    assert "line 2" in lines[2], "of a repeated id both places are named"


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ("name\nx\n", "id"), ("id,nam\na,b\n", "'name'"), ("id,id\na,b\n", "id"), ("", ""), ("id,name\na,\"b\n", ""),
        ("id,name\na,\"b\"c\n", "2"), ("id,name\n店,茶\n".encode("gb18030"), "UTF-8"),
    ], ids=["no id", "unknown column", "repeated column", "empty", "unclosed quote", "text after quote",
            "another encoding"])
def test_import_of_what_is_no_table(run, content, named):
    run.write("shops.csv", content)
    result = run("shop", "import", "shops.csv", status=2)
    assert result.stderr.startswith("error: ") and named in result.stderr
    assert not run.store.exists()


@pytest.mark.parametrize("path", ["missing.csv", "folder"])
def test_import_of_what_cannot_be_read(run, path):
    (run.folder / "folder").mkdir()
    assert path in run("shop", "import", path, status=2).stderr
    assert not run.store.exists()


def test_a_table_without_rows(run):
    run.write("shops.csv", "id,name\n")
    result = run("shop", "import", "shops.csv")
    assert "0" in result.stdout


def test_many_rows(run):
    run.write("shops.csv", "id,name,team\n" + "".join(f"s-{n:04},店 {n},t{n % 7}\n" for n in range(2000)))
    assert "2000" in run("shop", "import", "shops.csv").stdout
    assert len(run("shop", "list", "--team", "t3", "--format", "json").json) == 286
