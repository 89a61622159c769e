"""Texts that nobody should write: refused, or kept to the byte, and harmless on a terminal."""

import json
import os
import subprocess
import unicodedata

import pytest

from faults_support import assert_harmless, chains, check_store


def notes(program, shop="s-1") -> dict:
    """Each item's note, as JSON has it."""
    (run,) = json.loads(program("status", shop, "--format", "json").stdout)["runs"]
    return {item["id"]: item["note"] for item in run["items"]}


# Shop ids

BAD_IDS = {
    "nothing": "", "a slash": "a/b", "a path": "../x", "an absolute path": "/etc/passwd", "a line end": "a\nb",
    "a line end at the end": "a\n", "a tab": "a\tb", "a space": "a b", "a space before": " a", "65 letters": "a" * 65,
    "65 Chinese letters": "店" * 65, "emoji": "shop😀", "an option": "-a", "an option's name": "--all", "a file": "@a",
    "an escape sequence": "a\x1b[31mb", "a bell": "a\x07", "C1": "a\x9b31m", "right to left": "a\u202eb",
    "a mark": "a\u200fb", "a zero-width space": "a\u200bb", "a joiner": "a\u200db", "a byte-order mark": "\ufeffa",
    "a comma": "a,b", "a quote": 'a"b', "a semicolon": "a;b", "a percent sign": "a%b", "a back slash": "a\\b",
    "a colon": "a:b", "a star": "*", "a no-break space": "a\u00a0b", "a wide space": "a\u3000b",
    "a line separator": "a\u2028b", "private use": "a\ue000b", "a noncharacter": "a\ufffeb",
    "a replacement": "a\ufffdb", "a bare accent": "\u0301", "a dollar": "a$b", "a wide slash": "a／b",
}


@pytest.mark.parametrize("shop", BAD_IDS.values(), ids=BAD_IDS.keys())
def test_ids_that_are_refused(fault_program, shop):
    before = chains(fault_program.store)
    outcome = fault_program("shop", "add", "--", shop, status=2)
    assert outcome.out == b""
    assert outcome.stderr.startswith("error: ")
    assert outcome.stderr.count("\n") == 1
    assert_harmless(outcome.stderr)
    assert chains(fault_program.store) == before


def test_ids_that_are_kept(fault_program):
    kept = ["a" * 64, "店" * 64, "a.b", "_", "A-b_c.9", "...", "..", ".", "é", "Ω", "ｓｈｏｐ", "店铺１", "٣", "한국", "Ünï", "日本語"]
    for shop in kept:
        fault_program("shop", "add", shop)
    assert set(kept) <= set(fault_program.listed())
    fault_program("shop", "archive", "..")
    fault_program.verify("..", "店" * 64, "a" * 64, "٣")


def test_one_shop_however_its_letters_are_composed(fault_program):
    composed, decomposed = unicodedata.normalize("NFC", "café-한"), unicodedata.normalize("NFD", "café-한")
    assert composed != decomposed
    fault_program("shop", "add", decomposed)
    fault_program.refused("shop", "add", composed)
    fault_program("start", composed, "--checklist", "trial")
    fault_program("tick", decomposed, "free")
    (fault_program.folder / "both.txt").write_text(f"{composed}\n{decomposed}\n", "utf-8")
    outcome = fault_program("note", "@both.txt", "free", "once")
    assert sum("once" in event for event in chains(fault_program.store)[composed]) == 1, str(outcome)
    (fault_program.folder / "both.csv").write_text(f"id\n{composed}\n{decomposed}\n", "utf-8")
    message = fault_program.refused("shop", "import", "both.csv")
    assert "3" in message, "the second of the two is named by its line"


# Notes, reasons, names

KEPT = {
    "10,000 characters": "x" * 10_000,
    "10,000 Chinese characters": "备" * 10_000,
    "10,000 emoji": "😀" * 10_000,
    "lines": "first\nsecond\n\n  third\t|\r\nend",
    "spaces at the ends": "  kept  ",
    "quotes": """'"`$(rm -rf /)`"' \\ \\n %s %n {} [] <b>&amp;</b> -- --reason""",
    "emoji": "👨‍👩‍👧‍👦 🏳️‍🌈 ✅ 🇨🇳",
    "right to left": "שלום \u202eevil\u202c مرحبا \u2066x\u2069 \u200f",
    "decomposed": unicodedata.normalize("NFD", "café"),
    "composed": unicodedata.normalize("NFC", "café"),
    "as many accents as a letter takes": "e" + "\u0301" * 30,
    "a replacement character": "a\ufffdb",
    "noncharacters": "a\ufffeb\uffff\U0010ffff",
    "zero-width": "a\u200b\u200d\ufeffb",
    "an SQL phrase": "'); DROP TABLE shop; --",
    "a formula": "=HYPERLINK(\"http://x\",\"y\")",
    "JSON": '{"a": "\\u0000", "b": [1e999]}',
    "what looks like an escape": "\\x1b[31m \\u001b[31m ^[[31m",
    "an option": "--as-lead",
    "separators": "a\u2028b\u2029c",
}

REFUSED = {
    "more accents than a letter takes": "e" + "\u0301" * 31,
    "10,001 characters": "x" * 10_001, "10,001 emoji": "😀" * 10_001, "almost all a command line holds": "x" * 130_000,
    "nothing": "", "spaces alone": " \t\n　",
    "an escape sequence": "a\x1b[31mred", "a title": "\x1b]0;owned\x07", "a bell": "a\x07", "a backspace": "a\x08\x08b",
    "C1": "a\x9b31m", "next line": "a\x85b", "delete": "a\x7f", "a form feed": "a\x0cb", "a vertical tab": "a\x0bb",
    "shift out": "a\x0eb",
}


@pytest.mark.parametrize("text", KEPT.values(), ids=KEPT.keys())
def test_notes_that_are_kept_exactly(fault_program, text):
    fault_program("note", "s-1", "free", "--", text)
    assert notes(fault_program)["free"] == text


def test_all_these_notes_in_history_and_on_a_terminal_and_in_an_export(fault_program):
    for text in KEPT.values():
        fault_program("note", "s-1", "free", "--", text)
        assert_harmless(fault_program("status", "s-1", "--color", "always").out, text[:50])
    events = json.loads(fault_program("history", "s-1", "--format", "json").stdout)
    told = json.dumps(events, ensure_ascii=False)
    for text in KEPT.values():
        assert json.dumps(text, ensure_ascii=False) in told, text[:50]
    assert_harmless(fault_program("history", "s-1", "--color", "always").out)
    fault_program("export", "all.jsonl")
    copy = fault_program.folder / "copy.sqlite"
    fault_program("import", "all.jsonl", store=copy)
    assert chains(copy) == chains(fault_program.store)
    check_store(copy)
    fault_program.verify("s-1", store=copy)


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED.keys())
def test_notes_that_are_refused(fault_program, text):
    for command in (["note", "s-1", "free", "--", text], ["block", "s-1", "free", "--reason", text]):
        assert_harmless(fault_program.refused(*command))


def test_a_note_of_a_megabyte(fault_program):
    """More than a command line holds comes as a table, or not at all."""
    (fault_program.folder / "big.csv").write_text("id,name\ns-9," + "名" * 350_000 + "\n", "utf-8")
    message = fault_program.refused("shop", "import", "big.csv")
    assert "line 2" in message


ONE_LINE = {
    "control characters": "a\x1b[2Jb", "a line end": "a\nb", "C1": "a\x9bb", "too long": "名" * 201, "a tab": "a\tb",
}


@pytest.mark.parametrize("option", ["--name", "--team", "--owner", "--platform", "--tag", "--time-zone"])
def test_descriptions_that_are_refused(fault_program, option):
    for number, text in enumerate(ONE_LINE.values()):
        command = ["shop", "edit", "s-1"] if number % 2 else ["shop", "add", "s-9"]
        assert_harmless(fault_program.refused(*command, f"{option}={text}"))


@pytest.mark.parametrize("text", ["\x1b[31m", "a\nb", "", "名" * 101, "\x9b"])
def test_people_that_are_refused(fault_program, text):
    if text:
        fault_program.refused("tick", "s-1", "free", f"--as={text}")
        fault_program.refused("tick", "s-1", "free", env={"SWITCHLIST_ACTOR": text})
    fault_program.refused("assign", "s-1", "free", "--to", text)


def test_names_that_turn_the_order_of_what_follows(fault_program):
    """Allowed, kept, and shown so that they do nothing."""
    name = "a\u202eevil\u202c \u2067x\u2069 \u200f晨光"
    fault_program("shop", "edit", "s-1", "--name", name, "--owner", name, "--team", name)
    fault_program("assign", "s-1", "free", "--to", name)
    fault_program("tick", "s-1", "free", "--as", name)
    (shop,) = [shop for shop in json.loads(fault_program("overdue", "--now", "2027-01-01T00:00Z", "--format", "json",
               status=1).stdout)["items"] if shop["shop"] == "s-1"][:1]
    assert shop["name"] == name
    for command, status in [
        (["status", "s-1"], 0), (["shop", "list"], 0), (["shop", "show", "s-1"], 0), (["report"], 0),
        (["report", "--by", "team"], 0), (["report", "--by", "owner"], 0), (["history", "s-1"], 0),
        (["report", "--matrix"], 0), (["overdue", "--now", "2027-01-01T00:00Z"], 1),
        (["overdue", "--now", "2027-01-01T00:00Z", "--format", "nagios"], None), (["tick", "s-1", "free"], 0),
    ]:
        color, lang = ("always", "en") if len(command) % 2 else ("never", "zh")
        outcome = fault_program(*command, "--color", color, "--lang", lang, status=status)
        assert_harmless(outcome.out + outcome.err, command)


# Bytes that are no text

NO_TEXT = [b"\xff\xfe", b"a\xc3", b"\xed\xa0\x80", b"\xc0\xaf", "备注".encode("gb18030")]
PLACES = ["shop", "item", "note", "reason", "proof", "as", "path", "command", "lang"]


@pytest.mark.parametrize("position, text", [(place, NO_TEXT[0]) for place in PLACES] + [("note", text) for text in NO_TEXT])
def test_bytes_that_are_no_text_are_refused(fault_program, position, text):
    commands = {
        "shop": [b"shop", b"add", text], "item": [b"tick", b"s-1", text], "note": [b"note", b"s-1", b"free", text],
        "reason": [b"block", b"s-1", b"free", b"--reason", text], "as": [b"tick", b"s-1", b"free", b"--as", text],
        "proof": [b"tick", b"s-1", b"filed", b"--proof", text], "path": [b"export", text], "command": [text],
        "lang": [b"status", b"s-1", b"--lang", text],
    }
    message = fault_program.refused(*commands[position], status=None)
    assert "UTF-8" in message


def test_an_environment_that_is_no_text(fault_program):
    environment = {os.fsencode(name): os.fsencode(value) for name, value in fault_program.environment.items()}
    for variable in [b"SWITCHLIST_ACTOR", b"SWITCHLIST_STORE"]:
        process = fault_program.start("note", "s-1", "free", "n")
        process.communicate()
        done = subprocess.run([process.args[0], "note", "s-1", "free", "from the environment"], capture_output=True,
                              env={**environment, variable: b"\xff\xfe"}, cwd=fault_program.folder, timeout=60)
        assert done.returncode == 2, str(done)
        assert done.stderr.startswith(b"error: ") and b"UTF-8" in done.stderr
    assert notes(fault_program)["free"] == "n"


def test_other_variables_may_hold_anything(fault_program):
    environment = {os.fsencode(name): os.fsencode(value) for name, value in fault_program.environment.items()}
    done = subprocess.run([fault_program.start("--version").args[0], "note", "s-1", "free", "n"], capture_output=True,
                          env={**environment, b"OTHER": b"\xff\xfe", b"LS_COLORS": b"\x1b[31m"},
                          cwd=fault_program.folder, timeout=60)
    assert done.returncode == 0, str(done)


# What an error repeats

@pytest.mark.parametrize("command", [
    ["status", "{}"], ["tick", "s-1", "{}"], ["start", "s-1", "--checklist", "{}"], ["tick", "s-1", "free", "--at", "{}"],
    ["shop", "edit", "s-1", "--time-zone", "{}"], ["status", "s-1", "--store", "{}"], ["lint", "{}"], ["{}"],
    ["status", "s-1", "--format", "{}"], ["status", "s-1", "--run", "{}"], ["status", "s-1", "--{}"],
    ["tick", "@{}", "free"], ["tick", "s-1", "filed", "--proof", "{}"], ["tick", "s-1", "linked", "--proof", "https://{}"],
    ["shop", "import", "{}"], ["import", "{}"], ["export", "{}/x"], ["start", "s-1", "--checklists", "{}"],
    ["shop", "edit", "s-1", "--tag", "a;{}"], ["history", "s-1", "--verify", "--head", "{}"], ["status", "s-1", "--now", "{}"],
    ["overdue", "--within", "{}"], ["overdue", "--team", "{}"], ["overdue", "--format", "nagios", "--within", "{}"],
    ["due", "s-1", "free", "--at", "{}", "--reason", "r"], ["status", "s-1", "{}"], ["help", "{}"], ["shop", "{}"],
    ["overdue", "--format", "nagios", "--store", "{}"], ["report", "--by", "{}"], ["status", "s-1", "--color", "{}"],
])
def test_errors_repeat_nothing_that_a_terminal_obeys(fault_program, command):
    lang = "en" if len(command[-1]) % 2 else "zh"
    hostile = "a\x1b[31mb\x9b2J\u202ec\x07\x08\r\nd" + "é" * 300
    words = [word.replace("{}", hostile) for word in command]
    outcome = fault_program(*words, "--lang", lang, status=None) if command != ["{}"] else fault_program(
        *words, status=None)
    assert_harmless(outcome.out + outcome.err, command)
    assert outcome.status != 0 or command[0] in ("overdue", "help"), str(outcome)
