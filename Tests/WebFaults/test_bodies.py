"""Bodies that are too large, broken, of another kind, or never end."""

import json
import threading
import time

import pytest

from raw import Wire, exchange, get, post
from server import free_port

TICK = "/api/v1/shops/s-1/items/noted/tick"
# What the pages' forms are sent to.
FORM_TICK = "/shops/s-1/items/noted/tick"
FORM = "Content-Type: application/x-www-form-urlencoded"
JSON = "Content-Type: application/json"
MEGABYTE = 1 << 20


def refused(answer, *statuses):
    """An answer that tells what is wrong, in the form that scripts read."""
    assert answer is not None, "closed without an answer"
    assert answer.status in statuses, answer
    assert answer.is_problem, answer
    problem = json.loads(answer.body)
    assert problem["status"] == answer.status and problem["title"] and problem["detail"], problem


def unchanged(web):
    assert web.state("s-1", "noted") == "pending"


def test_a_body_that_says_it_is_too_large(web):
    """It isn't waited for."""
    with Wire(web.server) as wire:
        wire.send(post(TICK, FORM, length=200 * MEGABYTE))
        refused(wire.answer("POST"), 413)
    unchanged(web)


@pytest.mark.parametrize("ending", ["whole", "endless"])
def test_a_body_in_pieces_that_is_too_large(web, ending):
    """It is refused once it is too large, whatever comes after."""
    piece = b"10000\r\n" + b"a" * 65_536 + b"\r\n"
    with Wire(web.server) as wire:
        wire.send(post(TICK, FORM, "Transfer-Encoding: chunked", length=""))
        for _ in range(12 * 16):
            if not wire.send(piece):
                break
        if ending == "whole":
            wire.send(b"0\r\n\r\n")
        answer = wire.answer("POST")
        # Where the connection is closed while bytes are still on their way, the answer can be lost with them.
        if answer is not None:
            refused(answer, 413)
    assert web.server.peak_mebibytes < 400
    unchanged(web)


def test_a_server_that_was_sent_too_much_goes_on(web):
    for _ in range(20):
        with Wire(web.server) as wire:
            wire.send(post(TICK, FORM, length=1 << 40))
            wire.answer("POST")
    assert web.tick("s-1", "noted", note="见过了").status == 200


@pytest.mark.parametrize(("kind", "body", "statuses"), [
    # No fields at all: it lacks its proof.
    (JSON, b"", [409]),
    (JSON, b"{", [400]),
    (JSON, b"[]", [400]),
    (JSON, b"null", [400]),
    (JSON, b'"note"', [400]),
    (JSON, b'{"note": {"a": 1}}', [422]),
    (JSON, b'{"note": [1, 2]}', [422]),
    (JSON, b'{"note": "\xff\xfe"}', [400]),
    (JSON, b'{"note": "\\ud800"}', [400, 422]),
    (JSON, b'{"note": "a", "run": "first"}', [422]),
    (JSON, b'{"note": "a", "run": 1e400}', [400, 422]),
    (JSON, b'{"note": "a", "run": -1}', [422]),
    (JSON, b'{"note": "a", "run": 99999999999999999999}', [400, 422]),
    (JSON, b'{"note": "a", "at": "yesterday"}', [422]),
    (JSON, b"[" * 100_000, [400]),
    (JSON, b'{"a":' * 100_000, [400, 413, 422]),
    (JSON, b'{"note": "' + b"a" * 20_000 + b'"}', [422]),
    (JSON, b'{"note": "a\\u0000b"}', [422]),
    (FORM, b"note=%", [400]),
    (FORM, b"note=%zz", [400]),
    (FORM, b"note=%ff%fe", [400]),
    (FORM, b"note=\xff", [400]),
    (FORM, b"note=a%00b", [422]),
    (FORM, b"&&&&=&=&", [409, 422]),
    ("Content-Type: text/plain", b"note=a", [415]),
    ("Content-Type: application/xml", b"<note/>", [415]),
    ("Content-Type: ", b"note=a", [415]),
    ("X-Nothing: 1", b"note=a", [415]),
    ("Content-Type: multipart/form-data", b"note=a", [400, 415]),
    ("Content-Type: multipart/form-data; boundary=", b"note=a", [400, 415]),
    ("Content-Type: multipart/form-data; boundary=" + "b" * 2000, b"note=a", [400, 415]),
    ("Content-Type: multipart/form-data; boundary=b", b"note=a", [400, 422]),
    ("Content-Type: multipart/form-data; boundary=b", b"--b\r\n\r\n", [400, 409, 422]),
    ("Content-Type: multipart/form-data; boundary=b", b"--b\r\nContent-Disposition: form-data\r\n\r\na\r\n--b--",
     [400, 409, 422]),
    ("Content-Type: multipart/form-data; boundary=b",
     b'--b\r\nContent-Disposition: form-data; name="note"\r\n\r\nno end', [400, 409, 422]),
    ("Content-Type: multipart/form-data; boundary=b", b"--b\r\n" * 50_000, [400, 409, 422]),
])
def test_a_body_that_cannot_be_read(lasting, kind, body, statuses):
    request = post(FORM_TICK if "form" in kind else TICK, kind, body=body)
    refused(exchange(lasting.server, request, "POST"), *statuses)
    unchanged(lasting)


@pytest.mark.parametrize("name", [
    "../../etc/passwd", "a\\b", "a/b", "", ".", "x" * 5000, "a\tb", "<b>.png", "图片.png", '".png',
])
def test_the_name_of_a_file_is_a_text(web, name):
    """It names nothing on the server's disk, and is refused where it can't be shown."""
    body = (
        b'--b\r\nContent-Disposition: form-data; name="file"; filename="' + name.encode() + b'"\r\n'
        b"Content-Type: image/png\r\n\r\ncontent\r\n--b--\r\n")
    answer = exchange(web.server, post(
        "/shops/s-1/items/filed/tick", "Content-Type: multipart/form-data; boundary=b", body=body), "POST")
    assert answer is not None and answer.status in (200, 400, 409, 422), answer
    files = {path.name for path in web.program.folder.iterdir()}
    assert files <= {"home", "data", "config", "checklists", "shops.csv", "store.sqlite", "store.sqlite-wal",
                     "store.sqlite-shm"}


def test_heads_and_bodies_that_never_end(quiet):
    """They are given up within a minute or so, and nobody else waits for them meanwhile."""
    monitoring = free_port()
    with quiet.serve("--metrics-listen", f"127.0.0.1:{monitoring}"):
        never_ending(quiet, monitoring)


def never_ending(web, monitoring):
    """Heads at both ports, and bodies."""
    heads = [Wire(web.server, 120) for _ in range(12)] + [Wire(web.server, 120, port=monitoring) for _ in range(12)]
    for number, wire in enumerate(heads):
        wire.send([b"", b"GET", b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: a"][number % 3])
    wires = [Wire(web.server, 120) for _ in range(60)]
    for number, wire in enumerate(wires):
        wire.send([
            post(TICK, FORM, body=b"note=", length=1000),
            post(TICK, FORM, "Transfer-Encoding: chunked", length="") + b"5\r\nnote=\r\n",
            post(TICK, "Content-Type: multipart/form-data; boundary=b", length=5000) + b"--b\r\n",
        ][number % 3])
    stopped = threading.Event()

    def trickle():
        while not stopped.wait(1):
            for wire in [*wires[::6], *heads[2::6]]:
                wire.send(b"a")
            for wire in wires[1::6]:
                wire.send(b"1\r\na\r\n")

    trickling = threading.Thread(target=trickle)
    trickling.start()
    began = time.monotonic()
    try:
        slowest = 0.0
        for number in range(40):
            asked = time.monotonic()
            assert web.get("/api/v1/shops/s-2/status").status == 200
            assert web.tick("s-2", "free" if number == 0 else "noted", note="在").status == 200
            slowest = max(slowest, time.monotonic() - asked)
        assert slowest < 2, f"others waited {slowest:.1f} s"
        for wire in wires:
            left = 100 - (time.monotonic() - began)
            wire.socket.settimeout(max(left, 1))
            answer = wire.answer("POST")
            assert answer is None or answer.status in (400, 408), answer
        for wire in heads:
            left = 100 - (time.monotonic() - began)
            assert wire.is_closed_within(max(left, 1)), "a head is waited for without an end"
    finally:
        stopped.set()
        trickling.join()
        for wire in [*wires, *heads]:
            wire.close()
    unchanged(web)


def test_a_client_that_leaves_in_the_middle(web):
    for cut in range(1, 40):
        whole = post(TICK, FORM, body="note=走了".encode() * 5)
        with Wire(web.server) as wire:
            wire.send(whole[: len(whole) * cut // 40])
    assert exchange(web.server, get("/healthz")).status == 200
    unchanged(web)
