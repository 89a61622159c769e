"""Changing items: the table of section 2, second persons, needs, proofs, times, many at once."""

import hashlib
import json

import pytest
from program import Program

LATER = "2026-11-01T05:00:00Z"

# ---------------------------------------------------------------------------------------------------------
# The table: what each command makes of each state. `None` stands for a refusal, "same" for unchanged.

STATES = ["pending", "blocked", "done", "skipped", "awaiting"]
COMMANDS = {
    "tick": ["tick"],
    "confirm": ["confirm"],
    "untick": ["untick", "--reason", "opened again"],
    "skip": ["skip", "--reason", "not needed"],
    "block": ["block", "--reason", "held up"],
    "unblock": ["unblock"],
}
BECOMES = {
    "tick": {"pending": "awaiting", "blocked": "awaiting", "done": "same", "skipped": None, "awaiting": "same"},
    "confirm": {"pending": None, "blocked": None, "done": "same", "skipped": None, "awaiting": "done"},
    "untick": {"pending": "same", "blocked": None, "done": "pending", "skipped": "pending", "awaiting": "pending"},
    "skip": {"pending": "skipped", "blocked": "skipped", "done": None, "skipped": "same", "awaiting": "skipped"},
    "block": {"pending": "blocked", "blocked": "blocked", "done": None, "skipped": None, "awaiting": "blocked"},
    "unblock": {"pending": "same", "blocked": "pending", "done": None, "skipped": None, "awaiting": "same"},
}


def build_every_state(run):
    run.checklist("""\
checklist: table
title: The table
items:
  - {id: seen, title: Asks for a second person, proof: second-person}
  - {id: other, title: Keeps the run active}
""")
    run.write("shops.csv", "id\n" + "\n".join(STATES) + "\n")
    run("shop", "import", "shops.csv")
    run("start", "--all")
    run("block", "blocked", "seen", "--reason", "an old reason")
    run("tick", "done", "seen", by="Wang")
    run("confirm", "done", "seen", by="Zhao")
    run("skip", "skipped", "seen", "--reason", "an old reason")
    run("tick", "awaiting", "seen", by="Wang")


def state_of(item):
    if item["awaiting_confirmation"] is not None:
        assert item["state"] == "pending"
        return "awaiting"
    return item["state"]


@pytest.fixture(scope="module")
def items_before(prepared):
    run = Program(prepared(build_every_state))
    return {state: run.items(state)["seen"] for state in STATES}


@pytest.mark.parametrize("before", STATES)
@pytest.mark.parametrize("command", COMMANDS)
def test_state_table(run, prepared, items_before, command, before):
    run.become(prepared(build_every_state))
    name, *options = COMMANDS[command]
    becomes = BECOMES[command][before]
    if becomes is None:
        run.refused(name, before, "seen", *options, now=LATER)
        return
    was = items_before[before]
    assert state_of(was) == before
    result = run(name, before, "seen", *options, now=LATER)
    assert result.stderr == ""
    item = run.items(before)["seen"]
    if becomes == "same":
        assert item == was
        assert "unchanged" in result.stdout.lower() or "already" in result.stdout.lower(), str(result)
        return
    assert state_of(item) == becomes
    assert (item["changed_at"], item["changed_by"]) == (LATER, "Li")
    assert item["blocked_reason"] == ("held up" if becomes == "blocked" else None)


def test_an_unchanged_command_leaves_no_event(run, prepared):
    run.become(prepared(build_every_state))
    for command, becomes in BECOMES.items():
        for state in STATES:
            if becomes[state] == "same":
                before = run.snapshot()
                name, *options = COMMANDS[command]
                run(name, state, "seen", *options)
                assert run.snapshot() == before, f"{command} of {state}"


def test_tick_of_a_pending_item_is_done(trial):
    result = trial("tick", "s-001", "free")
    assert "free" in result.stdout and "Free to do" in result.stdout
    item = trial.items()["free"]
    assert (item["state"], item["changed_at"], item["changed_by"]) == ("done", "2026-11-01T02:00:00Z", "Li")
    assert item["proof"] is None and item["note"] is None


def test_tick_ends_a_block(trial):
    trial("block", "s-001", "free", "--reason", "no key")
    trial("tick", "s-001", "free")
    item = trial.items()["free"]
    assert (item["state"], item["blocked_reason"]) == ("done", None)


def test_tick_of_a_done_item_says_by_whom_and_when(trial):
    trial("tick", "s-001", "free", by="王芳", now="2026-11-01T03:00:00Z")
    result = trial("tick", "s-001", "free", by="Zhao", now=LATER)
    assert "王芳" in result.stdout
    assert "2026-11-01 11:00" in result.stdout, "the time on the shop's clock"
    assert trial.items()["free"]["changed_by"] == "王芳"


def test_tick_of_a_skipped_item_says_by_whom(trial):
    trial("skip", "s-001", "free", "--reason", "not needed", by="王芳")
    error = trial.refused("tick", "s-001", "free")
    assert "王芳" in error and "untick" in error


def test_tick_of_a_waiting_item_names_what_it_waits_for(trial):
    error = trial.refused("tick", "s-001", "third")
    assert "'second'" in error or "second" in error.split("waits for")[1]
    error = trial.refused("tick", "s-001", "third", lang="zh")
    assert "second" in error


def test_a_skipped_need_is_met(trial):
    trial("skip", "s-001", "first", "--reason", "not needed", "--as-lead")
    trial("tick", "s-001", "second")
    assert trial.items()["second"]["state"] == "done"


def test_a_blocked_need_is_not_met(trial):
    trial("block", "s-001", "first", "--reason", "held up")
    trial.refused("tick", "s-001", "second")


def test_a_need_that_conditions_leave_out_is_met(run):
    run.checklist("""\
checklist: partly
title: Partly
items:
  - {id: live-only, title: For live shops, when: {tag: live}}
  - {id: always, title: For all, needs: [live-only]}
""")
    run("shop", "add", "plain")
    run("start", "plain")
    assert [*run.items("plain")] == ["always"]
    assert run.items("plain")["always"]["waiting_for"] == []
    run("tick", "plain", "always")


def test_untick_leaves_what_needed_it_as_it_is(trial):
    trial("tick", "s-001", "first", "second")
    trial("untick", "s-001", "first", "--reason", "the old account still shows")
    items = trial.items()
    assert (items["first"]["state"], items["second"]["state"]) == ("pending", "done")
    assert items["third"]["waiting_for"] == []


def test_untick_takes_the_proof_away(trial):
    trial("tick", "s-001", "linked", "--proof", "https://example.com/1")
    trial("untick", "s-001", "linked", "--reason", "the page is gone")
    assert trial.items()["linked"]["proof"] is None
    trial.refused("tick", "s-001", "linked")


def test_a_critical_item_is_skipped_only_as_a_lead(trial):
    error = trial.refused("skip", "s-001", "first", "--reason", "not needed")
    assert "critical" in error and "--as-lead" in error
    trial("skip", "s-001", "first", "--reason", "not needed", "--as-lead")
    assert trial.items()["first"]["state"] == "skipped"


def test_block_again_replaces_the_reason(trial):
    trial("block", "s-001", "free", "--reason", "no key")
    trial("block", "s-001", "free", "--reason", "the key doesn't fit")
    assert trial.items()["free"]["blocked_reason"] == "the key doesn't fit"


@pytest.mark.parametrize("command", ["untick", "skip", "block"])
def test_a_reason_is_asked_for(trial, command):
    assert "--reason" in trial(command, "s-001", "free", status=64).stderr
    trial.refused(command, "s-001", "free", "--reason", "   ")


# ---------------------------------------------------------------------------------------------------------
# A second person


def test_second_person_awaits_confirmation(trial):
    result = trial("tick", "s-001", "seen", by="Wang", now="2026-11-01T03:00:00Z")
    assert "confirm" in result.stdout
    item = trial.items()["seen"]
    assert item["state"] == "pending"
    assert item["awaiting_confirmation"] == {"by": "Wang", "by_link": None, "at": "2026-11-01T03:00:00Z"}


def test_meanwhile_it_is_outstanding_and_meets_no_need(trial):
    trial("tick", "s-001", "seen", by="Wang")
    assert trial.items()["after-seen"]["waiting_for"] == ["seen"]
    trial.refused("tick", "s-001", "after-seen")
    assert "seen" in trial("overdue", now="2027-01-01T00:00:00Z", status=1).stdout
    assert trial.status()["runs"][0]["progress"]["done"] == 0


def test_it_meets_no_need_of_the_same_command_either(trial):
    trial.refused("tick", "s-001", "seen", "after-seen")


def test_somebody_else_confirms(trial):
    trial("tick", "s-001", "seen", by="Wang")
    trial("confirm", "s-001", "seen", by="Zhao", now=LATER)
    item = trial.items()["seen"]
    assert item["state"] == "done" and item["awaiting_confirmation"] is None
    assert item["proof"]["kind"] == "second-person"
    assert (item["proof"]["by"], item["proof"]["at"]) == ("Zhao", LATER)
    trial("tick", "s-001", "after-seen")


@pytest.mark.parametrize(
    "again", ["Wang", "wang", "WANG", " Wang ", "\u3000Wang"],
    ids=["the same", "lower case", "upper case", "spaces", "a wide space"])
def test_the_same_person_is_refused(trial, again):
    trial("tick", "s-001", "seen", by="Wang")
    error = trial.refused("confirm", "s-001", "seen", by=again)
    assert "Wang" in error and "somebody else" in error


@pytest.mark.parametrize(("one", "other"), [("José", "Jose\u0301"), ("ÉMILIE", "émilie"), ("王 芳", " 王 芳")])
def test_names_are_compared_composed_and_without_case(trial, one, other):
    trial("tick", "s-001", "seen", by=one)
    trial.refused("confirm", "s-001", "seen", by=other)


def test_a_similar_name_is_somebody_else(trial):
    trial("tick", "s-001", "seen", by="王芳")
    trial("confirm", "s-001", "seen", by="王方")


def test_what_the_first_person_gave_is_kept(trial):
    trial("tick", "s-001", "seen", "--note", "looked at it twice", by="Wang")
    trial("confirm", "s-001", "seen", by="Zhao")
    assert trial.items()["seen"]["note"] == "looked at it twice"


def test_in_a_list_a_second_person_applies_when_no_other_proof_is_given(trial):
    trial("tick", "s-001", "either", by="Wang")
    assert trial.items()["either"]["awaiting_confirmation"]["by"] == "Wang"
    trial("untick", "s-001", "either", "--reason", "by note after all")
    trial("tick", "s-001", "either", "--note", "seen by me", by="Wang")
    item = trial.items()["either"]
    assert item["state"] == "done" and item["proof"]["kind"] == "note"


def test_a_note_settles_what_awaits_a_confirmation(trial):
    """Where the list allows a note, nobody has to be waited for."""
    trial("tick", "s-001", "either", by="Wang")
    trial("tick", "s-001", "either", "--note", "nobody is there to confirm", by="Wang")
    assert state_of(trial.items()["either"]) == "done"


# ---------------------------------------------------------------------------------------------------------
# Proofs


@pytest.mark.parametrize(
    ("item", "options"),
    [
        ("noted", []), ("linked", []), ("filed", []), ("any", []),
        ("noted", ["--proof", "https://example.com/"]),
        ("linked", ["--note", "see the page"]), ("linked", ["--proof", "proof.txt"]),
        ("filed", ["--note", "it is on my desk"]), ("filed", ["--proof", "https://example.com/"]),
        ("noted", ["--note", ""]), ("noted", ["--note", " \t "]),
    ])
def test_tick_without_its_proof_is_refused(trial, item, options):
    trial.write("proof.txt", "text")
    trial.refused("tick", "s-001", item, *options)


@pytest.mark.parametrize(
    ("item", "wanted"),
    [("noted", ["--note"]), ("linked", ["--proof", "https://"]), ("filed", ["--proof"]),
     ("any", ["--note", "--proof"])])
def test_the_refusal_says_how_to_give_the_proof(trial, item, wanted):
    for language in ["en", "zh"]:
        error = trial("tick", "s-001", item, status=2, lang=language).stderr
        assert all(word in error for word in wanted)


def test_note(trial):
    trial("tick", "s-001", "noted", "--note", "  开店 12 分钟后看到新账号 🙂  ", now=LATER)
    item = trial.items()["noted"]
    assert item["note"].strip() == "开店 12 分钟后看到新账号 🙂"
    proof = item["proof"]
    assert (proof["kind"], proof["at"], proof["by"]) == ("note", LATER, "Li")
    assert set(proof) == {"kind", "summary", "at", "by", "by_link"}
    assert proof["summary"]


def test_a_note_with_several_lines_is_kept(trial):
    trial("tick", "s-001", "noted", "--note", "one\ntwo\n\nfour\twith a tab")
    assert trial.items()["noted"]["note"] == "one\ntwo\n\nfour\twith a tab"


@pytest.mark.parametrize("url", ["https://example.com/店铺?a=1&b=2#c", "http://example.com", "HTTPS://EXAMPLE.COM/X"])
def test_link(trial, url):
    trial("tick", "s-001", "linked", "--proof", url, now=LATER)
    proof = trial.items()["linked"]["proof"]
    assert set(proof) == {"kind", "summary", "at", "by", "by_link", "url"}
    assert (proof["kind"], proof["url"], proof["at"], proof["by"]) == ("link", url, LATER, "Li")


@pytest.mark.parametrize("url", ["https://", "http://", "https:// ", "https://example.com/a b"])
def test_what_is_no_link_is_refused(trial, url):
    trial.refused("tick", "s-001", "linked", "--proof", url)


@pytest.mark.parametrize(
    "content", [b"some text\n", bytes(range(256)) * 5000], ids=["small", "1.3 MB"])
def test_file(trial, content):
    trial.write("备份.zip", content)
    trial("tick", "s-001", "filed", "--proof", "备份.zip", now=LATER)
    proof = trial.items()["filed"]["proof"]
    assert set(proof) == {"kind", "summary", "at", "by", "by_link", "file", "size", "sha256"}
    assert proof["kind"] == "file" and proof["file"].endswith("备份.zip")
    assert proof["size"] == len(content)
    assert proof["sha256"] == hashlib.sha256(content).hexdigest()
    assert "备份.zip" in proof["summary"]


@pytest.mark.parametrize("path", ["missing.zip", ".", ""])
def test_a_file_that_cannot_be_read_is_refused(trial, path):
    error = trial.refused("tick", "s-001", "filed", "--proof", path)
    assert path in error


def test_a_note_and_a_file_are_both_kept(trial):
    trial.write("proof.txt", "text")
    trial("tick", "s-001", "any", "--note", "in two places", "--proof", "proof.txt")
    item = trial.items()["any"]
    assert item["note"] == "in two places" and item["proof"]["kind"] == "file"


def test_an_item_that_asks_for_nothing_keeps_what_is_given(trial):
    trial("tick", "s-001", "free", "--note", "all well", "--proof", "https://example.com/")
    item = trial.items()["free"]
    assert item["note"] == "all well" and item["proof"]["url"] == "https://example.com/"


@pytest.mark.parametrize("character", ["\x1b", "\x07", "\x7f", "\u009b"])
def test_a_control_character_in_a_note_is_refused_or_kept_exactly(trial, character):
    note = f"before{character}[31mafter"
    result = trial("tick", "s-001", "noted", "--note", note, status=None)
    assert result.status in (0, 2)
    if result.status == 0:
        assert trial.items()["noted"]["note"] == note
    shown = trial("status", "s-001").stdout + trial("history", "s-001").stdout + result.stdout + result.stderr
    assert character not in shown


def test_a_note_of_a_megabyte_is_refused_or_kept_exactly(trial):
    note = "长" * 40_000
    result = trial("tick", "s-001", "noted", "--note", note, status=None)
    assert result.status in (0, 2)
    if result.status == 0:
        assert trial.items()["noted"]["note"] == note
    else:
        assert len(result.stderr) < 500, "the error repeats the note"


# ---------------------------------------------------------------------------------------------------------
# Several items, one transaction


@pytest.mark.parametrize(
    "order", [["first", "second", "third"], ["third", "second", "first"], ["second", "third", "first"]])
def test_several_items_in_any_order(trial, order):
    result = trial("tick", "s-001", *order)
    assert all(item in result.stdout for item in order)
    items = trial.items()
    assert {items[item]["state"] for item in order} == {"done"}
    ticked = [event["item"] for event in trial.events() if event["kind"] == "item-ticked"]
    assert ticked == ["first", "second", "third"], "the events stand in an order that the needs allow"


@pytest.mark.parametrize("other", ["third", "noted", "nonsense"])
def test_one_refused_item_refuses_all(trial, other):
    trial.refused("tick", "s-001", "free", other)


def test_an_item_named_twice_is_ticked_once(trial):
    trial("tick", "s-001", "free", "free")
    assert sum(event["kind"] == "item-ticked" for event in trial.events()) == 1


def test_some_items_may_be_done_already(trial):
    trial("tick", "s-001", "first")
    trial("tick", "s-001", "second", "first", "third")
    assert trial.items()["third"]["state"] == "done"


def test_items_of_two_runs_at_once(trial):
    trial.checklist("""\
checklist: other
title: The other
items:
  - {id: elsewhere, title: Elsewhere}
  - {id: too, title: Elsewhere too}
""")
    trial("start", "s-001", "--checklist", "other")
    trial("tick", "s-001", "elsewhere", "free")
    runs = {entry["run"]: entry["progress"]["done"] for entry in trial.status()["runs"]}
    assert runs == {1: 1, 2: 1}
    trial.refused("tick", "s-001", "too", "noted")


# ---------------------------------------------------------------------------------------------------------
# Where an item is looked for


def test_an_unknown_item_is_answered_with_the_nearest(trial):
    error = trial.refused("tick", "s-001", "frist")
    assert "'frist'" in error and "'first'" in error


def test_an_unknown_shop_is_answered_with_the_nearest(trial):
    error = trial.refused("tick", "s-01", "first")
    assert "'s-01'" in error and "'s-001'" in error


def test_a_shop_without_runs(trial):
    trial("shop", "add", "idle")
    assert "switchlist start idle" in trial.refused("tick", "idle", "free")


ONE = "checklist: one\ntitle: One\nitems:\n  - {id: shared, title: Shared}\n  - {id: rest, title: Rest}\n"
TWO = ONE.replace("checklist: one", "checklist: two").replace("title: One", "title: Two")


@pytest.fixture
def twice(run):
    """Two active runs that hold an item of the same id."""
    run.checklist(ONE)
    run.checklist(TWO)
    run("shop", "add", "s-001")
    run("start", "s-001")
    return run


def test_several_runs_hold_it(twice):
    error = twice.refused("tick", "s-001", "shared")
    assert "--run" in error and "1" in error and "2" in error
    twice("tick", "s-001", "shared", "--run", "2")
    assert [twice.items(run=number)["shared"]["state"] for number in (1, 2)] == ["pending", "done"]


@pytest.mark.parametrize(
    "command", [["skip", "--reason", "x"], ["block", "--reason", "x"], ["unblock"], ["assign", "--to", "Wang"],
                ["due", "--at", "2026-12-01", "--reason", "x"], ["confirm"], ["untick", "--reason", "x"]],
    ids=lambda command: command[0])
def test_every_command_lets_choose_the_run(twice, command):
    name, *options = command
    twice.refused(name, "s-001", "shared", *options)
    status = 2 if name == "confirm" else 0
    assert "--run" not in twice(name, "s-001", "shared", *options, "--run", "1", status=status).stderr


def test_note_lets_choose_the_run(twice):
    twice.refused("note", "s-001", "shared", "text")
    twice("note", "s-001", "shared", "text", "--run", "2")


@pytest.mark.parametrize("number", ["0", "3", "-1", "99999999999"])
def test_a_run_that_is_not_there(twice, number):
    result = twice("tick", "s-001", "shared", f"--run={number}", status=None)
    assert result.status in (2, 64) and result.out == b""


def finish(run):
    run("tick", "s-001", "shared", "rest", "--run", "2")
    run("tick", "s-001", "shared", "rest", "--run", "1")


def test_untick_takes_the_finished_run(twice):
    twice("stop", "s-001", "--run", "2", "--reason", "by mistake")
    twice("tick", "s-001", "shared", "rest")
    assert twice.status("s-001", "--run", "1")["runs"][0]["state"] == "finished"
    assert "unchanged" in twice("tick", "s-001", "shared").stdout
    twice("untick", "s-001", "shared", "--reason", "it isn't so")
    assert twice.status("s-001", "--run", "1")["runs"][0]["state"] == "active"


def test_several_finished_runs_hold_it(twice):
    finish(twice)
    assert "--run" in twice.refused("untick", "s-001", "shared", "--reason", "x")
    twice("untick", "s-001", "shared", "--reason", "x", "--run", "2")


def test_an_active_run_comes_before_a_finished_one(twice):
    twice("tick", "s-001", "shared", "rest", "--run", "1")
    twice("tick", "s-001", "shared")
    assert twice.items(run=2)["shared"]["state"] == "done"


@pytest.mark.parametrize(
    "command", [["skip", "--reason", "x"], ["block", "--reason", "x"], ["assign", "--to", "Wang"]],
    ids=lambda command: command[0])
def test_other_commands_look_in_active_runs_alone(twice, command):
    finish(twice)
    name, *options = command
    twice.refused(name, "s-001", "shared", *options)


def test_stopped_and_superseded_runs_refuse_changes(twice):
    twice("stop", "s-001", "--run", "2", "--reason", "by mistake")
    twice("start", "s-001", "--checklist", "one", "--again", now="2026-11-02T00:00:00Z")
    for number in ["1", "2"]:
        for command in (["tick"], ["untick", "--reason", "x"], ["skip", "--reason", "x"]):
            twice.refused(command[0], "s-001", "shared", *command[1:], "--run", number)


def test_an_older_finished_run_refuses_changes(twice):
    finish(twice)
    twice("start", "s-001", "--checklist", "one", now="2026-11-02T00:00:00Z")
    twice.refused("untick", "s-001", "shared", "--reason", "x", "--run", "1", now="2026-11-02T00:00:00Z")


# ---------------------------------------------------------------------------------------------------------
# Times


@pytest.mark.parametrize(
    ("at", "happened"),
    [
        ("2026-11-01T12:30", "2026-11-01T04:30:00Z"),  # on the run's clock
        ("2026-11-01 12:30", "2026-11-01T04:30:00Z"),
        ("2026-11-01T12:30:59.999", "2026-11-01T04:30:59Z"),  # cut off, not rounded
        ("2026-11-01T04:30:00Z", "2026-11-01T04:30:00Z"),
        ("2026-11-01T05:30+01:00", "2026-11-01T04:30:00Z"),
        ("2026-10-31T23:00-05:30", "2026-11-01T04:30:00Z"),
        ("2026-11-01", "2026-11-01T16:00:00Z"),  # the midnight that ends it
        ("2026-11-02", "2026-11-01T20:00:00Z"),  # … or now, where that is still to come
    ])
def test_at(trial, at, happened):
    trial("tick", "s-001", "free", "--at", at, now="2026-11-01T20:00:00Z")
    assert trial.items()["free"]["changed_at"] == happened
    event = trial.events()[-1]
    assert (event["at"], event["recorded_at"]) == (happened, "2026-11-01T20:00:00Z")


def test_now_is_cut_off_to_whole_seconds(trial):
    trial("tick", "s-001", "free", now="2026-11-01T11:00:00.987+08:00")
    assert trial.items()["free"]["changed_at"] == "2026-11-01T03:00:00Z"


@pytest.mark.parametrize(
    "at", ["2026-11-01T04:00:01Z", "2026-11-01T12:01", "2027-01-01T00:00:00Z", "2026-11-01T09:59", "2026-10-31",
           "1999-01-01"],
    ids=["a second ahead", "a minute ahead", "next year", "before the run", "the day before", "long ago"])
def test_at_later_than_now_or_before_the_run_is_refused(trial, at):
    trial.refused("tick", "s-001", "free", "--at", at, now="2026-11-01T04:00:00Z")


def test_refused_times_are_named_in_the_runs_zone(trial):
    now = "2026-11-01T04:00:00Z"
    told = trial.refused("tick", "s-001", "free", "--at", "2026-11-01T05:30:00Z", now=now)
    assert "2026-11-01 13:30 Asia/Shanghai is later than now (2026-11-01 12:00);" in told
    told = trial.refused("tick", "s-001", "free", "--at", "2026-11-01T09:59", now=now, lang="zh")
    assert "2026-11-01 09:59 Asia/Shanghai 早于第 1 次执行的开始（2026-11-01 10:00）" in told
    # Also where nobody gave a time, and the clock is behind.
    told = trial.refused("skip", "s-001", "free", "--reason", "x", now="2026-10-31T16:00:00Z")
    assert "2026-11-01 00:00 Asia/Shanghai is before run 1 began (2026-11-01 10:00);" in told


def test_at_the_very_ends(trial):
    trial("tick", "s-001", "free", "--at", "2026-11-01T02:00:00Z", now=LATER)
    trial("tick", "s-001", "first", "--at", LATER, now=LATER)


@pytest.mark.parametrize(
    "at", ["soon", "", "2026-13-01", "2026-02-30", "2026-11-01T25:00", "2026-11-01T10:00+99:00", "11/01/2026", "45964"])
def test_a_time_that_cannot_be_read_is_wrong_usage(trial, at):
    assert "--at" in trial.refused("tick", "s-001", "free", "--at", at, status=64)


def build_zones(run):
    run.checklist("checklist: zoned\ntitle: Zoned\ntime-zone: Europe/Berlin\n"
                  "items:\n  - {id: a, title: A}\n  - {id: b, title: B}\n")
    run.checklist("checklist: unzoned\ntitle: Unzoned\nwhen: {tag: unzoned}\nitems:\n  - {id: c, title: C}\n")
    run("shop", "add", "berlin")
    run("shop", "add", "kathmandu", "--time-zone", "Asia/Kathmandu")
    run("shop", "add", "nowhere", "--tag", "unzoned")
    now = "2026-03-01T00:00:00Z"
    run("start", "berlin", now=now)
    run("start", "kathmandu", now=now)
    run("start", "nowhere", "--checklist", "unzoned", now=now)


@pytest.mark.parametrize(
    ("shop", "item", "at", "happened"),
    [
        ("berlin", "a", "2026-03-10T10:00", "2026-03-10T09:00:00Z"),  # the checklist's zone
        ("kathmandu", "a", "2026-03-10T10:00", "2026-03-10T04:15:00Z"),  # the shop's own wins
        ("nowhere", "c", "2026-03-10T10:00", "2026-03-10T10:00:00Z"),  # neither has one: UTC
        ("berlin", "a", "2026-03-29T02:30", "2026-03-29T01:00:00Z"),  # skipped: the first moment after the gap
        ("berlin", "a", "2026-10-25T02:30", "2026-10-25T00:30:00Z"),  # twice: the first
        ("berlin", "a", "2026-03-29", "2026-03-29T22:00:00Z"),  # a day of 23 hours
    ])
def test_times_without_an_offset_are_in_the_runs_zone(run, prepared, shop, item, at, happened):
    run.become(prepared(build_zones))
    run("tick", shop, item, "--at", at, now="2026-12-01T00:00:00Z")
    assert run.items(shop)[item]["changed_at"] == happened


def test_a_runs_zone_is_fixed_at_its_start(run, prepared):
    run.become(prepared(build_zones))
    run("shop", "edit", "berlin", "--time-zone", "Asia/Tokyo", now="2026-03-02T00:00:00Z")
    run("tick", "berlin", "a", "--at", "2026-03-10T10:00", now="2026-12-01T00:00:00Z")
    assert run.items("berlin")["a"]["changed_at"] == "2026-03-10T09:00:00Z"


# ---------------------------------------------------------------------------------------------------------
# assign, due, note


def test_assign(trial):
    result = trial("assign", "s-001", "first", "--to", "王芳")
    assert "王芳" in result.stdout
    assert trial.items()["first"]["owner"] == "王芳"
    assert "unchanged" in trial("assign", "s-001", "first", "--to", "王芳").stdout
    trial.refused("assign", "s-001", "first", "--to", "")


@pytest.mark.parametrize(
    ("at", "due"),
    [("2026-12-01", "2026-12-01T16:00:00Z"), ("2026-12-01T18:00", "2026-12-01T10:00:00Z"),
     ("2026-12-01T18:00:00.9+01:00", "2026-12-01T17:00:00Z"), ("2026-11-01", "2026-11-01T16:00:00Z")])
def test_due(trial, at, due):
    trial("due", "s-001", "first", "--at", at, "--reason", "the agency is away")
    assert trial.items()["first"]["due_at"] == due
    event = trial.events()[-1]
    assert (event["kind"], event["reason"]) == ("item-due-moved", "the agency is away")
    assert trial("due", "s-001", "first", "--at", at, "--reason", "again").status == 0


def test_due_gives_one_to_an_item_without(trial):
    trial("due", "s-001", "after-seen", "--at", "2026-11-02", "--reason", "it is time")
    assert trial.items(now="2026-11-03T00:00:00Z")["after-seen"]["overdue"] is True


def test_due_asks_for_time_and_reason(trial):
    assert "--at" in trial("due", "s-001", "first", "--reason", "x", status=64).stderr
    assert "--reason" in trial("due", "s-001", "first", "--at", "2026-12-01", status=64).stderr
    trial.refused("due", "s-001", "first", "--at", "soon", "--reason", "x", status=64)


def test_note_on_an_item(trial):
    trial("note", "s-001", "free", "还剩 12 单")
    item = trial.items()["free"]
    assert (item["note"], item["state"], item["changed_at"]) == ("还剩 12 单", "pending", None)
    trial("note", "s-001", "free", "还剩 3 单")
    assert trial.items()["free"]["note"] == "还剩 3 单"
    assert [event["note"] for event in trial.events() if event["kind"] == "item-noted"] == ["还剩 12 单", "还剩 3 单"]


def test_a_note_on_what_is_done_is_kept(trial):
    trial("tick", "s-001", "free")
    trial("note", "s-001", "free", "the receipt is in the drawer")
    item = trial.items()["free"]
    assert (item["state"], item["note"]) == ("done", "the receipt is in the drawer")


# ---------------------------------------------------------------------------------------------------------
# What an event says of who did it


def test_an_event_names_actor_login_channel_and_clock(trial):
    trial("tick", "s-001", "free", by="王芳")
    event = trial.events()[-1]
    assert (event["by"], event["channel"], event["clock_set"]) == ("王芳", "cli", True)
    assert event["login"]


def test_the_clock_of_the_machine_is_not_marked(run):
    run.checklist("checklist: c\ntitle: C\nitems:\n  - {id: a, title: A}\n")
    run("shop", "add", "s-001", env={"SWITCHLIST_NOW": None})
    assert not run.events()[-1].get("clock_set", False)


# ---------------------------------------------------------------------------------------------------------
# Many shops


def build_many(run):
    run.checklist("checklist: c\ntitle: C\nitems:\n  - {id: a, title: A}\n  - {id: b, title: B, needs: [a]}\n")
    run.write("shops.csv", "id\n" + "".join(f"s-{number:03}\n" for number in range(1, 31)))
    run("shop", "import", "shops.csv")
    run("start", "--all")


@pytest.fixture
def many(run, prepared):
    run.become(prepared(build_many))
    return run


def done(run):
    return {row["key"]: int(row["done"]) for row in run("report", "--format", "csv").rows}


def test_shops_from_a_file(many):
    many.write("list.txt", "\ufeffs-001\r\n\r\n  s-002  \ns-001\n")
    result = many("tick", "@list.txt", "b", "a", "--note", "by the team")
    assert {shop: count for shop, count in done(many).items() if count} == {"s-001": 2, "s-002": 2}
    assert "2 shops" in result.stderr
    assert "s-001" in result.stdout and "s-002" in result.stdout


def test_shops_from_standard_input(many):
    many("tick", "@-", "a", stdin="".join(f"s-{number:03}\n" for number in range(1, 31)))
    assert set(done(many).values()) == {1}


def test_the_refused_are_named_and_the_others_done(many):
    result = many("tick", "@-", "a", stdin="s-001\nnonsense\ns/2\ns-003\n", status=2)
    assert "nonsense" in result.stderr and "s/2" in result.stderr
    assert "s-001" not in "".join(line for line in result.stderr.splitlines() if line.startswith("error"))
    assert {shop for shop, count in done(many).items() if count} == {"s-001", "s-003"}


def test_a_shop_is_changed_whole_or_not_at_all(many):
    many("tick", "s-002", "a")
    many("skip", "s-002", "b", "--reason", "not needed")
    result = many("tick", "@-", "a", "b", stdin="s-001\ns-002\ns-003\n", status=2)
    assert result.stderr.count("error: ") == 1 and "s-002" in result.stderr
    assert [done(many)[shop] for shop in ["s-001", "s-002", "s-003"]] == [2, 1, 2]


def test_it_may_be_repeated(many):
    shops = "s-001\ns-002\n"
    many("tick", "@-", "a", stdin=shops)
    before = many.snapshot()
    many("tick", "@-", "a", stdin=shops)
    assert many.snapshot() == before


@pytest.mark.parametrize(
    ("command", "state"),
    [(["tick", "@list.txt", "a"], "done"), (["skip", "@list.txt", "a", "--reason", "x"], "skipped"),
     (["block", "@list.txt", "a", "--reason", "x"], "blocked"),
     (["assign", "@list.txt", "a", "--to", "Wang"], "pending"),
     (["note", "@list.txt", "a", "text"], "pending"), (["unblock", "@list.txt", "a"], "pending"),
     (["due", "@list.txt", "a", "--at", "2026-12-01", "--reason", "x"], "pending"),
     (["untick", "@list.txt", "a", "--reason", "x"], "pending")],
    ids=lambda value: value[0] if isinstance(value, list) else value)
def test_every_change_takes_a_file_of_shops(many, command, state):
    many.write("list.txt", "s-001\ns-002\n")
    many(*command)
    assert [many.items(shop)["a"]["state"] for shop in ["s-001", "s-002", "s-003"]] == [state, state, "pending"]


def test_confirm_takes_a_file_of_shops(run, prepared):
    run.become(prepared(build_every_state))
    result = run("confirm", "@-", "seen", stdin="awaiting\ndone\n", by="Zhao")
    assert run.items("awaiting")["seen"]["state"] == "done" and result.status == 0


@pytest.mark.parametrize("argument", ["@missing.txt", "@.", "@"])
def test_a_file_of_shops_that_cannot_be_read(many, argument):
    many.refused("tick", argument, "a")


def test_a_file_of_shops_in_another_encoding(many):
    many.write("list.txt", "店铺\n".encode("gb18030"))
    assert "店铺: there is no shop '店铺'" in many.refused("tick", "@list.txt", "a")


def test_an_empty_file_of_shops_changes_nothing(many):
    before = many.snapshot()
    many("tick", "@-", "a", stdin="\n\n")
    assert many.snapshot() == before


# ---------------------------------------------------------------------------------------------------------
# What is printed


def test_json_of_a_change(trial):
    answer = trial("tick", "s-001", "first", "second", "--format", "json", lang="zh").json
    assert answer["shop"] == "s-001"
    assert [(item["item"], item["state"], item["changed"], item["run"], item["title"]) for item in answer["items"]] == [
        ("first", "done", True, 1, "第一步"), ("second", "done", True, 1, "第二步")]
    again = trial("tick", "s-001", "first", "--format", "json").json
    assert again["items"][0]["changed"] is False


def test_json_of_an_awaited_confirmation_has_the_shape_of_status(trial):
    answer = trial("tick", "s-001", "seen", "--format", "json", by="Wang").json
    assert answer["items"][0]["awaiting_confirmation"] == {"by": "Wang", "by_link": None, "at": "2026-11-01T02:00:00Z"}
    answer = trial("tick", "s-001", "free", "--format", "json", by="Wang").json
    assert answer["items"][0]["awaiting_confirmation"] is None


def test_json_over_many_shops_is_a_line_each(many):
    result = many("tick", "@-", "a", "--format", "json", stdin="s-001\ns-002\n")
    assert [json.loads(line)["shop"] for line in result.lines] == ["s-001", "s-002"]


def test_a_change_says_what_comes_next(trial):
    assert "1 of 11 done" in trial("tick", "s-001", "free").stdout
    assert "2/11" in trial("tick", "s-001", "first", lang="zh").stdout


def test_the_last_item_finishes_the_run(many):
    result = many("tick", "s-001", "a", "b")
    assert "finished" in result.stdout
    assert many.status()["runs"][0]["state"] == "finished"
    assert "active" in many("untick", "s-001", "b", "--reason", "x").stdout
