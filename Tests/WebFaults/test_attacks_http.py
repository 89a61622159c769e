"""Connections that HTTP doesn't know, and what browsers keep."""

import hashlib
import threading
import time

import pytest

from attacked import ADMIN, FORM, SHOP, Watch
from raw import Wire, exchange

# What doesn't read a body: it is dribbled to them.
NOT_READING = ["GET /healthz", "GET /", "GET /sign-in", "POST /nothing", "POST /shops", "DELETE /api/v1/shops/s-1/links/9",
               "POST /shops/s-1/items/noted/tick", "POST /api/v1/import", "GET /assets/web.css"]


def test_a_body_that_is_dribbled_to_what_reads_none_ends_the_connection(attacked):
    """Ten seconds after the answer at the latest."""
    wires = [Wire(attacked.server, 5) for _ in NOT_READING * 2]
    for number, wire in enumerate(wires):
        length = "Content-Length: 100000" if number < len(NOT_READING) else "Transfer-Encoding: chunked"
        wire.send(f"{NOT_READING[number % len(NOT_READING)]} HTTP/1.1\r\nHost: 127.0.0.1\r\n{length}\r\n\r\n")
    taken, stopped = {number: True for number in range(len(wires))}, threading.Event()

    def dribble():
        while not stopped.wait(0.25):
            for number, wire in enumerate(wires):
                taken[number] = taken[number] and wire.send(b"a" if number < len(NOT_READING) else b"1\r\na\r\n")

    dribbling = threading.Thread(target=dribble)
    dribbling.start()
    try:
        with Watch(attacked):
            began = time.monotonic()
            for wire in wires:
                left = 25 - (time.monotonic() - began)
                assert left > 0 and wire.is_closed_within(left), "still open 25 s after the answer"
    finally:
        stopped.set()
        dribbling.join()
        for wire in wires:
            wire.close()


@pytest.mark.parametrize("piece", [b"xyz\r\n", b"-1\r\n", b"5\r\nnote=x", b"fffffffffffffffff\r\n", b"5;" + b"a" * 70_000 + b"\r\nnote=x\r\n"])
def test_chunks_that_cannot_be_read(attacked, piece):
    answer = exchange(attacked.server, (
        f"POST {attacked.credentials.link}items/noted/tick HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/json\r\n"
        f"Cookie: switchlist-name=W\r\nContent-Type: {FORM}\r\nTransfer-Encoding: chunked\r\n\r\n").encode()
        + piece + b"zz\r\n\r\n", "POST", timeout=5)
    assert answer is None or answer.status in (400, 413, 431), answer
    assert [entry for entry in attacked.server.entries if entry["level"] == "error"] == []
    assert attacked.state(SHOP, "noted") == "pending"


@pytest.mark.parametrize("hosts", [[], ["127.0.0.1", "127.0.0.1"], ["127.0.0.1", "evil.example"], ["a b"], ["a/b"], ["a@b"]])
def test_a_request_has_one_host(attacked, hosts):
    link = attacked.credentials.link
    for path in [f"{link}name", f"{link}live", f"{link}manifest.webmanifest", "/live"]:
        lines = [f"GET {path} HTTP/1.1", *(f"Host: {host}" for host in hosts), "", ""]
        answer = exchange(attacked.server, "\r\n".join(lines), timeout=5)
        assert answer is not None and answer.status == 400, f"{path}: {answer}"


@pytest.mark.parametrize("origin", ["http://evil.example", "https://127.0.0.1:1", "ftp://{own}", "null", "{own}"])
def test_a_form_comes_from_here(attacked, origin):
    own = attacked.address.removeprefix("http://")
    answer = attacked.ask("POST", f"/shops/{SHOP}/items/noted/tick", b"note=x", {
        "Cookie": attacked.session(ADMIN), "Content-Type": FORM, "Origin": origin.replace("{own}", own)})
    assert answer.status == 403, answer
    assert attacked.state(SHOP, "noted") == "pending"


def test_a_file_that_was_deleted_is_gone_from_browsers_too(attacked):
    content = bytes.fromhex("89504e470d0a1a0a") + bytes(256)
    body = (b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n'
            + content + b"\r\n--b--\r\n")
    link = attacked.credentials.link
    assert attacked.send(f"{link}items/filed/tick", body, "multipart/form-data; boundary=b").status == 200
    path = f"{link}files/{hashlib.sha256(content).hexdigest()}"
    first = attacked.get(path)
    assert first.status == 200 and first.body == content
    caching = {word.strip() for word in first.headers["cache-control"].split(",")}
    assert {"no-cache", "no-store"} & caching, "a browser asks before it shows it again"
    assert not any(word.startswith("max-age") and word != "max-age=0" for word in caching)
    if etag := first.headers.get("etag"):
        again = attacked.get(path, if_none_match=etag)
        assert again.status == 304 and again.body == b""
    own = path.replace(link, f"/shops/{SHOP}/")
    assert attacked.ask("POST", f"{own}/delete", b"", {**attacked.as_person(), "Content-Type": FORM}).status == 303
    assert attacked.get(path, if_none_match=etag or '"x"').status in (404, 410)
