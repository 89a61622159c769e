"""Going through a shop's items at a terminal, and what else a terminal is shown."""

import re

import pyte
import pytest
from wcwidth import wcswidth

PROMPT = {"en": r"\[q\]uit: ", "zh": r"\[q\]退出："}


def plain(text):
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


class Conversation:
    def __init__(self, run, *words, lang="en", **options):
        self.child = run.terminal("walk", "s-001", *words, lang=lang, **options)
        self.prompt = PROMPT[lang]
        self.shown = self.until(self.prompt)

    def until(self, pattern):
        self.child.expect(pattern)
        return self.child.before

    def say(self, *answers, then=None):
        """Answers one question after another; gives what is shown up to the next choice."""
        for answer in answers[:-1]:
            self.child.sendline(answer)
            self.until(r"(: |\? |？|：|\) |）)$")
        self.child.sendline(answers[-1])
        self.shown = self.until(then or self.prompt)
        return self.shown

    def end(self, answer="q"):
        if answer == "\x04":
            self.child.sendeof()
        else:
            self.child.sendline(answer)
        text = self.child.read()
        self.child.close()
        assert self.child.exitstatus == 0
        return text


def test_shows_what_can_be_done_now_the_earliest_first(trial):
    talk = Conversation(trial)
    assert "free" in talk.shown and "Free to do" in talk.shown and "2026-11-01 12:00" in talk.shown
    assert "first" in talk.say("l")
    # `second` is due earlier than those that ask for proof, but it waits for `first`.
    assert "noted" in talk.say("l")
    assert "11 outstanding" in talk.end()
    assert trial.status()["runs"][0]["progress"]["done"] == 0


def test_steps_are_shown(shipped):
    shipped("shop", "add", "s-001", "--platform", "douyin")
    shipped("start", "s-001")
    shown = {"en": ["Rebind the store", "Have ready", "support"], "zh": ["重新绑定店铺", "先备齐", "以平台页面"]}
    for language, words in shown.items():
        talk = Conversation(shipped, lang=language)
        for word in words:
            assert word in talk.shown
        talk.end()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_line_is_wider_than_the_terminal(shipped, language):
    shipped("shop", "add", "s-001", "--platform", "douyin")
    shipped("start", "s-001")
    for columns in [40, 80]:
        talk = Conversation(shipped, lang=language, columns=columns)
        lines = plain(talk.shown).splitlines()[:-1]  # the last one is the question
        talk.end()
        assert max(wcswidth(line) for line in lines) <= columns


def test_details_are_shown_as_text(shipped):
    shipped("shop", "add", "s-001", "--platform", "douyin")
    shipped("start", "s-001")
    for language in ["en", "zh"]:
        talk = Conversation(shipped, lang=language)
        assert "**" not in talk.shown, "Markdown is not for a terminal"
        assert not re.search(r" $", plain(talk.shown).replace("\r", "").rsplit("\n", 1)[0], re.MULTILINE)
        talk.end()


@pytest.mark.parametrize(("language", "tick"), [("en", "t"), ("zh", "t"), ("zh", "勾选"), ("en", "T")])
def test_tick(trial, language, tick):
    talk = Conversation(trial, lang=language)
    talk.say(tick)
    talk.end()
    item = trial.items()["free"]
    assert (item["state"], item["changed_by"]) == ("done", "Li")


def test_each_answer_is_saved_at_once(trial):
    talk = Conversation(trial)
    talk.say("t")
    talk.child.close(force=True)
    assert trial.items()["free"]["state"] == "done"


def test_skip_block_and_note(trial):
    talk = Conversation(trial)
    talk.say("n", "half of it 🙂")
    talk.say("b", "没有钥匙")
    assert "critical" in talk.say("s", "no need"), "only a lead may skip what is critical"
    talk.say("l")
    talk.say("s", "not needed here")
    talk.end()
    items = trial.items()
    assert (items["free"]["state"], items["free"]["note"]) == ("blocked", "half of it 🙂")
    assert items["free"]["blocked_reason"] == "没有钥匙"
    assert items["first"]["state"] == "pending"
    assert items["noted"]["state"] == "skipped"


def test_a_lead_may_skip_what_is_critical(trial):
    talk = Conversation(trial, "--as-lead")
    talk.say("l")
    talk.say("s", "decided")
    talk.end()
    assert trial.items()["first"]["state"] == "skipped"


def test_proofs_are_asked_for(trial):
    trial.write("proof.txt", "proof")
    trial("tick", "s-001", "free", "first", "second", "third")
    talk = Conversation(trial)
    assert "noted" in talk.shown
    assert "--note" not in talk.say("t", "seen at noon")
    assert "linked" in talk.shown
    talk.say("t", "")  # none given: refused, and asked again
    talk.say("t", "https://example.com/")
    assert "filed" in talk.shown
    talk.say("t", "missing.txt")
    talk.say("t", "proof.txt")
    assert "seen" in talk.shown
    talk.say("t")
    talk.end()
    items = trial.items()
    assert items["noted"]["proof"]["kind"] == "note" and items["linked"]["proof"]["kind"] == "link"
    assert items["filed"]["proof"]["size"] == 5
    assert items["seen"]["awaiting_confirmation"]["by"] == "Li"


def test_an_unknown_answer_is_asked_again(trial):
    talk = Conversation(trial)
    talk.say("x")
    assert "free" not in talk.shown.replace("[l]eave", "")
    talk.end()
    assert trial.status()["runs"][0]["progress"]["pending"] == 11


@pytest.mark.parametrize("end", ["q", "\x04"])
def test_leaving(trial, end):
    talk = Conversation(trial)
    before = trial.snapshot()
    assert "switchlist status s-001" in talk.end(end)
    assert trial.snapshot() == before


def test_the_end_of_the_list(run):
    run.checklist("checklist: c\ntitle: C\nitems: [{id: a, title: A}]\n")
    run("shop", "add", "s-001")
    run("start", "s-001")
    talk = Conversation(run)
    text = talk.end("t")
    assert "Nothing is outstanding" in text
    assert run.status()["runs"][0]["state"] == "finished"
    assert "switchlist status s-001" in run.shown("walk", "s-001", status=2), "there is nothing to walk through"


def test_one_run(trial):
    trial.checklist("checklist: other\ntitle: The other\nitems: [{id: elsewhere, title: Elsewhere, due: 0h}]\n")
    trial("start", "s-001", "--checklist", "other")
    talk = Conversation(trial, "--run", "1")
    assert "free" in talk.shown
    talk.end()
    talk = Conversation(trial)
    assert "elsewhere" in talk.shown, "over all active runs the most urgent comes first"
    talk.end()


def test_without_a_terminal(trial):
    for stdin in ["", "t\n"]:
        error = trial.refused("walk", "s-001", stdin=stdin)
        assert "terminal" in error and "switchlist tick" in error


def test_an_unknown_shop(trial):
    assert "'s-001'" in trial.shown("walk", "s-01", status=2)


# ---------------------------------------------------------------------------------------------------------
# Progress bars


def screen(text, columns=80):
    terminal = pyte.Screen(columns, 40)
    stream = pyte.Stream(terminal)
    stream.feed(text)
    return [line.rstrip() for line in terminal.display if line.strip()]


def test_a_bar_comes_and_goes_without_a_trace(run):
    run.checklist("checklist: c\ntitle: C\nitems:\n" + "".join(
        f"  - {{id: i{n}, title: Item {n}, due: {n}d}}\n" for n in range(40)))
    run.write("shops.csv", "id\n" + "".join(f"s-{n:05}\n" for n in range(1200)))
    run("shop", "import", "shops.csv")
    child = run.terminal("start", "--all")
    text = child.read()
    assert "█" in text and "%" in text, "over half a second of work is shown"
    assert screen(text) == ["started for 1200 shops"]


def test_short_work_shows_no_bar(trial):
    assert "█" not in trial.shown("start", "--all")
