"""Measures the web beside what a bare server of the same library does with the same bytes and the same rows."""

import contextlib
import dataclasses
import http.client
import json
import os
import pathlib
import random
import socket
import sqlite3
import statistics
import subprocess
import sys
import urllib.parse
import uuid

from programs import Failed, Programs
from stores import AGES, Stores, copy

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "WebSupport"))

from server import Server, raise_open_files

SIZES = [10_000, 100_000]
CONNECTIONS = [32, 64]
THREADS = 2
# One person and one store stand for everybody here: what each may do in a minute isn't what is measured.
UNLIMITED = [
    word for name in ["person-changes-per-minute", "shop-changes-per-minute", "person-bytes-per-day"]
    for word in ["--limit", f"{name}=1000000000000"]]
IDLE = 10_000
PASSWORD = "a gate of 47 open words"
LEAD_TEAMS = [team for team in AGES if team != "pilot"][:5]
# What the bare route doesn't have to say because every answer of the library says it, or its connection.
UNTOLD = {"content-length", "date", "connection", "transfer-encoding"}


@dataclasses.dataclass
class Load:
    """What wrk measured in one go."""

    per_second: float
    p99: float  # milliseconds


@dataclasses.dataclass
class WebResult:
    name: str
    size: int
    connections: int | None
    ours: list[Load]
    floor: list[Load]
    target: str
    is_met: bool
    ratio: float | None
    peak: float

    def row(self) -> list[str]:
        return [
            self.name, f"{self.size:,}", str(self.connections or ""), speed(self.ours), speed(self.floor),
            f"{self.ratio:.2f}" if self.ratio is not None else "", self.target,
            f"{statistics.median(load.p99 for load in self.ours):.1f}" if self.ours else "", f"{self.peak:.0f}",
            "yes" if self.is_met else "NO",
        ]


HEADER = ["what", "shops", "connections", "ours req/s", "floor req/s", "ratio", "target", "p99 ms", "MiB", "met"]


def speed(loads: list[Load]) -> str:
    return f"{median(loads):,.0f}" if loads else ""


def median(loads: list[Load]) -> float:
    return statistics.median(load.per_second for load in loads)


class Served:
    """A store of so many shops with a lead, an admin and a token, served by the program."""

    def __init__(self, stores: Stores, size: int, store: str | None = None):
        self.programs, self.size = stores.programs, size
        self.store = store or copy(stores.main(size), stores.folder(size) / "web.sqlite")
        self.token = self._people()
        self.server = Server(
            [self.programs.switchlist, "serve", "--listen", "127.0.0.1:0", "--store", self.store, "--log-level", "warning",
             *UNLIMITED],
            self.programs.environment)
        self.lead, self.admin = self._session("lead"), self._session("admin")

    def _people(self) -> str:
        teams = [word for team in LEAD_TEAMS for word in ("--team", team)]
        # Who chooses the own password needn't choose another at the first sign-in.
        self._tell("user", "add", "lead", "--role", "lead", *teams, "--as", "lead")
        self._tell("user", "add", "admin", "--role", "admin", "--as", "admin")
        said = self._tell("token", "create", "benchmark", "--scope", "read", "--format", "json")
        return json.loads(said)["secret"]

    def _tell(self, *arguments) -> str:
        done = subprocess.run(
            [self.programs.switchlist, *arguments, "--store", self.store], input=PASSWORD + "\n", text=True,
            env=self.programs.environment, capture_output=True)
        if done.returncode:
            raise Failed(" ".join(arguments) + "\n" + done.stderr)
        return done.stdout

    def _session(self, name: str) -> str:
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port)
        connection.request(
            "POST", "/sign-in", urllib.parse.urlencode({"name": name, "password": PASSWORD, "back": "/"}),
            {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"})
        response = connection.getresponse()
        cookies = response.headers.get_all("Set-Cookie") or []
        response.read()
        return next(cookie for cookie in cookies if cookie.startswith("switchlist-session=")).split(";")[0]

    def get(self, path: str, headers: dict[str, str]) -> tuple[dict[str, str], bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port)
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        body = response.read()
        if response.status != 200:
            raise Failed(f"GET {path}: {response.status}\n{body[:500]!r}")
        return dict(response.getheaders()), body


class WebBenchmark:
    def __init__(self, stores: Stores, options):
        self.stores, self.programs, self.options = stores, stores.programs, options
        self.floor_program = self.programs.repository / ".build" / "release" / "switchlist-web-floor"
        self.results: list[WebResult] = []
        self._stack = contextlib.ExitStack()
        self._wanted = options.only or ""

    def run(self, sizes: list[int]) -> list[WebResult]:
        with self._stack:
            self.served = {size: Served(self.stores, size) for size in sizes}
            for served in self.served.values():
                self._stack.callback(served.server.kill)
            for size in sizes:
                self._reads("shop page", size, "/shops/*/", "/shops/{shop}/", 0.25)
                self._reads("API status", size, "/api/v1/shops/*/status", "/api/v1/shops/{shop}/status", 0.4)
            for who in ["lead", "admin"]:
                self._desk(who, sizes)
            for size in sizes:
                self._ticks(size)
            for size in sizes:
                peak = self.served[size].server.peak_mebibytes
                self._add(WebResult("memory after all that", size, None, [], [], "≤ 150", peak <= 150, None, peak))
            self._idle(sizes[-1])
        return self.results

    def _add(self, result: WebResult) -> None:
        self.results.append(result)
        print("  " + " ".join(result.row()), file=sys.stderr)

    def _headers(self, served: Served, path: str) -> dict[str, str]:
        if path.startswith("/api/"):
            return {"Authorization": f"Bearer {served.token}"}
        return {"Cookie": served.admin, "Accept-Language": "zh-CN", "Accept": "text/html"}

    def _reads(self, name: str, size: int, path: str, route: str, target: float) -> None:
        if self._wanted not in name:
            return
        served = self.served[size]
        headers = self._headers(served, path)
        bare = self._bare(self._typical(served, path, headers), route)
        for connections in CONNECTIONS:
            ours, floor = self._alternate(
                lambda round: self._read(served.server, connections, path, size, round, headers),
                lambda round: self._read(bare, connections, path, size, round, headers))
            ratio = median(ours) / median(floor)
            self._add(WebResult(
                name, size, connections, ours, floor, f"≥ {target:g}", ratio >= target, ratio,
                served.server.peak_mebibytes))
        bare.kill()

    def _typical(self, served: Served, path: str, headers) -> tuple[dict[str, str], bytes]:
        """An answer as large as half of them are at the most."""
        chance = random.Random(7)
        answers = [
            served.get(path.replace("*", f"s-{chance.randint(1, served.size):06}"), headers) for _ in range(101)]
        return sorted(answers, key=lambda answer: len(answer[1]))[50]

    def _bare(self, answer: tuple[dict[str, str], bytes], route: str) -> Server:
        headers, body = answer
        path = self.programs.folder / "bare-body"
        path.write_bytes(body)
        told = [f"{name}:{value}" for name, value in headers.items() if name.lower() not in UNTOLD]
        bare = Server([self.floor_program, "bare", route, path, *told], self.programs.environment)
        self._stack.callback(bare.kill)
        return bare

    def _desk(self, who: str, sizes: list[int]) -> None:
        """What it takes with ten times the shops, beside what it takes with the fewer."""
        name = f"first page of /shops, {who}"
        if self._wanted not in name or len(sizes) < 2:
            return
        for connections in CONNECTIONS:
            def one(size):
                served = self.served[size]
                headers = self._headers(served, "/shops") | {"Cookie": getattr(served, who)}
                return lambda round: self._read(served.server, connections, "/shops", size, round, headers)

            many, few = self._alternate(one(sizes[-1]), one(sizes[0]))
            ratio = median(few) / median(many)
            self._add(WebResult(
                name, sizes[-1], connections, many, few, "≤ 1.5", ratio <= 1.5, ratio,
                self.served[sizes[-1]].server.peak_mebibytes))

    def _ticks(self, size: int) -> None:
        name = "durable ticks"
        if self._wanted not in name:
            return
        served = self.served[size]
        store = copy(self.stores.main(size), self.stores.folder(size) / "web-floor.sqlite")
        # The schema of the program, which adds what it lacks when it opens a store.
        self.programs.tell(self.programs.switchlist, "shop", "show", "s-000001", "--store", store)
        plain = Server([self.floor_program, "ticks", store], self.programs.environment)
        self._stack.callback(plain.kill)
        listed = self._tickable(store, size)
        headers = {"Cookie": served.admin, "Sec-Fetch-Site": "same-origin"}
        for connections in CONNECTIONS:
            ours, floor = self._alternate(
                lambda round: self._tick(served.server, connections, listed, headers),
                lambda round: self._tick(plain, connections, listed, {}))
            ratio = median(ours) / median(floor)
            self._add(WebResult(
                name, size, connections, ours, floor, "≥ 1.5", ratio >= 1.5, ratio, served.server.peak_mebibytes))
        plain.kill()
        for checked in [served.store, store]:
            for shop in listed.read_text().split()[:: size // 5]:
                self.programs.tell(self.programs.switchlist, "history", shop, "--verify", "--store", checked)

    def _idle(self, size: int) -> None:
        """Ten thousand connections that do nothing, while others open pages."""
        name = f"{IDLE:,} idle connections"
        if self._wanted not in name:
            return
        if raise_open_files(2 * IDLE) < IDLE + 500:
            raise Failed("too few open files are allowed; see ulimit -n")
        self.served[size].server.stop()
        served = Served(self.stores, size)
        self._stack.callback(served.server.kill)
        idle = [socket.create_connection(("127.0.0.1", served.server.port)) for _ in range(IDLE)]
        headers = self._headers(served, "/shops/*/")
        loads = [self._read(served.server, 64, "/shops/*/", size, round, headers) for round in range(3)]
        peak = served.server.peak_mebibytes
        self._add(WebResult(name, size, 64, loads, [], "≤ 350", peak <= 350, None, peak))
        for connection in idle:
            connection.close()

    def _alternate(self, ours, floor) -> tuple[list[Load], list[Load]]:
        """Takes turns, after a go of each that isn't counted."""
        ours(0)
        floor(0)
        both = [(ours(round), floor(round)) for round in range(1, self.options.repetitions + 1)]
        return [pair[0] for pair in both], [pair[1] for pair in both]

    def _read(self, server: Server, connections: int, path: str, size: int, round: int, headers) -> Load:
        return self._wrk(server, connections, "reads.lua", path, size, round, headers)

    def _tickable(self, store: pathlib.Path, size: int) -> pathlib.Path:
        """A file with the shops in which nothing keeps the item from being ticked."""
        path = self.stores.folder(size) / "tickable.txt"
        with contextlib.closing(sqlite3.connect(store)) as database:
            path.write_text("".join(f"{shop}\n" for shop, in database.execute(
                "SELECT shop FROM item WHERE id = 'update-marketing' AND open = 1 AND waiting_for = '' ORDER BY shop")))
        return path

    def _tick(self, server: Server, connections: int, listed: pathlib.Path, headers) -> Load:
        return self._wrk(server, connections, "ticks.lua", listed, uuid.uuid4().hex, headers)

    def _wrk(self, server: Server, connections: int, script: str, *arguments) -> Load:
        *words, headers = arguments
        folder = self.programs.sources / "wrk"
        done = subprocess.run(
            ["wrk", f"-t{THREADS}", f"-c{connections}", f"-d{self.options.seconds}s", "--timeout", "10s", "-s",
             folder / script, server.address, "--", *map(str, words), *(word for pair in headers.items() for word in pair)],
            env={**os.environ, "WRK_REPORT": str(folder / "report.lua")}, capture_output=True, text=True)
        last = done.stdout.strip().splitlines()[-1:] or [""]
        if done.returncode or not last[0].startswith("{"):
            raise Failed(f"wrk: {done.stdout}\n{done.stderr}\n{server.log[-2000:]}")
        said = json.loads(last[0])
        if said["refused"] or said["broken"]:
            raise Failed(f"{script} {words}: {said}\n{server.log[-2000:]}")
        return Load(said["requests"] / said["microseconds"] * 1e6, said["p99"] / 1000)


def build(programs: Programs, products=("switchlist", "switchlist-web-floor")) -> None:
    for product in products:
        programs.tell(
            "swift", "build", "-c", "release", "--static-swift-stdlib", "--scratch-path", ".build", "--product", product)
