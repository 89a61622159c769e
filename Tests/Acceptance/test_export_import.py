"""The whole store as JSON Lines: verified by another program, and taken back as it was."""

import hashlib
import json
import re
import shutil
import subprocess
import sys

import pytest
from program import OBEYING_PERMISSIONS, REPOSITORY, Program
from store_model import Store, canonical, moment
from world import END, build_world


@pytest.fixture
def world(run, prepared):
    run.become(prepared(build_world))
    return run


@pytest.fixture
def other(tmp_path):
    """A place without a store."""
    (tmp_path / "other").mkdir()
    return Program(tmp_path / "other")


@pytest.fixture(scope="session")
def exported(prepared):
    return Program(prepared(build_world))("export").out


# ---------------------------------------------------------------------------------------------------------
# The export


def test_another_program_can_verify_it(exported):
    """The reading itself checks every line: form, hash, order, count."""
    store = Store(exported)
    assert len(store.shops) == 12 and store.count["events"] > 100


DOCUMENTATION = (REPOSITORY / "Sources" / "Operations" / "EXPORT.md").read_text(encoding="utf-8")


def test_the_documented_program_verifies_it(world, exported):
    program = next(code for code in re.findall(r"```python\n(.*?)```", DOCUMENTATION, re.DOTALL) if "sys.argv" in code)
    world.write("verify.py", program)
    world.write("right.jsonl", exported)
    world.write("wrong.jsonl", exported.replace(b'"by":"Wang"', b'"by":"Wong"', 1))
    for name, right in [("right.jsonl", True), ("wrong.jsonl", False)]:
        done = subprocess.run([sys.executable, "verify.py", name], cwd=world.folder, capture_output=True, check=False)
        assert (done.returncode == 0) == right, done.stderr.decode()


def test_every_kind_of_event_is_documented(exported):
    kinds = {event["kind"] for shop in Store(exported).shops.values() for event in shop.events}
    assert len(kinds) > 12
    for kind in kinds:
        assert f"`{kind}`" in DOCUMENTATION


def test_texts_are_plain_utf_8(exported):
    assert "晨光小店".encode() in exported and b"\\u" not in exported


def test_what_the_export_says_is_what_status_says(world, exported):
    store = Store(exported)
    for shop in store.shops.values():
        for run in shop.runs.values():
            entry = world.status(shop.id, "--run", run.number, now=END)["runs"][0]
            assert (entry["state"], moment(entry["switched_at"])) == (run.state, run.switched_at)
            told = {item["id"]: item for item in entry["items"]}
            assert [*told] and set(told) == set(run.items)
            for item in run.items.values():
                seen = told[item.id]
                assert (seen["state"], seen["owner"], moment(seen["due_at"])) == (item.state, item.owner, item.due_at)
                assert (seen["awaiting_confirmation"], seen["blocked_reason"]) == (item.awaiting, item.blocked_reason)
                assert (moment(seen["changed_at"]), seen["changed_by"]) == (item.changed_at, item.changed_by)
                assert seen["changed_by_link"] == item.changed_by_link
                assert seen["waiting_for"] == run.waiting_for(item)
                assert seen["overdue"] == run.overdue(item, moment(END))


def test_every_chain_of_the_export_verifies(world, exported):
    for shop in Store(exported).shops.values():
        assert shop.head in world("history", shop.id, "--verify").stdout


def test_to_a_file(world, exported):
    result = world("export", "backup.jsonl")
    assert result.out == b"" and "backup.jsonl" in result.stderr
    assert (world.folder / "backup.jsonl").read_bytes() == exported
    world("export", "backup.jsonl")
    assert world("export", "-").out == exported


def test_twice_gives_the_same_bytes(world, exported):
    assert world("export", now="2030-01-01T00:00:00Z", lang="zh").out == exported


@pytest.mark.parametrize("path", ["folder", "missing/backup.jsonl", ""])
def test_a_file_that_cannot_be_written(world, path):
    (world.folder / "folder").mkdir()
    before = sorted(world.folder.iterdir())
    result = world("export", path, status=2)
    assert result.stderr.startswith("error: ") and result.out == b""
    assert sorted(world.folder.iterdir()) == before, "nothing half-written is left"


def test_a_full_disk(world):
    with open("/dev/full", "wb") as full:
        result = world("export", status=2, stdout=full)
    assert result.stderr.startswith("error: ")


def test_a_file_in_a_closed_folder(world):
    (world.folder / "closed").mkdir(mode=0o555)
    world("export", "closed/backup.jsonl", status=2, under=OBEYING_PERMISSIONS)
    assert [*(world.folder / "closed").iterdir()] == []


def test_a_missing_store_is_no_empty_export(other):
    assert other("export", status=2).out == b""
    other("export", "backup.jsonl", status=2)
    assert not (other.folder / "backup.jsonl").exists()


# ---------------------------------------------------------------------------------------------------------
# The import


def test_the_same_store_comes_out(world, other, exported):
    other.write("backup.jsonl", exported)
    result = other("import", "backup.jsonl")
    assert str(Store(exported).count["events"]) in result.stdout
    assert other("export").out == exported
    # What status says depends on the checklists beside the store, too.
    shutil.copytree(world.folder / "checklists", other.folder / "checklists", dirs_exist_ok=True)
    for words in (["report", "--by", "item", "--matrix", "--format", "json"], ["report", "--format", "html"],
                  ["report", "--by", "team", "--format", "json"],
                  ["report", "--by", "owner", "--format", "csv"], ["overdue", "--format", "json"],
                  ["overdue", "--within", "1w"], ["shop", "list", "--archived", "--format", "csv"],
                  ["status", "s-01", "--format", "json"], ["history", "s-07", "--format", "json"],
                  ["overdue", "--format", "prometheus"]):
        ours, theirs = (run(*words, now=END, status=None) for run in (world, other))
        assert (ours.status, ours.out) == (theirs.status, theirs.out), words


def test_line_ends_that_a_transfer_changed_do_no_harm(other, exported):
    other("import", "-", stdin=exported.replace(b"\n", b"\r\n"))
    assert other("export").out == exported


def test_the_imported_store_goes_on(world, other, exported):
    other("import", "-", stdin=exported)
    other.environment["SWITCHLIST_CHECKLISTS"] = str(world.checklists)
    for run in (world, other):
        run("start", "s-10", "--again", now=END)
        run("tick", "s-10", "free", now=END)
    assert other("export").out == world("export").out


def test_imported_chains_verify(other, exported):
    other("import", "-", stdin=exported)
    for shop in ["s-01", "茶香", "idle"]:
        other("history", shop, "--verify")


def test_only_into_an_empty_store(world, exported):
    world.write("backup.jsonl", exported)
    error = world.refused("import", "backup.jsonl")
    assert "store.sqlite" in error


def test_without_shops_is_empty(other):
    other("import", "-", stdin=export([], []))
    other("import", "-", stdin=export([], []))
    other("shop", "add", "s-001")
    other.refused("import", "-", stdin=export([], []))


# ---------------------------------------------------------------------------------------------------------
# Broken exports are refused whole


def export(definitions, chains, end=()):
    """An export with the hashes of what it holds, right or wrong as that may be."""
    kinds = sorted({event["kind"] for chain in chains for event in chain})
    lines = [canonical({"format": "switchlist-export", "version": 1, "kinds": kinds})]
    for definition in definitions:
        digest = hashlib.sha256(canonical(definition)).hexdigest()
        lines.append(canonical({"definition": definition, "sha256": digest}))
    count = 0
    for chain in chains:
        head = bytes(32)
        for event in chain:
            head = hashlib.sha256(head + canonical(event)).digest()
            lines.append(canonical({"event": event, "hash": head.hex()}))
            count += 1
    counts = {"definitions": len(definitions), "shops": len(chains), "events": count, **dict(end)}
    lines.append(canonical({"end": counts}))
    return b"\n".join(lines) + b"\n"


def taken_apart(exported):
    store = Store(exported)
    return [*store.definitions.values()], [shop.events for shop in store.shops.values()]


def test_the_tests_own_export_is_the_programs(exported):
    assert export(*taken_apart(exported)) == exported


def refused(other, content):
    result = other("import", "-", stdin=content, status=2)
    assert result.stderr.startswith("error: ") and result.out == b"", str(result)
    assert len(result.stderr) < 600
    assert other("export", status=None).out in (b"", export([], [])), "a part of it was taken"
    return result.stderr


def changed_line(exported, number, change):
    lines = exported.split(b"\n")
    lines[number] = change(lines[number])
    return b"\n".join(lines)


DAMAGE = {
    "cut off at the end of a line": lambda b: b[: b.rindex(b"\n", 0, len(b) * 2 // 3) + 1],
    "cut off inside a line": lambda b: b[: len(b) // 2],
    "without its end": lambda b: b[: b.rindex(b"\n", 0, len(b) - 1) + 1],
    "a letter changed": lambda b: b.replace("晨光".encode(), "晨先".encode(), 1),
    "a name changed": lambda b: b.replace(b'"by":"Wang"', b'"by":"Wong"', 1),
    "a space added": lambda b: b.replace(b'"kind":', b'"kind": ', 1),
    "an event twice": lambda b: changed_line(b, 5, lambda line: line + b"\n" + line),
    "an event missing": lambda b: b"\n".join(b.split(b"\n")[:5] + b.split(b"\n")[6:]),
    "two events swapped": lambda b: b"\n".join(
        b.split(b"\n")[:5] + [b.split(b"\n")[6], b.split(b"\n")[5]] + b.split(b"\n")[7:]),
    "a definition missing": lambda b: b"\n".join(b.split(b"\n")[:1] + b.split(b"\n")[2:]),
    "a definition changed": lambda b: b.replace(b"First step", b"Third step", 1),
    "a hash changed": lambda b: changed_line(b, 5, lambda line: line[:-10] + b"00000000" + line[-2:]),
    "more after the end": lambda b: b + b.split(b"\n")[5] + b"\n",
    "a later version": lambda b: b.replace(b'"version":1', b'"version":2', 1),
    "another format": lambda b: b.replace(b"switchlist-export", b"something-else", 1),
    "no first line": lambda b: b[b.index(b"\n") + 1:],
    "nothing at all": lambda b: b"",
    "an empty line": lambda b: b.replace(b"\n", b"\n\n", 1),
    "no JSON": lambda b: b"this is no export\n" * 20,
    "zeros": lambda b: bytes(10_000),
    "not UTF-8": lambda b: b.replace("晨光".encode(), b"\xff\xfe", 1),
    "deep nesting": lambda b: changed_line(b, 5, lambda line: b"[" * 100_000),
    "a number too large": lambda b: b.replace(b'"number":1,', b'"number":99999999999999999999,', 1),
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=[*DAMAGE])
def test_damage_is_refused_whole(other, exported, damage):
    content = damage(exported)
    assert content != exported
    refused(other, content)


def test_the_line_is_named(other, exported):
    error = refused(other, DAMAGE["a name changed"](exported))
    number = next(index for index, line in enumerate(exported.split(b"\n"), 1) if b'"by":"Wang"' in line)
    assert f"line {number}" in error
    content = DAMAGE["a name changed"](exported)
    assert f"第 {number} 行" in other("import", "-", stdin=content, status=2, lang="zh").stderr


def test_wrong_counts_are_refused(other, exported):
    for counts in ({"events": 1}, {"shops": 99}, {"definitions": 0}):
        refused(other, export(*taken_apart(exported), end=counts))


# Chains whose hashes are right, and which no store can ever have written.


def sealed(exported, change):
    definitions, chains = json.loads(json.dumps(taken_apart(exported)))
    change(definitions, chains)
    return export(definitions, chains)


def shop_of(chains, name):
    return next(chain for chain in chains if chain[0]["shop"] == name)


def busy(chains):
    return shop_of(chains, "s-01")


def first(chain, kind):
    return next(event for event in chain if event["kind"] == kind)


def swap(chains):
    chains[0], chains[1] = chains[1], chains[0]


CONTRADICTIONS = {
    "a shop without its beginning": lambda d, c: c.append([{**busy(c)[1], "shop": "zzz", "number": 1}]),
    "a gap in the numbers": lambda d, c: busy(c)[3].update(number=99),
    "a shop added twice": lambda d, c: busy(c).append({**busy(c)[0], "number": len(busy(c)) + 1}),
    "an unknown kind": lambda d, c: busy(c)[3].update(kind="item-eaten"),
    "an unknown item": lambda d, c: first(busy(c), "item-ticked").update(item="nonsense"),
    "an unknown run": lambda d, c: first(busy(c), "item-ticked").update(run=77),
    "an unknown definition": lambda d, c: first(busy(c), "run-started").update(definition="0" * 64),
    "a time that is none": lambda d, c: busy(c)[3].update(at="yesterday"),
    "a shop id that is none": lambda d, c: [event.update(shop="a/b") for event in c[-1]],
    "an event of another shop": lambda d, c: busy(c)[3].update(shop="another"),
    "a run numbered anew": lambda d, c: first(busy(c), "run-started").update(run=5),
    "a type that is wrong": lambda d, c: busy(c)[0].update(name=7),
    "shops out of order": lambda d, c: swap(c),
    "a tick of a stopped run": lambda d, c: shop_of(c, "s-10").append(
        {**first(busy(c), "item-ticked"), "shop": "s-10", "run": 1, "item": "free",
         "number": len(shop_of(c, "s-10")) + 1}),
}


@pytest.mark.parametrize("change", CONTRADICTIONS.values(), ids=[*CONTRADICTIONS])
def test_contradictions_are_refused_whole(other, exported, change):
    content = sealed(exported, change)
    assert content != exported
    refused(other, content)


@pytest.mark.parametrize("path", ["missing.jsonl", "folder"])
def test_a_file_that_cannot_be_read_makes_no_store(other, path):
    (other.folder / "folder").mkdir()
    assert path in other("import", path, status=2).stderr
    assert not other.store.exists()


def test_import_asks_for_a_file(other):
    assert other("import", status=64).out == b""
