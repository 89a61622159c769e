"""`store check --repair`: what follows from the events is made anew from them, on both engines; nothing else is touched."""

import sqlite3
import subprocess
from contextlib import closing

import pytest
from program import Program
from test_export_import import exported, world  # noqa: F401

DERIVED = ["shop", "run", "item", "binding", "account_switch"]

# Each changes rows behind the program's back.
DAMAGE = {
    "a run's counters": "UPDATE run SET total = total + 1, pending = pending + 1",
    "a run's due time": "UPDATE run SET due_at = 1 WHERE due_at IS NOT NULL",
    "items' notes": "UPDATE item SET note = 'forged'",
    "items' owners": "UPDATE item SET owner = 'nobody'",
    "items that are gone": "DELETE FROM item WHERE position = 0",
    "a shop's sums": "UPDATE shop SET outstanding = outstanding + 5",
    "a shop's name": "UPDATE shop SET name = 'forged'",
    "an account": "UPDATE binding SET account = 'forged'",
    "a switch": "UPDATE account_switch SET to_account = 'forged'",
}


@pytest.fixture(params=["file", "database"])
def store(request, tmp_path, exported):
    """The program, and what runs SQL in its store."""
    (tmp_path / "own").mkdir()
    program = Program(tmp_path / "own")
    if request.param == "database":
        database = request.getfixturevalue("database")
        program.environment["SWITCHLIST_STORE"] = database
        program("store", "migrate")

        def sql(statement):
            return subprocess.run(
                ["psql", "-qXAt", "-v", "ON_ERROR_STOP=1", database, "-c", statement], check=True,
                capture_output=True, text=True).stdout.splitlines()
    else:
        def sql(statement):
            with closing(sqlite3.connect(program.store)) as connection:
                rows = [str(row) for row in connection.execute(statement)]
                connection.commit()
                return rows
    program("import", "-", stdin=exported)
    program("shop", "add", "switching")
    program("shop", "bind", "switching", "old-account")
    program.checklists.mkdir(exist_ok=True)
    program("switch", "plan", "switching", "--to", "new-account")
    return program, sql


def rows(sql):
    return {table: sorted(sql(f"SELECT * FROM {table}")) for table in DERIVED}


@pytest.mark.parametrize("statement", DAMAGE.values(), ids=DAMAGE.keys())
def test_what_follows_from_the_events_is_mended(store, statement):
    program, sql = store
    before = rows(sql)
    sql(statement)
    assert rows(sql) != before
    assert program("store", "check", status=1).stdout
    told = program("store", "check", "--repair", status=1, lang="en").stdout
    assert "mended what follows from the events of" in told and "chains are broken" not in told
    assert "is sound" in program("store", "check", "--repair", lang="en").stdout
    assert rows(sql) == before


def test_a_broken_chain_is_left_as_it_is(store):
    program, sql = store
    shop = "switching"
    sql(f"UPDATE event SET hash = (SELECT hash FROM event WHERE shop = '{shop}' AND number = 1) "
        f"WHERE shop = '{shop}' AND number = 2")
    sql(f"UPDATE shop SET name = 'forged' WHERE id = '{shop}'")
    before = rows(sql)
    result = program("store", "check", "--repair", "--format", "json", status=1).json
    assert result["mended"] == [] and {finding["shop"] for finding in result["findings"]} == {shop}
    assert rows(sql) == before
    assert "chains are broken: 1 shop" in program("store", "check", "--repair", status=1, lang="en").stdout


def test_a_sound_store_isnt_touched(store):
    program, sql = store
    before = rows(sql)
    assert program("store", "check", "--repair", "--format", "json").json["mended"] == []
    assert rows(sql) == before
