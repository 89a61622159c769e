"""Clients that write notes through several servers of one store, and what must hold of the notes afterwards."""

import contextlib
import http.client
import json
import math
import threading
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from program import PROGRAM, Program
from server import Server

CHECKLIST = "checklist: trial\ntitle: {en: Trial}\nitems:\n  - {id: free, title: {en: Free}}\n"
LIMITS = [word for name in ("person-changes-per-minute", "shop-changes-per-minute")
          for word in ("--limit", f"{name}=1000000")]


def shops_in_database(program: Program, address: str, count: int) -> list[str]:
    """Makes a store with so many shops, each of which has a run with the item `free`; returns their ids."""
    shops = [f"s-{number}" for number in range(count)]
    program.environment["SWITCHLIST_STORE"] = address
    # The servers' clock is the real one.
    program.environment.pop("SWITCHLIST_NOW", None)
    program("store", "migrate")
    program.write("shops.csv", "\n".join(["id", *shops]) + "\n")
    program("shop", "import", "shops.csv")
    program.checklist(CHECKLIST)
    program("start", "--all", "--checklist", "trial")
    return shops


@contextlib.contextmanager
def serving(program: Program, address: str | None = None, count: int = 2) -> Iterator[list[Server]]:
    """Several servers of the program's store, or of the one at another address."""
    environment = program.surroundings(None, None, None, {"SWITCHLIST_STORE": address} if address else None)
    with contextlib.ExitStack() as stack:
        yield [
            stack.enter_context(Server(
                [PROGRAM, "serve", "--listen", "127.0.0.1:0", "--log-level", "error", *LIMITS], environment,
                program.folder))
            for _ in range(count)]


@dataclass(frozen=True)
class Answer:
    began: float
    ended: float
    status: int
    body: str
    retry_after: str | None

    @property
    def seconds(self) -> float:
        return self.ended - self.began

    @property
    def code(self) -> str:
        """The problem's, where it is one."""
        return json.loads(self.body)["code"] if self.status >= 400 else ""


def ask(server: Server, method: str, path: str, body: dict | None = None, key: str | None = None) -> Answer:
    """One request on a connection of its own. Whoever isn't answered within a minute never is."""
    headers = dict(server.credential)
    if body is not None:
        headers["Content-Type"] = "application/json"
    if key:
        headers["Idempotency-Key"] = key
    began = time.monotonic()
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    try:
        connection.request(method, path, None if body is None else json.dumps(body), headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        return Answer(began, time.monotonic(), answer.status, text, answer.getheader("Retry-After"))
    finally:
        connection.close()


def note(server: Server, shop: str, text: str) -> Answer:
    """Under a key that is the text's own, so that it is written once however often it is sent."""
    return ask(server, "POST", f"/api/v1/shops/{shop}/items/free/note", {"note": text}, text.replace(" ", "-"))


class Client(threading.Thread):
    """Writes notes, each again until it is acknowledged, and remembers what it was told."""

    def __init__(self, number: int, load: "Load"):
        super().__init__(daemon=True)
        self.number, self.load = number, load
        self.acknowledged: list[tuple[str, float]] = []
        self.pending: set[str] = set()
        self.answers: list[Answer] = []
        self.unexpected: list[str] = []

    @property
    def sent(self) -> set[str]:
        return self.pending | {text for text, _ in self.acknowledged}

    def run(self):
        count, stop = 0, self.load.stop
        while not stop.is_set():
            count += 1
            shop, text = self.load.shops[(self.number * 7 + count) % len(self.load.shops)], f"note {uuid.uuid4()}"
            self.pending.add(text)
            while not stop.is_set():
                # Each repetition goes to the other server.
                server = self.load.servers[(self.number + count + len(self.answers)) % len(self.load.servers)]
                if self.write(server, shop, text):
                    self.pending.discard(text)
                    self.acknowledged.append((text, time.monotonic()))
                    break
                stop.wait(0.1)

    def write(self, server: Server, shop: str, text: str) -> bool:
        try:
            answer = note(server, shop, text)
        except (OSError, http.client.HTTPException) as error:
            self.unexpected.append(f"no answer: {error!r}")
            return False
        self.answers.append(answer)
        if answer.status == 200:
            return True
        if answer.status not in self.load.refusals or answer.status == 503 and not answer.retry_after:
            self.unexpected.append(f"{answer.status} {answer.body}")
        return False


class Load:
    """Several clients at work. As a context they begin at once and end their last requests at its end."""

    def __init__(self, servers: list[Server], shops: list[str], clients: int = 8, refusals: tuple[int, ...] = (503,)):
        self.servers, self.shops, self.refusals = servers, shops, refusals
        self.stop = threading.Event()
        self.clients = [Client(number, self) for number in range(clients)]

    def __enter__(self):
        for client in self.clients:
            client.start()
        return self

    def __exit__(self, kind, *_):
        self.stop.set()
        for client in self.clients:
            client.join(90)
            assert kind or not client.is_alive(), "a request isn't answered"

    @property
    def acknowledged(self) -> list[tuple[str, float]]:
        return [entry for client in self.clients for entry in client.acknowledged]

    @property
    def pending(self) -> list[str]:
        return [text for client in self.clients for text in client.pending]

    @property
    def answers(self) -> list[Answer]:
        return sorted((answer for client in self.clients for answer in client.answers), key=lambda one: one.ended)

    @property
    def unexpected(self) -> list[str]:
        return [words for client in self.clients for words in client.unexpected]

    @property
    def refused(self) -> Counter:
        """How often which refusal was answered."""
        return Counter(f"{answer.status} {answer.code}" for answer in self.answers if answer.status != 200)

    @property
    def slowest(self) -> float:
        return max(answer.seconds for answer in self.answers)

    def report(self, record_property, program: Program, back: float) -> None:
        """Figures for who asks for them, by `--junit-xml`."""
        lost, doubled = self.missing(program)
        for name, value in (
            ("acknowledged", len(self.acknowledged)), ("lost", len(lost)), ("doubled", len(doubled)),
            ("refused", dict(self.refused)), ("slowest", round(self.slowest, 1)), ("back", round(back, 1)),
        ):
            record_property(name, value)

    def wait_for(self, count: int, within: float = 30) -> None:
        """Until so many more notes are acknowledged."""
        before = len(self.acknowledged)
        wait_until(lambda: len(self.acknowledged) >= before + count, within, f"{count} acknowledgements")

    def seconds_until_served(self, within: float) -> float:
        """Until each client has had a note acknowledged that it began from now on; infinite where that takes longer."""
        began = time.monotonic()

        def is_served(client: Client) -> bool:
            return any(answer.status == 200 and answer.began >= began for answer in client.answers[-50:])

        while not all(is_served(client) for client in self.clients):
            if time.monotonic() > began + within:
                return math.inf
            time.sleep(0.02)
        return time.monotonic() - began

    def wait_for_everybody(self, within: float) -> float:
        seconds = self.seconds_until_served(within)
        assert seconds < math.inf, f"not everybody was served within {within} s"
        return seconds

    def check(self, program: Program, *others: "Load") -> None:
        """What was acknowledged is there once, everything else once at the most, and nobody heard of anything but
        "try again".

        - others: what else has written notes.
        """
        assert not self.unexpected, self.unexpected[:5]
        assert self.missing(program) == ([], [])
        sent = {text for load in (self, *others) for client in load.clients for text in client.sent}
        assert written(program).keys() <= sent, "a note that nobody wrote"
        assert "is sound" in program("store", "check").stdout

    def missing(self, program: Program) -> tuple[list[str], list[str]]:
        """The notes that were acknowledged and aren't there, and those that are there more than once."""
        found = written(program)
        return [text for text, _ in self.acknowledged if not found[text]], [
            text for text, count in found.items() if count > 1]


def written(program: Program) -> Counter:
    """The notes in a store's events."""
    found: Counter = Counter()
    for line in program("export").out.splitlines():
        event = json.loads(line).get("event")
        event = json.loads(event) if isinstance(event, str) else event
        if event and event.get("kind") == "item-noted":
            found[event["note"]] += 1
    return found


def wait_until(condition, within: float, what: str) -> None:
    end = time.monotonic() + within
    while not condition():
        assert time.monotonic() < end, f"{what}: not within {within} s"
        time.sleep(0.02)
