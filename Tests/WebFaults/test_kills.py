"""`kill -9` under load: no change that was acknowledged is lost, and none is there twice."""

import http.client
import random
from concurrent.futures import ThreadPoolExecutor

from conftest import SHOPS
from faults_support import chains, check_store
from load import Load, send

ROUNDS = 12


def verify(web):
    """The chains and what they say of the tables."""
    check_store(web.store)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda shop: web.run("history", shop, "--verify"), SHOPS))


def times(web, tokens) -> dict[str, int]:
    """How often each note is in the histories."""
    bodies = "\n".join(body for events in chains(web.store).values() for body in events)
    return {token: bodies.count(f'"{token}"') for token in tokens}


def test_killed_under_load_again_and_again(quiet):
    chance = random.Random(20261124)
    acknowledged, unanswered = [], []
    for number in range(ROUNDS):
        server = quiet.serve()
        load = Load(SHOPS, seed=number)
        load.go(server)
        load.wait_for(chance.randint(1, 120))
        server.kill()
        load.finish()
        acknowledged += load.acknowledged
        unanswered += load.unanswered
        lost = [token for token, count in times(quiet, [change.token for change in acknowledged]).items() if count != 1]
        assert lost == [], f"acknowledged, and not there once: {lost}"
    verify(quiet)
    assert len(acknowledged) > 20 * ROUNDS
    resend(quiet, unanswered)


def resend(web, changes):
    """A phone that had no answer sends again under the same key: each change is there once then."""
    assert changes, "every request was answered before the server was killed"
    with web.serve() as server:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        for change in changes * 2:
            assert send(connection, change, server.credential) == 200
        connection.close()
    assert set(times(web, [change.token for change in changes]).values()) == {1}
    verify(web)
