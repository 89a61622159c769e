"""Stores that somebody else holds, or that one may read but not write."""

import os
import shutil
import sqlite3
import time

import pytest

from faults_support import NOBODY, FaultProgram, assert_clear_error, check_store, opened

READING = [
    ["status", "s-1"], ["report"], ["overdue"], ["export"], ["history", "s-1"], ["history", "s-1", "--verify"],
    ["shop", "list"], ["shop", "show", "s-1"], ["report", "--matrix"], ["overdue", "--format", "prometheus"],
]
WRITING = [
    ["tick", "s-1", "free"], ["shop", "add", "new"], ["shop", "edit", "s-1", "--name", "n"],
    ["start", "s-1", "--again"], ["note", "@shops.txt", "free", "n"], ["shop", "import", "shops.csv"],
]


def test_a_store_that_another_program_has_locked_for_over_ten_seconds(fault_program):
    """The one test that takes its time: this lock really has to time out."""
    with opened(fault_program.store) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        began = time.monotonic()
        tick = fault_program.start("tick", "s-1", "free")
        many = fault_program.start("note", "@-", "free", "n", stdin=open(os.devnull))
        fault_program("status", "s-1")
        fault_program("overdue", "--format", "csv")
        _, message = tick.communicate(timeout=30)
        assert 9.5 < time.monotonic() - began < 20
        many.communicate(timeout=30)
        holder.execute("ROLLBACK")
    assert tick.returncode == 2
    assert message.decode().count("\n") == 1
    assert message.startswith(b"error: another program has kept ")
    assert b"database is locked" not in message
    check_store(fault_program.store)
    assert fault_program("status", "s-1", "--format", "json").stdout.count('"state":"done"') == 0


def test_a_lock_that_ends_in_time_is_waited_for(fault_program):
    with opened(fault_program.store) as holder:
        holder.execute("BEGIN IMMEDIATE")
        tick = fault_program.start("tick", "s-1", "free")
        with pytest.raises(Exception, match="timed out"):
            tick.communicate(timeout=0.5)
        holder.execute("COMMIT")
    assert tick.wait(timeout=30) == 0


def may(program: FaultProgram, file, folder):
    """What others may do with the store's file and its folder."""
    program.folder.chmod(folder)
    program.store.chmod(file)


def read_only(program, under, reading=READING, writing=WRITING):
    (program.folder / "shops.txt").write_text("s-1\n")
    (program.folder / "shops.csv").write_text("id,name\ns-1,n\n")
    expected = {str(command): program(*command) for command in reading}
    for command in reading:
        outcome = program(*command, under=under, status=None)
        assert (outcome.status, outcome.out, outcome.err) == (
            expected[str(command)].status, expected[str(command)].out, b""), str(outcome)
    for command in writing:
        message = program.refused(*command, under=under)
        assert "can't be written" in message, message


def test_a_store_that_one_may_only_read(fault_program):
    may(fault_program, 0o644, 0o755)
    read_only(fault_program, NOBODY)


@pytest.mark.parametrize("file, folder", [(0o666, 0o755), (0o644, 0o777)])
def test_a_store_of_which_one_may_write_only_a_part(fault_program, file, folder):
    may(fault_program, file, folder)
    read_only(fault_program, NOBODY, READING[:4], WRITING[:2])


def test_a_store_that_one_may_only_read_with_a_log_beside_it(fault_program):
    writer = sqlite3.connect(fault_program.store, isolation_level=None)
    writer.execute("PRAGMA wal_autocheckpoint = 0")
    writer.execute("CREATE TABLE only_for_the_log (x)")
    assert (fault_program.folder / "store.sqlite-wal").stat().st_size > 0
    try:
        read_only(fault_program, NOBODY)
    finally:
        writer.close()


def test_a_copy_with_a_log_that_one_may_only_read(fault_program):
    """As a backup lies there: the file and its log, the shared memory not. SQLite would have to write to read
    it; then it is said what to do, and soon."""
    fault_program.folder.chmod(0o755)
    writer = sqlite3.connect(fault_program.store, isolation_level=None)
    writer.execute("PRAGMA wal_autocheckpoint = 0")
    writer.execute("UPDATE shop SET name = 'from the log' WHERE id = 's-1'")
    backup = fault_program.folder / "backup"
    backup.mkdir()
    for ending in ["", "-wal"]:
        shutil.copyfile(f"{fault_program.store}{ending}", backup / f"store.sqlite{ending}")
    writer.close()
    shown = fault_program("shop", "show", "s-1", store=backup / "store.sqlite", under=NOBODY, status=None)
    if shown.status == 2:
        assert_clear_error(shown)
        assert " log" in shown.stderr and shown.seconds < 5, str(shown)
    else:
        assert "from the log" in shown.stdout
    assert "from the log" in fault_program("shop", "show", "s-1", store=backup / "store.sqlite").stdout


def test_a_store_that_one_may_not_even_read(fault_program):
    may(fault_program, 0o600, 0o755)
    for command in READING[:4] + WRITING[:3]:
        message = fault_program.refused(*command, under=NOBODY)
        assert "ermission" in message or "may not" in message, message


def test_a_folder_that_one_may_not_enter(fault_program):
    closed = fault_program.folder / "closed"
    closed.mkdir()
    shutil.move(fault_program.store, closed / "store.sqlite")
    closed.chmod(0o700)
    for command in READING[:4] + WRITING[:3]:
        message = fault_program.refused(*command, store=closed / "store.sqlite", under=NOBODY)
        assert "ermission" in message or "may not" in message, message


def test_a_folder_in_which_no_store_can_be_made(fault_program):
    for path in ["new.sqlite", "folder/new.sqlite"]:
        message = fault_program.refused("shop", "add", "new", store=fault_program.folder / path, under=NOBODY)
        assert "ermission" in message or "may not" in message, message


def test_a_link_in_ones_own_folder_to_a_store_that_one_may_only_read(fault_program):
    fault_program.store.chmod(0o666)
    mine = fault_program.folder / "mine"
    mine.mkdir()
    mine.chmod(0o777)
    (mine / "store.sqlite").symlink_to(fault_program.store)
    fault_program("status", "s-1", store=mine / "store.sqlite", under=NOBODY)
    fault_program.refused("tick", "s-1", "free", store=mine / "store.sqlite", under=NOBODY)
    assert [path.name for path in mine.iterdir()] == ["store.sqlite"]


def test_files_that_one_may_not_read(fault_program):
    for name, content in [("secret.txt", "s-1\n"), ("secret.csv", "id\ns-9\n"), ("secret.jsonl", "{}\n")]:
        path = fault_program.folder / name
        path.write_text(content)
        path.chmod(0o600)
    may(fault_program, 0o666, 0o777)
    for command in [
        ["tick", "@secret.txt", "free"], ["tick", "s-1", "filed", "--proof", "secret.txt"],
        ["shop", "import", "secret.csv"], ["import", "secret.jsonl", "--store", "new.sqlite"],
    ]:
        message = fault_program.refused(*command, under=NOBODY)
        assert "ermission" in message and "secret" in message, message
