"""Shops: added, edited, listed, archived, imported from CSV."""

import unicodedata

import pytest
from program import BYTE_ORDER_MARK

COLUMNS = ["id", "name", "platform", "team", "owner", "time_zone", "tags"]


def shop(run, identifier):
    return next(entry for entry in run("shop", "list", "--archived", "--format", "json").json
                if entry["id"] == identifier)


FULL = ["--name", "晨光小店", "--platform", "douyin", "--team", "east", "--owner", "李梅", "--time-zone",
        "Asia/Shanghai", "--tag", "vip", "--tag", "live"]
FULL_JSON = {"id": "s-001", "name": "晨光小店", "platform": "douyin", "team": "east", "owner": "李梅",
             "time_zone": "Asia/Shanghai", "tags": ["live", "vip"], "archived": False, "account": None}
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
    said = {key: value for key, value in FULL_JSON.items() if key != "account"}
    assert answer in (said, [said])


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


def test_list_in_csv_can_be_imported(two):
    result = two("shop", "list", "--format", "csv")
    assert result.stdout.startswith(BYTE_ORDER_MARK + ",".join([*COLUMNS, "account"]) + "\r\n")
    assert result.rows == [
        dict.fromkeys([*COLUMNS, "account"], "") | {"id": "bare"},
        {**{key: FULL_JSON[key] for key in COLUMNS}, "tags": "live;vip", "account": ""},
    ]
    bare = two("shop", "list", "--format", "csv", "--no-bom")
    assert BYTE_ORDER_MARK.encode() + bare.out == result.out
    two.write("shops.csv", result.out)
    before = two.snapshot()
    two("shop", "import", "shops.csv")
    assert two.snapshot() == before, "what is listed is what is there"


def test_list_says_what_each_is_bound_to(two):
    two("shop", "bind", "s-001", "chenguang")
    assert shop(two, "s-001")["account"] == "chenguang" and shop(two, "bare")["account"] is None
    assert [row["account"] for row in two("shop", "list", "--format", "csv").rows] == ["", "chenguang"]
    assert "chenguang" in two("shop", "list").stdout
    assert [row["account"] for row in two("report", "--format", "csv").rows] == ["", "chenguang"]
    assert [row["account"] for row in two("report", "--format", "json").json["rows"]] == [None, "chenguang"]


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
too,many,,,x
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
        ("id,name\na,\"b\"c\n", "2"), ("id,name\na,Zoë\n".encode("latin-1"), "UTF-8"),
        ("id,name\n店铺,茶香小店\n".encode("utf-8") + b"\xc4\xe3", "UTF-8"), (b"x" * (20 << 20) + b"x", "20 MB"),
        ("id\n7.01235E+18\n", "7.01235E+18"), ("id,,name\na,x,b\n", "column 2"),
    ], ids=["no id", "unknown column", "repeated column", "empty", "unclosed quote", "text after quote",
            "another encoding", "broken UTF-8", "too large", "a cut number", "a column without a name"])
def test_import_of_what_is_no_table(run, content, named):
    run.write("shops.csv", content)
    result = run("shop", "import", "shops.csv", status=2)
    assert result.stderr.startswith("error: ") and named in result.stderr
    assert not run.store.exists()


TABLE = "id,name,team\r\n店-1,晨光小店 €,东区\r\n店-2,,\r\n"
SAVED = {
    "UTF-8": TABLE.encode(), "UTF-8 with a mark": (BYTE_ORDER_MARK + TABLE).encode(), "GB18030": TABLE.encode("gb18030"),
    "UTF-16": (BYTE_ORDER_MARK + TABLE).encode("utf-16-le"), "UTF-16, big end first": (BYTE_ORDER_MARK + TABLE).encode("utf-16-be"),
    "Unicode text": (BYTE_ORDER_MARK + TABLE.replace(",", "\t")).encode("utf-16-le"),
    "semicolons": TABLE.replace(",", ";").encode(), "sep": b"sep=;\r\n" + TABLE.replace(",", ";").encode("gb18030"),
    "LF": TABLE.replace("\r\n", "\n").encode(), "CR": TABLE.replace("\r\n", "\r").encode(),
    "empty rows and columns": TABLE.replace("\r\n", ",,\r\n").replace("店-2", ",,,,\r\n店-2").encode(),
    "short rows": TABLE.replace("店-2,,", "店-2").encode(),
    "invisible": TABLE.replace("晨光", "\u200b晨光").replace("东区", "\ufeff东区\u2060").encode(),
}


@pytest.mark.parametrize("content", SAVED.values(), ids=SAVED.keys())
def test_import_reads_what_spreadsheets_save(run, content):
    run.write("shops.csv", content)
    run("shop", "import", "shops.csv")
    assert [(entry["id"], entry["name"], entry["team"]) for entry in run("shop", "list", "--format", "json").json] == [
        ("店-1", "晨光小店 €", "东区"), ("店-2", None, None)]


def test_every_character_of_gb18030_is_read(run):
    """Those that a name may hold, in names of 150; of a few, Python writes the codes of the standard's first edition."""
    codes = set(range(0xA1, 0xD800)) - {0x1E3F, *range(0x9FB4, 0x9FBC)} | set(range(0xF900, 0xFE00)) | set(
        range(0x1F300, 0x1F600))
    characters = [chr(code) for code in sorted(codes)
                  if unicodedata.category(chr(code))[0] in "LNS" and unicodedata.normalize("NFC", chr(code)) == chr(code)]
    names = ["n" + "".join(characters[at:at + 150]) + "." for at in range(0, len(characters), 150)]
    names = [name for name in names if unicodedata.normalize("NFC", name) == name]
    assert len(names) > 300
    run.write("shops.csv", ("id,name\n" + "".join(f"s-{at:04},{name}\n" for at, name in enumerate(names))).encode("gb18030"))
    run("shop", "import", "shops.csv")
    assert [entry["name"] for entry in run("shop", "list", "--format", "json").json] == names


@pytest.mark.parametrize("name", ["-特价店", "+86组", "=1+1", "'-特价店", "''=x", "＝1", "'", "'a", "@x"])
def test_guarded_texts_come_back(run, name):
    run("shop", "add", "s-001", f"--name={name}", f"--team={name}")
    run.write("shops.csv", run("shop", "list", "--format", "csv").out)
    before = run.snapshot()
    assert "1 unchanged" in run("shop", "import", "shops.csv").stdout
    assert run.snapshot() == before and shop(run, "s-001")["name"] == name


def test_tags_are_split_by_either_semicolon(run):
    run.write("shops.csv", "id,tags\na,直播；旗舰;new\n")
    run("shop", "import", "shops.csv")
    assert shop(run, "a")["tags"] == ["new", "旗舰", "直播"]
    assert "直播；旗舰" in run.refused("shop", "edit", "a", "--tag", "直播；旗舰")


def test_a_dry_run_shows_what_would_be(two):
    two.write("shops.csv", "id,team,tags\nnew,west,\ns-001,west,live;vip\nbare,,\n")
    before = two.snapshot()
    result = two("shop", "import", "shops.csv", "--dry-run")
    assert result.lines == [
        "line 2: add new, team west", "line 3: change s-001, team east → west",
        "1 to add, 1 to change, 1 unchanged; nothing was imported"]
    assert two.snapshot() == before
    chinese = two("shop", "import", "shops.csv", "--dry-run", lang="zh").stdout
    assert "第 3 行：修改 s-001，团队 east → west" in chinese


def test_a_dry_run_makes_no_store(run):
    run.write("shops.csv", "id,name\na,A\n")
    assert "line 2: add a, name A" in run("shop", "import", "shops.csv", "--dry-run").stdout
    assert not run.store.exists()
    run.write("bad.csv", "id\n/\n")
    run.refused("shop", "import", "bad.csv", "--dry-run")


@pytest.mark.parametrize("more", [["--dry-run"], []], ids=str)
def test_ids_that_look_cut_are_warned_of(run, more):
    run("shop", "add", "0012")
    run.write("shops.csv", "id\n12\n701234567890123000\n13\n")
    warnings = [line for line in run("shop", "import", "shops.csv", *more).stderr.splitlines() if "warning: " in line]
    assert len(warnings) == 2
    assert "line 2" in warnings[0] and "'0012'" in warnings[0] and "line 3" in warnings[1]


LISTED = "s-001\nbare\n"


@pytest.mark.parametrize("content", [
    (BYTE_ORDER_MARK + LISTED).encode(), LISTED.replace("\n", "\r").encode(), LISTED.replace("\n", "\r\n").encode(),
    (BYTE_ORDER_MARK + LISTED).encode("utf-16-le"), ("店铺\n" + LISTED).encode("gb18030"),
    LISTED.replace("s-001", "\u3000s-001\u200b").encode(),
], ids=["mark", "CR", "CR LF", "UTF-16", "GB18030", "invisible"])
def test_lists_of_shops_are_read_as_editors_save_them(two, content):
    two("shop", "add", "店铺")
    two.write("list.txt", content)
    two("start", "@list.txt", "--checklist", "trial", status=None)
    refused = two("tick", "@list.txt", "no-such-item", status=2).stderr
    assert "error: s-001: " in refused and "error: bare: " in refused
    assert ("error: 店铺: " in refused) == ("店铺".encode("gb18030") in content)


def test_a_list_of_plans_is_read_as_editors_save_it(two):
    two("shop", "bind", "bare", "旧账号", "--at", "2026-01-05")
    two.write("plan.txt", "\ufeffbare\u3000新账号\u2060\r".encode("utf-16-le"))
    two("switch", "plan", "@plan.txt")
    assert "新账号" in two("switch", "show", "bare").stdout and "\u2060" not in two("switch", "show", "bare").stdout
    two.write("cut.txt", "bare 7.01235E+18\n")
    assert "7.01235E+18" in two("switch", "plan", "@cut.txt", status=2).stderr


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
