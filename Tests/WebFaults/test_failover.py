"""The database's primary dies under load, and its standby is promoted: what was acknowledged is there, once."""

import signal

from notes import Load, serving, shops_in_database, wait_until
from pair import Pair
from program import Program

CLIENTS = 32
# Fewer, so that others write between an attempt and its repetition: a note that is there already is no change.
SHOPS = 16


def test_what_was_acknowledged_survives_a_failover(tmp_path):
    program = Program(tmp_path)
    with Pair() as pair:
        shops = shops_in_database(program, pair.address, SHOPS)
        with serving(program) as servers, Load(servers, shops, CLIENTS) as load:
            load.wait_for(10 * CLIENTS)
            pair.primary.signal(signal.SIGKILL)
            pair.standby.promote()
            load.wait_for_everybody(10)
            load.wait_for(10 * CLIENTS)
        load.check(program)


def test_the_check_sees_what_an_asynchronous_standby_loses(tmp_path):
    """Were nothing ever missing here, the test above would prove nothing."""
    program = Program(tmp_path)
    with Pair(is_synchronous=False) as pair:
        shops = shops_in_database(program, pair.address, SHOPS)
        with serving(program) as servers:
            with Load(servers, shops) as load:
                pair.standby.signal(signal.SIGSTOP, "walreceiver")
                stopped = pair.primary.sql("SELECT pg_current_wal_lsn()")
                # Much more than what waits for it in the connection, which it still reads before it finds it ended.
                wait_until(lambda: written_since(pair, stopped) > 1 << 20, 60, "the standby is behind")
            pair.primary.signal(signal.SIGKILL)
            pair.standby.signal(signal.SIGCONT, "walreceiver")
            pair.standby.promote()
        lost, doubled = load.missing(program)
        assert lost and not doubled
        assert "is sound" in program("store", "check").stdout


def written_since(pair, place) -> int:
    """How many bytes the primary's log has grown since it was at a place."""
    return int(pair.primary.sql(f"SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '{place}')"))
