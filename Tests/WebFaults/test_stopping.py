"""A signal to stop: what is under way is finished, ten seconds at the most, and nothing new begins."""

import signal
import socket
import time

import pytest

from conftest import SHOPS
from load import Load
from raw import Wire, get, post
from test_kills import times, verify

TICK = "/shops/s-1/items/noted/tick"
FORM = "Content-Type: application/x-www-form-urlencoded"


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_what_is_under_way_is_finished(quiet, stop):
    server = quiet.serve()
    idle = [Wire(server) for _ in range(50)]
    for wire in idle[:25]:
        wire.send(get("/healthz"))
        assert wire.answer().status == 200
    body = "note=正在发送".encode()
    with Wire(server) as sending:
        sending.send(post(TICK, FORM, body=body[:7], length=len(body)))
        # The server has read what came before this on another connection.
        with Wire(server) as other:
            other.send(get("/healthz"))
            other.answer()
        began = time.monotonic()
        server.signal(stop)
        for wire in idle:
            assert wire.is_closed_within(10)
        sending.send(body[7:])
        answer = sending.answer("POST")
        assert answer is not None and answer.status == 200, answer
    assert server.wait(11) == 0, server.log
    assert time.monotonic() - began < 11
    assert quiet.state("s-1", "noted") == "done"


def test_what_never_ends_is_not_waited_for_longer_than_ten_seconds(quiet):
    server = quiet.serve()
    wires = [Wire(server) for _ in range(10)]
    for wire in wires:
        wire.send(post(TICK, FORM, body=b"note=", length=100))
    reader = Wire(server, receive_buffer=4096)
    reader.send(b"".join(get("/api/v1/shops/s-1/status") for _ in range(2000)))
    began = time.monotonic()
    server.signal()
    server.wait(14)
    assert time.monotonic() - began < 12.5
    for wire in [*wires, reader]:
        wire.close()
    assert quiet.state("s-1", "noted") == "pending"


def test_stopping_under_load_loses_nothing(quiet):
    server = quiet.serve()
    load = Load(SHOPS, workers=16, prefix="t")
    load.go(server)
    load.wait_for(200)
    server.stop()
    load.finish()
    counts = times(quiet, [change.token for change in load.changes])
    assert all(counts[change.token] == 1 for change in load.acknowledged)
    # It isn't cut off between the commit and the answer either.
    assert [change.token for change in load.unanswered if counts[change.token]] == []
    verify(quiet)


def test_it_takes_no_new_connections_then(quiet):
    server = quiet.serve()
    port = server.port
    server.stop()
    with pytest.raises(OSError):
        socket.create_connection(("127.0.0.1", port), timeout=5).close()


def test_a_port_that_is_taken(quiet):
    with quiet.serve() as server:
        result = quiet.run("serve", "--listen", f"127.0.0.1:{server.port}", status=2, lang="en")
        assert result.stderr.splitlines()[-1].startswith("error: ") and str(server.port) in result.stderr
