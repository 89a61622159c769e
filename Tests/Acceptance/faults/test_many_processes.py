"""Sixteen processes at once: all succeed, nothing is lost, and nobody is told that the store is locked."""

import os
import signal

import pytest

from faults_support import NOBODY, REPOSITORY, chains, check_store, opened

SIXTEEN = range(16)


def all_at_once(program, commands) -> list:
    """Starts all before it waits for any; gives what each printed."""
    running = [program.start(*command) for command in commands]
    printed = []
    for command, process in zip(commands, running):
        out, err = process.communicate(timeout=60)
        assert process.returncode == 0, f"{command}: {process.returncode}\n{out!r}\n{err!r}"
        assert err == b"", f"{command}\n{err!r}"
        printed.append(out.decode("utf-8"))
    return printed


def test_sixteen_that_note_on_one_item(fault_program):
    all_at_once(fault_program, [["note", "s-1", "free", f"note {number}"] for number in SIXTEEN])
    check_store(fault_program.store)
    fault_program.verify("s-1")
    events = chains(fault_program.store)["s-1"]
    for number in SIXTEEN:
        assert sum(f'"note {number}"' in event for event in events) == 1


def test_sixteen_that_tick_one_item_make_one_event(fault_program):
    printed = all_at_once(
        fault_program, [["tick", "s-1", "free", "--note", f"by {number}"] for number in SIXTEEN])
    assert sum("unchanged" not in text for text in printed) == 1
    assert sum('"by ' in event for event in chains(fault_program.store)["s-1"]) == 1
    check_store(fault_program.store)


def test_sixteen_that_tick_in_shops_of_their_own(fault_empty):
    shops = [f"m-{number}" for number in SIXTEEN]
    fault_empty.shops(*shops)
    all_at_once(fault_empty, [["tick", shop, "first", "second", "third"] for shop in shops])
    check_store(fault_empty.store)
    fault_empty.verify(*shops)
    with opened(fault_empty.store) as database:
        assert database.execute("SELECT DISTINCT done FROM run").fetchall() == [(3,)]


@pytest.mark.parametrize("attempt", range(3))
def test_sixteen_that_create_a_store(fault_empty, attempt):
    fault_empty.store = fault_empty.folder / "not" / "there" / "yet.sqlite"
    fault_empty.environment["SWITCHLIST_STORE"] = str(fault_empty.store)
    shops = [f"店-{number}" for number in SIXTEEN]
    all_at_once(fault_empty, [["shop", "add", shop, "--name", f"店铺 {shop}"] for shop in shops])
    check_store(fault_empty.store)
    assert sorted(chains(fault_empty.store)) == sorted(shops)
    left = {path.name for path in fault_empty.store.parent.iterdir()} - {
        f"{fault_empty.store.name}{ending}" for ending in ["", "-wal", "-shm"]}
    assert left == set(), "drafts were left lying about"


def test_sixteen_of_which_each_does_something_else(fault_program):
    (fault_program.folder / "shops.txt").write_text("s-1\ns-2\ns-3\n")
    (fault_program.folder / "more.csv").write_text("id\n" + "".join(f"n-{row}\n" for row in range(40)))
    commands = [
        ["tick", "s-1", "free"], ["tick", "s-2", "free"], ["tick", "s-3", "noted", "--note", "三"],
        ["tick", "@shops.txt", "first", "second"], ["note", "s-1", "third", "一"], ["note", "s-2", "third", "二"],
        ["block", "s-3", "third", "--reason", "waiting"], ["assign", "s-1", "third", "--to", "王"],
        ["due", "s-2", "third", "--at", "2026-12-01", "--reason", "later"], ["shop", "add", "new-1"],
        ["shop", "edit", "s-2", "--owner", "王"], ["shop", "import", "more.csv"], ["start", "--all"],
        ["status", "s-1"], ["report"], ["export", "all.jsonl"],
    ]
    running = [fault_program.start(*command) for command in commands]
    for command, process in zip(commands, running):
        out, err = process.communicate(timeout=60)
        assert process.returncode == 0, f"{command}: {process.returncode}\n{out!r}\n{err!r}"
    check_store(fault_program.store)
    fault_program.verify("s-1", "s-2", "s-3")
    assert len(chains(fault_program.store)) == 3 + 1 + 40
    fault_program("import", "all.jsonl", store=fault_program.folder / "copy.sqlite")


@pytest.mark.parametrize("under, step", [([], 6), (NOBODY, 2)], ids=["who may write", "who may not write"])
def test_a_reader_sees_one_state_whatever_is_written_meanwhile(fault_program, fault_library, under, step):
    """The reader is stopped before its n-th look at the store, and goes on when somebody has written."""
    for at in range(2, 60, step):
        reader = fault_program.start("history", "s-1", "--verify", under=under, env={
            "LD_PRELOAD": str(fault_library), "FAULT_KIND": "pause", "FAULT_AT": str(at)})
        _, status = os.waitpid(reader.pid, os.WUNTRACED)
        was_stopped = os.WIFSTOPPED(status)
        if was_stopped:
            fault_program("note", "s-1", "free", f"{at} " + "n" * 5000)
            reader.send_signal(signal.SIGCONT)
            out, err = reader.communicate(timeout=60)
        else:
            reader.returncode = os.waitstatus_to_exitcode(status)
            out, err = reader.communicate()
        assert reader.returncode == 0 and err == b"", f"look {at}: {reader.returncode}\n{out!r}\n{err!r}"
        if not was_stopped:
            break
    assert at > 6, "the reader was hardly disturbed"


def test_sixteen_imports_of_one_export_make_one_store(fault_program):
    fault_program("export", "all.jsonl")
    copy = fault_program.folder / "copy.sqlite"
    running = [fault_program.start("import", "all.jsonl", store=copy) for _ in SIXTEEN]
    statuses = []
    for process in running:
        out, err = process.communicate(timeout=60)
        statuses.append(process.returncode)
        assert process.returncode == 0 or err.startswith(b"error: ") and b"locked" not in err, err
    assert sorted(statuses) == [0] + [2] * 15
    assert fault_program("export", store=copy).out == (fault_program.folder / "all.jsonl").read_bytes()


def test_two_programs_that_export_to_one_file_leave_a_whole_one(fault_program):
    all_of_it = fault_program("export").out
    for process in [fault_program.start("export", "all.jsonl") for _ in range(8)]:
        process.communicate(timeout=60)
        assert process.returncode == 0
    assert (fault_program.folder / "all.jsonl").read_bytes() == all_of_it
    assert [path.name for path in fault_program.folder.glob("all.jsonl*")] == ["all.jsonl"]


def test_demos_at_once(fault_empty):
    """The demo makes its store anew each time, also where another one is at it."""
    shipped = REPOSITORY / "checklists"
    running = [
        fault_empty.start("demo", env={"SWITCHLIST_STORE": "", "SWITCHLIST_CHECKLISTS": str(shipped)}) for _ in range(6)]
    told = set()
    for process in running:
        out, err = process.communicate(timeout=60)
        assert process.returncode == 0, err
        told.add(out)
    assert len(told) == 1
    (store,) = fault_empty.folder.rglob("demo.sqlite")
    check_store(store)
    assert fault_empty.listed(store=store) == ["demo-shop"]


def test_a_program_without_an_outlet_for_errors_still_does_its_work(fault_program):
    process = fault_program.start("tick", "s-1", "free", close_fds=True, preexec_fn=close_standard_streams)
    process.communicate(timeout=60)
    assert process.returncode in (0, 2)
    check_store(fault_program.store)
    fault_program.verify("s-1")


def close_standard_streams():
    """As some schedulers start programs: SQLite's files then get the numbers of the standard streams."""
    for descriptor in range(3):
        os.close(descriptor)
