"""The database's primary dies under load, and its standby is promoted: what was acknowledged is there, once."""

import http.client
import json
import signal
import threading
import time
import uuid
from collections import Counter

import pytest
from pair import Pair
from program import PROGRAM, Program
from server import Server

CLIENTS = 32
SHOPS = 48


@pytest.fixture
def pair():
    servers = Pair()
    yield servers
    servers.close()


@pytest.fixture
def shops(tmp_path, pair) -> Program:
    program = Program(tmp_path)
    program.environment.update(SWITCHLIST_STORE=pair.address)
    del program.environment["SWITCHLIST_NOW"]
    program("store", "migrate")
    program.write("shops.csv", "id\n" + "".join(f"s-{number}\n" for number in range(SHOPS)))
    program("shop", "import", "shops.csv")
    (program.checklists / "trial.yaml").write_text(
        "checklist: trial\ntitle: {en: Trial}\nitems:\n  - {id: free, title: {en: Free}}\n", encoding="utf-8")
    program("start", "--all", "--checklist", "trial")
    return program


class Client(threading.Thread):
    """Writes notes, each again until it is acknowledged, and remembers what it was told."""

    def __init__(self, number, servers, stop):
        super().__init__(daemon=True)
        self.number, self.servers, self.stop = number, servers, stop
        self.acknowledged: list[tuple[str, float]] = []
        self.pending: set[str] = set()
        self.unexpected: list[str] = []

    def run(self):
        count = 0
        while not self.stop.is_set():
            count += 1
            shop, text = f"s-{(self.number * 7 + count) % SHOPS}", f"note {uuid.uuid4()}"
            self.pending.add(text)
            while not self.stop.is_set():
                if self.write(self.servers[(self.number + count) % len(self.servers)], shop, text):
                    self.pending.discard(text)
                    self.acknowledged.append((text, time.monotonic()))
                    break
                time.sleep(0.1)

    def write(self, server, shop, text) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        try:
            connection.request(
                "POST", f"/api/v1/shops/{shop}/items/free/note", json.dumps({"note": text}),
                {"Content-Type": "application/json", "Idempotency-Key": text[5:], **server.credential})
            answer = connection.getresponse()
            body = answer.read().decode()
        finally:
            connection.close()
        if answer.status == 200:
            return True
        if answer.status != 503 or not answer.getheader("Retry-After"):
            self.unexpected.append(f"{answer.status} {body}")
        return False


def notes(program) -> Counter:
    found: Counter = Counter()
    for line in program("export").out.splitlines():
        event = json.loads(line).get("event")
        event = json.loads(event) if isinstance(event, str) else event
        if event and event.get("kind") == "item-noted":
            found[event["note"]] += 1
    return found


def test_what_was_acknowledged_survives_a_failover(shops, pair):
    serve = [PROGRAM, "serve", "--listen", "127.0.0.1:0", "--log-level", "error"]
    limits = [word for name in ("person-changes-per-minute", "shop-changes-per-minute")
              for word in ("--limit", f"{name}=1000000")]
    environment = shops.surroundings(None, None, None, None)
    with Server([*serve, *limits], environment, shops.folder) as one, \
            Server([*serve, *limits], environment, shops.folder) as other:
        stop = threading.Event()
        clients = [Client(number, [one, other], stop) for number in range(CLIENTS)]
        for client in clients:
            client.start()
        time.sleep(2)
        pair.primary.signal(signal.SIGKILL)
        died = time.monotonic()
        pair.standby.promote()
        promoted = time.monotonic()
        time.sleep(8)
        stop.set()
        for client in clients:
            client.join(90)
            assert not client.is_alive()
    acknowledged = [entry for client in clients for entry in client.acknowledged]
    before, after = (
        [text for text, at in acknowledged if at < died], [at for _, at in acknowledged if at > promoted])
    assert not [words for client in clients for words in client.unexpected]
    assert len(before) > CLIENTS and len(after) > CLIENTS
    assert min(after) - promoted < 10
    found = notes(shops)
    assert {text: found[text] for text, _ in acknowledged if found[text] != 1} == {}
    pending = [text for client in clients for text in client.pending]
    assert all(found[text] <= 1 for text in pending)
    assert sum(found.values()) == len(acknowledged) + sum(found[text] for text in pending)
    assert "is sound" in shops("store", "check").stdout
