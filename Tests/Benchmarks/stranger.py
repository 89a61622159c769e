"""What strangers can do to a server with all they have for a minute, while people who signed in go on working."""

import asyncio
import contextlib
import base64
import dataclasses
import itertools
import json
import pathlib
import random
import re
import resource
import shutil
import statistics
import sqlite3
import subprocess
import sys
import time
import urllib.parse

from programs import Failed, Programs

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "WebSupport"))

from server import Server, raise_open_files

ADDRESSES, CONNECTIONS = 200, 2_000
SHOPS, PEOPLE = 40, 4
PASSWORD = "a gate of 47 open words"
# What signed-in people may wait, in seconds; what the server may need, in MiB.
MOST_WAIT, MOST_MEMORY, MOST_GROWTH = 1.0, 400, 10
MARKS = "a" + "\u0301\u0323\u0327" * 1300
FORM = "application/x-www-form-urlencoded"
HEADER = ["what", "measured", "bound", "met"]


@dataclasses.dataclass
class Measure:
    name: str
    value: str
    bound: str
    is_met: bool = True

    def row(self) -> list[str]:
        return [self.name, self.value, self.bound, ("yes" if self.is_met else "NO") if self.bound else ""]


class Answer:
    def __init__(self, head: bytes, body: bytes):
        self.status = int(head.split(b" ", 2)[1])
        self.head, self.body = head.decode("latin-1"), body

    def cookie(self, name: str) -> str:
        return re.search(rf"(?im)^set-cookie: ({name}=[^;]*)", self.head)[1]


class Connection:
    """HTTP from an address of loopback, with as little work of its own as will do: it shares the processor."""

    def __init__(self, port: int, address: str = "127.0.0.1"):
        self.port, self.address, self.writer = port, address, None

    async def open(self) -> None:
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port, local_addr=(self.address, 0))

    async def ask(self, request: bytes) -> Answer:
        if self.writer is None or self.writer.is_closing():
            await self.open()
        self.writer.write(request)
        head = await self.reader.readuntil(b"\r\n\r\n")
        length = re.search(rb"(?im)^content-length: (\d+)", head)
        body = await self.reader.readexactly(int(length[1])) if length else b""
        if not length and b"chunked" in head:
            body = await self.reader.readuntil(b"0\r\n\r\n")
        return Answer(head, body)

    def close(self) -> None:
        if self.writer is not None:
            self.writer.transport.abort()
            self.writer = None


def request(method: str, path: str, body: bytes = b"", kind: str = FORM, **headers: str) -> bytes:
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", f"Content-Length: {len(body)}"]
    if body:
        lines.append(f"Content-Type: {kind}")
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def form(path: str, fields: dict[str, str], **headers: str) -> bytes:
    body = "&".join(f"{name}={urllib.parse.quote(value, safe='̧̣́')}" for name, value in fields.items())
    return request("POST", path, body.encode(), Sec_Fetch_Site="same-origin", **headers)


class Person:
    """Somebody who signed in before from this browser, and works: reads a page, ticks, takes back, reads."""

    def __init__(self, port: int, name: str, shops: list[str]):
        self.connection, self.name = Connection(port), name
        self.paths = itertools.cycle(self._paths(shops))
        self.waits: list[float] = []
        self.refused: list[str] = []

    @staticmethod
    def _paths(shops: list[str]):
        for shop in shops:
            yield "GET", f"/shops/{shop}/", {}
            yield "POST", f"/shops/{shop}/items/rebind-store/note", {"note": "looked at it"}
            yield "GET", "/shops", {}
            yield "POST", f"/shops/{shop}/items/verify-products/block", {"reason": "wait"}
            yield "POST", f"/shops/{shop}/items/verify-products/unblock", {"reason": "go"}

    async def sign_in(self) -> float:
        """The seconds that it took."""
        known = {"Cookie": self.device} if hasattr(self, "device") else {}
        began = time.monotonic()
        answer = await self.connection.ask(
            form("/sign-in", {"name": self.name, "password": PASSWORD, "back": "/"}, **known))
        if answer.status != 303:
            raise Failed(f"{self.name} can't sign in: {answer.status}")
        self.session, self.device = answer.cookie("switchlist-session"), answer.cookie("switchlist-device")
        return time.monotonic() - began

    async def work(self, until: float) -> None:
        while time.monotonic() < until:
            method, path, fields = next(self.paths)
            began = time.monotonic()
            try:
                answer = await asyncio.wait_for(self._ask(method, path, fields), 30)
                if answer.status != 200:
                    self.refused.append(f"{method} {path}: {answer.status}")
            except (OSError, asyncio.IncompleteReadError, TimeoutError) as error:
                self.refused.append(f"{method} {path}: {error!r}")
                self.connection.close()
            self.waits.append(time.monotonic() - began)
            await asyncio.sleep(0.1)

    def _ask(self, method: str, path: str, fields: dict[str, str]):
        if method == "GET":
            return self.connection.ask(request("GET", path, Cookie=self.session))
        return self.connection.ask(form(path, fields, Cookie=self.session, Accept="application/json"))


class Strangers:
    """Connections from many addresses, each of which does one kind of harm after the other."""

    def __init__(self, port: int, seconds: int, rate: float, names: list[str]):
        self.port, self.seconds, self.rate, self.names = port, seconds, rate, names
        self.chance = random.Random(20261128)
        self.addresses = [f"127.{1 + number // 100}.{number % 100}.7" for number in range(ADDRESSES)]
        self.sent: dict[str, int] = {}
        self.bytes = 0
        self.open: set[Connection] = set()
        self.most_open = 0
        cursors = ["k9223372036854775807\x1fs", "9223372036854775807\x1f1\x1f1\x1fs"]
        self.cursors = [base64.urlsafe_b64encode(text.encode()).decode().rstrip("=") for text in cursors]
        self.kinds = [
            ("guesses at accounts", 4, lambda: form("/sign-in", {"name": self.chance.choice(self.names), "password": "not this 47"})),
            ("guesses at nobody's", 3, lambda: form("/sign-in", {"name": f"n{self.chance.random()}", "password": "not this 47"})),
            ("marks as a name", 2, lambda: form("/sign-in", {"name": MARKS, "password": "x"})),
            ("marks as a password", 2, lambda: form("/sign-in", {"name": self.chance.choice(self.names), "password": MARKS})),
            ("large bodies to the door", 1, lambda: request("POST", "/sign-in", b"name=" + b"a" * 250_000)),
            ("large bodies to what isn't theirs", 1, lambda: request("POST", "/shops/s-1/items/x/tick", b"a" * (1 << 20))),
            ("parts", 1, lambda: request(
                "POST", "/sign-in", b'--b\r\nContent-Disposition: form-data; name="name"\r\n\r\n\r\n' * 3000 + b"--b--\r\n",
                "multipart/form-data; boundary=b")),
            ("places in lists", 2, lambda: request("GET", f"/api/v1/shops?after={self.chance.choice(self.cursors)}")),
            ("links and tokens", 2, lambda: request("GET", f"/l/{self.chance.getrandbits(128):022x}/"[:26] + "/",
                                                    Authorization=f"Bearer slt_{self.chance.getrandbits(200):x}")),
            ("languages", 1, lambda: form("/language", {"lang": MARKS, "back": "/" + "a" * 6000})),
            ("garbage", 1, lambda: self.chance.randbytes(2000) + b"\r\n\r\n"),
            ("half heads", 3, lambda: b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "),
            ("half bodies", 3, lambda: request("POST", "/sign-in", b"name=" + b"a" * 3000)[:-1500]),
            ("half large bodies", 1, lambda: request("POST", "/shops/s-1/items/x/tick", b"a" * (2 << 20))[:-(1 << 20)]),
        ]

    async def run(self, until: float) -> None:
        """Opens connections at a rate; each sends what it has and stays, slowly adding to it, until it is closed."""
        tasks: dict[asyncio.Task, None] = {}
        weighted = [kind for kind in self.kinds for _ in range(kind[1])]
        began, started = time.monotonic(), 0
        while (now := time.monotonic()) < until:
            while started < (now - began) * self.rate:
                started += 1
                if len(tasks) >= CONNECTIONS:
                    # The oldest makes room.
                    oldest = next(iter(tasks))
                    del tasks[oldest]
                    oldest.cancel()
                task = asyncio.create_task(self._one(self.chance.choice(weighted), until))
                tasks[task] = None
                task.add_done_callback(lambda done: tasks.pop(done, None))
            await asyncio.sleep(0.02)
        for task in list(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _one(self, kind, until: float) -> None:
        name, _, make = kind
        connection = Connection(self.port, self.chance.choice(self.addresses))
        try:
            await asyncio.wait_for(connection.open(), 10)
            self.open.add(connection)
            self.most_open = max(self.most_open, len(self.open))
            data = make()
            connection.writer.write(data)
            self.sent[name] = self.sent.get(name, 0) + 1
            self.bytes += len(data)
            answered = False
            while time.monotonic() < until and connection.writer is not None:
                # What hangs is dribbled to; what was answered stays open and idle.
                try:
                    answered = bool(await asyncio.wait_for(connection.reader.read(65_536), 3)) or answered
                    if connection.reader.at_eof():
                        return
                except TimeoutError:
                    if not answered and name.startswith("half"):
                        connection.writer.write(b"a")
        except (OSError, TimeoutError, AttributeError):
            pass
        finally:
            self.open.discard(connection)
            connection.close()


class StrangerBenchmark:
    def __init__(self, programs: Programs, options):
        self.programs, self.options = programs, options
        self.folder = programs.folder / "stranger"
        self.store = self.folder / "store.sqlite"
        self.shops = [f"s-{number}" for number in range(1, SHOPS + 1)]
        self.people = [f"person-{number}" for number in range(1, PEOPLE + 1)]

    def run(self) -> list[Measure]:
        if raise_open_files(3 * CONNECTIONS) < CONNECTIONS + 500:
            raise Failed("too few open files are allowed; see ulimit -n")
        self._prepare()
        server = Server(
            [self.programs.switchlist, "serve", "--listen", "127.0.0.1:0", "--store", self.store], self.programs.environment)
        try:
            return asyncio.run(self._measure(server))
        finally:
            server.kill()

    def _prepare(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        listed = self.folder / "shops.csv"
        listed.write_text("id,name,platform,team,owner\n" + "".join(
            f"{shop},示例店 {shop},douyin,east,owner\n" for shop in self.shops))
        self._tell("shop", "import", listed)
        self._tell("start", "--all", "--checklist", "douyin-after-switch")
        for name in self.people:
            self._tell("user", "add", name, "--role", "lead", "--team", "east", "--as", name)

    def _tell(self, *arguments) -> None:
        done = subprocess.run(
            [str(word) for word in [self.programs.switchlist, *arguments, "--store", self.store]],
            input=PASSWORD + "\n", text=True, env=self.programs.environment, capture_output=True)
        if done.returncode:
            raise Failed(" ".join(map(str, arguments)) + "\n" + done.stderr)

    def _size(self) -> int:
        """What the store holds, whether it is still in the log or not, and all that lies beside the two: the log itself
        has a size of its own, up to which it is used again and again."""
        with contextlib.closing(sqlite3.connect(self.store)) as database:
            pages = database.execute("PRAGMA page_count").fetchone()[0]
            size = database.execute("PRAGMA page_size").fetchone()[0]
        return pages * size + sum(
            path.stat().st_size for path in self.folder.iterdir() if not path.name.startswith(self.store.name))

    def _log(self) -> float:
        """In MiB."""
        log = self.store.with_name(self.store.name + "-wal")
        return log.stat().st_size / 2**20 if log.exists() else 0.0

    async def _measure(self, server: Server) -> list[Measure]:
        people = [Person(server.port, name, self.shops[number::PEOPLE]) for number, name in enumerate(self.people)]
        for person in people:
            await person.sign_in()
        strangers = Strangers(server.port, self.options.seconds, self.options.rate, self.people)
        # Their own work grows the store too; it is measured alone first, for as long as ten seconds.
        alone = await self._alone(people)
        before, began, own = self._size(), time.monotonic(), resource.getrusage(resource.RUSAGE_SELF)
        until = began + self.options.seconds
        known = asyncio.create_task(self._keep_signing_in(server, until))
        await asyncio.gather(strangers.run(until), *(person.work(until) for person in people))
        signed_in, failed = await known
        spent = resource.getrusage(resource.RUSAGE_SELF)
        growth = (self._size() - before) / 2**20
        waits = [wait for person in people for wait in person.waits]
        refused = [line for person in people for line in person.refused]
        if server.has_ended:
            raise Failed(f"the server has ended\n{server.log[-3000:]}")
        for line in sorted(set(failed + refused))[:10]:
            print("  " + line, file=sys.stderr)
        processor = spent.ru_utime + spent.ru_stime - own.ru_utime - own.ru_stime
        total = sum(strangers.sent.values())
        for name, count in sorted(strangers.sent.items()):
            print(f"  {name}: {count:,}", file=sys.stderr)
        p99 = percentile(waits, 99)
        return [
            Measure("strangers' requests", f"{total:,} ({total / self.options.seconds:.0f}/s)", ""),
            Measure("strangers' bytes", f"{strangers.bytes / 2**20:,.0f} MiB", ""),
            Measure("strangers' connections at once, from addresses", f"{strangers.most_open:,}, {ADDRESSES}", ""),
            Measure("the load's own share of a processor", f"{100 * processor / self.options.seconds:.0f} %", ""),
            Measure("requests by people who signed in", f"{len(waits):,}", ""),
            Measure("of them refused or lost", f"{len(refused)}", "0", not refused),
            Measure("their p99 without strangers", f"{1000 * alone:.0f} ms", ""),
            Measure("their median", f"{1000 * statistics.median(waits):.0f} ms", ""),
            Measure("their p99", f"{1000 * p99:.0f} ms", f"< {1000 * MOST_WAIT:.0f} ms", p99 < MOST_WAIT),
            Measure("sign-ins from a known browser", f"{signed_in} of {signed_in + len(failed)}", "all",
                    not failed and signed_in > 0),
            Measure("server's peak of memory", f"{server.peak_mebibytes:.0f} MiB", f"< {MOST_MEMORY} MiB",
                    server.peak_mebibytes < MOST_MEMORY),
            Measure("the store's log, which is used again", f"{self._log():.1f} MiB", "< 20 MiB", self._log() < 20),
            Measure("growth of the store and of its folder", f"{growth:.1f} MiB", f"< {MOST_GROWTH} MiB", growth < MOST_GROWTH),
        ]

    @staticmethod
    async def _alone(people: list[Person]) -> float:
        await asyncio.gather(*(person.work(time.monotonic() + 5) for person in people))
        waits = [wait for person in people for wait in person.waits]
        for person in people:
            person.waits, person.refused = [], []
        return percentile(waits, 99)

    async def _keep_signing_in(self, server: Server, until: float) -> tuple[int, list[str]]:
        """One of the people signs in again and again from the browser that is known."""
        person, count, failed = Person(server.port, self.people[0], self.shops), 0, []
        await person.sign_in()
        while time.monotonic() < until - 5:
            await asyncio.sleep(5)
            try:
                await asyncio.wait_for(person.sign_in(), 30)
                count += 1
            except (Failed, OSError, TimeoutError, asyncio.IncompleteReadError) as error:
                failed.append(f"sign-in: {error!r}")
                person.connection.close()
        return count, failed


def percentile(values: list[float], percent: int) -> float:
    return sorted(values)[min(len(values) - 1, len(values) * percent // 100)]
