"""Who a server without users serves: this machine, and nobody who only pretends to be it."""

import pytest

from raw import LOCALLY, exchange


@pytest.mark.parametrize("address", ["0.0.0.0:0", "[::]:0"])
def test_without_users_it_does_not_serve_the_network(quiet, address):
    result = quiet.run("serve", "--listen", address, status=2, lang="en")
    assert "user add" in result.stderr and result.stderr.startswith("error: ")
    assert result.out == b""


@pytest.mark.parametrize(("host", "status"), [
    ("127.0.0.1", 200), ("localhost", 200), ("127.0.0.1:8080", 200), ("LOCALHOST", 200), ("[::1]:80", 200),
    ("shops.example.cn", 403), ("127.0.0.1.example.cn", 403), ("localhost.example.cn", 403), ("", 400),
    ("10.0.0.1", 403), ("example.cn:8080", 403), ("[::2]", 403), ("127.0.0.1@example.cn", 400), ("[::1]evil", 400), ("[::1].evil", 400),
])
def test_a_name_that_somebody_else_gives_this_machine(lasting, host, status):
    """Or any page on the web could read and change the shops, by a name of its own that leads here."""
    answer = exchange(
        lasting.server, f"GET /api/v1/shops/s-1/status HTTP/1.1\r\nHost: {host}\r\n{LOCALLY}\r\n\r\n")
    assert answer is not None and answer.status == status, answer


@pytest.mark.parametrize("header", [
    "Origin: http://example.cn", "Origin: null", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Site: same-site",
    "Referer: http://example.cn/shops",
])
def test_a_change_that_another_site_sends(web, header):
    answer = exchange(web.server, (
        "POST /api/v1/shops/s-1/items/free/tick HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        f"{LOCALLY}\r\n{header}\r\nContent-Length: 0\r\n\r\n"), "POST")
    assert answer is not None and answer.status == 403, answer
    assert web.state("s-1", "free") == "pending"


# Where a request comes from says nothing: a plain proxy on this machine looks like a browser here.

PATHS = ["/", "/shops", "/shops/s-1/", "/users", "/live", "/metrics", "/api/v1/export", "/api/v1/shops/s-1/status", "/sign-in"]


@pytest.mark.parametrize("path", PATHS)
def test_a_stranger_on_this_machine_is_told_what_to_do_and_nothing_else(lasting, path):
    answer = lasting.get(path, as_stranger=True, accept_language="en")
    assert answer.status == 403, answer
    assert "店铺 s-1" not in answer.text
    if not path.startswith(("/live", "/metrics")):
        assert "printed when it started" in answer.text and "user add" in answer.text


@pytest.mark.parametrize("secret", ["x", "A" * 22, "A" * 500, "%00"])
def test_a_secret_that_is_not_this_starts(lasting, secret):
    assert lasting.get(f"/local/{secret}", as_stranger=True).status in (403, 404)
    for headers in [{"Authorization": f"Bearer {secret}"}, {"Cookie": f"switchlist-local={secret}"}]:
        assert lasting.ask("GET", "/shops", headers=headers).status == 403


def test_the_printed_address_opens_a_browser_to_whoever_started_it(lasting):
    answer = lasting.get(f"/local/{lasting.server.secret}?back=/shops", as_stranger=True)
    assert answer.status == 303 and answer.headers["location"] == "/shops"
    [cookie] = answer.cookies
    assert "HttpOnly" in cookie and "SameSite=" in cookie
    assert lasting.ask("GET", "/shops", headers={"Cookie": cookie.split(";")[0]}).status == 200


def test_each_start_has_its_own_secret(quiet):
    secrets = []
    for _ in range(2):
        with quiet.serve() as server:
            secrets.append(server.secret)
    assert len(set(secrets)) == 2


@pytest.mark.parametrize("line", [
    "Forwarded: for=10.0.0.1", "X-Forwarded-For: 10.0.0.1", "X-Forwarded-Proto: https", "X-Forwarded-Host: a.example",
    "Via: 1.1 proxy",
])
def test_what_a_proxy_brings_is_refused(lasting, line):
    answer = exchange(
        lasting.server, f"GET /api/v1/shops/s-1/status HTTP/1.1\r\nHost: 127.0.0.1\r\n{LOCALLY}\r\n{line}\r\n\r\n")
    assert answer is not None and answer.status == 403, answer


@pytest.mark.parametrize("option", [["--trusted-proxy", "127.0.0.1"], ["--public-url", "https://shops.example.cn"]])
def test_without_users_it_does_not_start_for_others_to_reach(quiet, option):
    result = quiet.run("serve", "--listen", "127.0.0.1:0", *option, status=2, lang="en")
    assert "user add" in result.stderr and result.stderr.startswith("error: ")


def test_the_secret_ends_when_there_is_a_user(web):
    assert web.get("/shops").status == 200
    web.add_user("管理", "admin")
    assert web.get("/api/v1/shops/s-1/status").status == 401
    answer = web.ask("GET", "/shops", headers={"Cookie": f"switchlist-local={web.server.secret}"})
    assert answer.status == 303 and answer.headers["location"].startswith("/sign-in")
    assert web.tick("s-1", "free").status == 401
    assert web.state("s-1", "free") == "pending"
    web.session("管理")
