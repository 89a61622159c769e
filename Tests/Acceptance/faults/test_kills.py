"""`kill -9` at any moment. The ordinary run kills about 150 times; kill_storm.py does thousands."""

import random
import signal

import pytest

from faults_support import chains, check_store, copy_store, opened
from kill_storm import Storm


def sweep(program, library, command, store, prepare, judge, step=1, kind="kill"):
    """Stops a command at one call after the other by which it changes files, until it runs through.

    `prepare` makes the store as it was before, `judge` is told whether the command had acknowledged.
    """
    kills = 0
    at = 1
    while True:
        prepare()
        shot = program(*command, store=store, status=None, env={
            "LD_PRELOAD": str(library), "FAULT_KIND": kind, "FAULT_AT": str(at)})
        was_killed = shot.status == -signal.SIGKILL
        assert was_killed or shot.status == 0, str(shot)
        try:
            judge(not was_killed or shot.out.endswith(b"\n"))
        except AssertionError as failure:
            raise AssertionError(f"killed at call {at} ({kind}) of\n{shot}") from failure
        if not was_killed:
            assert kills >= 5, "hardly anything was tried"
            return
        kills += 1
        at += step


@pytest.mark.parametrize("kind", ["kill", "torn"])
@pytest.mark.parametrize("command, step", [
    (["tick", "s-1", "first", "second", "third", "noted", "--note", "all of them"], 5),
    (["shop", "edit", "s-2", "--name", "新名字"], 4),
    (["start", "s-3", "--checklist", "trial", "--again", "--switched-at", "2026-11-19T10:00"], 7),
])
def test_a_killed_change_is_there_whole_or_not_at_all(fault_program, fault_library, command, step, kind):
    store, before = fault_program.store, fault_program.folder / "before.sqlite"
    copy_store(store, before)
    old = chains(before)
    fault_program(*command)
    new = chains(store)
    assert new != old

    def judge(was_acknowledged):
        fault_program.verify(command[2] if command[0] == "shop" else command[1])
        check_store(store)
        found = chains(store)
        assert found == new or not was_acknowledged and found == old

    sweep(fault_program, fault_library, command, store, lambda: copy_store(before, store), judge, step, kind)


def test_a_killed_command_over_many_shops_leaves_each_whole(fault_program, fault_library):
    store, before = fault_program.store, fault_program.folder / "before.sqlite"
    (fault_program.folder / "shops.txt").write_text("s-1\ns-2\ns-3\n")
    command = ["tick", "@shops.txt", "noted", "--note", "for all"]
    copy_store(store, before)
    old = chains(before)
    fault_program(*command)
    new = chains(store)

    def judge(was_acknowledged):
        fault_program.verify("s-1", "s-3")
        check_store(store)
        for shop, events in chains(store).items():
            assert events == new[shop] or not was_acknowledged and events == old[shop]

    sweep(fault_program, fault_library, command, store, lambda: copy_store(before, store), judge, step=6)


@pytest.mark.parametrize("kind", ["kill", "torn"])
@pytest.mark.parametrize("name", ["import", "add"])
def test_a_store_whose_making_was_killed_is_whole_or_not_there(fault_program, fault_library, name, kind):
    export = fault_program.folder / "all.jsonl"
    fault_program("export", export)
    command = ["import", export] if name == "import" else ["shop", "add", "s-9"]
    store = fault_program.folder / "new" / "store.sqlite"

    def prepare():
        if store.parent.exists():
            for path in store.parent.iterdir():
                path.unlink()

    def judge(was_acknowledged):
        if not store.exists():
            assert not was_acknowledged
            return
        check_store(store)
        if name == "import":
            assert fault_program("export", store=store).out == export.read_bytes()
        else:
            fault_program.verify("s-9", store=store)

    sweep(fault_program, fault_library, command, store, prepare, judge, step=12, kind=kind)


def test_a_killed_migration_is_done_or_not_begun(fault_program, fault_library):
    store = fault_program.folder / "older.sqlite"

    def prepare():
        for ending in ["", "-wal", "-shm"]:
            (store.parent / f"{store.name}{ending}").unlink(missing_ok=True)
        with opened(store) as database:
            database.execute("PRAGMA journal_mode = WAL")
            database.execute("CREATE TABLE migration (name TEXT NOT NULL PRIMARY KEY)")

    def judge(was_acknowledged):
        assert fault_program.listed(store=store) == ["s-9"] or not was_acknowledged
        check_store(store)

    sweep(fault_program, fault_library, ["shop", "add", "s-9"], store, prepare, judge, step=6)


def test_processes_that_are_killed_in_each_others_company(tmp_path):
    seed = random.randrange(1_000_000)
    print(f"kill_storm.py --seed {seed}")
    Storm(tmp_path, seed).go(kills=30)
