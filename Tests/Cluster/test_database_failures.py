"""The database fails while a load of notes is written through two servers: what was acknowledged is there, once,
nobody hears of anything but "try again", and it goes on by itself once the database does."""

import shutil
import signal
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timezone
from pathlib import Path

import pytest
from faults_support import fill_up, small_disk
from notes import Load, ask, note, serving, shops_in_database, wait_until
from pair import AS_SERVER, Failed, Node, Pair
from program import Program
from web import PASSWORD

# Few, so that others write between an attempt and its repetition: a note that is there already is no change.
SHOPS = 4
# Within which what a request reads, and what it changes, is answered, whatever the database does; and a busy machine.
READ, CHANGE, MORE = 10, 20, 5
# Within which everybody is served once the database can be used.
BACK = 10


@pytest.fixture(scope="module")
def pair():
    """For tests after which it is as before."""
    with Pair() as pair:
        yield pair


@pytest.fixture
def own_pair():
    with Pair() as pair:
        yield pair


@pytest.fixture
def program(tmp_path) -> Program:
    return Program(tmp_path)


@pytest.fixture
def shops(program, pair) -> list[str]:
    pair.primary.empty()
    return shops_in_database(program, pair.address, SHOPS)


def test_a_primary_that_stands_still(program, pair, shops, record_property):
    """All of its processes are stopped for longer than a request may take, and go on."""
    with serving(program) as servers, Load(servers, shops) as load:
        load.wait_for(20)
        with pair.primary.stopped():
            time.sleep(CHANGE + 2)
        back = load.seconds_until_served(BACK)
    load.report(record_property, program, back)
    load.check(program)
    assert load.refused and load.slowest < CHANGE + MORE
    assert back < BACK


def test_health_while_the_primary_stands_still(program, pair):
    """It is alive, and not ready, whether it has users or not."""
    places = {}
    for name in ("alone", "peopled"):
        pair.primary.sql(f"CREATE SCHEMA {name}")
        places[name] = f"{pair.address}?options=-csearch_path%3D{name}"
        program("store", "migrate", env={"SWITCHLIST_STORE": places[name]})
    program(
        "user", "add", "Li", "--role", "admin", stdin=PASSWORD + "\n", env={"SWITCHLIST_STORE": places["peopled"]})
    with serving(program, places["alone"], 1) as alone, serving(program, places["peopled"], 1) as peopled:
        servers = {"alone": alone[0], "peopled": peopled[0]}
        assert {ask(server, "GET", "/readyz").status for server in servers.values()} == {200}
        with pair.primary.stopped(), ThreadPoolExecutor() as pool:
            health = {name: pool.submit(ask, server, "GET", "/healthz") for name, server in servers.items()}
            ready = {name: pool.submit(ask, server, "GET", "/readyz") for name, server in servers.items()}
        for server in servers.values():
            wait_until(lambda server=server: ask(server, "GET", "/readyz").status == 200, 20, "it is ready again")
    assert {name: answer.result().status for name, answer in ready.items()} == {"alone": 503, "peopled": 503}
    assert all(answer.result().seconds < READ + MORE for answer in ready.values())
    assert {name: (answer.result().status, answer.result().seconds < 2) for name, answer in health.items()} == {
        "alone": (200, True), "peopled": (200, True)}


def test_a_promotion_while_the_primary_stands_still(program, own_pair, record_property):
    """Who has gone over to the new primary stays there when the old one goes on."""
    shops = shops_in_database(program, own_pair.address, SHOPS)
    with serving(program) as servers, Load(servers, shops) as load:
        load.wait_for(20)
        with own_pair.primary.stopped():
            own_pair.standby.promote()
            back = load.seconds_until_served(CHANGE + BACK)
            woken = datetime.now(timezone.utc)
        unused = own_pair.primary.is_left_alone(woken)
        own_pair.primary.signal(signal.SIGKILL)
    load.report(record_property, program, back)
    load.check(program)
    assert load.slowest < READ + CHANGE + MORE
    assert unused, "who has met the new primary uses the old one"
    assert back < BACK


def test_a_former_primary_that_is_started_again(program, own_pair, record_property):
    """It takes writes, and is the first in the address. It acknowledges nothing, because it waits for a standby; and
    who knows of the new one writes there."""
    shops = shops_in_database(program, own_pair.address, SHOPS)
    with ThreadPoolExecutor() as pool, serving(program) as servers:
        with Load(servers, shops) as load:
            load.wait_for(20)
            own_pair.primary.signal(signal.SIGKILL)
            own_pair.standby.promote()
            back = load.seconds_until_served(BACK)
            own_pair.start_primary()
            with serving(program, own_pair.primary.address, 1) as misled:
                told = pool.submit(note, misled[0], shops[0], f"note {uuid.uuid4()}")
                # Whoever connects anew may come to either.
                own_pair.standby.sql(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'switchlist'")
                again = load.seconds_until_served(CHANGE + BACK)
                # Those of the one that knows of nothing else.
                assert own_pair.primary.sessions("backend_xid IS NOT NULL") <= 1
                answer = told.result()
    own_pair.primary.signal(signal.SIGKILL)
    load.report(record_property, program, max(back, again))
    load.check(program)
    assert (answer.status, answer.code) == (503, "outcome-unknown") and answer.retry_after
    assert again < BACK


def test_a_standby_that_dies_first(program, pair, shops, record_property):
    """Changes wait for it, and are answered as unknown. What only reads goes on."""
    with serving(program) as servers, Load(servers, shops) as load:
        load.wait_for(20)
        pair.standby.signal(signal.SIGKILL)
        died = time.monotonic()
        try:
            wait_until(lambda: load.refused["503 outcome-unknown"] >= 4, CHANGE + MORE, "changes are answered")
            assert all(answer.status != 200 for answer in load.answers if answer.began > died)
            page = ask(servers[0], "GET", f"/api/v1/shops/{shops[0]}/status")
        finally:
            pair.start_standby()
        back = load.seconds_until_served(CHANGE)
    load.report(record_property, program, back)
    load.check(program)
    assert page.status == 200 and page.seconds < MORE
    assert load.slowest < CHANGE + MORE
    assert back < BACK


def test_a_full_disk(program, record_property):
    """First of the tables, where changes are refused as such; then of the log, where the server itself ends."""
    # Beside pytest's folders, which are closed to the server's user.
    folder = Path(f"/tmp/switchlist-full.{uuid.uuid4().hex[:8]}")
    server = Node(folder / "a")
    # Nothing of the log is used again, so that it needs room.
    log_settings = ["min_wal_size=2MB", "max_wal_size=4MB", "wal_keep_size=1GB"]
    try:
        with small_disk(folder / "tables", 20_000) as tables, small_disk(folder / "log", 16_000) as log:
            place = tables / "place"
            place.mkdir()
            if AS_SERVER:
                shutil.chown(place, "postgres")
            server.make("--waldir", str(log / "wal"), "--wal-segsize", "1")
            server.start(*log_settings)
            server.sql(f"CREATE TABLESPACE small LOCATION '{place}'")
            server.sql("ALTER ROLE switchlist SET default_tablespace = small")
            shops = shops_in_database(program, server.address, SHOPS)
            with serving(program) as servers, Load(servers, shops, refusals=(503, 507)) as load:
                load.wait_for(20)
                fill_up(tables)
                wait_until(lambda: load.refused["507 disk-full"] >= 8, 60, "changes are refused")
                assert ask(servers[0], "GET", f"/api/v1/shops/{shops[0]}/status").status == 200
                (tables / "filling").unlink()
                back = load.seconds_until_served(BACK)
                of_tables = dict(load.refused)
                fill_up(log)
                wait_until(lambda: has_ended(server), 60, "the server finds no room for its log")
                refused = load.refused["503 store-unavailable"]
                wait_until(lambda: load.refused["503 store-unavailable"] > refused, 60, "changes are refused")
                (log / "filling").unlink()
                wait_until(lambda: starts(server, *log_settings), 60, "it starts")
                again = load.seconds_until_served(BACK)
            load.report(record_property, program, max(back, again))
            load.check(program)
            assert set(of_tables) == {"507 disk-full"}
            assert max(back, again) < BACK
            server.stop()
    finally:
        server.stop()
        shutil.rmtree(folder)


def starts(server: Node, *settings) -> bool:
    """Processes of the one before may still be there, and then it doesn't."""
    try:
        server.start(*settings)
    except Failed:
        return False
    return True


def has_ended(server: Node) -> bool:
    return not (server.data / "postmaster.pid").exists()


def test_a_promotion_during_a_migration(program, own_pair):
    """The tables are all there, or none is, and migrating again makes them."""
    program.environment["SWITCHLIST_STORE"] = own_pair.address
    # Stops in the middle: at the first table after some are there.
    own_pair.primary.sql("""
        CREATE FUNCTION pause() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN
          IF (SELECT count(*) FROM pg_tables WHERE schemaname = 'public') > 3 THEN
            PERFORM pg_advisory_xact_lock(1);
          END IF;
        END $$;
        CREATE EVENT TRIGGER pause ON ddl_command_start WHEN TAG IN ('CREATE TABLE') EXECUTE FUNCTION pause()""")
    with ThreadPoolExecutor() as pool, own_pair.primary.held("SELECT pg_advisory_lock(1)"):
        migrating = pool.submit(program, "store", "migrate", status=None)
        wait_until(lambda: own_pair.primary.sessions("wait_event = 'advisory'") == 1, 30, "it is in the middle")
        own_pair.primary.signal(signal.SIGKILL)
        said = migrating.result()
        own_pair.standby.promote()
    assert said.status == 2 and said.stderr.startswith("error: postgres://"), said
    assert own_pair.standby.sql("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == "0"
    assert "switchlist store migrate" in program("store", "status", status=2).stderr
    program("store", "migrate")
    assert "nothing was changed" in program("store", "migrate").stdout
    program("shop", "add", "s-1")
    assert "is sound" in program("store", "check").stdout
