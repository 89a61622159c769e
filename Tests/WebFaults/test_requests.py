"""Floods of headers, requests that two servers would read differently, and paths with tricks in them."""

import pytest

from raw import LOCALLY, Wire, exchange, get, post

STATUS = "/api/v1/shops/s-1/status"


def closes_or_refuses(server, data, *statuses):
    answer = exchange(server, data, timeout=5)
    assert answer is None or answer.status in statuses, answer


@pytest.mark.parametrize("headers", [
    ["X-Long: " + "a" * 100_000],
    ["X-Long: " + "a" * 10_000_000],
    [f"X-{number}: a" for number in range(200)],
    [f"X-{number}: {'a' * 1000}" for number in range(90)],
    [f"X-{number}: a" for number in range(100_000)],
    ["Cookie: " + "; ".join(f"a{number}=b" for number in range(50_000))],
    ["X" * 100_000 + ": a"],
])
def test_floods_of_headers(lasting, headers):
    closes_or_refuses(lasting.server, get(STATUS, *headers), 400, 431)
    assert lasting.server.peak_mebibytes < 400
    assert lasting.get(STATUS).status == 200


def test_an_address_that_never_ends(lasting):
    closes_or_refuses(lasting.server, b"GET /" + b"a" * 10_000_000, 400, 414, 431)
    assert lasting.get(STATUS).status == 200


OURS = f"Host: 127.0.0.1\r\n{LOCALLY}\r\n".encode()
HIDDEN = b"POST /api/v1/shops/s-1/items/free/tick HTTP/1.1\r\n" + OURS + b"Content-Length: 0\r\n\r\n"
STATUS_WITH = b"GET /api/v1/shops/s-1/status HTTP/1.1\r\n" + OURS


@pytest.mark.parametrize("data", [
    # Two lengths, a length and pieces, pieces that are named oddly: a proxy may see another end than we do.
    STATUS_WITH + b"Content-Length: 0\r\nContent-Length: %d\r\n\r\n" % len(HIDDEN) + HIDDEN,
    STATUS_WITH + b"Content-Length: %d\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" % (len(HIDDEN) + 5) + HIDDEN,
    STATUS_WITH + b"Content-Length: 0, %d\r\n\r\n" % len(HIDDEN) + HIDDEN,
    STATUS_WITH + b"Content-Length: +%d\r\n\r\n" % len(HIDDEN) + HIDDEN,
    STATUS_WITH + b"Content-Length: 0x10\r\n\r\n" + HIDDEN,
    STATUS_WITH + b"Content-Length: -1\r\n\r\n" + HIDDEN,
    STATUS_WITH + b"Content-Length: 99999999999999999999\r\n\r\n" + HIDDEN,
    STATUS_WITH + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + HIDDEN,
    STATUS_WITH + b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n" + HIDDEN,
    STATUS_WITH + b"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n" + HIDDEN,
    STATUS_WITH + b" Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + HIDDEN,
    STATUS_WITH + b"Transfer-Encoding:\x0bchunked\r\n\r\n0\r\n\r\n" + HIDDEN,
    STATUS_WITH + b"Transfer-Encoding: chunked\r\n\r\n-1\r\n" + HIDDEN,
    STATUS_WITH + b"Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n" + HIDDEN,
    STATUS_WITH + b"X: a\rTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + HIDDEN,
    STATUS_WITH + b"X: a\x00b\r\n\r\n" + HIDDEN,
])
def test_requests_that_hide_another(web, data):
    """Whatever is ambiguous ends the connection; what was hidden in it isn't done."""
    with Wire(web.server, 10) as wire:
        wire.send(data)
        first = wire.answer()
        assert first is None or first.status in (200, 400, 413, 501), first
        if first is None or first.status != 200:
            assert wire.is_closed_within(5)
    assert web.state("s-1", "free") == "pending"


@pytest.mark.parametrize("data", [
    b"\r\n\r\n\r\n", b"\x00" * 1000, b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", b"GET\r\n\r\n",
    b"GET / HTTP/9.9\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n", b"get / http/1.1\r\nHost: a\r\n\r\n",
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"CONNECT example.com:443 HTTP/1.1\r\nHost: example.com\r\n\r\n",
    b"OPTIONS * HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", b"TRACE / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    b"GET http://example.com/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", b"SSH-2.0-OpenSSH_9.2\r\n",
])
def test_what_is_hardly_http(lasting, data):
    with Wire(lasting.server, 10) as wire:
        wire.send(data)
        wire.socket.shutdown(1)
        answer = wire.answer()
        assert answer is None or 200 <= answer.status < 500 or answer.status in (501, 505), answer
    assert lasting.get(STATUS).status == 200


@pytest.mark.parametrize("path", [
    "/../", "/../../../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2fetc%2fpasswd", "/assets/../store.sqlite",
    "/assets/%2e%2e/store.sqlite", "/assets/..%5cstore.sqlite", "/assets//etc/passwd", "/assets/%00",
    "/%00", "/shops/%00/", "/shops/s-1%00/", "/shops/s-1%2f/", "/shops/%2e%2e/", "/shops/../shops/", "//", "///",
    "//example.com/", "/\\example.com", "/%ff%fe", "/shops/%ff/", "/%", "/%z", "/shops/%/", "/shops//", "/l//", "/l/x/",
    "/l/" + "a" * 22 + "/", "/api/v1/shops/%2e%2e/status", "/api/v1/shops/s-1%2fstatus", "/api/v1/shops/s-1/status%00",
    "/api/v1//shops/s-1/status", "/" + "a" * 8000, "/shops/" + "s" * 8000 + "/", "/shops/" + "%E5%BA%97" * 500 + "/",
    "/shops/s-1/files/../../../../etc/passwd", "/shops/s-1/files/" + "0" * 64, "/?" + "q=" * 4000, "/healthz/../metrics",
    "/.git/config", "/store.sqlite", "/api/v1/shops/s-1/items/..%2f..%2f/tick",
])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_tricks_in_paths(lasting, path, method):
    """They lead to what the path's letters say, which is nothing; never to a file, never to a crash."""
    answer = exchange(
        lasting.server, f"{method} {path} HTTP/1.1\r\n".encode() + OURS + b"Content-Length: 0\r\n\r\n")
    assert answer is not None
    assert answer.status in (200, 303, 400, 403, 404, 405, 410, 414, 415, 422), answer
    if answer.status == 303:
        assert answer.headers["location"].startswith("/") and not answer.headers["location"].startswith("//")
    assert b"root:" not in answer.body and b"SQLite format" not in answer.body


def test_many_requests_at_once_on_one_connection(web):
    """They are answered in their order."""
    with Wire(web.server) as wire:
        wire.send(b"".join(get(f"/api/v1/shops/s-{number % 8 + 1}/status") for number in range(200)))
        for number in range(200):
            answer = wire.answer()
            assert answer is not None and answer.status == 200
            assert f'"shop":"s-{number % 8 + 1}"'.encode() in answer.body


@pytest.mark.parametrize("name", ["Host", "Cookie", "Authorization", "If-Match", "If-None-Match", "Idempotency-Key",
                                  "X-Forwarded-For", "Accept-Language", "Origin", "Referer", "Range"])
@pytest.mark.parametrize("value", ["", "a" * 5000, "\x01", "ÿÿ", "店", '"', ";=,", "Bearer", "Bearer " + "x" * 500,
                                   "q=nan;q=1e999", "bytes=0-"])
def test_headers_that_make_no_sense(lasting, name, value):
    ours = {"Host": "Host: 127.0.0.1", "Authorization": LOCALLY}
    lines = [line for given, line in ours.items() if given != name]
    answer = exchange(lasting.server, "\r\n".join([
        "POST /api/v1/shops/s-3/items/absent/tick HTTP/1.1", *lines, f"{name}: {value}", "Content-Length: 0", "", "",
    ]), "POST")
    assert answer is None or 400 <= answer.status < 500, answer


def test_a_body_that_waits_to_be_asked_for_is_asked_for_at_once(web):
    """As curl sends large bodies: it waits a second for the word to go on."""
    body = b"id\ns-continued\n"
    head = post("/api/v1/shops/import", "Content-Type: text/csv", "Expect: 100-continue", length=len(body))
    with Wire(web.server) as wire:
        wire.send(head)
        assert wire.line() == b"HTTP/1.1 100 Continue\r\n"
        assert wire.line() == b"\r\n"
        wire.send(body)
        assert wire.answer("POST").status == 200


def test_a_body_that_is_refused_by_its_head_is_never_asked_for(lasting):
    head = post("/api/v1/shops/import", "Authorization: Bearer nobody", "Expect: 100-continue", length=1000)
    with Wire(lasting.server) as wire:
        wire.send(head)
        assert wire.answer("POST").status == 403
