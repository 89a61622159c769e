"""A disk that is full at any moment: one clear error, exit status 2, nothing changed, and reading goes on."""

import os
import subprocess

import pytest

from faults_support import (
    assert_clear_error, chains, check_store, copy_store, files_of, fill_up, limited_files, small_disk,
)

READING = [["status", "s-1"], ["report"], ["overdue"], ["history", "s-1", "--verify"], ["export"]]


@pytest.fixture
def fault_disk(fault_program):
    """The store on a disk of its own of 600 KB."""
    with small_disk(fault_program.folder / "disk", 600) as disk:
        copy_store(fault_program.store, disk / "store.sqlite")
        fault_program.store = disk / "store.sqlite"
        fault_program.environment["SWITCHLIST_STORE"] = str(fault_program.store)
        yield disk


def test_a_full_disk(fault_program, fault_disk):
    fill_up(fault_disk)
    for command in READING:
        fault_program(*command)
    table = fault_program.folder / "more.csv"
    table.write_text("id\n" + "".join(f"n-{row}\n" for row in range(2000)))
    for command in [
        ["tick", "s-1", "free"], ["shop", "add", "new"], ["note", "s-1", "free", "长" * 9000],
        ["start", "s-1", "--again"], ["shop", "import", table], ["shop", "add", "new", "--store", fault_disk / "2"],
        ["tick", "s-1", "free", "--store", fault_disk / "store.sqlite"],
    ]:
        message = fault_program.refused(*command)
        assert "full" in message, message
    (fault_disk / "filling").unlink()
    fault_program("tick", "s-1", "free")
    fault_program.verify("s-1")


def test_a_disk_that_fills_up_while_many_shops_are_changed(fault_program, fault_disk):
    """Those that were told of are changed, and the rest isn't; later the command goes on."""
    (fault_program.folder / "shops.csv").write_text("id\n" + "".join(f"n-{row}\n" for row in range(400)))
    fault_program("shop", "import", "shops.csv")
    fill_up(fault_disk, but_for=120_000)
    outcome = fault_program("start", "--all", "--checklist", "trial", status=2)
    assert "full" in outcome.stderr.splitlines()[-1], str(outcome)
    (fault_disk / "filling").unlink()
    check_store(fault_program.store)


def test_every_moment_at_which_a_disk_can_fill_up(fault_program, fault_library):
    """From the n-th call on, nothing can be written, until the command runs through."""
    before, store = fault_program.folder / "before.sqlite", fault_program.store
    copy_store(store, before)
    old = chains(before)
    fault_program("tick", "s-1", "first", "second")
    new = chains(store)
    succeeded = []
    for at in [*range(1, 20, 2), *range(20, 60, 8)]:
        copy_store(before, store)
        outcome = fault_program("tick", "s-1", "first", "second", status=None, env={
            "LD_PRELOAD": str(fault_library), "FAULT_KIND": "full", "FAULT_AT": str(at)})
        check_store(store)
        if outcome.status == 0:
            assert chains(store) == new, f"at call {at}\n{outcome}"
        else:
            assert outcome.status == 2 and "full" in outcome.stderr, f"at call {at}\n{outcome}"
            assert_clear_error(outcome)
            assert chains(store) == old, f"at call {at}\n{outcome}"
        succeeded.append(outcome.status == 0)
    assert succeeded == sorted(succeeded) and set(succeeded) == {False, True}


@pytest.mark.parametrize("command", [["tick", "s-1", "first"], ["shop", "add", "x", "--store", "new.sqlite"]])
def test_a_disk_that_breaks(fault_program, fault_library, command):
    """Writing fails with an I/O error from the n-th call on: an error, and the old state or the new one."""
    before, store = fault_program.folder / "before.sqlite", fault_program.store
    copy_store(store, before)
    old = chains(before)
    for at in [1, 4, 9, 10, 11, 14, 18, 25, 40]:
        copy_store(before, store)
        (fault_program.folder / "new.sqlite").unlink(missing_ok=True)
        outcome = fault_program(*command, status=None, env={
            "LD_PRELOAD": str(fault_library), "FAULT_KIND": "broken", "FAULT_AT": str(at)})
        assert outcome.status in (0, 2), f"at call {at}\n{outcome}"
        check_store(store)
        if outcome.status == 2:
            assert_clear_error(outcome)
        elif command[0] == "tick":
            assert chains(store) != old
        fault_program.verify("s-1")


def test_files_that_may_not_grow(fault_program):
    """A limit on the size of files (`ulimit -f`) ends no process in the middle of its work."""
    for limit in [0, 4096, 32_768, 65_536]:
        before = files_of(fault_program.folder)
        outcome = fault_program(
            "note", "s-1", "free", "长" * 9000, preexec_fn=limited_files(limit), status=None)
        assert outcome.status == 2, str(outcome)
        assert_clear_error(outcome)
        assert files_of(fault_program.folder) == before
        fault_program.verify("s-1")


def test_a_limit_with_the_signal_that_comes_with_it(fault_program):
    done = subprocess.run(
        ["sh", "-c", 'ulimit -f 8; exec "$0" "$@"', fault_program.start("--version").args[0], "note", "s-1", "free",
         "长" * 9000], env=fault_program.environment, capture_output=True, cwd=fault_program.folder, timeout=60)
    assert done.returncode == 2, f"{done}"
    assert done.stderr.startswith(b"error: ")
    fault_program.verify("s-1")


@pytest.mark.parametrize("command", [["status", "s-1"], ["report", "--format", "html"], ["export"], ["schema"],
                                     ["overdue", "--now", "2027-01-01T00:00Z"], ["lint"], ["--help"], ["--version"]])
def test_results_that_cannot_be_written(fault_program, command):
    with open("/dev/full", "wb") as full:
        process = fault_program.start(*command, stdout=full)
        _, message = process.communicate(timeout=60)
    if command == ["lint"]:
        assert process.returncode == 0, "lint writes nothing when nothing is wrong"
        return
    assert process.returncode == 2, f"{process.returncode} {message!r}"
    assert message.count(b"\n") == 1 and message.startswith(b"error: ")


def test_a_change_whose_result_cannot_be_written_says_that_it_is_made(fault_program):
    with open("/dev/full", "wb") as full:
        process = fault_program.start("tick", "s-1", "free", stdout=full)
        _, message = process.communicate(timeout=60)
    was_made = fault_program("status", "s-1", "--format", "json").stdout.count('"state":"done"') == 1
    assert was_made, "the store doesn't depend on a pipe"
    assert process.returncode == 2
    assert b"saved" in message, "exit status 2 alone would mean that nothing was changed"


# `export FILE`

def test_an_export_that_finds_no_room_leaves_no_file_and_the_old_one(fault_program):
    rows = "".join(f"n-{row},{'名' * 60}\n" for row in range(1500))
    (fault_program.folder / "shops.csv").write_text("id,name\n" + rows, "utf-8")
    fault_program("shop", "import", "shops.csv")
    with small_disk(fault_program.folder / "disk", 300) as disk:
        message = fault_program.refused("export", disk / "all.jsonl")
        assert "No space" in message or "full" in message, message
        assert os.listdir(disk) == []
        (disk / "all.jsonl").write_text("the old one")
        fault_program.refused("export", disk / "all.jsonl")
        assert os.listdir(disk) == ["all.jsonl"]
        assert (disk / "all.jsonl").read_text() == "the old one"


def test_an_export_that_fails_at_any_moment(fault_program, fault_library):
    fault_program("export", "all.jsonl")
    target = fault_program.folder / "all.jsonl"
    new = target.read_bytes()
    for kind in ["full", "broken"]:
        for at in range(1, 18, 2):
            target.write_text("the old one")
            outcome = fault_program("export", "all.jsonl", status=None, env={
                "LD_PRELOAD": str(fault_library), "FAULT_KIND": kind, "FAULT_AT": str(at)})
            found = target.read_bytes()
            if outcome.status == 0:
                assert found == new
            else:
                assert_clear_error(outcome)
                assert found in (b"the old one", new)
            if kind == "full":
                assert [path.name for path in fault_program.folder.glob("all.jsonl*")] == ["all.jsonl"]


def test_an_export_to_where_nothing_can_be_written(fault_program):
    (fault_program.folder / "closed").mkdir()
    (fault_program.folder / "closed" / "old.jsonl").write_text("the old one")
    for path in ["no/such/folder/all.jsonl", "closed", "store.sqlite/all.jsonl", "", "closed/old.jsonl/x"]:
        fault_program.refused("export", path)


def test_an_export_without_permission(fault_program):
    from faults_support import NOBODY

    for path in ["all.jsonl", "closed/all.jsonl"]:
        message = fault_program.refused("export", path, under=NOBODY)
        assert "all.jsonl" in message


def test_an_export_never_takes_the_place_of_what_is_no_file(fault_program):
    """A device stays a device: what is exported goes into it."""
    node = fault_program.folder / "node"
    null = os.stat("/dev/null")
    if os.geteuid() == 0:
        os.mknod(node, 0o666 | 0o020000, null.st_rdev)
    else:
        node.symlink_to("/dev/null")
    fault_program("export", node)
    assert os.stat(node).st_rdev == null.st_rdev
    assert [path.name for path in fault_program.folder.glob("node*")] == ["node"]


def test_an_export_into_a_pipe(fault_program):
    pipe = fault_program.folder / "pipe"
    os.mkfifo(pipe)
    reader = subprocess.Popen(["cat", pipe], stdout=subprocess.PIPE)
    process = fault_program.start("export", pipe)
    out, _ = reader.communicate(timeout=60)
    process.communicate(timeout=60)
    assert process.returncode == 0
    assert out == fault_program("export").out
    assert pipe.is_fifo()


def test_an_export_through_a_link_replaces_what_it_leads_to(fault_program):
    (fault_program.folder / "backup").mkdir()
    target = fault_program.folder / "backup" / "all.jsonl"
    target.write_text("the old one")
    target.chmod(0o640)
    link = fault_program.folder / "latest.jsonl"
    link.symlink_to(target)
    fault_program("export", link)
    assert link.is_symlink()
    assert target.read_bytes() == fault_program("export").out


def test_the_store_is_not_overwritten_by_its_own_export(fault_program):
    """A slip of the fingers must not cost the store."""
    fault_program.refused("export", fault_program.store)
    fault_program.verify("s-1")
