"""Connections to the database break, fall silent or wait for somebody else, while notes are written through two
servers: what was acknowledged is there, once, and nobody hears of anything but "try again"."""

import signal
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import datetime, timezone

import pytest
from notes import Load, ask, note, serving, shops_in_database, wait_until, written
from pair import Pair
from program import Program
from wire import Moment, Wire

# Few, so that others write between an attempt and its repetition: a note that is there already is no change.
SHOPS = 4
# Within which what a request reads, and what it changes, is answered, whatever the database does; and a busy machine.
READ, CHANGE, MORE = 10, 20, 5
# Within which everybody is served once the database can be used.
BACK = 10
# The connections that one server may have.
POOL = 18 + 6


@pytest.fixture(scope="module")
def pair():
    with Pair() as pair:
        yield pair


@pytest.fixture
def program(tmp_path) -> Program:
    return Program(tmp_path)


@pytest.fixture
def shops(program, pair) -> list[str]:
    pair.primary.empty()
    return shops_in_database(program, pair.address, SHOPS)


@pytest.fixture
def wire(pair):
    with Wire(pair.primary.folder) as wire:
        yield wire


@pytest.mark.parametrize("moment", Moment)
def test_a_connection_that_is_cut_at_commit(program, wire, shops, moment, record_property):
    """What was sent is looked up, or done again. Nobody notices."""
    with serving(program, wire.address) as servers, Load(servers, shops) as load:
        load.wait_for(20)
        cut = wire.cut(moment, 8)
        assert cut.done.wait(30)
        back = load.seconds_until_served(BACK)
    load.report(record_property, program, back)
    load.check(program)
    assert not load.refused
    assert back < BACK


@pytest.mark.parametrize("moment", Moment)
def test_a_connection_that_is_cut_at_the_commit_of_a_change_without_events(program, wire, shops, moment):
    """A token is nothing that happens to a shop. Its request can't be repeated: the secret is told once."""
    with serving(program, wire.address, 1) as servers:
        answers = []
        for number in range(5):
            cut = wire.cut(moment)
            answers.append(ask(servers[0], "POST", "/api/v1/tokens", {"name": f"t-{number}", "scopes": ["read"]}))
            assert cut.done.wait(10)
    made = program("token", "list", "--format", "json").json
    assert [answer.status for answer in answers] == [201] * 5, answers
    assert sorted(token["name"] for token in made) == [f"t-{number}" for number in range(5)]


def test_a_commit_that_cant_be_looked_up(program, pair, shops):
    """The connection is cut before the answer, and nobody is let in after it: then it isn't known, for a request and
    for a command; and doing the same again does it once."""
    text = f"note {uuid.uuid4()}"
    adding = ["shop", "add", "s-new"]
    with ThreadPoolExecutor() as pool, Wire(pair.primary.folder) as of_servers, Wire(pair.primary.folder) as of_command:
        with serving(program, of_servers.address) as servers:
            cuts = [wire.cut(Moment.DURING, refuses=True) for wire in (of_servers, of_command)]
            request = pool.submit(note, servers[0], shops[0], text)
            command = pool.submit(program, *adding, status=None, env={"SWITCHLIST_STORE": of_command.address})
            answer, said = request.result(), command.result()
            assert all(cut.done.is_set() for cut in cuts)
            assert (answer.status, answer.code) == (503, "outcome-unknown") and answer.retry_after
            assert said.status == 75 and "do the same again" in said.stderr
            of_servers.admit()
            # What is there already is no change, so somebody writes between.
            assert note(servers[1], shops[0], f"note {uuid.uuid4()}").status == 200
            assert note(servers[1], shops[0], text).status == 200
            assert "s-new" in program(*adding, status=2).stderr
    assert written(program)[text] == 1


def test_a_network_that_loses_everything(program, wire, shops, record_property):
    """Nothing arrives in either direction, and nothing says so; then the way is there again."""
    with serving(program, wire.address) as servers, Load(servers, shops) as load:
        load.wait_for(20)
        wire.hold()
        assert ask(servers[0], "GET", "/readyz").status == 503
        wait_until(lambda: load.refused.total() >= 4, CHANGE + MORE, "changes are refused")
        wire.release()
        back = load.seconds_until_served(BACK)
    load.report(record_property, program, back)
    load.check(program)
    assert load.slowest < CHANGE + MORE
    assert back < BACK


def test_a_primary_that_is_cut_off_and_comes_back(program, record_property):
    """The network to it falls silent, and is there again when the servers have met the new primary but haven't given up
    all connections to the old one."""
    with ExitStack() as stack:
        pool, pair = stack.enter_context(ThreadPoolExecutor()), stack.enter_context(Pair())
        shops = shops_in_database(program, pair.address, SHOPS)
        ways = [[stack.enter_context(Wire(node.folder)) for node in (pair.primary, pair.standby)] for _ in range(2)]
        hosts = [f"127.0.0.1:{old.port},127.0.0.1:{new.port}" for old, new in ways]
        servers = [
            stack.enter_context(serving(program, f"postgres://switchlist@{both}/postgres", 1))[0] for both in hosts]
        with Load(servers, shops) as load:
            load.wait_for(20)
            # So that there are connections left for who reads.
            assert {answer.status for answer in pool.map(ask, 8 * servers, 16 * ["GET"], 16 * ["/readyz"])} == {200}
            # Whose COMMIT isn't answered looks for it at the new primary; who reads waits longer.
            for is_held in [old.hold_at_commit() for old, _ in ways]:
                assert is_held.wait(10)
            before = [old.held for old, _ in ways]
            reading = [pool.submit(ask, server, "GET", "/readyz") for server in servers]
            wait_until(
                lambda: all(old.held > count for (old, _), count in zip(ways, before, strict=True)), 10, "both read")
            for old, _ in ways:
                old.refuse()
            pair.standby.promote()
            wait_until(lambda: all(new.count for _, new in ways), CHANGE, "both have met the new primary")
            mended = datetime.now(timezone.utc)
            for old, _ in ways:
                old.admit()
                old.release()
            served = pool.submit(load.seconds_until_served, READ + CHANGE)
            unused = pair.primary.is_left_alone(mended)
            back = served.result()
            pair.primary.signal(signal.SIGKILL)
        assert {answer.result().status for answer in reading} <= {200, 503}
        load.report(record_property, program, back)
        load.check(program)
    assert load.slowest < READ + CHANGE + MORE
    assert unused, "who has met the new primary uses the old one"
    assert back < READ + CHANGE


def commits(pair) -> int:
    """How many transactions of the program wait for the standby."""
    return pair.primary.sessions("wait_event = 'SyncRep'")


def test_a_commit_that_is_cancelled_while_it_waits_for_the_standby(program, pair, shops):
    """PostgreSQL calls it done, with a warning. It is called done here when the standby has it."""
    text = f"note {uuid.uuid4()}"
    with serving(program) as servers, ThreadPoolExecutor() as pool:
        with pair.standby.stopped():
            first = pool.submit(note, servers[0], shops[0], text)
            command = pool.submit(program, "shop", "add", "s-new", status=None)
            wait_until(lambda: commits(pair) == 2, 15, "both wait")
            pair.primary.sql("SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'")
            answer, said = first.result(), command.result()
            # It is in the primary's tables now. Whoever asks again mustn't be told that it is saved.
            again = pool.submit(note, servers[1], shops[0], text)
            wait_until(lambda: again.done() or commits(pair) == 1, 15, "it waits again")
            was_early = again.done()
        assert again.result().status == 200
        # What is there already is no change, so somebody writes between.
        assert note(servers[0], shops[0], f"note {uuid.uuid4()}").status == 200
        assert note(servers[0], shops[0], text).status == 200
    assert (answer.status, answer.code) == (503, "outcome-unknown") and answer.retry_after
    assert said.status == 75 and "do the same again" in said.stderr
    assert written(program)[text] == 1
    assert not was_early, "what only the primary has was called saved"


def test_a_connection_that_is_ended_while_its_commit_waits_for_the_standby(program, pair, shops):
    """What the primary alone has committed is found when it is looked up, and is called done when the standby has
    it."""
    text = f"note {uuid.uuid4()}"
    token = {"name": "t", "scopes": ["read"]}
    with serving(program) as servers, ThreadPoolExecutor() as pool:
        with pair.standby.stopped():
            asked = {
                "with events": pool.submit(note, servers[0], shops[0], text),
                "without": pool.submit(ask, servers[1], "POST", "/api/v1/tokens", token)}
            wait_until(lambda: commits(pair) == 2, 15, "both wait")
            pair.primary.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'")
            wait_until(
                lambda: sum(answer.done() for answer in asked.values()) + commits(pair) == 2, 15, "both wait again")
            early = [name for name, answer in asked.items() if answer.done()]
        statuses = {name: answer.result().status for name, answer in asked.items()}
    assert statuses == {"with events": 200, "without": 201}
    assert written(program)[text] == 1
    assert [token["name"] for token in program("token", "list", "--format", "json").json] == ["t"]
    assert not early, "what only the primary has was called saved"


# Ends all connections of the program again and again, until so many were ended, and returns the most that there were.
ENDING = """
CREATE FUNCTION pg_temp.end_connections(wanted int) RETURNS int LANGUAGE plpgsql AS $$
DECLARE ended int := 0; found int; most int := 0;
BEGIN
  WHILE ended < wanted LOOP
    PERFORM pg_sleep(0.05), pg_stat_clear_snapshot();
    SELECT count(pg_terminate_backend(pid)) INTO found FROM pg_stat_activity WHERE application_name = 'switchlist';
    ended := ended + found;
    most := greatest(most, found);
  END LOOP;
  RETURN most;
END $$;
SELECT pg_temp.end_connections(500)"""


def test_five_hundred_connections_that_are_ended(program, pair, shops, record_property):
    """They are made again at once, and never are there more than the servers may have."""
    with serving(program) as servers:
        with Load(servers, shops) as load:
            load.wait_for(20)
            most = int(pair.primary.sql(ENDING))
            back = load.seconds_until_served(BACK)
        said = [line for server in servers for line in server.lines if "too many" in line or "reserved" in line]
    load.report(record_property, program, back)
    record_property("connections", most)
    load.check(program)
    assert not said and most <= len(servers) * POOL
    assert back < BACK


def test_a_lock_that_is_held_by_an_idle_transaction(program, pair, shops, record_property):
    """Somebody holds one shop's row and goes away. Its changes are refused in time; the others' go on."""
    held, others = shops[0], shops[1:]
    with serving(program) as servers:
        with Load(servers, others, 6) as free, Load(servers, [held]) as blocked:
            blocked.wait_for(8)
            with pair.primary.held(f"BEGIN; SELECT 1 FROM shop WHERE id = '{held}' FOR UPDATE"):
                began = time.monotonic()
                wait_until(lambda: blocked.refused.total() >= 8, CHANGE + MORE, "changes of the shop are refused")
                ended = time.monotonic()
            back = blocked.seconds_until_served(BACK)
    blocked.report(record_property, program, back)
    inside = [answer.seconds for answer in free.answers if began < answer.began < ended]
    record_property("others", f"{len(inside)} answers within {ended - began:.1f} s, slowest {max(inside):.1f} s")
    free.check(program, blocked)
    blocked.check(program, free)
    assert blocked.slowest < CHANGE + MORE
    assert not free.refused and max(inside) < MORE
    assert back < BACK
