"""`store`: how it stands, whether it is sound, copies of it and stores made of copies."""

import json
import sqlite3
import subprocess
from contextlib import closing

import pytest
from program import PROGRAM


def mode(path) -> int:
    return path.stat().st_mode & 0o777


def execute(store, sql):
    with closing(sqlite3.connect(store)) as database:
        database.executescript(sql)


def dump(store) -> str:
    with closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as database:
        return "\n".join(database.iterdump())


def test_a_backup_is_restored_elsewhere(trial):
    said = trial("store", "backup", "copy.sqlite", lang="en").stdout
    assert said.startswith("copy.sqlite: 1 shop, 2 events, ")
    copy = trial.folder / "copy.sqlite"
    assert mode(copy) == 0o600
    assert dump(copy) == trial.snapshot()
    elsewhere = {"SWITCHLIST_STORE": str(trial.folder / "new/store.sqlite")}
    trial("store", "restore", "copy.sqlite", env=elsewhere)
    assert mode(trial.folder / "new/store.sqlite") == 0o600
    assert trial("status", "s-001", env=elsewhere).out == trial("status", "s-001").out
    assert trial("history", "s-001", "--verify", env=elsewhere).out == trial("history", "s-001", "--verify").out
    trial("tick", "s-001", "free", env=elsewhere)


@pytest.mark.parametrize(("lang", "words"), [("en", "is there already"), ("zh", "已存在")])
def test_nothing_is_replaced(trial, lang, words):
    trial.write("mine", "mine")
    assert words in trial.refused("store", "backup", "mine", lang=lang)
    assert words in trial.refused("store", "backup", trial.store, lang=lang)
    trial("store", "backup", "copy.sqlite")
    assert words in trial.refused("store", "restore", "copy.sqlite", lang=lang)
    assert (trial.folder / "mine").read_text() == "mine"


def test_a_backup_of_nothing(run):
    assert "there is no store" in run.refused("store", "backup", "copy.sqlite", lang="en")
    assert not run.store.exists() and not (run.folder / "copy.sqlite").exists()


def test_a_backup_while_others_write(trial):
    """Each copy is sound, and holds the whole of what was acknowledged before it began."""
    writer = subprocess.Popen(
        ["bash", "-c", f'for n in $(seq 40); do "{PROGRAM}" note s-001 free "note $n" || exit 1; done'],
        env=trial.environment, cwd=trial.folder, stdout=subprocess.DEVNULL)
    before = 0
    for number in range(4):
        known = len(trial.events())
        trial("store", "backup", f"{number}.sqlite")
        copied = {"SWITCHLIST_STORE": str(trial.folder / f"{number}.sqlite")}
        assert json.loads(trial("store", "check", "--format", "json", env=copied).stdout)["ok"] is True
        events = len(json.loads(trial("history", "s-001", "--format", "json", env=copied).stdout))
        assert events >= known >= before
        before = known
    assert writer.wait(60) == 0


def test_progress_is_for_terminals(trial):
    assert trial("store", "backup", "copy.sqlite").err == b""


def test_status(trial):
    told = trial("store", "status", "--format", "json").json
    assert told["store"] == str(trial.store) and told["engine"].startswith("SQLite 3.")
    assert told["schema"] == "current" and told["writable"] is True and told["readable_by_others"] is False
    assert (told["shops"], told["archived_shops"], told["runs"], told["active_runs"], told["events"]) == (1, 0, 1, 1, 2)
    assert told["bytes"] == trial.store.stat().st_size
    events = trial("history", "s-001", "--format", "json").json
    recorded = sorted(event["recorded_at"] for event in events)
    assert (told["oldest_event"], told["newest_event"]) == (recorded[0], recorded[-1])
    english, chinese = trial("store", "status", lang="en").lines, trial("store", "status", lang="zh").lines
    assert f"store: {trial.store}" in english and f"数据库：{trial.store}" in chinese
    assert "shops: 1, 0 of them archived" in english and "店铺：1，其中已归档 0" in chinese


def test_a_sound_store(trial):
    assert "is sound" in trial("store", "check", lang="en").stdout
    assert trial("store", "check", "--format", "json").json == {
        "store": str(trial.store), "ok": True, "shops": 1, "events": 2, "findings": []}


def test_what_was_changed_behind_the_programs_back_is_found(trial):
    trial("shop", "add", "s-002")
    execute(trial.store, "UPDATE shop SET name = 'another' WHERE id = 's-001'")
    found = trial("store", "check", status=1, lang="en").lines
    assert found == ["s-001: the shop isn't what its events say"]
    told = trial("store", "check", "--format", "json", status=1, lang="zh").json
    assert told["ok"] is False and told["shops"] == 2
    assert told["findings"] == [{"shop": "s-001", "message": "店铺信息与事件记录不符"}]


def test_a_row_that_refers_to_nothing_is_found(trial):
    execute(trial.store, "PRAGMA foreign_keys = OFF; DELETE FROM definition")
    assert "refers to a definition that isn't there" in trial("store", "check", status=1, lang="en").stdout
    assert "damaged" in trial.refused("store", "backup", "copy.sqlite", lang="en")
    assert not (trial.folder / "copy.sqlite").exists()


def test_a_truncated_store_is_a_finding(trial):
    content = trial.store.read_bytes()
    trial.store.write_bytes(content[:-100])
    assert "the file is damaged" in trial("store", "check", status=1, lang="en").stdout


def test_another_file_is_no_finding(run):
    run.write("store.sqlite", "something else")
    run("store", "check", status=2)
    run("store", "status", status=2)


def test_the_log_of_a_former_store_is_not_taken_for_the_new_ones(trial):
    trial("store", "backup", "copy.sqlite")
    left = trial.write("former.sqlite-wal", "a log")
    former = {"SWITCHLIST_STORE": str(trial.folder / "former.sqlite")}
    for command in (["store", "restore", "copy.sqlite"], ["shop", "add", "s-1"]):
        assert "former.sqlite-wal" in trial(*command, env=former, status=2, lang="en").stderr
    assert left.read_text() == "a log" and not (trial.folder / "former.sqlite").exists()
