"""Measures stores on PostgreSQL beside pgbench, COPY, and the same stores in SQLite."""

import contextlib
import dataclasses
import hashlib
import http.client
import pathlib
import re
import sqlite3
import subprocess
import sys
import uuid
from collections.abc import Iterator

from cases import Case, Result
from databases import BINARIES, Log, Servers, Statement, literal
from programs import Failed, Programs, Sample
from stores import NOTE, NOW, Stores, copy, iso
from web import Load, Served, WebBenchmark, WebResult, build as build_products, median

SIZES = [10_000, 100_000]
LARGE = 1_000_000
CLIENTS = [8, 32]
ITEM = "update-marketing"
CHANGES = {"tick": "run=1&note=%E7%9C%8B%E8%BF%87%E4%BA%86", "untick": "run=1&reason=%E7%82%B9%E9%94%99%E4%BA%86"}
BEGIN = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"

HEADER = ["what", "shops", "clients", "ours /s", "floor /s", "ratio", "target", "p99 ms", "MiB", "met"]


def build(programs: Programs) -> None:
    build_products(programs, ["switchlist"])
    programs.compile("measure")


class PostgreSQLBenchmark(WebBenchmark):
    def run(self, sizes: list[int]) -> tuple[list[WebResult], list[Result]]:
        """Results of the server, and of commands."""
        commands: list[Result] = []
        with self._stack:
            self.servers = Servers(has_standby=True)
            self._stack.callback(self.servers.close)
            for size in sizes:
                self.servers.make(f"shops_{size}", self.programs, self.stores.main(size))
                # What the floor writes leaves chains that aren't whole, so it has a database of its own.
                self.servers.sql("postgres", f"CREATE DATABASE floor_{size} TEMPLATE shops_{size}")
                self._check_is_same(size)
                commands += self._commands(size)
                self._serve(size)
        return self.results, commands

    def _check_is_same(self, size: int) -> None:
        digests = {self._digest(store) for store in [self.stores.main(size), self._address(size)]}
        if len(digests) > 1:
            raise Failed("the exports of the two stores differ")

    def _address(self, size: int) -> str:
        return self.servers.address(f"shops_{size}")

    def _digest(self, store: pathlib.Path | str) -> str:
        exported = subprocess.Popen(
            [self.programs.switchlist, "export", "--store", store], env=self.programs.environment,
            stdout=subprocess.PIPE)
        digest = hashlib.file_digest(exported.stdout, "sha256")
        if exported.wait():
            raise Failed(f"export of {store}")
        return digest.hexdigest()

    # MARK: Commands

    def _commands(self, size: int) -> list[Result]:
        cases = [
            self._copied(size, name, words, format, status)
            for name, words, status in [("overdue", ["overdue"], 1), ("report", ["report"], 0)]
            for format in ["csv", "json", "text"]]
        return [case.measure(self.options.repetitions) for case in cases if self._wanted in case.name]

    def _copied(self, size: int, name: str, words: list[str], format: str, status: int) -> Case:
        """A command beside COPY of the queries by which it reads its rows, as often as it asks them."""
        programs = self.programs

        def ours(store: str = self._address(size)) -> Sample:
            return programs.run(
                programs.switchlist, *words, "--format", format, "--store", store, "--now", iso(NOW),
                statuses=(status,))

        with self.servers.listening(f"floor_{size}") as log:
            ours(self.servers.address(f"floor_{size}"))
        # From the last transaction on; the one before looks whether the tables are there.
        asked = [statement.query for statement in log.read()]
        last = max(place for place, query in enumerate(asked) if query.startswith("BEGIN"))
        copies = [word for query in asked[last:] if query.startswith("SELECT") for word in (
            "-c", f"COPY ({query}) TO STDOUT")]
        return Case(
            f"{name} --format {format} (floor: COPY)", size, ours=ours,
            floor=lambda: programs.run(BINARIES / "psql", "-qX", self._address(size), *copies),
            most_ratio=2, most_memory=60)

    # MARK: The server

    def _serve(self, size: int) -> None:
        scripts = self._scripts(size) if self._wanted in "durable ticks (floor: pgbench)" else []
        served = Served(self.stores, size, self._address(size))
        self._stack.callback(served.server.kill)
        self._pages(served, size)
        if scripts:
            self._durable_ticks(served, size, scripts)
        served.server.stop()

    def _pages(self, served: Served, size: int) -> None:
        wanted = [
            (name, path) for name, path in [("shop page", "/shops/*/"), ("API status", "/api/v1/shops/*/status")]
            if self._wanted in name]
        if not wanted:
            return
        embedded = Served(self.stores, size)
        self._stack.callback(embedded.server.kill)
        for name, path in wanted:
            for clients in CLIENTS:
                ours, floor = self._alternate(*(
                    lambda round, one=one: self._read(
                        one.server, clients, path, size, round, self._headers(one, path))
                    for one in [served, embedded]))
                ratio = median(ours) / median(floor)
                self._add(WebResult(
                    f"{name} (floor: SQLite)", size, clients, ours, floor, "≥ 0.5", ratio >= 0.5, ratio,
                    served.server.peak_mebibytes))
        embedded.server.stop()

    def _durable_ticks(self, served: Served, size: int, scripts: list[str]) -> None:
        listed = self._tickable(self.stores.main(size), size)
        headers = {"Cookie": served.admin, "Sec-Fetch-Site": "same-origin"}
        for clients in CLIENTS:
            ours, floor = self._alternate(
                lambda round: self._tick(served.server, clients, listed, headers),
                lambda round: self._pgbench(size, clients, scripts))
            ratio = median(ours) / median(floor)
            self._add(WebResult(
                "durable ticks (floor: pgbench)", size, clients, ours, floor, "≥ 0.6", ratio >= 0.6, ratio,
                served.server.peak_mebibytes))
        for shop in listed.read_text().split()[:: size // 5]:
            self.programs.tell(self.programs.switchlist, "history", shop, "--verify", "--store", served.store)

    def _scripts(self, size: int) -> list[str]:
        """What the transactions of a tick and of taking it back ask, as scripts for pgbench and their values."""
        database = f"floor_{size}"
        with self.servers.listening(database) as log:
            served = Served(self.stores, size, self.servers.address(database))
            with served.server:
                asked = {}
                # The second time, for the connections know the definition by then.
                for shop in self._tickable(self.stores.main(size), size).read_text().split()[:2]:
                    for verb in CHANGES:
                        key = uuid.uuid4().hex
                        log.read()
                        self._change(served, shop, verb, key)
                        asked[verb] = (self._transaction(log), shop, key)
        words: list[str] = []
        for verb, (statements, shop, key) in asked.items():
            path = self.stores.folder(size) / f"{verb}.sql"
            text, values = script(verb, statements, shop, key, size)
            path.write_text(text)
            words += ["-f", str(path), *(f"-D{name}={value}" for name, value in values.items())]
            print(f"  {verb}: {len(statements)} statements in its transaction", file=sys.stderr)
        return words

    def _change(self, served: Served, shop: str, verb: str, key: str) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", served.server.port)
        connection.request("POST", f"/shops/{shop}/items/{ITEM}/{verb}", CHANGES[verb], {
            "Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json",
            "Sec-Fetch-Site": "same-origin", "Cookie": served.admin, "Idempotency-Key": key})
        response = connection.getresponse()
        body = response.read()
        if response.status != 200:
            raise Failed(f"{verb} {shop}: {response.status}\n{body[:500]!r}")

    @staticmethod
    def _transaction(log: Log) -> list[Statement]:
        statements = log.read()
        first = next(index for index, statement in enumerate(statements) if statement.sql == BEGIN)
        own = [one for one in statements[first:] if one.connection == statements[first].connection]
        last = next(index for index, statement in enumerate(own) if statement.sql == "COMMIT")
        return own[:last + 1]

    def _pgbench(self, size: int, clients: int, scripts: list[str]) -> Load:
        done = subprocess.run(
            [BINARIES / "pgbench", "-n", "-M", "prepared", "-c", str(clients), "-j", "2", "-T",
             str(self.options.seconds), *scripts, self.servers.address(f"floor_{size}")],
            capture_output=True, text=True)
        said = re.search(r"^tps = ([\d.]+)", done.stdout, re.MULTILINE)
        if done.returncode or said is None or "number of failed transactions: 0 " not in done.stdout:
            raise Failed(f"pgbench: {done.stdout}\n{done.stderr}")
        return Load(float(said[1]), 0)


def script(verb: str, statements: list[Statement], shop: str, key: str, size: int) -> tuple[str, dict[str, str]]:
    """The statements of a transaction, for another shop each time, and the values that they have in common."""
    values: dict[str, str] = {}
    lines = [r"\set shop random(1, %d)" % size, r"\set unique random(1, 1000000000000000)"]
    for place, statement in enumerate(statements):
        # A shop's events are numbered; that none is missing isn't looked at here.
        columns = re.match(r"INSERT INTO event \(([\w, ]+)\)\s+VALUES \(\$1\b", statement.sql)
        number = columns and columns[1].split(", ").index("number") + 1

        def put(parameter: int, value: str | None) -> str:
            if not value:
                return literal(value)  # An option of pgbench can't be empty.
            if value == shop:
                return "'s-' || lpad(:shop::text, 6, '0')"
            if value == key:
                return ":unique::text"
            if parameter == number:
                return ":unique"
            name = f"{verb}_{place}_{parameter}"
            values[name] = value
            return f":{name}"

        lines.append(" ".join(statement.filled(put).split()) + ";")
    if not any(":unique;" in line or ":unique," in line for line in lines[2:]):
        raise Failed(f"{verb}: no event is inserted as this benchmark knows it")
    return "\n".join(lines) + "\n", values


# MARK: A million shops


@dataclasses.dataclass
class PeakResult:
    """The most memory that a command has had, over all shops."""

    name: str
    size: int
    sample: Sample

    MOST = 300

    @property
    def is_met(self) -> bool:
        return self.sample.peak < self.MOST

    def row(self) -> list[str]:
        return [
            self.name, f"{self.size:,}", f"{self.sample.wall / 1000:.1f}", f"{self.sample.peak:.0f}", f"< {self.MOST}",
            "yes" if self.is_met else "NO"]


PEAK_HEADER = ["what", "shops", "s", "peak MiB", "target", "met"]


class LargeBenchmark:
    """A million shops on either engine: a change costs what it costs among ten thousand, and nothing is read whole."""

    def __init__(self, stores: Stores, options):
        self.stores, self.programs, self.options = stores, stores.programs, options
        self._wanted = options.only or ""

    def run(self, small: int, large: int) -> tuple[list[Result], list[PeakResult]]:
        with contextlib.ExitStack() as stack:
            servers = Servers(has_standby=False)
            stack.callback(servers.close)
            kept = {}
            for size in [small, large]:
                servers.make(f"shops_{size}", self.programs, self.stores.main(size))
                work = copy(self.stores.main(size), self.stores.folder(size) / "large.sqlite")
                stack.callback(work.unlink)
                kept[size] = {"SQLite": work, "PostgreSQL": servers.address(f"shops_{size}")}
            ticks, peaks = [], []
            for engine in ["SQLite", "PostgreSQL"]:
                tick = self._tick(engine, {size: kept[size][engine] for size in kept})
                if self._wanted in tick.name:
                    ticks.append(tick.measure(self.options.repetitions))
                peaks += self._peaks(engine, large, kept[large][engine])
        return ticks, peaks

    def _tick(self, engine: str, kept: dict[int, pathlib.Path | str]) -> Case:
        def one(size):
            items = self._items(size)

            def run() -> Sample:
                shop, item = next(items)
                return self.programs.run(
                    self.programs.switchlist, "tick", shop, item, "--note", NOTE, "--store", kept[size], "--now",
                    iso(NOW))

            return run

        small, large = sorted(kept)
        return Case(
            f"tick, {engine} (floor: {small:,} shops)", large, ours=one(large), floor=one(small), most_ratio=1.5,
            most_memory=PeakResult.MOST)

    def _items(self, size: int) -> Iterator[tuple[str, str]]:
        """Items of shops all over the store that a note is proof enough for and that wait for nothing."""
        with contextlib.closing(sqlite3.connect(self.stores.main(size))) as store:
            for n in range(size):
                shop = f"s-{n * 7_368_787 % size + 1:06}"
                found = store.execute(
                    "SELECT id FROM item WHERE shop = ? AND open = 1 AND waiting_for = '' AND id IN ('rebind-store',"
                    " 'handle-pending-orders', 'rotate-password', 'verify-products', 'update-marketing')",
                    [shop]).fetchone()
                if found:
                    yield shop, found[0]

    def _peaks(self, engine: str, size: int, store: pathlib.Path | str) -> list[PeakResult]:
        newer = self.stores.newer_checklists()
        commands = [
            *(["report", "--format", format] for format in ["text", "csv", "json", "html"]), ["export"],
            ["upgrade", "--all", "--checklist", "douyin-after-switch", "--checklists", newer]]
        results = []
        for command in commands:
            name = " ".join(command[:3] if command[0] == "report" else command[:2]) + f", {engine}"
            if self._wanted not in name:
                continue
            print(f"  {name}", file=sys.stderr)
            sample = self.programs.run(
                self.programs.switchlist, *command, "--store", store, "--now", iso(NOW))
            results.append(PeakResult(name, size, sample))
        return results
