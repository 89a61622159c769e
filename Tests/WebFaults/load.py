"""Changes over many connections at once, each of which is taken down when it was acknowledged."""

import http.client
import itertools
import json
import random
import threading
from dataclasses import dataclass, field

from server import Server


@dataclass
class Change:
    """A note on an item, told apart from all others by its text."""

    token: str
    shop: str
    answered: int | None = None


@dataclass
class Load:
    """Workers that leave notes as fast as they are answered, until the server is gone."""

    shops: list[str]
    workers: int = 8
    seed: int = 1
    prefix: str = "n"
    changes: list[Change] = field(default_factory=list)
    _tokens: itertools.count = field(default_factory=itertools.count)

    def go(self, server: Server) -> None:
        self._stopped = threading.Event()
        self.acknowledgements = threading.Semaphore(0)
        self._threads = [
            threading.Thread(target=self._work, args=(server, random.Random(self.seed * 1000 + number)))
            for number in range(self.workers)]
        for thread in self._threads:
            thread.start()

    def finish(self) -> None:
        self._stopped.set()
        for thread in self._threads:
            thread.join(60)
            assert not thread.is_alive()

    def wait_for(self, acknowledgements: int) -> None:
        for _ in range(acknowledgements):
            assert self.acknowledgements.acquire(timeout=60), "nothing is acknowledged any more"

    @property
    def acknowledged(self) -> list[Change]:
        return [change for change in self.changes if change.answered == 200]

    @property
    def unanswered(self) -> list[Change]:
        return [change for change in self.changes if change.answered is None]

    def _work(self, server: Server, chance: random.Random) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        while not self._stopped.is_set():
            change = Change(f"{self.prefix}{self.seed}x{next(self._tokens)}x", chance.choice(self.shops))
            self.changes.append(change)
            try:
                change.answered = send(connection, change, server.credential)
            except (OSError, http.client.HTTPException):
                break
            if change.answered == 200:
                self.acknowledgements.release()
        connection.close()


def send(connection: http.client.HTTPConnection, change: Change, credential: dict[str, str]) -> int:
    """The same change under the same key, however often it is sent."""
    connection.request(
        "POST", f"/api/v1/shops/{change.shop}/items/free/note", json.dumps({"note": change.token}),
        {"Content-Type": "application/json", "Idempotency-Key": change.token, **credential})
    response = connection.getresponse()
    response.read()
    return response.status
