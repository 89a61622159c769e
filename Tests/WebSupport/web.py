"""A store with its server and its people, made by the program's own commands, and plain HTTP to ask it."""

import http.client
import json
import re
import urllib.parse
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path

from program import PROGRAM, SHIPPED, Program
from server import Server

PASSWORD = "芝麻 gate 47 open"


def ago(**how_long) -> str:
    """A moment before now, as `--now` takes it."""
    return (datetime.now(timezone.utc) - timedelta(**how_long)).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes
    # Every Set-Cookie line, which `headers` can't hold twice.
    cookies: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")

    @property
    def json(self):
        return json.loads(self.body)

    def __str__(self) -> str:
        return f"{self.status} {self.headers}\n{self.body[:3000].decode('utf-8', 'replace')}"


class Web:
    """A folder with a store, and the server on it once it was started. Its clock is the real one."""

    def __init__(self, folder: Path, shipped: bool = True):
        folder.mkdir(parents=True, exist_ok=True)
        self.program = Program(folder)
        self.program.environment.pop("SWITCHLIST_NOW")
        if shipped:
            self.program.environment["SWITCHLIST_CHECKLISTS"] = str(SHIPPED)
        self.server: Server | None = None
        self._sessions: dict[str, str] = {}

    @property
    def store(self) -> Path:
        return self.program.store

    def run(self, *arguments, **options):
        return self.program(*arguments, **options)

    # People and what they hold.

    def add_user(self, name: str, role: str, *teams: str) -> None:
        words = [word for team in teams for word in ("--team", team)]
        self.run("user", "add", name, "--role", role, *words, stdin=PASSWORD + "\n", by=name)

    def add_link(self, shop: str, *options) -> str:
        """The path of a new link's page."""
        out = self.run("link", "create", shop, *options, by="setup", env={"SWITCHLIST_LANG": "en"}).stdout
        return re.search(r"/l/[A-Za-z0-9_-]{22}", out)[0] + "/"

    def add_token(self, name: str, *scopes: str, teams=()) -> str:
        words = [word for scope in scopes for word in ("--scope", scope)]
        words += [word for team in teams for word in ("--team", team)]
        out = self.run("token", "create", name, *words, by="setup", lang="en").stdout
        return max(re.findall(r"[A-Za-z0-9_-]{20,}", out), key=len)

    def session(self, name: str) -> str:
        """The cookie of somebody who signed in."""
        if name not in self._sessions:
            answer = self.post("/sign-in", {"name": name, "password": PASSWORD, "back": "/"})
            assert answer.status == 303, f"{name} can't sign in: {answer}"
            cookie = next(line for line in answer.cookies if line.startswith("switchlist-session="))
            self._sessions[name] = cookie.split(";")[0]
        return self._sessions[name]

    # The server.

    def serve(self, *options, listen="127.0.0.1:0", **how) -> Server:
        self.server = Server(
            [PROGRAM, "serve", "--listen", listen, *options], self.program.surroundings(None, None, None, None),
            self.program.folder, **how)
        return self.server

    @property
    def address(self) -> str:
        return self.server.address

    def ask(
        self, method: str, path: str, body: bytes | None = None, headers=None, timeout=30, as_stranger=False
    ) -> Answer:
        """One request on a connection of its own; redirects aren't followed.

        Without users it gives the server's secret, unless it says by its headers or a link who it is, or is asked as
        a stranger.
        """
        headers = dict(headers or {})
        names = {name.lower() for name in headers}
        if not as_stranger and not path.startswith("/l/") and names.isdisjoint({"authorization", "cookie"}):
            headers.update(self.server.credential)
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=timeout)
        try:
            connection.request(method, path, body=body, headers=headers)
            response = connection.getresponse()
            read = response.read()
            return Answer(
                response.status, {name.lower(): value for name, value in response.getheaders()}, read,
                response.headers.get_all("Set-Cookie") or [])
        finally:
            connection.close()

    def get(self, path: str, as_stranger=False, **headers: str) -> Answer:
        return self.ask("GET", path, headers=named(headers), as_stranger=as_stranger)

    def post(self, path: str, form: dict, as_stranger=False, **headers: str) -> Answer:
        """A form as a browser sends it from one of our pages."""
        return self.ask("POST", path, urllib.parse.urlencode(form, doseq=True).encode(), {
            "Content-Type": "application/x-www-form-urlencoded", "Origin": self.address,
            "Sec-Fetch-Site": "same-origin", **named(headers)}, as_stranger=as_stranger)

    def tick(self, shop: str, item: str, token: str | None = None, **fields) -> Answer:
        """Over the API."""
        headers = {"Content-Type": "application/json"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        return self.ask(
            "POST", f"/api/v1/shops/{shop}/items/{item}/tick", json.dumps(fields).encode(), headers)

    def state(self, shop: str, item: str) -> str:
        """What the store says of an item, read by another process."""
        return self.program.items(shop)[item]["state"]


def named(headers: dict[str, str]) -> dict[str, str]:
    """`accept_language` for `Accept-Language`."""
    return {name.replace("_", "-"): value for name, value in headers.items()}
