"""Every event of a shop, and what shows that nobody changed them afterwards."""

import hashlib
import sqlite3
from contextlib import closing

import pytest
from program import build_trial
from store_model import Store, canonical


def build_told(run):
    """A shop about which there is something of every kind to tell."""
    build_trial(run)
    run.write("proof.txt", "proof")
    run("shop", "edit", "s-001", "--team", "west", "--tag", "live", by="王芳")
    run("tick", "s-001", "linked", "--proof", "https://example.com/", "--note", "it is \"there\"\nand \\ here")
    run("tick", "s-001", "filed", "--proof", "proof.txt", "--at", "2026-11-01T02:30:00Z", now="2026-11-01T09:00:00Z")
    run("tick", "s-001", "seen", by="王芳")
    run("confirm", "s-001", "seen", by="Zhao")
    run("untick", "s-001", "linked", "--reason", "the page is gone")
    run("skip", "s-001", "first", "--reason", "not needed", "--as-lead", by="Boss")
    run("block", "s-001", "free", "--reason", "no key")
    run("unblock", "s-001", "free")
    run("assign", "s-001", "free", "--to", "陈")
    run("due", "s-001", "free", "--at", "2026-12-01", "--reason", "the agency is away")
    run("note", "s-001", "free", "still waiting 🙂")
    run("start", "s-001", "--again", now="2026-11-02T02:00:00Z")
    run("stop", "s-001", "--reason", "by mistake", now="2026-11-03T02:00:00Z")
    run("shop", "archive", "s-001", now="2026-11-04T02:00:00Z")
    run("shop", "restore", "s-001", now="2026-11-05T02:00:00Z")


@pytest.fixture
def told(run, prepared):
    run.become(prepared(build_told))
    return run


KINDS = [
    "shop-added", "run-started", "shop-edited", "item-ticked", "item-ticked", "item-ticked-to-confirm",
    "item-confirmed", "item-unticked", "item-skipped", "item-blocked", "item-unblocked", "item-assigned",
    "item-due-moved", "item-noted", "run-superseded", "run-started", "run-stopped", "shop-archived", "shop-restored"]


# ---------------------------------------------------------------------------------------------------------
# The events


def test_every_kind_of_event(told):
    kinds = [event["kind"] for event in told.events()]
    assert sorted(kinds) == sorted(KINDS)
    assert kinds[:14] == KINDS[:14] and kinds[-3:] == KINDS[-3:]


def test_numbers_have_no_gaps(told):
    assert [event["number"] for event in told.events()] == [*range(1, len(KINDS) + 1)]


def test_an_event_says_who_when_and_how(told):
    event = next(event for event in told.events() if event.get("item") == "filed")
    assert (event["shop"], event["run"], event["by"], event["channel"]) == ("s-001", 1, "Li", "cli")
    assert (event["at"], event["recorded_at"]) == ("2026-11-01T02:30:00Z", "2026-11-01T09:00:00Z")
    assert event["login"] and event["clock_set"] is True
    skipped = next(event for event in told.events() if event["kind"] == "item-skipped")
    assert skipped["lead"] is True and skipped["by"] == "Boss"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_text_has_a_line_for_each_event(told, language):
    text = told("history", "s-001", lang=language).stdout
    for word in ["王芳", "Boss", "the page is gone", "not needed", "no key", "陈", "the agency is away",
                 "still waiting 🙂", "by mistake", "https://example.com/", "proof.txt", "2026-12-01 24:00", "west"]:
        assert word in text, word
    assert "Asia/Shanghai" in text and "2026-11-01 10:30" in text, "the shop's clock, and the zone it is in"
    assert "\nand \\ here" not in text, "a note cannot pass for lines of its own"
    assert len(text.splitlines()) <= len(KINDS) + 1


def test_one_run(told):
    assert {event["run"] for event in told.events("s-001", "--run", "2")} == {2}
    assert {event["run"] for event in told.events("s-001", "--run", "1")} == {1}
    assert "陈" not in told("history", "s-001", "--run", "2").stdout


def test_an_unknown_shop_or_run(told):
    assert "'s-001'" in told.refused("history", "s-01")
    told.refused("history", "s-001", "--run", "9")


# ---------------------------------------------------------------------------------------------------------
# The chain


def test_the_chain_by_the_documented_rule(told):
    """SHA-256 over the hash before and the event's stored bytes; zeros come before the first."""
    head = bytes(32)
    for event in told.events():
        stored = {key: value for key, value in event.items() if key != "hash"}
        head = hashlib.sha256(head + canonical(stored)).digest()
        assert event["hash"] == head.hex()
    assert f"head: {head.hex()}" in told("history", "s-001", "--verify").stdout


def test_verify(told):
    head = Store(told("export").out).shops["s-001"].head
    result = told("history", "s-001", "--verify")
    assert head in result.stdout and result.stderr == ""
    answer = told("history", "s-001", "--verify", "--format", "json").json
    assert (answer["shop"], answer["ok"], answer["events"], answer["head"], answer["breaks"]) == (
        "s-001", True, len(KINDS), head, [])
    assert head in told("history", "s-001", "--verify", lang="zh").stdout


def test_a_head_that_was_kept(told):
    hashes = [event["hash"] for event in told.events()]
    for head in [hashes[0], hashes[7], hashes[-1], hashes[7].upper()]:
        answer = told("history", "s-001", "--verify", "--head", head, "--format", "json").json
        assert answer["holds_head"] is True


def test_a_head_that_is_not_in_the_chain(told):
    for head in ["0" * 64, "f" * 64]:
        result = told("history", "s-001", "--verify", "--head", head, status=1)
        assert result.out and result.stderr == ""
    told("shop", "add", "other")
    head = told.events("other")[0]["hash"]
    told("history", "s-001", "--verify", "--head", head, status=1)


@pytest.mark.parametrize("head", ["", "abc", "0" * 63, "0" * 65, "g" * 64])
def test_what_is_no_head_is_wrong_usage(told, head):
    told.refused("history", "s-001", "--verify", f"--head={head}", status=64)


def test_head_goes_with_verify(told):
    told.refused("history", "s-001", "--head", "0" * 64, status=64)


# ---------------------------------------------------------------------------------------------------------
# Tampering


def tampered(run, *statements):
    with closing(sqlite3.connect(run.store)) as database:
        database.execute("PRAGMA ignore_check_constraints = ON")
        for statement in statements:
            assert database.execute(statement).rowcount > 0, statement
        database.commit()
    return run("history", "s-001", "--verify", status=1)


TAMPERING = {
    "a text of an event": "UPDATE event SET body = replace(body, 'no key', 'no KEY')",
    "who did it": "UPDATE event SET body = replace(body, '\"by\":\"Boss\"', '\"by\":\"Li\"')",
    "when it happened": "UPDATE event SET body = replace(body, '02:30:00Z', '02:31:00Z')",
    "a space that means nothing": "UPDATE event SET body = replace(body, '\"kind\":', '\"kind\": ') WHERE number = 9",
    "a hash": "UPDATE event SET hash = zeroblob(32) WHERE number = 9",
    "the last hash": "UPDATE event SET hash = zeroblob(32) WHERE number = 19",
    "an event is gone": "DELETE FROM event WHERE number = 9",
    "the first event is gone": "DELETE FROM event WHERE number = 1",
    "the last event is gone": "DELETE FROM event WHERE number = 19",
    "no event is left": "DELETE FROM event WHERE shop = 's-001'",
    "the head": "UPDATE shop SET head = zeroblob(32)",
    "the shop's name": "UPDATE shop SET name = 'another'",
    "the shop's team": "UPDATE shop SET team = NULL",
    "an item's state": "UPDATE item SET state = 'done', open = 0 WHERE run = 1 AND id = 'second'",
    "an item's due time": "UPDATE item SET due_at = due_at + 86400000 WHERE run = 1 AND id = 'second'",
    "an item's owner": "UPDATE item SET owner = 'somebody' WHERE run = 1 AND id = 'second'",
    "an item's proof": "UPDATE item SET proof = NULL WHERE run = 1 AND id = 'filed'",
    "an item's note": "UPDATE item SET note = 'another' WHERE run = 1 AND id = 'free'",
    "an item is gone": "DELETE FROM item WHERE run = 1 AND id = 'second'",
    "a run's state": "UPDATE run SET state = 'finished' WHERE number = 1",
    "a run's counters": "UPDATE run SET done = done + 1, pending = pending - 1 WHERE number = 1",
    "a run is gone": "DELETE FROM run WHERE number = 2",
    "a run's beginning": "UPDATE run SET switched_at = switched_at - 1000 WHERE number = 1",
    "a definition's content": "UPDATE definition SET canonical = replace(canonical, 'First step', 'First stop')",
    "what is waited for": "UPDATE item SET waiting_for = 'free' WHERE run = 1 AND id = 'second'",
}


@pytest.mark.parametrize("statement", TAMPERING.values(), ids=[*TAMPERING])
def test_tampering_is_found(told, statement):
    result = tampered(told, statement)
    assert result.out, "what is broken is a result, on standard output"
    assert "is whole" not in result.stdout


def test_two_events_that_changed_places(told):
    tampered(
        told, "UPDATE event SET number = 999 WHERE number = 9", "UPDATE event SET number = 9 WHERE number = 10",
        "UPDATE event SET number = 10 WHERE number = 999")


def test_a_chain_that_was_sealed_anew_is_found_by_a_kept_head(told):
    """Who owns the store can seal it anew; whoever kept a head still sees it."""
    kept = told.events()[-1]["hash"]
    with closing(sqlite3.connect(told.store)) as database:
        head = bytes(32)
        for number, body in database.execute("SELECT number, body FROM event ORDER BY number").fetchall():
            body = body.replace('"by":"Boss"', '"by":"Li"')
            head = hashlib.sha256(head + body.encode("utf-8")).digest()
            database.execute("UPDATE event SET body = ?, hash = ? WHERE number = ?", (body, head, number))
        database.execute("UPDATE shop SET head = ?", (head,))
        database.execute("UPDATE item SET changed_by = 'Li' WHERE changed_by = 'Boss'")
        database.commit()
    told("history", "s-001", "--verify", status=0)
    told("history", "s-001", "--verify", "--head", kept, status=1)


def test_a_chain_that_was_cut_short_with_care_is_found_by_a_kept_head(told):
    kept = told.events()[-1]["hash"]
    with closing(sqlite3.connect(told.store)) as database:
        database.execute("DELETE FROM event WHERE number = 19")
        database.execute("UPDATE shop SET events = 18, head = (SELECT hash FROM event WHERE number = 18), archived = 1")
        database.commit()
    told("history", "s-001", "--verify", status=0)
    told("history", "s-001", "--verify", "--head", kept, status=1)


def test_breaks_are_told_in_both_languages(told):
    tampered(told, TAMPERING["an event is gone"])
    texts = {}
    for language in ["en", "zh"]:
        answer = told("history", "s-001", "--verify", "--format", "json", lang=language, status=1).json
        assert answer["ok"] is False and answer["breaks"]
        texts[language] = answer["breaks"]
        assert told("history", "s-001", "--verify", lang=language, status=1).lines[0] in texts[language]
    assert texts["en"] != texts["zh"]


def test_other_shops_are_not_accused(told):
    told("shop", "add", "other")
    tampered(told, TAMPERING["an event is gone"] + " AND shop = 's-001'")
    told("history", "other", "--verify", status=0)
