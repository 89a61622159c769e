"""Much of what is allowed a little: guesses, changes, files, half-sent bodies and streams, by strangers and by links."""

import http.client
import sqlite3
import threading
import time
import urllib.parse
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from attacked import ADMIN, FORM, MERCHANT, MOST_MEBIBYTES, SHOP, Watch, parts
from raw import Wire
from web import PASSWORD


def guess(web, address: str, name: str, password="not this one 47", cookie: str | None = None):
    """The status of an attempt to sign in from an address of loopback, and its connection's answer."""
    connection = http.client.HTTPConnection("127.0.0.1", web.server.port, timeout=30, source_address=(address, 0))
    try:
        connection.request(
            "POST", "/sign-in", urllib.parse.urlencode({"name": name, "password": password, "back": "/"}),
            {"Content-Type": FORM, "Origin": web.address, **({"Cookie": cookie} if cookie else {})})
        response = connection.getresponse()
        response.read()
        return response
    finally:
        connection.close()


def device_of(web, name: str) -> str:
    """The cookie of a browser from which somebody signed in."""
    answer = web.post("/sign-in", {"name": name, "password": PASSWORD, "back": "/"})
    assert answer.status == 303, answer
    return next(cookie for cookie in answer.cookies if cookie.startswith("switchlist-device=")).split(";")[0]


def entries(web) -> int:
    with closing(sqlite3.connect(f"file:{web.store}?mode=ro", uri=True)) as database:
        return database.execute("SELECT count(*) FROM access_log").fetchone()[0]


def entries_and_files(web) -> tuple[int, int]:
    """How many events and files the store holds."""
    with closing(sqlite3.connect(f"file:{web.store}?mode=ro", uri=True)) as database:
        return tuple(database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ["event", "kept_file"])


def size(web) -> int:
    return sum(path.stat().st_size for path in web.store.parent.glob(f"{web.store.name}*"))


def test_guesses_that_are_turned_away_write_nothing(attacked):
    """Nor does what somebody typed, perhaps a password, stand anywhere."""
    typed = "hunter2 is what I meant"
    for _ in range(25):
        guess(attacked, "127.0.7.1", typed)
    entries_before, size_before = entries(attacked), size(attacked)
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda number: guess(attacked, "127.0.7.1", typed), range(400)))
    assert {answer.status for answer in answers} == {429}
    assert all(int(answer.headers["Retry-After"]) > 0 for answer in answers)
    assert entries(attacked) <= entries_before + 1, "one entry for them all"
    assert size(attacked) - size_before < 1 << 20
    assert typed not in attacked.server.log
    for path in attacked.store.parent.glob(f"{attacked.store.name}*"):
        assert typed.encode() not in path.read_bytes(), path


def test_an_account_takes_few_guesses_however_many_addresses_they_come_from(attacked):
    """They don't fill the log, and the browser from which its owner signed in before is let in all the same."""
    device = device_of(attacked, MERCHANT)
    before = entries(attacked)
    with Watch(attacked), ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda number: guess(attacked, f"127.0.9.{number % 50 + 1}", MERCHANT).status, range(150)))
    assert answers.count(401) <= 60, "so many were tried"
    assert set(answers) <= {401, 429, 503}
    assert entries(attacked) - before <= 60
    assert guess(attacked, "127.0.0.1", MERCHANT, PASSWORD, device).status == 303


def test_a_known_browser_signs_in_while_many_guess(attacked):
    device = device_of(attacked, ADMIN)
    stopped = threading.Event()

    def keep_guessing(first: int):
        number = first
        while not stopped.is_set():
            number += 6
            guess(attacked, f"127.0.{10 + number // 250 % 8}.{number % 250 + 1}", f"{MERCHANT}{number % 7}")

    guessing = [threading.Thread(target=keep_guessing, args=(first,)) for first in range(6)]
    for thread in guessing:
        thread.start()
    try:
        with Watch(attacked):
            answers = [guess(attacked, "127.0.0.1", ADMIN, PASSWORD, device).status for _ in range(3)]
    finally:
        stopped.set()
        for thread in guessing:
            thread.join()
    assert answers == [303] * 3


# By a link

def test_a_link_makes_so_many_changes_a_minute(attacked):
    path = f"{attacked.credentials.link}items/free/note"
    with Watch(attacked):
        answers = [attacked.send(path, f"note=n{number}".encode()) for number in range(150)]
    refused = [answer for answer in answers if answer.status == 429]
    assert {answer.status for answer in answers} == {200, 429} and len(refused) >= 20
    assert all(0 < int(answer.headers["retry-after"]) <= 60 for answer in refused)
    assert refused[0].json["detail"] and refused[0].json["title"]
    assert attacked.send(f"/shops/{SHOP}/items/free/note", b"note=x").status == 200, "others change the shop meanwhile"


@pytest.mark.parametrize("action", ["note", "skip", "block", "untick", "confirm"])
@pytest.mark.parametrize(("length", "status"), [(100_000, 422), (2 << 20, 413)])
def test_a_file_is_taken_only_where_something_is_proven_by_it(attacked, action, length, status):
    before = entries_and_files(attacked)
    body = (b'--b\r\nContent-Disposition: form-data; name="note"\r\n\r\nx\r\n'
            b'--b\r\nContent-Disposition: form-data; name="reason"\r\n\r\nx\r\n'
            b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.bin"\r\n\r\n' + bytes(length) + b"\r\n--b--\r\n")
    answer = attacked.send(f"{attacked.credentials.link}items/noted/{action}", body, "multipart/form-data; boundary=b")
    assert answer.status == status, answer
    assert entries_and_files(attacked) == before


def test_texts_that_are_sent_as_parts_are_small(attacked):
    body, kind = parts(1, "a" * 70_000)
    answer = attacked.send(f"{attacked.credentials.link}items/noted/note", body, kind)
    assert answer.status in (413, 422), answer
    body, kind = parts(51, "a")
    assert attacked.send(f"{attacked.credentials.link}items/noted/note", body, kind).status in (400, 413, 422)


def test_bodies_that_are_half_sent_take_little_memory(attacked):
    half = bytes(9 << 20)
    path = f"{attacked.credentials.link}items/filed/tick"
    with Watch(attacked):
        wires = [Wire(attacked.server, 0.5) for _ in range(60)]
        for wire in wires:
            wire.send((f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: switchlist-name=W\r\nAccept: application/json\r\n"
                       f"Content-Type: multipart/form-data; boundary=b\r\nContent-Length: {10 << 20}\r\n\r\n").encode() + half)
    assert attacked.server.peak_mebibytes < MOST_MEBIBYTES
    for wire in wires:
        wire.close()
    assert attacked.send(f"{attacked.credentials.link}items/noted/tick", b"note=x").status == 200


def test_a_link_listens_to_so_many_streams(attacked):
    wires, statuses = [], []
    request = f"GET {attacked.credentials.link}live HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: switchlist-name=W\r\n\r\n"
    with Watch(attacked):
        for _ in range(40):
            wires.append(Wire(attacked.server))
            wires[-1].send(request)
            statuses.append(int(wires[-1].socket.recv(4096).split(b" ", 2)[1]))
    assert statuses == [200] * 20 + [429] * 20
    for wire in wires[:20]:
        wire.close()
    end, again = time.monotonic() + 20, threading.Event()
    while time.monotonic() < end:
        with Wire(attacked.server) as wire:
            wire.send(request)
            if wire.socket.recv(4096).startswith(b"HTTP/1.1 200"):
                break
        again.wait(0.1)
    else:
        raise AssertionError("those that ended are counted still")
    for wire in wires[20:]:
        wire.close()
