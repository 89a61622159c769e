"""At a terminal: `walk`, bars of progress, widths, and a reader that has seen enough."""

import json
import os
import re
import signal
import subprocess
import time

import pexpect
import pytest
import pyte
import wcwidth

from faults_support import PROGRAM, assert_harmless, check_store, opened

CHOICE = "uit: |退出："
ENTRY = r"\(Enter[^)]*\)[:?]? |（回车[^）]*）[：？]?"
WORDS = {"en": {"farewell": "outstanding", "only": "letters"}, "zh": {"farewell": "未完成", "only": "字母"}}


class Conversation:
    """The program at a terminal of its own, and all that it said."""

    def __init__(self, program, *arguments, size=(24, 80), env=None, **options):
        self.said = ""
        self.child = pexpect.spawn(
            str(PROGRAM), [str(word) for word in arguments], encoding="utf-8", codec_errors="strict", timeout=20,
            dimensions=size, env={**program.environment, "TERM": "xterm-256color", **(env or {})},
            cwd=str(program.folder), **options)

    def until(self, pattern):
        self.child.expect(pattern)
        self.said += self.child.before + (self.child.after if isinstance(self.child.after, str) else "")
        return self.child.before

    def answer(self, choice, *entries):
        """At the choice, then at what it asks for."""
        self.until(CHOICE)
        self.child.sendline(choice)
        for entry in entries:
            self.until(ENTRY)
            self.child.sendline(entry)

    def end(self) -> int:
        """Waits until the program has ended; its status, negative for a signal."""
        self.until(pexpect.EOF)
        self.child.close()
        if self.child.signalstatus:
            return -self.child.signalstatus
        return self.child.exitstatus


def items(program) -> dict:
    (run,) = json.loads(program("status", "s-1", "--format", "json").stdout)["runs"]
    return {item["id"]: item for item in run["items"]}


# walk

@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_walk_with_every_answer(fault_program, lang):
    (fault_program.folder / "备份.zip").write_bytes(b"12345")
    walk = Conversation(fault_program, "walk", "s-1", "--lang", lang)
    walk.answer("n", "第一个备注")
    walk.answer("t")
    walk.answer("s", "关键任务不能跳过")
    walk.answer("b", "等仓库的清单 😀")
    walk.answer("T", "核对过了")
    walk.answer("t", "https://例子.中国/a?b=c#d")
    walk.answer("t", "missing.zip")
    walk.answer("t", "备份.zip")
    walk.answer("nonsense")
    walk.answer("t")
    walk.answer("l")
    walk.answer("q")
    assert walk.end() == 0
    assert_harmless(walk.said, at_terminal=True)
    assert WORDS[lang]["farewell"] in walk.said
    assert WORDS[lang]["only"] in walk.said
    found = items(fault_program)
    assert found["free"]["state"] == "done" and found["free"]["note"] == "第一个备注"
    assert found["first"]["state"] == "blocked" and found["first"]["blocked_reason"] == "等仓库的清单 😀"
    assert found["noted"]["state"] == "done" and found["noted"]["note"] == "核对过了"
    assert found["linked"]["proof"]["url"] == "https://例子.中国/a?b=c#d"
    assert found["filed"]["proof"]["size"] == 5 and found["filed"]["proof"]["file"].endswith("备份.zip")
    assert found["seen"]["awaiting_confirmation"]["by"] == "Li"
    assert found["second"]["state"] == found["third"]["state"] == "pending"
    check_store(fault_program.store)
    fault_program.verify("s-1")


def test_a_walk_to_the_end(fault_program):
    fault_program("tick", "s-1", "free", "first", "second", "third")
    fault_program("tick", "s-1", "noted", "--note", "n")
    fault_program("tick", "s-1", "linked", "--proof", "https://x")
    walk = Conversation(fault_program, "walk", "s-1")
    walk.answer("s", "no file was made")
    walk.answer("s", "nobody else is here")
    assert walk.end() == 0
    assert "Nothing is outstanding" in walk.said
    assert Conversation(fault_program, "walk", "s-1").end() in (0, 2)


@pytest.mark.parametrize("leaving", ["quit", "end of input", "end of input at an entry", "Ctrl-C", "Ctrl-C at an entry",
                                     "hang up", "kill"])
def test_what_a_walk_acknowledged_is_there_however_it_ends(fault_program, leaving):
    walk = Conversation(fault_program, "walk", "s-1")
    walk.answer("t")
    walk.answer("b", "kept")
    if leaving.endswith("at an entry"):
        walk.answer("n")
        walk.until(ENTRY)
    else:
        walk.until(CHOICE)
    match leaving.split(" at ")[0]:
        case "quit":
            walk.child.sendline("q")
        case "end of input":
            walk.child.sendeof()
            if leaving.endswith("entry"):
                walk.until(CHOICE)
                walk.child.sendeof()
        case "Ctrl-C":
            walk.child.sendintr()
        case "hang up":
            walk.child.kill(signal.SIGHUP)
        case "kill":
            walk.child.kill(signal.SIGKILL)
    expected = {"Ctrl-C": (-signal.SIGINT, 130), "hang up": (-signal.SIGHUP,), "kill": (-signal.SIGKILL,)}
    assert walk.end() in expected.get(leaving.split(" at ")[0], (0,))
    found = items(fault_program)
    assert found["free"]["state"] == "done"
    assert found["first"]["blocked_reason"] == "kept"
    assert found["noted"]["note"] is None
    check_store(fault_program.store)
    fault_program.verify("s-1")


def test_a_terminal_that_goes_away_ends_the_walk(fault_program):
    walk = Conversation(fault_program, "walk", "s-1")
    walk.answer("t")
    walk.until(CHOICE)
    walk.child.close(force=False)
    assert not walk.child.isalive()
    assert items(fault_program)["free"]["state"] == "done"


def test_what_is_typed_is_kept_exactly_or_refused(fault_program):
    """A terminal passes on 4095 bytes of a line, and drops the rest without a word."""
    walk = Conversation(fault_program, "walk", "s-1")
    kept = "备" * 1300
    walk.answer("n", kept)
    walk.until(CHOICE)
    assert items(fault_program)["free"]["note"] == kept
    for refused in ["备" * 1400, "x" * 4095, "x" * 6000, "x" * 4094 + "é"]:
        walk.child.sendline("n")
        walk.until(ENTRY)
        walk.child.sendline(refused)
        walk.until(CHOICE)
        assert items(fault_program)["free"]["note"] == kept, f"{len(refused)} characters"
    for hostile in [b"a\x1b[31mb", "a\x9bb".encode(), b"\xff\xfe", b"a\xc3"]:
        walk.child.sendline("n")
        walk.until(ENTRY)
        os.write(walk.child.child_fd, hostile + b"\n")
        walk.child.codec_errors = "replace"
        with_echo_off(walk)
        walk.until(CHOICE)
        assert items(fault_program)["free"]["note"] == kept, hostile
    walk.child.sendline("q")
    assert walk.end() == 0


def with_echo_off(walk):
    """What was typed comes back from the terminal itself; bytes that are no text can't be read as one."""
    import codecs

    walk.child._decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")


@pytest.mark.parametrize("typed", [b"\xff\n", b"\x1b[A\n", b"x" * 5000 + b"\n", b"\xe5\n", "🤷\n".encode(), b" T \n"])
def test_whatever_is_typed_at_the_choice_keeps_the_walk_alive(fault_program, typed):
    walk = Conversation(fault_program, "walk", "s-1")
    walk.until(CHOICE)
    with_echo_off(walk)
    os.write(walk.child.child_fd, typed)
    walk.until(CHOICE)
    walk.child.sendline("q")
    assert walk.end() == 0


def test_a_walk_without_a_terminal(fault_program):
    message = fault_program.refused("walk", "s-1")
    assert "terminal" in message
    fault_program.refused("walk", "s-1", input=b"t\nt\nt\n")
    child = subprocess.Popen(
        ["setsid", str(PROGRAM), "walk", "s-1"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, env=fault_program.environment, cwd=fault_program.folder)
    assert child.communicate(timeout=30)[1].startswith(b"error: ")
    assert child.returncode == 2


def test_walks_of_what_cannot_be_walked(fault_program):
    for shop, status in [("s-99", 2), ("a/b", 2), ("@shops.txt", 2)]:
        walk = Conversation(fault_program, "walk", shop)
        assert walk.end() == status
        assert "error: " in walk.said
    fault_program("shop", "add", "bare")
    walk = Conversation(fault_program, "walk", "bare")
    assert walk.end() == 2


def test_two_walks_at_once(fault_program):
    """Each sees what the other did when it asks the next time."""
    first, second = (Conversation(fault_program, "walk", "s-1") for _ in range(2))
    first.until(CHOICE)
    second.until(CHOICE)
    first.child.sendline("t")
    first.until(CHOICE)
    second.child.sendline("t")
    second.until(CHOICE)
    assert "unchanged" in second.said
    for walk in (first, second):
        walk.child.sendline("q")
        assert walk.end() == 0
    fault_program.verify("s-1")


@pytest.mark.parametrize("columns, lang", [(30, "en"), (40, "zh"), (80, "en"), (200, "zh")])
def test_the_pages_of_a_walk_fit(fault_program, columns, lang):
    text = "买家换一部手机打开店铺，点“购买”，一直走到确认订单那一页为止，看到的应该是新账号。" * 3
    (fault_program.checklists / "long.yaml").write_text(
        f"checklist: long\ntitle: t\nitems:\n  - {{id: a, title: '标题 {text}', details: '{text} and some English words', "
        f"steps: ['{text}', 'short', '{'x' * 19} {'y' * 14}']}}\n", "utf-8")
    fault_program("start", "s-1", "--checklist", "long")
    fault_program("note", "s-1", "a", text + "\n" + text)
    walk = Conversation(fault_program, "walk", "s-1", "--run", "2", "--lang", lang, size=(24, columns))
    walk.until(CHOICE)
    walk.child.sendline("q")
    assert walk.end() == 0
    page = walk.said[:walk.said.index("[t]")]
    assert_lines_fit(page, columns)


# Widths

def plain(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*[mK]", "", text)


def assert_lines_fit(shown: str, columns: int):
    for line in plain(shown).splitlines():
        cells = wcwidth.wcswidth(line)
        assert 0 <= cells <= columns, f"{cells} cells on {columns}: {line!r}"


@pytest.mark.parametrize("columns, lang", [(40, "en"), (40, "zh"), (80, "zh"), (200, "en")])
def test_what_is_shown_fits_and_stands_in_columns(fault_program, columns, lang):
    (fault_program.folder / "more.csv").write_text(
        "id,name,team,platform,owner\n店铺-一,晨光小店（旗舰）,east,douyin,李敏\nshop-two,A shop with a name,east,douyin,Li\n"
        "s-é,👨‍👩‍👧‍👦 emoji e\u0301\u0301,east,douyin,王\n" + "长" * 6 + f",{'名' * 100},east,douyin,{'人' * 50}\n", "utf-8")
    fault_program("shop", "import", "more.csv")
    fault_program("start", "--all", "--checklist", "trial")
    fault_program("block", "s-1", "first", "--reason", "等供应商回复，" * 40)
    fault_program("assign", "s-1", "free", "--to", "很长的名字" * 10)
    for command in [["status", "s-1"], ["shop", "list"], ["report"], ["report", "--by", "team"], ["report", "--by", "item"],
                    ["report", "--by", "owner"], ["report", "--matrix"], ["checklists"],
                    ["overdue", "--now", "2027-01-01T00:00Z"]]:
        shown = Conversation(fault_program, *command, "--lang", lang, size=(50, columns))
        shown.end()
        assert_harmless(shown.said, command, at_terminal=True)
        assert_lines_fit(shown.said, columns)
        if command == ["shop", "list"] and columns >= 80:
            places = {wcwidth.wcswidth(line[:line.index("east")]) for line in plain(shown.said).splitlines() if "east" in line}
            assert len(places) == 1, shown.said


@pytest.mark.parametrize("columns", ["0", "-5", "abc", "", "1", "99999999999999999999", "40"])
def test_a_terminal_that_does_not_know_its_width(fault_program, columns):
    shown = Conversation(fault_program, "status", "s-1", size=(0, 0), env={"COLUMNS": columns})
    assert shown.end() == 0
    assert "free" in shown.said
    if columns == "40":
        assert_lines_fit(shown.said, 40)


def test_colours_only_where_somebody_sees_them(fault_program):
    assert "\x1b[" in Conversation_said(fault_program, "status", "s-1")
    assert "\x1b[" not in Conversation_said(fault_program, "status", "s-1", env={"NO_COLOR": "1"})
    assert "\x1b[" not in Conversation_said(fault_program, "status", "s-1", env={"TERM": "dumb"})
    assert "\x1b[" in Conversation_said(fault_program, "status", "s-1", "--color", "always", env={"NO_COLOR": "1"})
    assert b"\x1b[" not in fault_program("status", "s-1").out
    assert b"\x1b[" in fault_program("status", "s-1", "--color", "always").out


def Conversation_said(program, *arguments, **options) -> str:
    conversation = Conversation(program, *arguments, **options)
    conversation.end()
    return conversation.said


# Bars of progress

@pytest.fixture
def fault_held(fault_program):
    """Writers wait for as long as makes their work long: the bar appears after half a second."""
    with opened(fault_program.store) as holder:
        holder.execute("BEGIN IMMEDIATE")
        yield holder


def let_go(holder):
    time.sleep(0.8)
    holder.execute("COMMIT")


@pytest.mark.parametrize("columns", [40, 80])
def test_a_bar_for_long_work_that_leaves_nothing_behind(fault_program, fault_held, columns):
    unknown = "".join(f"unknown-{row}\n" for row in range(1000))
    (fault_program.folder / "shops.txt").write_text("s-1\ns-2\nbad/id\ns-3\n" + unknown)
    shown = Conversation(fault_program, "note", "@shops.txt", "free", "n", size=(50, columns))
    let_go(fault_held)
    assert shown.end() == 2
    assert "█" in shown.said or "░" in shown.said, "no bar at all"
    assert_harmless(shown.said, at_terminal=True)
    screen = pyte.HistoryScreen(columns, 50, history=100_000, ratio=1)
    stream = pyte.Stream(screen)
    stream.feed(shown.said)
    lines = ["".join(row[column].data for column in range(columns)) for row in screen.history.top] + screen.display
    assert not any("█" in line or "░" in line for line in lines), "a piece of the bar stayed"


def test_no_bar_for_short_work(fault_program):
    (fault_program.folder / "shops.txt").write_text("s-1\ns-2\n")
    shown = Conversation(fault_program, "note", "@shops.txt", "free", "n")
    assert shown.end() == 0
    assert not set("█░") & set(shown.said)


def test_no_bar_where_nobody_watches(fault_program, fault_held):
    (fault_program.folder / "shops.txt").write_text("s-1\ns-2\n")
    (fault_program.folder / "more.csv").write_text("id\n" + "".join(f"n-{row}\n" for row in range(50)))
    running = [
        fault_program.start(*command)
        for command in (["note", "@shops.txt", "free", "n"], ["shop", "import", "more.csv"], ["start", "--all", "--again",
                        "--checklist", "trial"])]
    let_go(fault_held)
    for process in running:
        out, err = process.communicate(timeout=60)
        assert process.returncode == 0, err
        for character in "█░\r\x1b":
            assert character not in (out + err).decode("utf-8"), process.args


# Readers that have seen enough

@pytest.mark.parametrize("command", [["export"], ["report", "--format", "json"], ["shop", "list"], ["overdue", "--now",
                         "2027-01-01T00:00Z"], ["history", "s-1", "--format", "json"], ["completions", "bash"], ["manual"],
                         ["--help"]])
def test_a_reader_that_has_seen_enough(fault_program, command):
    rows = "".join(f"n-{row},{'名' * 100}\n" for row in range(300))
    (fault_program.folder / "more.csv").write_text("id,name\n" + rows, "utf-8")
    if command[0] in ("export", "report", "shop"):
        fault_program("shop", "import", "more.csv")
    done = subprocess.run(
        ["bash", "-c", '"$0" "$@" | head -c 1; exit ${PIPESTATUS[0]}', str(PROGRAM), *command],
        env=fault_program.environment, cwd=fault_program.folder, capture_output=True, timeout=60, check=False)
    assert done.stderr == b"", f"{done}"
    assert done.returncode in (0, 1, 141), f"{done}"
    assert len(done.stdout) == 1


def test_a_reader_that_is_gone_before_anything_is_said(fault_program):
    reading, writing = os.pipe()
    os.close(reading)
    process = fault_program.start("tick", "s-1", "free", stdout=writing)
    os.close(writing)
    _, err = process.communicate(timeout=60)
    assert err == b"", err
    assert items(fault_program)["free"]["state"] == "done"


def test_nobody_hears_the_errors(fault_program):
    """Standard error that is full or closed changes no exit status, and ends nothing in the middle."""
    for outlet in ["/dev/full", None]:
        with open(outlet or "/dev/null", "wb") as file:
            done = subprocess.run(
                [str(PROGRAM), "tick", "s-1", "unknown-item"], stderr=file, stdout=subprocess.PIPE,
                env=fault_program.environment, cwd=fault_program.folder, timeout=60, check=False)
        assert done.returncode == 2
