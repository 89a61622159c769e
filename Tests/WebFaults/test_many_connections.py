"""Connections that do nothing, and readers that don't read: others aren't kept waiting."""

import time

import pytest

from raw import Wire, get
from server import raise_open_files

IDLE = 10_000
STATUS = "/api/v1/shops/s-1/status"


def settled(web):
    """What arrived all at once has been taken, as far as it will be."""
    assert web.ask("GET", "/healthz", timeout=120).status == 200


def answers_quickly(web, within: float = 5.0):
    """New connections are taken, read and change."""
    slowest = 0.0
    for number in range(30):
        asked = time.monotonic()
        assert web.get(STATUS).status == 200
        assert web.ask("POST", f"/api/v1/shops/s-{number % 8 + 1}/items/free/note", b'{"note": "a"}', {
            "Content-Type": "application/json"}).status == 200
        slowest = max(slowest, time.monotonic() - asked)
    assert slowest < within, f"somebody waited {slowest:.1f} s"


def test_ten_thousand_idle_connections(quiet):
    """Some never said anything, some were served once, some stopped in the middle of a request."""
    most = raise_open_files(65_536)
    assert most > IDLE + 500, f"only {most} open files are allowed here; ulimit -n raises that"
    with quiet.serve() as server:
        wires = []
        for number in range(IDLE):
            wires.append(Wire(server))
            if number % 3 == 1:
                wires[-1].send(get("/healthz"))
            elif number % 3 == 2:
                wires[-1].send(b"GET /healthz HTTP/1.1\r\nHost: 127.0")
        for wire in wires[1::3]:
            assert wire.answer().status == 200
        answers_quickly(quiet)
        for wire in wires:
            wire.close()
        settled(quiet)
        answers_quickly(quiet)


@pytest.mark.parametrize("path", [STATUS, "/shops/s-1/"])
def test_readers_that_do_not_read(quiet, path):
    """Answers that nobody takes are not piled up without an end."""
    with quiet.serve() as server:
        wires = [Wire(server, receive_buffer=2048) for _ in range(100)]
        for wire in wires:
            wire.send(get(path) * 200)
        settled(quiet)
        answers_quickly(quiet)
        assert server.peak_mebibytes < 600
        for wire in wires:
            wire.close()
        settled(quiet)
        answers_quickly(quiet)
