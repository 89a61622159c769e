"""Whatever becomes of a command's output, its work is done and its exit status tells the truth."""

import fcntl
import os
import re
import struct
import subprocess
import termios
import threading

import pytest
from command_options import options_of
from commands import COMMANDS, LATER, build, words
from program import PROGRAM

READING = {
    "status", "walk", "overdue", "report", "history", "shop list", "shop show", "switch show", "switch list",
    "checklists", "lint", "schema", "link list", "user list", "user log", "token list", "export", "completions",
    "manual", "store status", "store check", "definitions list",
}
# They have stores and outputs of their own.
LEFT_OUT = {"serve", "demo", "store migrate", "store backup", "store restore", "definitions pull"}
CHANGING = sorted(COMMANDS.keys() - READING - LEFT_OUT)
PASSWORD = "a long password 48\n"

# Every changing command that takes @FILE, over three shops of which one is refused.
MANY = {
    "tick": ["rotate-password", "--note", "done"], "confirm": ["rebuild-brand"],
    "untick": ["rebind-store", "--reason", "why"], "skip": ["update-marketing", "--reason", "why"],
    "block": ["update-marketing", "--reason", "why"], "unblock": ["verify-products"],
    "note": ["verify-products", "text"], "assign": ["verify-products", "--to", "Wang"],
    "due": ["verify-products", "--at", "2026-12-01", "--reason", "why"], "start": [], "upgrade": [],
    "switch plan": ["--confirmed", "registered,real-name-verified"], "switch unbind": [], "switch rebind": [],
    "switch abandon": ["--reason", "why"],
}


def test_every_command_is_known(tmp_path):
    assert set(options_of(tmp_path)) == READING | LEFT_OUT | set(CHANGING)


@pytest.fixture
def built(run, prepared):
    run.become(prepared(build))
    return run


def masked(run):
    """The store without what chance makes: secrets, salts, and what is sealed over them."""
    return re.sub(r"X'[0-9A-F]*'|[A-Za-z0-9+/=$-]{40,}", "…", run.snapshot())


def into(kind, run, arguments, stdin=b""):
    """Runs a command with its output going nowhere in some way."""
    environment = run.surroundings(LATER, "en", None, None)
    started = dict(stdin=subprocess.PIPE, stderr=subprocess.PIPE, cwd=run.folder, env=environment)
    if kind == "gone":
        reading, writing = os.pipe()
        os.close(reading)
        process = subprocess.Popen([str(PROGRAM), *arguments], stdout=writing, **started)
        os.close(writing)
    elif kind == "full":
        with open("/dev/full", "wb") as full:
            process = subprocess.Popen([str(PROGRAM), *arguments], stdout=full, **started)
    elif kind == "closed":
        process = subprocess.Popen(["sh", "-c", '"$@" >&-', "sh", str(PROGRAM), *arguments], **started)
    elif kind == "first line":
        process = subprocess.Popen([str(PROGRAM), *arguments], stdout=subprocess.PIPE, **started)
        threading.Thread(target=lambda: (process.stdout.readline(), process.stdout.close())).start()
    process.stdin.write(stdin)
    process.stdin.close()
    errors = process.stderr.read().decode()
    process.stderr.close()
    return process.wait(60), errors


def prepare(run, command):
    """Makes something that a command can change, where there is none yet."""
    if command == "shop restore":
        run("shop", "archive", "s-001", now=LATER)
    elif command == "user enable":
        run("user", "disable", "Li", now=LATER)
    elif command == "upgrade":
        path = run.checklists / "douyin-after-switch.yaml"
        path.write_text(path.read_text().replace("due: 2h", "due: 3h"))


def stdin_of(command):
    return PASSWORD.encode() if command in ("user add", "user reset") else b""


@pytest.mark.parametrize("kind", ["gone", "full", "closed", "first line"])
@pytest.mark.parametrize("command", CHANGING)
def test_a_change_is_made_whoever_reads_of_it(built, command, kind):
    arguments = words(command)
    stdin = stdin_of(command)
    prepare(built, command)
    before = masked(built)
    status, errors = into(kind, built, arguments, stdin)
    if command == "import":
        assert (built.folder / "copy.sqlite").exists(), errors
    else:
        assert masked(built) != before, f"{command}: nothing was changed\n{errors}"
    expected = {"gone": 0, "first line": 0, "full": 2, "closed": 2}[kind]
    assert status == expected, errors
    if expected == 2:
        assert "the change was saved, but the output can't be written" in errors


@pytest.mark.parametrize("kind", ["gone", "full", "closed", "first line"])
@pytest.mark.parametrize("command", sorted(MANY))
def test_many_shops_are_all_dealt_with(built, command, kind):
    shops = ["s-001", "s-004", "s-005"]
    if command == "switch plan":
        lines = [f"{shop} another-account" for shop in [*shops, "none-such"]]
    else:
        lines = ["none-such", *shops]
    stdin = ("\n".join(lines) + "\n").encode()
    arguments = [*command.split(), "@-", *MANY[command]]
    before = built.store.read_bytes()
    read = built(*arguments, stdin=stdin, now=LATER, status=None)
    whole = masked(built)
    assert read.status == 2 and "none-such" in read.stderr, str(read)
    built.store.write_bytes(before)
    for ending in ["-wal", "-shm"]:
        built.store.with_name(built.store.name + ending).unlink(missing_ok=True)
    status, errors = into(kind, built, arguments, stdin)
    assert masked(built) == whole, errors
    assert status == 2 and "none-such" in errors
    assert [line for line in errors.splitlines() if "the output" not in line] == read.stderr.splitlines()


def test_thousands_of_shops_in_many_transactions(run):
    """More than fit into one transaction: what comes after the reader has gone is done and told all the same."""
    run.checklist("checklist: c\ntitle: C\nitems:\n  - {id: a, title: A, due: 1h}\n  - {id: b, title: B}\n")
    shops = [f"s-{number:04}" for number in range(1, 601)]
    run("shop", "import", "-", stdin="id\n" + "\n".join(shops))
    run("start", "--all")
    lines = ("\n".join([*shops[:400], "none-such", *shops[400:]]) + "\n").encode()
    run.environment["SWITCHLIST_NOW"] = LATER
    status, errors = into("first line", run, ["tick", "@-", "a"], lines)
    assert status == 2 and "none-such" in errors and "changed in 600 shops, 1 refused" in errors
    assert run("report", "--format", "json").json["totals"]["done"] == 600


def test_a_slow_reader_holds_up_nobody_else(run):
    """While nobody reads, the command waits, and others can change the store; what it has to say isn't lost."""
    run.checklist("checklist: c\ntitle: C\nitems:\n  - {id: a, title: A, due: 1h}\n  - {id: b, title: B}\n")
    shops = [f"s-{number:04}" for number in range(1, 601)]
    run("shop", "import", "-", stdin="id\n" + "\n".join(shops))
    run("start", "--all")
    (run.folder / "shops").write_text("\n".join(shops))
    reading, writing = os.pipe()
    size = fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, 4096)
    process = subprocess.Popen(
        [str(PROGRAM), "tick", "@shops", "a"], stdout=writing, stderr=subprocess.PIPE, cwd=run.folder,
        env=run.surroundings(LATER, "en", None, None))
    os.close(writing)
    waiting = 0
    while waiting < size // 2:
        assert process.poll() is None, process.stderr.read()
        waiting = struct.unpack("i", fcntl.ioctl(reading, termios.FIONREAD, b"    "))[0]
    run("note", "s-0600", "b", "meanwhile", now=LATER)
    with open(reading) as output:
        told = output.read().splitlines()
    errors = process.stderr.read().decode()
    assert process.wait(60) == 0, errors
    assert [line.split()[0] for line in told if line.endswith("A: done")] == shops, told[:3]
    assert run("report", "--format", "json").json["totals"]["done"] == 600


@pytest.mark.parametrize(
    ("arguments", "found"),
    [(["overdue"], 1), (["overdue", "--format", "json"], 1), (["overdue", "--format", "csv"], 1),
     (["overdue", "--format", "nagios"], 2), (["overdue", "--format", "prometheus"], 0), (["lint"], 1),
     (["lint", "--format", "json"], 1), (["history", "s-001", "--verify", "--head", "0" * 63 + "1"], 1),
     (["history", "s-001", "--verify"], 0), (["report"], 0), (["export"], 0)], ids=str)
def test_a_finding_is_one_whoever_reads_it(built, arguments, found):
    built.write("checklists/broken.yaml", "checklist: broken\n")
    for kind, expected in [("gone", found), ("first line", found), ("full", 2), ("closed", 2)]:
        if expected == 2 and "nagios" in arguments:
            expected = 3 if kind in ("full", "closed") else found
        status, errors = into(kind, built, arguments)
        assert status == expected, f"{kind}: {errors}"


def test_a_closed_input_is_no_empty_file(built):
    for arguments in (["tick", "@-", "rotate-password", "--note", "x"], ["shop", "import", "-"], ["start", "@-"],
                      ["switch", "import", "-"], ["import", "-", "--store", "new.sqlite"],
                      ["user", "add", "Wang", "--role", "admin"]):
        done = subprocess.run(
            ["sh", "-c", '"$@" <&-', "sh", str(PROGRAM), *arguments], capture_output=True, cwd=built.folder,
            env=built.surroundings(LATER, "en", None, None), check=False)
        assert done.returncode == 2 and b"standard input is closed" in done.stderr, done.stderr
    assert not (built.folder / "new.sqlite").exists()
    result = built("tick", "@-", "rotate-password", "--note", "x", stdin="")
    assert "changed in 0 shops" in result.stderr


def test_what_was_so_already_is_not_counted_as_changed(trial):
    lines = "s-001\n"
    assert "changed in 1 shop\n" in trial("note", "@-", "free", "text", stdin=lines).stderr
    assert "changed in 0 shops, unchanged in 1\n" in trial("note", "@-", "free", "text", stdin=lines).stderr


def test_one_is_singular(trial):
    trial("export", "backup.jsonl")
    assert "1 shop," in trial("import", "backup.jsonl", "--store", "copy.sqlite").stdout
    trial("shop", "bind", "s-001", "old")
    assert "recorded for 1 shop" in trial("switch", "plan", "@-", stdin="s-001 new\n").stderr


def test_a_dry_run_names_what_it_cannot_look_at(built):
    result = built("upgrade", "@-", "--dry-run", stdin="s-001\nnone-such\n@bad\n", status=2)
    assert "none-such" in result.stderr and "@bad" in result.stderr and "2 refused" in result.stderr
