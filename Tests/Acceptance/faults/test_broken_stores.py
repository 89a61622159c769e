"""Stores that can't be used: one clear error, exit status 2, and every file is as it was."""

import os
import random
import sqlite3

import pytest

from faults_support import NOBODY, let_others_enter, opened

COMMANDS = [
    ["status", "s-1"], ["tick", "s-1", "free"], ["shop", "add", "new"], ["shop", "list"], ["overdue"],
    ["report"], ["export"], ["export", "out.jsonl"], ["history", "s-1", "--verify"],
    ["start", "--all", "--checklist", "trial"],
]
SOME = COMMANDS[:3] + COMMANDS[7:8]


def assert_useless(program, about, but_for=(), commands=SOME):
    """No command does anything, and each says what `about` asks for."""
    for command in commands:
        if command[1:2] == ["add"] and "add" in but_for:
            continue
        message = program.refused(*command)
        assert any(words in message for words in about), f"{command}: {message}"
    nagios = program("overdue", "--format", "nagios", status=3)
    assert nagios.stdout.startswith("SWITCHLIST UNKNOWN - ")


NOT_OURS = ["isn't a store of switchlist"]
DAMAGED = ["damaged", "isn't a store of switchlist"]


@pytest.mark.parametrize("content", [
    b"", b"x", b"hello\n", b"id,name\ns-1,x\n" * 500, b"\x00" * 4096, b"SQLite format 3\x00" + b"\x00" * 4080,
    b"PK\x03\x04" + b"\x00" * 100,
], ids=["empty", "a byte", "a line", "a table", "zeros", "a header without a database", "an archive"])
def test_no_database(fault_program, content):
    fault_program.store.write_bytes(content)
    assert_useless(fault_program, DAMAGED)


def test_random_bytes(fault_program):
    fault_program.store.write_bytes(random.randbytes(20_000))
    assert_useless(fault_program, NOT_OURS, commands=COMMANDS)


@pytest.mark.parametrize("kept", ["50", "100", "4096", "8191", "half", "all but a page", "all but 100", "all but 1"])
def test_a_truncated_store(fault_program, kept):
    size = fault_program.store.stat().st_size
    lengths = {"half": size // 2, "all but a page": size - 4096, "all but 100": size - 100, "all but 1": size - 1}
    os.truncate(fault_program.store, lengths.get(kept) or int(kept))
    assert_useless(fault_program, DAMAGED, commands=COMMANDS if kept == "all but 1" else SOME)


def test_pages_overwritten_with_random_bytes(fault_program):
    """Whatever a command finds of it, it says so, and it never writes into what it can't read."""
    whole = fault_program.store.read_bytes()
    pages = len(whole) // 4096
    for page in random.Random(7).sample(range(1, pages), 5):
        broken = bytearray(whole)
        broken[page * 4096:(page + 1) * 4096] = random.Random(page).randbytes(4096)
        fault_program.store.write_bytes(broken)
        for command in (["history", "s-1", "--verify"], ["report"], ["export"]):
            outcome = fault_program(*command, status=None)
            assert outcome.status in (0, 1, 2), str(outcome)
            if outcome.status == 2:
                assert "damaged" in outcome.stderr, str(outcome)


def test_bytes_that_changed_in_texts_are_found(fault_program):
    """A database can't tell; the chain can."""
    with opened(fault_program.store) as database:
        database.execute("UPDATE event SET body = replace(body, 'Li', 'Mo') WHERE shop = 's-1' AND number = 1")
        database.execute("UPDATE definition SET canonical = substr(canonical, 1, 100)")
    outcome = fault_program("history", "s-1", "--verify", status=None)
    assert outcome.status in (1, 2), str(outcome)
    assert "Fault(" not in outcome.stderr + outcome.stdout
    message = fault_program.refused("status", "s-1")
    assert "damaged" in message


@pytest.mark.parametrize("statement", [
    "UPDATE run SET state = 'active', done = 1, pending = 7 WHERE shop = 's-1'",
    "UPDATE item SET proof = 'x' WHERE shop = 's-1' AND id = 'free'",
    "UPDATE event SET body = 'x' WHERE shop = 's-1' AND number = 2",
    "DELETE FROM event WHERE shop = 's-1' AND number = 1",
    "UPDATE shop SET events = 7 WHERE id = 's-1'",
    "UPDATE shop SET head = zeroblob(32) WHERE id = 's-1'",
    "DELETE FROM item WHERE shop = 's-1' AND id = 'third'",
    "UPDATE item SET id = 'another' WHERE shop = 's-1' AND id = 'third'",
    "UPDATE run SET definition = 99 WHERE shop = 's-1'",
    "UPDATE run SET switched_at = 'yesterday' WHERE shop = 's-1'",
    "UPDATE run SET time_zone = 'Moon/Base' WHERE shop = 's-1'",
])
def test_contradictions_inside_are_found(fault_program, statement):
    with opened(fault_program.store) as database:
        database.execute("PRAGMA ignore_check_constraints = ON")
        database.execute(statement)
    outcome = fault_program("history", "s-1", "--verify", status=None)
    assert outcome.status in (1, 2), str(outcome)
    for command in (["status", "s-1"], ["tick", "s-1", "free"], ["report"]):
        outcome = fault_program(*command, status=None)
        assert outcome.status in (0, 2), str(outcome)
        if outcome.status == 2:
            assert outcome.stderr.startswith("error: ") and "Fault(" not in outcome.stderr, str(outcome)
    fault_program.verify("s-2")


def test_a_newer_schema(fault_program):
    with opened(fault_program.store) as database:
        database.execute("INSERT INTO migration VALUES ('999-from-the-future')")
        database.execute("UPDATE meta SET value = '9.0.0'")
    assert_useless(fault_program, ["needs switchlist 9.0.0"])


def test_a_database_of_another_program(fault_program):
    for schema in ["CREATE TABLE task (id)", "CREATE TABLE migration (version INTEGER)",
                   "CREATE VIEW migration AS SELECT 1 AS name"]:
        fault_program.store.unlink()
        with opened(fault_program.store) as database:
            database.execute(schema)
        assert_useless(fault_program, NOT_OURS)


def test_a_folder_and_a_pipe(fault_program):
    fault_program.store.unlink()
    fault_program.store.mkdir()
    assert_useless(fault_program, NOT_OURS)
    fault_program.store.rmdir()
    os.mkfifo(fault_program.store)
    assert_useless(fault_program, NOT_OURS)


@pytest.mark.parametrize("path", ["missing.sqlite", "no/such/folder/missing.sqlite"])
def test_a_store_that_is_not_there(fault_program, path):
    fault_program.environment["SWITCHLIST_STORE"] = str(fault_program.folder / path)
    assert_useless(fault_program, ["there is no store at"], but_for=["add"])


def test_a_file_in_the_place_of_a_folder(fault_program):
    fault_program.environment["SWITCHLIST_STORE"] = str(fault_program.store / "inner.sqlite")
    assert_useless(fault_program, ["Not a directory", "is not a folder", "isn't a folder"])


@pytest.mark.parametrize("name", ["", "sqlite:"])
def test_an_empty_path(fault_program, name):
    message = fault_program.refused("shop", "add", "new", "--store", name, status=None)
    assert "--store" in message


@pytest.mark.parametrize("name", [":memory:", "file:x?mode=memory", "a?b#c%41 &d.sqlite", "店铺.sqlite", "-dash.sqlite"])
def test_a_path_is_a_path_whatever_it_looks_like(fault_empty, name):
    fault_empty("shop", "add", "s-9", f"--store={name}")
    assert (fault_empty.folder / name).stat().st_size > 0
    fault_empty("shop", "add", "s-8", f"--store=sqlite:{name}")
    assert fault_empty.listed(store=name) == ["s-8", "s-9"]


def test_a_store_behind_a_link(fault_program):
    link = fault_program.folder / "links" / "store.sqlite"
    link.parent.mkdir()
    link.symlink_to(fault_program.store)
    fault_program("tick", "s-1", "free", store=link)
    assert link.is_symlink()
    assert [path.name for path in link.parent.iterdir()] == ["store.sqlite"]
    fault_program.verify("s-1")


def test_a_link_that_leads_nowhere(fault_program):
    link = fault_program.folder / "link.sqlite"
    link.symlink_to(fault_program.folder / "gone.sqlite")
    fault_program.refused("tick", "s-1", "free", store=link)
    outcome = fault_program("shop", "add", "s-9", store=link, status=None)
    target = fault_program.folder / "gone.sqlite"
    if outcome.status == 0:
        assert fault_program.listed(store=target) == ["s-9"]
    else:
        assert not target.exists()


def test_making_a_store_takes_nothing_away(fault_empty):
    """Whatever lies beside it, and however it is called, is somebody's."""
    names = ["2026-11-20.new", "1-2.new", "99999-123.new-wal", "bak", "1.new", "99999.new", "-wal.old", "draft"]
    for name in names:
        (fault_empty.folder / f"store.sqlite.{name}").write_text("mine")
    fault_empty("shop", "add", "s-9")
    for name in names:
        assert (fault_empty.folder / f"store.sqlite.{name}").read_text() == "mine", name


def test_a_demo_where_nothing_can_be_written(fault_empty):
    let_others_enter(fault_empty.folder)
    message = fault_empty.refused("demo", under=NOBODY)
    assert "ermission" in message


def test_without_a_time_zone_database(fault_program):
    nowhere = str(fault_program.folder / "no-such-folder")
    message = fault_program.refused("shop", "edit", "s-1", "--time-zone", "Asia/Tokyo", env={"TZDIR": nowhere})
    assert nowhere in message
    fault_program("status", "s-1", env={"TZDIR": nowhere})


def test_another_engine(fault_program):
    message = fault_program.refused("status", "s-1", "--store", "postgres://localhost/x")
    assert "postgres://localhost/x" in message


def test_a_store_with_the_log_of_a_killed_program(fault_program):
    """What a log holds counts, also where the shared memory beside it is gone."""
    writer = sqlite3.connect(fault_program.store, isolation_level=None)
    writer.execute("PRAGMA wal_autocheckpoint = 0")
    writer.execute("UPDATE shop SET name = 'from the log' WHERE id = 's-1'")
    copy = fault_program.folder / "copy.sqlite"
    for ending in ["", "-wal"]:
        (copy.parent / f"copy.sqlite{ending}").write_bytes(
            (copy.parent / f"store.sqlite{ending}").read_bytes())
    writer.close()
    assert "from the log" in fault_program("shop", "show", "s-1", store=copy).stdout


def test_a_torn_log_is_left_out(fault_program):
    """The last transaction of a log that ends in its middle never was."""
    writer = sqlite3.connect(fault_program.store, isolation_level=None)
    writer.execute("PRAGMA wal_autocheckpoint = 0")
    writer.execute("UPDATE shop SET name = 'first' WHERE id = 's-1'")
    log = fault_program.folder / "store.sqlite-wal"
    length = log.stat().st_size
    writer.execute("UPDATE shop SET name = 'second' WHERE id = 's-1'")
    copy = fault_program.folder / "copy.sqlite"
    copy.write_bytes(fault_program.store.read_bytes())
    torn = log.read_bytes()
    (copy.parent / "copy.sqlite-wal").write_bytes(torn[:(length + len(torn)) // 2])
    writer.close()
    assert "first" in fault_program("shop", "show", "s-1", store=copy).stdout


def test_a_log_of_random_bytes(fault_program):
    (fault_program.folder / "store.sqlite-wal").write_bytes(random.randbytes(10_000))
    fault_program.verify("s-1")
