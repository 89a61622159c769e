"""What somebody may no longer do reaches what is under way: requests whose bodies are still to come, and streams."""

import json
import time
from contextlib import contextmanager
from urllib.parse import quote

import pytest

from attacked import ADMIN, FORM, LEAD, SHOP, MERCHANT
from raw import Wire
from web import PASSWORD

JSON = "application/json"
TICK = json.dumps({"note": "x"}).encode()


@contextmanager
def under_way(web, path: str, kind: str, length: int, headers: dict[str, str]):
    """A request whose head has arrived, and that was let in, but whose body hasn't come."""
    with Wire(web.server) as wire:
        lines = [f"POST {path} HTTP/1.1", f"Host: 127.0.0.1:{web.server.port}", "Accept: application/json",
                 f"Content-Type: {kind}", f"Content-Length: {length}", "Expect: 100-continue"]
        wire.send("\r\n".join(lines + [f"{name}: {value}" for name, value in headers.items()]) + "\r\n\r\n")
        # Requests on other connections are read after it.
        for _ in range(3):
            web.get("/healthz")
        yield wire


def answered(wire) -> int | None:
    """The status of the answer, past one that says to go on."""
    answer = wire.answer("POST")
    while answer is not None and answer.status == 100:
        answer = wire.answer("POST")
    return answer and answer.status


def end_session(web, name):
    assert web.ask("POST", "/sign-out", b"", web.as_person(name) | {"Content-Type": FORM}).status == 303


ENDINGS = {
    "link revoked": lambda web: web.run("link", "revoke", SHOP, "1", by="setup"),
    "token revoked": lambda web: web.run("token", "revoke", "1", by="setup"),
    "user disabled": lambda web: web.run("user", "disable", MERCHANT, by="setup"),
    "signed out": lambda web: end_session(web, MERCHANT),
    "shop given to somebody else": lambda web: web.run("shop", "edit", SHOP, "--owner", "Wang", by="setup"),
}


def asked_by(web, ending: str) -> tuple[str, dict[str, str]]:
    """Where a shop's page or its API is for who is to lose it, and what shows who it is."""
    if ending == "link revoked":
        return web.credentials.link, web.by_link()
    if ending == "token revoked":
        return f"/api/v1/shops/{SHOP}/", web.as_token()
    return f"/shops/{SHOP}/", web.as_person(MERCHANT)


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_change_whose_body_comes_after_is_not_made(attacked, ending):
    base, headers = asked_by(attacked, ending)
    kind, body = (JSON, TICK) if base.startswith("/api/") else (FORM, b"note=x")
    with under_way(attacked, f"{base}items/noted/tick", kind, len(body), headers) as wire:
        ENDINGS[ending](attacked)
        wire.send(body)
        assert answered(wire) in (303, 401, 403, 404, 410)
    assert attacked.state(SHOP, "noted") == "pending"


def test_a_change_whose_body_comes_while_all_is_well_is_made(attacked):
    """So that the others say something."""
    with under_way(attacked, f"{attacked.credentials.link}items/noted/tick", FORM, 6, attacked.by_link()) as wire:
        wire.send(b"note=x")
        assert answered(wire) == 200
    assert attacked.state(SHOP, "noted") == "done"


@pytest.mark.parametrize(("path", "body"), [
    ("/api/v1/tokens", {"name": "more", "scopes": ["read", "admin"]}),
    ("/api/v1/users", {"name": "more", "role": "admin", "password": PASSWORD}),
    (f"/api/v1/shops/{SHOP}/links", {}),
])
def test_a_revoked_token_makes_nothing_that_outlives_it(attacked, path, body):
    def held():
        listed = attacked.ask("GET", path, headers={"Cookie": attacked.session(ADMIN)})
        assert listed.status == 200, listed
        return len(next(value for value in listed.json.values() if isinstance(value, list)))

    before, sent = held(), json.dumps(body).encode()
    with under_way(attacked, path, JSON, len(sent), attacked.as_token()) as wire:
        ENDINGS["token revoked"](attacked)
        wire.send(sent)
        assert answered(wire) == 401
    assert held() == before


def test_who_is_given_another_role_does_no_more_than_that(attacked):
    headers = attacked.as_person(LEAD)
    body = "reason=x".encode()
    with under_way(attacked, f"/shops/{SHOP}/runs/1/stop", FORM, len(body), headers) as wire:
        edited = attacked.ask(
            "PATCH", f"/api/v1/users/{quote(LEAD)}", b'{"role": "merchant"}', attacked.as_token() | {"Content-Type": JSON})
        assert edited.status == 200, edited
        wire.send(body)
        assert answered(wire) in (303, 401, 403, 404)
    assert attacked.program.status(SHOP)["runs"][0]["state"] == "active"


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_stream_ends(attacked, ending):
    base, headers = asked_by(attacked, ending)
    ends(attacked, ending, f"/shops/{SHOP}/live" if base.startswith("/api/") else f"{base}live", headers)


@pytest.mark.parametrize("ending", ["user disabled", "signed out"])
def test_a_stream_over_all_shops_ends(attacked, ending):
    ends(attacked, ending, "/live", attacked.as_person(MERCHANT))


def ends(attacked, ending, path, headers):
    with Wire(attacked.server) as wire:
        lines = [f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{attacked.server.port}"]
        wire.send("\r\n".join(lines + [f"{name}: {value}" for name, value in headers.items()]) + "\r\n\r\n")
        told = b""
        while b"retry:" not in told:
            more = wire.socket.recv(65_536)
            assert more, told
            told += more
        ENDINGS[ending](attacked)
        assert ended_within(wire, 20).count(b"event: changed") <= 1


def ended_within(wire, seconds: float) -> bytes:
    """What a stream still says before it ends."""
    said, end = b"", time.monotonic() + seconds
    while not said.endswith(b"0\r\n\r\n"):
        left = end - time.monotonic()
        assert left > 0, f"it goes on: {said!r}"
        wire.socket.settimeout(left)
        try:
            more = wire.socket.recv(65_536)
        except TimeoutError:
            continue
        if not more:
            break
        said += more
    return said
