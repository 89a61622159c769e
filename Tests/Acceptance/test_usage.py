"""Wrong usage, the options that every command takes, their variables, and which of them wins."""

import getpass
import re
import shlex
from datetime import datetime, timedelta, timezone

import pytest
from commands import COMMANDS, LATER, build, words
from program import Program
from wcwidth import wcswidth


@pytest.fixture
def built(run, prepared):
    run.become(prepared(build))
    run.environment["SWITCHLIST_NOW"] = LATER
    return run


# ---------------------------------------------------------------------------------------------------------
# Wrong usage


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"], ["--nonsense"], ["tick"], ["tick", "s-001"], ["tick", "s-001", "free", "--note"],
        ["tick", "s-001", "free", "--nonsense"], ["tick", "s-001", "free", "--lang", "fr"],
        ["tick", "s-001", "free", "--color", "pink"], ["tick", "s-001", "free", "--format", "xml"],
        ["tick", "s-001", "free", "--format", "csv"], ["tick", "s-001", "free", "--run", "x"],
        ["tick", "s-001", "free", "--now", "x"], ["tick", "s-001", "free", "--now", "2026-11-01T10:00"],
        ["tick", "s-001", "free", "--now", "2026-11-01"], ["tick", "s-001", "free", "--now", ""],
        ["confirm", "s-001"], ["confirm", "s-001", "a", "b"], ["untick", "s-001", "free"], ["skip", "s-001", "free"],
        ["block", "s-001", "free"], ["unblock", "s-001"], ["assign", "s-001", "free"], ["due", "s-001", "free"],
        ["note", "s-001", "free"], ["note", "s-001", "free", "two", "words"], ["status"], ["status", "a", "b"],
        ["start"], ["stop", "s-001"], ["history"], ["history", "a", "b"], ["walk"], ["overdue", "extra"],
        ["report", "extra"], ["report", "--by", "day"], ["export", "a", "b"], ["import"], ["checklists", "extra"],
        ["schema", "extra"], ["completions"], ["demo", "extra"], ["manual", "extra"], ["shop", "nonsense"],
        ["shop", "add"], ["shop", "edit"], ["shop", "show"], ["shop", "archive"], ["shop", "import"],
        ["shop", "list", "extra"], ["shop", "edit", "s-001"],
    ], ids=" ".join)
def test_wrong_usage(trial, arguments):
    before = trial.snapshot()
    result = trial(*arguments, status=64)
    assert result.out == b"" and result.stderr.lower().startswith("error: ")
    assert trial.snapshot() == before


def test_wrong_usage_makes_no_store(run):
    run("shop", "add", status=64)
    run("shop", "add", "s-001", "--nonsense", status=64)
    assert not run.store.exists()


# ---------------------------------------------------------------------------------------------------------
# Every command takes the shared options


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_takes_the_shared_options(built, command):
    arguments, status = COMMANDS[command]
    options = {"--store": built.store, "--checklists": built.checklists, "--as": "Wang",
               "--now": "2026-11-21T12:00+08:00", "--lang": "en", "--color": "never", "--format": "json" if command == "schema" else "text"}
    if command in ("import", "store restore"):
        del options["--store"]
    bare = {f"SWITCHLIST_{name}": None for name in ["STORE", "CHECKLISTS", "ACTOR", "NOW"]}
    given = [word for option in options.items() for word in option]
    # Some before the arguments, some after them, as it happens.
    words = [*command.split(), *given[:4], "--as-lead", *arguments, *given[4:]]
    built(*words, status=status, env=bare)


# ---------------------------------------------------------------------------------------------------------
# The store


@pytest.mark.parametrize("form", ["{}", "sqlite:{}"])
@pytest.mark.parametrize("way", ["option", "variable"])
def test_ways_to_name_the_store(run, form, way):
    path = run.folder / "my store" / ".." / "店铺.db"
    (run.folder / "my store").mkdir()
    url = form.format(path)
    if way == "option":
        run("shop", "add", "s-001", "--store", url)
    else:
        run("shop", "add", "s-001", env={"SWITCHLIST_STORE": url})
    assert (run.folder / "店铺.db").is_file()
    assert "s-001" in run("shop", "list", "--store", "店铺.db").stdout, "a path counts from where one stands"


def test_the_option_wins(run):
    run("shop", "add", "by-option", "--store", "one.sqlite", env={"SWITCHLIST_STORE": "two.sqlite"})
    assert (run.folder / "one.sqlite").exists() and not (run.folder / "two.sqlite").exists()


@pytest.mark.parametrize("empty", [None, ""])
def test_the_usual_store(run, empty):
    bare = {"SWITCHLIST_STORE": empty}
    run("shop", "add", "s-001", env=bare)
    assert (run.folder / "data" / "switchlist" / "switchlist.sqlite").is_file()
    assert "s-001" in run("shop", "list", env=bare).stdout
    run("shop", "add", "s-002", env={**bare, "XDG_DATA_HOME": None})
    assert (run.folder / "home" / ".local" / "share" / "switchlist" / "switchlist.sqlite").is_file()
    run("shop", "add", "s-003", env={**bare, "XDG_DATA_HOME": ""})


@pytest.mark.parametrize("url", ["postgres://host/name", "mysql://host/name", "oracle://x"])
def test_engines_that_are_not_there(run, url):
    result = run("shop", "add", "s-001", "--store", url, status=2)
    assert result.stderr.startswith("error: ")


def test_a_password_is_never_repeated(run):
    for language in ["en", "zh"]:
        result = run("shop", "list", "--store", "postgres://me:secret@host/x", status=2, lang=language)
        assert "secret" not in result.stderr and "host/x" in result.stderr


@pytest.mark.parametrize(
    "command", [command for command in COMMANDS if command not in (
        "shop add", "shop import", "import", "user add", "demo", "checklists", "lint", "schema", "completions", "manual", "walk",
        "store restore")])
def test_a_missing_store_is_an_error_and_stays_missing(run, command):
    run.checklist("checklist: c\ntitle: C\nitems: [{id: a, title: A}]\n")
    arguments = ["serve"] if command == "serve" else words(command)
    result = run(*arguments, status=2, env={"SWITCHLIST_STORE": "missing.sqlite"})
    assert result.out == b"" and result.stderr.startswith("error: ") and "missing.sqlite" in result.stderr
    assert not (run.folder / "missing.sqlite").exists() and [*(run.folder / "data").iterdir()] == []


def test_a_path_is_never_cut_off(run):
    """Its end is where the mistake is."""
    path = run.folder / ("a long name " * 12) / "missing.sqlite"
    for command in (["status", "s-001", "--store", path], ["import", path], ["shop", "import", path], ["lint", path],
                    ["start", "s-001", "--checklists", path]):
        run("shop", "add", "s-001", status=None)
        for language in ["en", "zh"]:
            assert str(path) in run(*command, status=2, lang=language).stderr


def test_demo_has_a_store_of_its_own(built):
    before = built.snapshot()
    first = built("demo")
    assert built.snapshot() == before
    assert built("demo").stdout == first.stdout, "made anew each time"
    commands = re.findall(r"^  switchlist (.*)$", first.stdout, re.MULTILINE)
    assert len(commands) >= 4
    for line in commands:
        if not line.startswith("walk"):
            built(*shlex.split(line.split(" > ")[0]), status=0)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_demo_shows_the_main_job(shipped, snapshot, language):
    text = shipped("demo", lang=language).stdout
    snapshot(f"demo.{language}.txt", text.replace(str(shipped.folder), "~"))


# ---------------------------------------------------------------------------------------------------------
# Who, when


def test_who(trial):
    trial("note", "s-001", "free", "by the option", "--as", "陈", by="Wang")
    trial("note", "s-001", "free", "by the variable", by="Wang")
    trial("note", "s-001", "free", "by login", env={"SWITCHLIST_ACTOR": None})
    trial("note", "s-001", "free", "by login too", env={"SWITCHLIST_ACTOR": ""})
    login = getpass.getuser()
    events = trial.events()[-4:]
    assert [event["by"] for event in events] == ["陈", "Wang", login, login]
    assert {event["login"] for event in events} == {login}


@pytest.mark.parametrize("name", ["", "   ", "a\x1b[31m", "a\nb"])
def test_names_that_are_none(trial, name):
    result = trial("note", "s-001", "free", "x", f"--as={name}", status=None)
    assert result.status in (2, 64) and result.out == b"" and "\x1b" not in result.stderr


def test_names_are_trimmed(trial):
    trial("note", "s-001", "free", "x", "--as", "  王芳 ")
    assert trial.events()[-1]["by"] == "王芳"


def test_as_lead_is_kept(trial):
    trial("note", "s-001", "free", "x", "--as-lead")
    assert trial.events()[-1]["lead"] is True


@pytest.mark.parametrize(
    ("given", "moment"),
    [("2026-11-05T10:00:00Z", "2026-11-05T10:00:00Z"), ("2026-11-05T10:00+08:00", "2026-11-05T02:00:00Z"),
     ("2026-11-05T10:00:00.999-05:30", "2026-11-05T15:30:00Z"), ("2026-11-05 10:00Z", "2026-11-05T10:00:00Z")])
def test_now(trial, given, moment):
    other = "2030-01-01T00:00:00Z"
    assert trial("report", "--format", "json", "--now", given, now=other).json["generated_at"] == moment
    assert trial("report", "--format", "json", now=given).json["generated_at"] == moment


def test_the_clock(trial):
    told = trial("report", "--format", "json", env={"SWITCHLIST_NOW": ""}).json["generated_at"]
    age = datetime.now(timezone.utc) - datetime.fromisoformat(told.replace("Z", "+00:00"))
    assert timedelta(seconds=-1) <= age < timedelta(minutes=1)


# ---------------------------------------------------------------------------------------------------------
# Colour and width


COLOURED = [["status", "s-001"], ["report"], ["report", "--matrix"], ["overdue"], ["history", "s-001"]]
LATE = "2026-11-05T00:00:00Z"


def shown(run, arguments, **options):
    return run.shown(*arguments, now=LATE, status=1 if arguments[0] == "overdue" else 0, **options)


@pytest.mark.parametrize("arguments", COLOURED, ids=" ".join)
def test_colour_at_a_terminal_only(trial, arguments):
    assert "\x1b[" in shown(trial, arguments)
    status = 1 if arguments[0] == "overdue" else 0
    assert b"\x1b" not in trial(*arguments, now=LATE, status=status).out


@pytest.mark.parametrize(
    ("options", "env", "coloured"),
    [
        ([], {}, True), ([], {"NO_COLOR": "1"}, False), ([], {"NO_COLOR": ""}, True), ([], {"TERM": "dumb"}, False),
        (["--color", "never"], {}, False), (["--color", "always"], {"NO_COLOR": "1"}, True),
        (["--color", "auto"], {"NO_COLOR": "1"}, False), (["--color", "auto"], {}, True),
    ], ids=str)
def test_choosing_colour_at_a_terminal(trial, options, env, coloured):
    assert ("\x1b[" in shown(trial, ["status", "s-001", *options], env=env)) == coloured


@pytest.mark.parametrize(
    ("options", "env", "coloured"),
    [(["--color", "always"], {}, True), (["--color", "always"], {"NO_COLOR": "1"}, True),
     (["--color", "auto"], {}, False),
     ([], {"NO_COLOR": ""}, False)], ids=str)
def test_choosing_colour_elsewhere(trial, options, env, coloured):
    assert ("\x1b[" in trial("status", "s-001", *options, env=env).stdout) == coloured


def test_colour_changes_nothing_else(trial):
    plain = trial("report", "--matrix", now=LATE).stdout
    coloured = trial("report", "--matrix", "--color", "always", now=LATE).stdout
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain


@pytest.mark.parametrize("form", ["json", "csv", "html", "markdown"])
def test_data_is_never_coloured(trial, form):
    assert b"\x1b" not in trial("report", "--format", form, "--color", "always", now=LATE).out


@pytest.mark.parametrize("columns", [40, 80, 132])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_line_is_wider_than_the_terminal(trial, columns, language):
    for arguments in COLOURED[:4]:
        text = shown(trial, [*arguments, "--color", "never"], columns=columns, lang=language)
        wide = [line for line in text.splitlines() if wcswidth(line) > columns]
        assert wide == [], f"{arguments} at {columns} columns"


def test_a_pipe_gets_whole_lines(trial):
    trial("block", "s-001", "free", "--reason", "word " * 60)
    line = next(line for line in trial("overdue", now=LATE, status=1).lines if " free " in line)
    assert line.count("word") == 60


# ---------------------------------------------------------------------------------------------------------
# Streams


def test_results_and_errors_have_streams_of_their_own(built):
    for command in ["status", "report", "history", "shop list", "checklists", "export"]:
        assert built(*words(command)).err == b""
    assert built("status", "nonsense", status=2).out == b""


@pytest.mark.parametrize("command", ["status", "report", "history", "export", "schema", "checklists", "shop list"])
def test_a_full_disk_is_an_error(built, command):
    with open("/dev/full", "wb") as full:
        result = built(*words(command), stdout=full, status=2)
    assert result.stderr.startswith("error: ") and result.stderr.count("\n") == 1


def test_version(run):
    assert re.fullmatch(r"(switchlist )?\d+\.\d+\.\d+\n", run("--version").stdout)


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["schema"], ["manual"]], ids=str)
def test_what_needs_nothing_asks_for_nothing(tmp_path, arguments):
    run = Program(tmp_path)
    run(*arguments, env={"HOME": None, "PATH": None, "LANG": None, "XDG_DATA_HOME": None, "XDG_CONFIG_HOME": None,
                         "SWITCHLIST_STORE": None, "SWITCHLIST_CHECKLISTS": None, "SWITCHLIST_NOW": None,
                         "SWITCHLIST_ACTOR": None})
