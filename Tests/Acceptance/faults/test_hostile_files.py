"""Files that nobody should write: lists of shops, tables, exports, proofs."""

import hashlib
import json
import os
import subprocess
import time

import pytest

from faults_support import assert_clear_error, assert_harmless, chains, check_store

MEGABYTES = 200


def write(program, name, content):
    path = program.folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


# @FILE

def test_a_list_with_every_kind_of_line(fault_program):
    write(fault_program, "shops.txt", b"\xef\xbb\xbf s-1 \r\n\r\n\ts-2\n"
          b"s-1\n\n# a comment\na/b\n../x\ns-99\n\x1b[31mred\na\x00b\ns-3")
    outcome = fault_program("note", "@shops.txt", "free", "once", status=2)
    assert [line.split()[0] for line in outcome.stdout.splitlines() if "  free  " in line] == ["s-1", "s-2", "s-3"]
    errors = [line for line in outcome.stderr.splitlines() if line.startswith("error: ")]
    assert len(errors) == 6, str(outcome)
    for named in ["# a comment", "a/b", "../x", "s-99", "[31mred"]:
        assert sum(named in line for line in errors) == 1, str(outcome)
    assert_harmless(outcome.err)
    for events in chains(fault_program.store).values():
        assert sum("once" in event for event in events) == 1


def test_a_long_list_of_bad_lines(fault_program):
    write(fault_program, "shops.txt", "".join(f"bad/{row}\n" for row in range(8_000)) + "s-1\n")
    outcome = fault_program.measured("note", "@shops.txt", "free", "n", timeout=30)
    assert outcome.status == 2
    assert outcome.megabytes < MEGABYTES
    assert any('"n"' in event for event in chains(fault_program.store)["s-1"])


def test_one_line_of_megabytes(fault_program):
    write(fault_program, "shops.txt", b"x" * 2_000_000 + b"\ns-1\n")
    outcome = fault_program("note", "@shops.txt", "free", "n", status=2)
    assert len(outcome.err) < 1000
    assert any('"n"' in event for event in chains(fault_program.store)["s-1"])


def test_a_list_that_is_no_text(fault_program):
    write(fault_program, "shops.txt", b"s-1\n\xff\n")
    assert "UTF-8" in fault_program.refused("note", "@shops.txt", "free", "n")


# What isn't a file

@pytest.mark.parametrize("command", [
    ["note", "@{}", "free", "n"], ["tick", "s-1", "filed", "--proof", "{}"], ["shop", "import", "{}"],
    ["import", "{}", "--store", "new.sqlite"],
], ids=["@FILE", "--proof", "shop import", "import"])
def test_what_is_no_file(fault_program, command):
    os.mkfifo(fault_program.folder / "pipe")
    (fault_program.folder / "folder").mkdir()
    (fault_program.folder / "loop").symlink_to("loop")
    for path in ["folder", "pipe", "loop", "missing", "store.sqlite/x", "/dev/zero", "/dev/random", "/dev/null", "",
                 "x" * 300, "/proc/self/mem"]:
        words = [word.replace("{}", path) for word in command]
        fault_program.refused(*words, timeout=15)


def test_a_pipe_that_somebody_writes_into_is_read(fault_program):
    pipe = fault_program.folder / "pipe"
    os.mkfifo(pipe)
    process = fault_program.start("note", f"@{pipe}", "free", "through a pipe")
    pipe.write_text("s-1\ns-2\n")
    process.communicate(timeout=30)
    assert process.returncode == 0
    assert any("through a pipe" in event for event in chains(fault_program.store)["s-2"])


def test_a_list_from_another_command(fault_program):
    done = subprocess.run(
        ["bash", "-c", '"$0" note @<(printf "s-1\\ns-3\\n") free "from a command"', str(fault_program.start(
            "--version").args[0])], env=fault_program.environment, cwd=fault_program.folder, timeout=60, check=False)
    assert done.returncode == 0
    assert any("from a command" in event for event in chains(fault_program.store)["s-3"])


def test_endless_input_ends(fault_program):
    """`yes | switchlist …` is refused before it fills the memory."""
    for command in (["shop", "import", "-"], ["import", "-", "--store", "new.sqlite"]):
        source = subprocess.Popen(["cat", "/dev/zero"], stdout=subprocess.PIPE)
        outcome = fault_program.measured(*command, stdin=source.stdout, timeout=15)
        source.stdout.close()
        source.kill()
        source.wait()
        assert outcome.status == 2, str(outcome)
        assert outcome.megabytes < 1000, str(outcome)
    assert not (fault_program.folder / "new.sqlite").exists()


# --proof

@pytest.mark.parametrize("name", ["备份 (1).zip", "a'b\"c.txt", "-dash.txt", "a;b|c&d.txt", "e\u0301.txt", "https:file"])
def test_proofs_of_any_name(fault_program, name):
    content = os.urandom(300_000)
    write(fault_program, name, content)
    fault_program("tick", "s-1", "filed", f"--proof={name}")
    (run,) = json.loads(fault_program("status", "s-1", "--format", "json").stdout)["runs"]
    (item,) = [item for item in run["items"] if item["id"] == "filed"]
    assert item["proof"]["file"].endswith(name) or item["proof"]["file"] == name
    assert item["proof"]["size"] == len(content)
    assert item["proof"]["sha256"] == hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize("name", ["a\x1b[31mb.txt", "a\nb.txt", "a\x9bb.txt"])
def test_proofs_whose_names_a_terminal_would_obey(fault_program, name):
    write(fault_program, name, b"x")
    assert_harmless(fault_program.refused("tick", "s-1", "filed", f"--proof={name}"))


def test_an_empty_proof_and_a_large_one(fault_program):
    write(fault_program, "empty.txt", b"")
    fault_program.refused("tick", "s-1", "filed", "--proof", "empty.txt")
    with open(fault_program.folder / "large.bin", "wb") as file:
        file.truncate(250_000_000)
    outcome = fault_program.measured("tick", "s-2", "filed", "--proof", "large.bin")
    assert outcome.status == 0, str(outcome)
    assert outcome.megabytes < MEGABYTES


# shop import

BAD_TABLES = {
    "empty": (b"", "line 1"),
    "a header alone of others' columns": (b"name,team\nx,y\n", "id"),
    "an unknown column": (b"id,name,colour\ns-9,x,red\n", "colour"),
    "a column twice": (b"id,name,name\ns-9,x,y\n", "name"),
    "too many cells": (b"id,name\ns-9,x,y\n", "line 2"),
    "an open quote": (b'id,name\ns-9,"x\n', "line 2"),
    "text after a quote": (b'id,name\ns-9,"x"y\n', "line 2"),
    "a bad id": (b"id\na/b\n", "line 2"),
    "an id twice": (b"id\ns-9\ns-8\ns-9\n", "line 4"),
    "no id": (b"id,name\n,x\n", "line 2"),
    "a bad zone": (b"id,time_zone\ns-9,Mars/Base\n", "line 2"),
    "an escape sequence": (b"id,name\ns-9,a\x1b[31mb\n", "line 2"),
    "an escape sequence in the header": (b"id,\x1b[31m\ns-9,x\n", "line 1"),
    "NUL": (b"id,name\ns-9,a\x00b\n", "line 2"),
    "Latin-1": (b"id,name\ns-9,caf\xe9\n", "UTF-8"),
    "an HTML page": (b"<!doctype html><html><body>Login</body></html>\n", "line 1"),
    "a spreadsheet": (b"PK\x03\x04\x14\x00\x06\x00" + bytes(range(256)) * 20, ""),
    "a long name": (("id,name\ns-9," + "名" * 201 + "\n").encode(), "line 2"),
    "a bare quote": (b'id,name\ns-9,a"b"c\n"', ""),
}


@pytest.mark.parametrize("content, named", BAD_TABLES.values(), ids=BAD_TABLES.keys())
def test_tables_with_defects(fault_program, content, named):
    write(fault_program, "shops.csv", content)
    message = fault_program.refused("shop", "import", "shops.csv", one_line=False)
    assert named in message
    assert_harmless(message)
    fault_program.refused("shop", "import", "shops.csv", "--store", "new.sqlite", one_line=False)


def test_every_bad_row_is_named(fault_program):
    write(fault_program, "shops.csv", 'id,name,time_zone\ns-9,"two\nlines",\na/b,,\ns-8,,Mars/Base\ns-7\ns-8,,\nok,,\n')
    message = fault_program.refused("shop", "import", "shops.csv", one_line=False)
    lines = [line.split(":")[1].strip() for line in message.splitlines()]
    assert lines == ["line 2", "line 4", "line 5", "line 7"], "cells that are left out at a row's end are empty"


@pytest.mark.parametrize("content", [
    b"\xef\xbb\xbfid,name\r\ns-9,\xe5\xba\x97\r\n", b"id,name\ns-9,\xe5\xba\x97", b'"id","name"\n"s-9","\xe5\xba\x97"\n',
    b"name,id\n\xe5\xba\x97,s-9\n\n\n", b'id,name\n s-9 ,\xe5\xba\x97\n',
], ids=["as a spreadsheet saves it", "no line end", "all quoted", "another order, empty lines", "spaces"])
def test_tables_that_look_odd_and_are_right(fault_program, content):
    write(fault_program, "shops.csv", content)
    fault_program("shop", "import", "shops.csv")
    shops = json.loads(fault_program("shop", "list", "--format", "json").stdout)
    assert [shop["name"] for shop in shops if shop["id"] == "s-9"] == ["店"]


def test_a_large_table(fault_program):
    write(fault_program, "shops.csv", "id,name\n" + "".join(f"n-{row},{'名' * 100}\n" for row in range(3000)))
    outcome = fault_program.measured("shop", "import", "shops.csv")
    assert outcome.status == 0 and outcome.megabytes < MEGABYTES, str(outcome)
    write(fault_program, "bad.csv", "id,name\n" + "".join(f"bad/{row},x\n" for row in range(8_000)))
    assert fault_program.measured("shop", "import", "bad.csv").megabytes < MEGABYTES
    check_store(fault_program.store)


# import

def exported(program) -> list:
    return program("export").out.splitlines(keepends=True)


def resealed(lines: list) -> bytes:
    """An export whose hashes fit what it says, whatever that is."""
    heads, sealed = {}, []
    for line in lines:
        entry = json.loads(line)
        if "event" in entry:
            body = line[len(b'{"event":'):line.rindex(b',"hash":"')]
            shop = json.loads(body)["shop"]
            head = hashlib.sha256(heads.get(shop, bytes(32)) + body).digest()
            heads[shop] = head
            line = b'{"event":' + body + b',"hash":"' + head.hex().encode() + b'"}\n'
        sealed.append(line)
    return b"".join(sealed)


def defects(lines: list) -> dict:
    events = [number for number, line in enumerate(lines) if line.startswith(b'{"event"')]
    first, last = events[0], events[-1]

    def with_line(number, line):
        return b"".join(lines[:number] + [line] + lines[number + 1:])

    whole = b"".join(lines)
    return {
        "empty": b"", "one byte": b"{", "text": b"hello\n", "no header": b"".join(lines[1:]),
        "a newer version": with_line(0, lines[0].replace(b'"version":1', b'"version":2')),
        "no end": b"".join(lines[:-1]), "cut in a line": whole[:len(whole) // 2], "cut by a byte": whole[:-3],
        "an event too few": b"".join(lines[:last] + lines[last + 1:]),
        "an event twice": b"".join(lines[:last] + [lines[last]] + lines[last:]),
        "events in another order": b"".join(lines[:first] + lines[first:last + 1][::-1] + lines[last + 1:]),
        "another name": with_line(first, lines[first].replace("店铺".encode(), "假的".encode())),
        "another hash": with_line(first, lines[first].replace(b'"hash":"', b'"hash":"0')),
        "no hash": with_line(first, lines[first][:lines[first].rindex(b',"hash"')] + b"}\n"),
        "another definition": with_line(1, lines[1].replace(b"trial", b"other")),
        "no definition": b"".join(lines[:1] + lines[2:]),
        "a line of rubbish": with_line(first, b"\xff\xfe\n"), "an empty line": with_line(first, b"\n" + lines[first]),
        "after the end": whole + lines[first], "twice": whole + whole, "wrong counts": with_line(
            len(lines) - 1, lines[-1].replace(b'"shops":3', b'"shops":4')),
        "an unknown kind": resealed([*lines[:first], lines[first].replace(b"shop-added", b"shop-eaten"), *lines[first + 1:]]),
        "a shop id with a slash": resealed([line.replace(b'"s-1"', b'"s/1"') for line in lines]),
        "a raw control character": resealed_raw(lines, "店铺 s-1".encode(), b"a\x1b[31mb"),
        "a lone surrogate": resealed([line.replace("店铺 s-1".encode(), b"\\ud800") for line in lines]),
        "no UTF-8": resealed_raw(lines, "店铺 s-1".encode(), b"\xff\xfe"),
        "deep nesting": with_line(first, b'{"event":' + b"[" * 100_000 + b"]" * 100_000 + b"}\n"),
        "a huge number": with_line(first, lines[first].replace(b'"number":1,', b'"number":' + b"9" * 400 + b",")),
        "a negative number": resealed([line.replace(b'"number":1,', b'"number":-1,') for line in lines]),
        "an unknown key": resealed([line.replace(b'"kind"', b'"x":1,"kind"', 1) for line in lines]),
        "a key twice": resealed([line.replace(b'"kind"', b'"shop":"s-1","kind"', 1) for line in lines]),
    }


def resealed_raw(lines, old, new) -> bytes:
    """Like `resealed`, for bytes that Python's JSON refuses."""
    heads, sealed = {}, []
    for line in lines:
        line = line.replace(old, new)
        if line.startswith(b'{"event":'):
            body = line[len(b'{"event":'):line.rindex(b',"hash":"')]
            shop = body.split(b'"shop":"')[1].split(b'"')[0]
            heads[shop] = hashlib.sha256(heads.get(shop, bytes(32)) + body).digest()
            line = b'{"event":' + body + b',"hash":"' + heads[shop].hex().encode() + b'"}\n'
        sealed.append(line)
    return b"".join(sealed)


def test_exports_with_defects(fault_program):
    """Each is refused with its line, and no store is made."""
    lines = exported(fault_program)
    assert resealed(lines) == b"".join(lines)
    failed = []
    for name, content in defects(lines).items():
        assert content != b"".join(lines), f"'{name}' is no defect"
        write(fault_program, "bad.jsonl", content)
        try:
            message = fault_program.refused("import", "bad.jsonl", "--store", "new.sqlite")
            assert_harmless(message)
            assert "line " in message, message
        except AssertionError as failure:
            failed.append(f"{name}: {failure}")
            (fault_program.folder / "new.sqlite").unlink(missing_ok=True)
    assert failed == [], "\n\n".join(failed)


def test_an_export_with_what_no_command_would_take(fault_program):
    """Its hashes are right, so it is taken as it is; and it does nothing to a terminal."""
    lines = [line.replace("店铺 s-1".encode(), b"\\u001b[31m\\u009b\\u202e") for line in exported(fault_program)]
    write(fault_program, "odd.jsonl", resealed(lines))
    fault_program.environment["SWITCHLIST_STORE"] = "odd.sqlite"
    if fault_program("import", "odd.jsonl", status=None).status == 2:
        return
    assert fault_program("export").out == resealed(lines)
    for command in (["shop", "list"], ["shop", "show", "s-1"], ["status", "s-1"], ["history", "s-1"], ["report"],
                    ["report", "--format", "markdown"], ["overdue", "--now", "2027-01-01T00:00Z"],
                    ["overdue", "--now", "2027-01-01T00:00Z", "--format", "nagios"]):
        outcome = fault_program(*command, status=None)
        assert_harmless(outcome.out + outcome.err, command)


def test_an_import_into_a_store_with_shops(fault_program):
    fault_program("export", "all.jsonl")
    fault_program.refused("import", "all.jsonl")


def test_an_import_from_a_pipe_and_with_other_line_ends(fault_program):
    lines = exported(fault_program)
    content = b"".join(lines)
    fault_program("import", "-", input=content, store=fault_program.folder / "a.sqlite")
    fault_program("import", "-", input=content.rstrip(b"\n"), store=fault_program.folder / "b.sqlite")
    assert fault_program("export", store=fault_program.folder / "a.sqlite").out == content
    assert fault_program("export", store=fault_program.folder / "b.sqlite").out == content


def test_a_line_without_an_end(fault_program):
    write(fault_program, "bad.jsonl", b'{"format":"switchlist-export","version":1}\n{"event":"' + b"x" * 60_000_000)
    began = time.monotonic()
    outcome = fault_program.measured("import", "bad.jsonl", "--store", "new.sqlite", timeout=60)
    assert outcome.status == 2 and outcome.megabytes < MEGABYTES, str(outcome)
    assert time.monotonic() - began < 10
    assert not (fault_program.folder / "new.sqlite").exists()


def test_a_checklist_that_changed_beside_its_runs(fault_program):
    """Runs keep what they began with, also where the file is broken or gone."""
    path = fault_program.checklists / "trial.yaml"
    before = json.loads(fault_program("status", "s-1", "--format", "json").out)
    for run in before["runs"]:
        assert run["newer_definition"] is False
        run["newer_definition"] = None  # whether there is a newer one can't be known any more
    for content in [b"\xff", b"", b"checklist: [", None]:
        if content is None:
            path.unlink()
        else:
            path.write_bytes(content)
        assert json.loads(fault_program("status", "s-1", "--format", "json").out) == before
    fault_program("tick", "s-1", "free")
    outcome = fault_program("start", "s-1", "--again", "--checklist", "trial", status=2)
    assert_clear_error(outcome, one_line=False)
