"""A served store with people, a link and tokens, and a watch over whether it goes on answering others meanwhile."""

import http.client
import json
import re
import shutil
import threading
import time
import urllib.parse
from dataclasses import dataclass
from pathlib import Path

from web import PASSWORD, Web

ADMIN, LEAD, MERCHANT = "管理", "组长", "李梅"
SHOP = "s-1"
MARKS = "\u0301\u0323\u0327"
FORM = "application/x-www-form-urlencoded"
# Others are answered within 0.2 s; what hangs takes ten times as long and more.
PATIENCE = 2.0
# Nothing that fits takes a second of work.
MOST_WORK = 10.0
MOST_MEBIBYTES = 400


@dataclass
class Credentials:
    """What people of a store hold, as the program's commands gave it."""

    link: str
    token: str
    reading: str

    @classmethod
    def make(cls, web: Web) -> "Credentials":
        web.add_user(ADMIN, "admin")
        web.add_user(LEAD, "lead", "east")
        web.add_user(MERCHANT, "merchant")
        return cls(
            web.add_link(SHOP), web.add_token("all", "read", "change", "lead", "admin"), web.add_token("read", "read"))

    def save(self, path: Path) -> None:
        path.write_text(json.dumps(self.__dict__))

    @classmethod
    def load(cls, path: Path) -> "Credentials":
        return cls(**json.loads(path.read_text()))


class Attacked(Web):
    """The store of `make_store` with `Credentials`, each test's own."""

    def __init__(self, made: Path, folder: Path):
        shutil.copytree(made, folder)
        super().__init__(folder, shipped=False)
        self.credentials = Credentials.load(folder / "credentials.json")

    def as_token(self, secret: str | None = None) -> dict[str, str]:
        return {"Authorization": f"Bearer {secret or self.credentials.token}"}

    def as_person(self, name: str = ADMIN) -> dict[str, str]:
        """As a browser sends a form of ours."""
        return {"Cookie": self.session(name), "Origin": self.address, "Sec-Fetch-Site": "same-origin"}

    def by_link(self, name: str = "Wang") -> dict[str, str]:
        return {"Cookie": f"switchlist-name={name}", "Origin": self.address, "Sec-Fetch-Site": "same-origin"}

    def credentials_for(self, path: str) -> dict[str, str]:
        if path.startswith("/api/"):
            return self.as_token()
        if path.startswith("/l/"):
            return self.by_link()
        return {"Origin": self.address} if path in ("/sign-in", "/language") else self.as_person()

    def send(self, path: str, body: bytes, kind: str = FORM, method="POST", headers=None, timeout=20.0):
        """With the credentials that the path asks for, as our own script."""
        own = self.credentials_for(path) if headers is None else headers
        return self.ask(
            method, path, body, {"Content-Type": kind, "Accept": "application/json", **own}, timeout=timeout)


class Watch:
    """Asks for the server's health each 50 ms while something is done to it, and fails where it fell silent."""

    def __init__(self, web: Web):
        self._web, self._stopped = web, threading.Event()
        self.slowest, self.failure = 0.0, None
        self._thread = threading.Thread(target=self._ask)

    def _ask(self):
        while not self._stopped.wait(0.05):
            began = time.monotonic()
            try:
                answer = self._web.ask("GET", "/healthz", timeout=PATIENCE)
                assert answer.status == 200, answer
            except (OSError, AssertionError, http.client.HTTPException) as error:
                self.failure = self.failure or repr(error)
            self.slowest = max(self.slowest, time.monotonic() - began)

    @property
    def is_silent(self) -> bool:
        return self.failure is not None or self.slowest > PATIENCE

    def check(self, what="") -> None:
        assert not self._web.server.has_ended, f"{what} ended the server\n{self._web.server.log[-2000:]}"
        assert self.failure is None, f"{what} made it fall silent: {self.failure}"
        assert self.slowest < PATIENCE, f"{what} let others wait {self.slowest:.1f} s"

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, kind, *_):
        self._stopped.set()
        self._thread.join()
        if kind is None:
            self.check()


def attack(web: Attacked, requests) -> None:
    """Sends each of `(path, body, kind, method)` while others are watched; no answer may be an error of the server."""
    # Signing in takes a while by itself.
    web.session(ADMIN)
    with Watch(web) as watch:
        for path, body, kind, method in requests:
            what = f"{method} {path} {kind[:30]} {body[:60]!r}…{len(body)}"
            answer = None
            try:
                answer = web.send(path, body, kind, method, timeout=MOST_WORK)
            except TimeoutError:
                raise AssertionError(f"{what} takes more than {MOST_WORK} s") from None
            except (OSError, http.client.HTTPException):
                # A server may close the connection instead of taking what is too much.
                pass
            watch.check(what)
            assert answer is None or answer.status < 500, f"{what}: {answer}"
    assert web.server.peak_mebibytes < MOST_MEBIBYTES
    assert [entry for entry in web.server.entries if entry["level"] == "error"] == []


def encoded(fields: dict[str, str]) -> bytes:
    """As a form, but with what lies beyond ASCII as it is: three bytes for what would take nine."""
    return "&".join(f"{name}={value}" for name, value in fields.items()).encode()


def one_run(length: int) -> str:
    """One letter under as many marks as fit."""
    return "a" + MARKS * (length // 6)


def many_runs(length: int) -> str:
    """Letters under thirty marks each, which is as many as a text may have."""
    return ("a" + MARKS * 10) * (length // 61)


def parts(count: int, value="", name="note") -> tuple[bytes, str]:
    """A multipart body of so many parts of one name, and its kind."""
    part = f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
    return part.encode() * count + b"--b--\r\n", "multipart/form-data; boundary=b"


def operations(web: Web) -> list[tuple[str, str, dict]]:
    """Method, path and description of each that the API's document names, with the store's own ids in the path."""
    document = web.ask("GET", "/api/openapi.json", headers={"X-Nothing": "1"}).json
    ids = {"shop": SHOP, "item": "noted", "run": "1", "link": "1", "token": "2", "name": urllib.parse.quote(LEAD),
           "sha256": "0" * 64, "checklist": "trial"}
    found = []
    for path, methods in document["paths"].items():
        filled = re.sub(r"\{(\w+)\}", lambda match: ids[match[1]], path)
        found += [(method.upper(), filled, resolved(operation, document)) for method, operation in methods.items()]
    return found


def resolved(node, document):
    """With what it refers to in place."""
    if isinstance(node, dict):
        if set(node) == {"$ref"}:
            at = document
            for word in node["$ref"].removeprefix("#/").split("/"):
                at = at[word]
            return resolved(at, document)
        # Answers aren't sent, and refer to themselves.
        return {key: resolved(value, document) for key, value in node.items() if key != "responses"}
    return [resolved(value, document) for value in node] if isinstance(node, list) else node
