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
    ("shops.example.cn", 403), ("127.0.0.1.example.cn", 403), ("localhost.example.cn", 403), ("", 403),
    ("10.0.0.1", 403), ("example.cn:8080", 403), ("[::2]", 403), ("127.0.0.1@example.cn", 403),
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
