"""Checklists that nobody should write: findings, within a second and 200 MB."""

import os
import subprocess
import tempfile

import pytest

from faults_support import NOBODY, REPOSITORY, assert_harmless, let_others_enter

HEAD = b"checklist: x\ntitle: t\nitems:\n"
ITEM = b"  - {id: a, title: %s}\n"
# The debug build on a machine that does much else at once; a release build takes a tenth of it.
SECONDS = 5
MEGABYTES = 200


def bomb(width: int, depth: int, opening=b"[", closing=b"]", key=b"") -> bytes:
    """A billion laughs: each line stands for the one before it, many times."""
    lines = [b"a0: &a0 " + opening + key + b"x" + closing]
    for level in range(1, depth):
        inner = b", ".join(b"*a%d" % (level - 1) for _ in range(width))
        lines.append(b"a%d: &a%d " % (level, level) + opening + key + inner + closing)
    return b"\n".join(lines) + b"\n"


HOSTILE = {
    "10,000 brackets": b"[" * 10_000,
    "10,000 brackets in a title": HEAD + ITEM % (b"[" * 10_000 + b"]" * 10_000),
    "10,000 braces": b"{a: " * 10_000,
    "10,000 dashes": b"- " * 10_000,
    "10,000 question marks": b"? " * 10_000,
    "deep indentation": b"".join(b" " * depth + b"a:\n" for depth in range(1200)),
    "exploding lists": bomb(9, 20),
    "exploding maps": bomb(9, 20, b"{", b"}", b"k: "),
    "exploding merges": b"a0: &a0 {x: 1}\n" + b"".join(
        b"a%d: &a%d {<<: [%s]}\n" % (level, level, b", ".join(b"*a%d" % (level - 1) for _ in range(40)))
        for level in range(1, 20)),
    "a long text many times": HEAD + b"  - &long {id: a, title: " + b"x" * 500_000 + b"}\n" + b"  - *long\n" * 5_000,
    "an alias of itself": b"a: &a [*a]\n",
    "an alias of nothing": b"a: *b\n",
    "many anchors": HEAD + b"".join(b"  - &a%d x\n" % number for number in range(8_000)),
    "many tags": b"".join(b"%%TAG !a%d! tag:x\n" % number for number in range(20_000)) + b"--- x\n",
    "many keys": b"".join(b"k%d: 1\n" % number for number in range(60_000)),
    "many items": HEAD + b"".join(b"  - {id: i%d, title: t}\n" % number for number in range(20_000)),
    "many findings": HEAD + b"  - {idd: a}\n" * 5_000,
    "a long id": HEAD + b"  - {id: " + b"a" * 900_000 + b", title: t}\n",
    "a long line of quotes": HEAD + b'  - "' + b"\\" * 900_001,
    "colons": b": " * 400_000,
    "stars": b"*a " * 300_000,
    "percent signs": b"%" * 1_000_000,
    "spaces": b" " * 1_000_000,
    "tabs": b"\t" * 1_000_000,
    "line ends": b"\n" * 1_000_000 + b"x",
    "a cycle of 500": HEAD + b"".join(
        b"  - {id: i%d, title: t, needs: [i%d]}\n" % (number, (number + 1) % 500) for number in range(500)),
    "a lone surrogate": HEAD + ITEM % b'"\\uD800"',
    "two surrogates": HEAD + ITEM % b'"\\uD83D\\uDE00"',
    "no character": HEAD + ITEM % b'"\\U00110000"',
    "an escaped NUL": HEAD + ITEM % b'"a\\0b"',
    "NUL": HEAD + ITEM % b'"a\0b"',
    "an escaped escape": HEAD + ITEM % b'"a\\e[31mb"',
    "an escape": HEAD + ITEM % b'"a\x1b[31mb"',
    "C1": HEAD + ITEM % '"a\x9b31mb"'.encode(),
    "a noncharacter": HEAD + ITEM % b'"\xef\xbf\xbe"',
    "no UTF-8": HEAD + ITEM % b'"\xff\xfe"',
    "a surrogate in UTF-8": HEAD + ITEM % b'"\xed\xa0\x80"',
    "UTF-16": HEAD.decode().encode("utf-16"),
    "UTF-32": HEAD.decode().encode("utf-32"),
    "GB18030": HEAD + ITEM % "任务".encode("gb18030"),
    "nothing": b"",
    "a comment": b"# nothing\n",
    "two documents": HEAD + ITEM % b"t" + b"---\n" + HEAD,
    "a tag that runs code": HEAD + ITEM % b"!!python/object/apply:os.system ['touch owned']",
    "random bytes": bytes(range(256)) * 100,
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(1000),
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE.keys())
def test_findings_and_not_a_crash(fault_empty, content):
    path = fault_empty.folder / "x.yaml"
    path.write_bytes(content)
    outcome = fault_empty.measured("lint", path, timeout=30)
    assert outcome.status == 1, str(outcome)
    assert outcome.seconds < SECONDS, str(outcome)
    assert outcome.megabytes < MEGABYTES, str(outcome)
    assert outcome.stdout.startswith(f"{path}:"), str(outcome)
    assert_harmless(outcome.stdout)


@pytest.mark.parametrize("line", [b"  - {id: a, title: b}\n", b"x"], ids=["items", "one line"])
def test_fifty_megabytes(fault_empty, line):
    path = fault_empty.folder / "x.yaml"
    with open(path, "wb") as file:
        file.write(HEAD)
        for _ in range(50):
            file.write(line * (1_000_000 // len(line)))
    outcome = fault_empty.measured("lint", path, timeout=30)
    assert outcome.status == 1 and "1 MiB" in outcome.stdout, str(outcome)
    assert outcome.seconds < SECONDS and outcome.megabytes < MEGABYTES, str(outcome)


def test_what_cannot_be_read_keeps_nothing_else_from_use(fault_program):
    folder = fault_program.checklists
    (folder / "folder.yaml").mkdir()
    os.mkfifo(folder / "pipe.yaml")
    (folder / "loop.yaml").symlink_to("loop.yaml")
    (folder / "gone.yaml").symlink_to("nowhere.yaml")
    (folder / "zero.yaml").symlink_to("/dev/zero")
    (folder / "secret.yaml").write_bytes(HEAD)
    (folder / "secret.yaml").chmod(0o600)
    (folder / "bomb.yaml").write_bytes(HOSTILE["exploding lists"])
    (folder / "a\x1b[31mb.yaml").write_bytes(b"")
    names = ["folder", "pipe", "loop", "gone", "secret"]
    checked = fault_program("lint", folder, under=NOBODY, status=2, timeout=15)
    errors = [line for line in checked.stderr.splitlines() if line.startswith("error: ")]
    assert len(errors) == len(names), str(checked)
    for name in names:
        assert sum(f"{name}.yaml" in line for line in errors) == 1, str(checked)
    assert "bomb.yaml:" in checked.stdout
    assert "zero.yaml:1:1: error: this is a link to a file outside of the folder" in checked.stdout
    assert_harmless(checked.out + checked.err)
    listed = fault_program("checklists", under=NOBODY, timeout=15)
    assert "trial" in listed.stdout
    assert_harmless(listed.out + listed.err)
    started = fault_program("start", "s-1", "--checklist", "trial", "--again", "--switched-at", "2026-11-19", timeout=15)
    assert "trial" in started.stdout


@pytest.mark.parametrize("name", ["folder.yaml", "pipe.yaml", "loop.yaml", "secret.yaml", "missing.yaml", "", "x/y.yaml"])
def test_files_that_are_named_and_cannot_be_read(fault_empty, name):
    folder = fault_empty.folder
    (folder / "folder.yaml").mkdir()
    os.mkfifo(folder / "pipe.yaml")
    (folder / "loop.yaml").symlink_to("loop.yaml")
    (folder / "secret.yaml").write_bytes(HEAD)
    (folder / "secret.yaml").chmod(0o600)
    let_others_enter(folder)
    message = fault_empty.refused("lint", name, under=NOBODY, timeout=15)
    assert message.count(name or "error") == 1, f"a path once: {message}"


def test_a_folder_of_checklists_that_cannot_be_read(fault_program):
    fault_program.checklists.chmod(0o700)
    for command in (["checklists"], ["lint"], ["start", "s-1"]):
        fault_program.refused(*command, "--store", fault_program.folder / "no", under=NOBODY, one_line=False)
    fault_program("status", "s-1", under=NOBODY)


def test_texts_that_turn_the_order_of_what_follows(fault_program):
    """Bidi marks in a title are allowed or found; they never reach a terminal as they are."""
    title = "\u202eevil\u202c \u2067x\u2069 \u200f晨光"
    (fault_program.checklists / "bidi.yaml").write_text(
        f"checklist: bidi\ntitle: '{title}'\nitems:\n  - {{id: a, title: '{title}', details: '{title}', steps: ['{title}']}}\n",
        "utf-8")
    outcome = fault_program("lint", fault_program.checklists / "bidi.yaml", status=None)
    assert outcome.status in (0, 1)
    assert_harmless(outcome.out + outcome.err)
    if outcome.status == 0:
        for command in (["start", "s-1", "--checklist", "bidi"], ["status", "s-1"], ["checklists"], ["report", "--by", "item"],
                        ["tick", "s-1", "a"], ["report", "--matrix"]):
            outcome = fault_program(*command)
            assert_harmless(outcome.out + outcome.err, command)


def test_as_fast_as_promised(fault_empty):
    """Within a second and 200 MB, by the processor's clock, and without this test's own memory."""
    script = 'ulimit -t 2; exec "$0" lint "$1"'
    for name in ["10,000 brackets", "exploding lists", "exploding maps", "exploding merges", "a long text many times"]:
        path = fault_empty.folder / "x.yaml"
        path.write_bytes(HOSTILE[name])
        with tempfile.TemporaryFile() as out:
            done = subprocess.run(
                ["sh", "-c", script, str(fault_empty.start("--version").args[0]), str(path)], stdout=out,
                stderr=subprocess.DEVNULL, env=fault_empty.environment, cwd=REPOSITORY, timeout=30, check=False)
        assert done.returncode == 1, f"{name}: {done.returncode}"
