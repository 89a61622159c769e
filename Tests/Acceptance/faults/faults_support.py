"""What the tests of faults share: the real program in a folder of its own, and what must hold of a store
whatever happened to it.

`check_store` looks at the file beside the program: the chain is recomputed, and the counters on run rows are
compared with what counting the items gives. What a replay of the events says is left to `history --verify`.
"""

import contextlib
import hashlib
import json
import os
import re
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[3]
PROGRAM = Path(os.environ.get("SWITCHLIST_BIN") or REPOSITORY / ".build" / "debug" / "switchlist").resolve()
NOW = "2026-11-20T02:00:00Z"

# Proofs of every kind, needs in a chain, due times behind and ahead of NOW.
CHECKLIST = """\
checklist: trial
title: {zh: 试用清单, en: The trial}
time-zone: Asia/Shanghai
items:
  - {id: free, title: {zh: 随时可做, en: Free to do}, due: 2h, owner: merchant}
  - {id: first, title: {zh: 第一步, en: First step}, due: 1d 18:00, critical: true}
  - {id: second, title: {zh: 第二步, en: Second step}, due: 2d, needs: [first]}
  - {id: third, title: {zh: 第三步, en: Third step}, due: 3d, needs: [second]}
  - {id: noted, title: {zh: 要备注, en: Asks for a note}, due: 1w, proof: note}
  - {id: linked, title: {zh: 要链接, en: Asks for a link}, due: 1w, proof: link}
  - {id: filed, title: {zh: 要文件, en: Asks for a file}, due: 1w, proof: file}
  - {id: seen, title: {zh: 要第二个人, en: Asks for a second person}, proof: second-person}
"""

# Another user of the machine. As root, permissions would stop nobody.
NOBODY = (
    ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", "--"] if os.geteuid() == 0 else []
)


# A process counts as its own what its parent had when it was started, so the parent is a small one.
MEASURING = """
import json, os, signal, sys, time
began = time.monotonic()
process = os.posix_spawn(sys.argv[3], sys.argv[3:], os.environ)
signal.signal(signal.SIGALRM, lambda *_: os.kill(process, signal.SIGKILL))
signal.alarm(int(sys.argv[2]))
_, status, usage = os.wait4(process, 0)
with open(sys.argv[1], "w") as file:
    json.dump([os.waitstatus_to_exitcode(status), usage.ru_maxrss // 1024, time.monotonic() - began], file)
"""


@dataclass
class Outcome:
    """What a run of the program left behind."""

    arguments: list
    status: int
    out: bytes
    err: bytes
    seconds: float = 0.0
    megabytes: int = 0

    @property
    def stdout(self) -> str:
        return self.out.decode("utf-8")

    @property
    def stderr(self) -> str:
        return self.err.decode("utf-8")

    def __str__(self) -> str:
        words = " ".join(str(word)[:200] for word in self.arguments)
        return (
            f"$ switchlist {words}\nstatus {self.status} after {self.seconds:.2f} s, {self.megabytes} MB\n"
            f"--- stdout\n{self.out[:2000]!r}\n--- stderr\n{self.err[:2000]!r}"
        )


class FaultProgram:
    """The program in a folder, told of nothing else on this machine."""

    def __init__(self, folder: Path):
        self.folder = Path(folder)
        self.store = self.folder / "store.sqlite"
        self.checklists = self.folder / "checklists"
        (self.folder / "home").mkdir(parents=True, exist_ok=True)
        self.checklists.mkdir(exist_ok=True)
        (self.checklists / "trial.yaml").write_text(CHECKLIST, encoding="utf-8")
        self.environment = {
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "HOME": str(self.folder / "home"),
            "SWITCHLIST_STORE": str(self.store),
            "SWITCHLIST_CHECKLISTS": str(self.checklists),
            "SWITCHLIST_NOW": NOW,
            "SWITCHLIST_ACTOR": "Li",
        }

    def start(self, *arguments, store=None, env=None, under=(), **options) -> subprocess.Popen:
        """Starts the program without waiting; its output goes into pipes."""
        environment = {**self.environment, **(env or {})}
        if store is not None:
            environment["SWITCHLIST_STORE"] = str(store)
        words = [word if isinstance(word, bytes) else str(word) for word in arguments]
        options = {"stdin": subprocess.DEVNULL, "cwd": self.folder, **options}
        return subprocess.Popen(
            [*under, str(PROGRAM), *words], stdout=options.pop("stdout", subprocess.PIPE),
            stderr=subprocess.PIPE, env=environment, **options,
        )

    def __call__(self, *arguments, status=0, input=None, timeout=60, **options) -> Outcome:
        """Runs the program; its exit status must be `status` unless that is None."""
        if input is not None:
            options["stdin"] = subprocess.PIPE
        began = time.monotonic()
        with self.start(*arguments, **options) as process:
            try:
                out, err = process.communicate(input, timeout=timeout)
            except subprocess.TimeoutExpired:
                process.kill()
                out, err = process.communicate()
                raise AssertionError(f"still running after {timeout} s: {arguments}\n{out!r}\n{err!r}") from None
        outcome = Outcome(list(arguments), process.returncode, out or b"", err, time.monotonic() - began)
        if status is not None:
            assert outcome.status == status, f"{outcome}\n--- expected status {status}"
        return outcome

    def measured(self, *arguments, status=None, timeout=60, **options) -> Outcome:
        """Like a call; also says how much memory the process had at most."""
        with tempfile.TemporaryDirectory() as folder:
            usage = Path(folder) / "usage"
            outcome = self(
                *arguments, status=None, timeout=timeout + 30,
                under=[sys.executable, "-ISc", MEASURING, str(usage), str(timeout)], **options)
            outcome.status, outcome.megabytes, outcome.seconds = json.loads(usage.read_text())
        if status is not None:
            assert outcome.status == status, f"{outcome}\n--- expected status {status}"
        return outcome

    def refused(self, *arguments, status=2, one_line=True, **options) -> str:
        """What must not be done: one clear error, no result, and nothing changed in the folder."""
        before = files_of(self.folder)
        outcome = self(*arguments, status=status, **options)
        assert outcome.out == b"", f"a refusal with a result\n{outcome}"
        assert_clear_error(outcome, one_line)
        after = files_of(self.folder)
        changed = [name for name in before.keys() | after.keys() if before.get(name) != after.get(name)]
        assert changed == [], f"something was changed: {changed}\n{outcome}"
        return outcome.stderr

    def shops(self, *shops, started=True, store=None):
        """Makes a store with these shops."""
        table = self.folder / "shops.csv"
        table.write_text("id,name,team\n" + "".join(f"{shop},店铺 {shop},east\n" for shop in shops), "utf-8")
        self("shop", "import", table, store=store)
        if started:
            self("start", "--all", "--checklist", "trial", store=store)
        table.unlink()

    def listed(self, store=None) -> list:
        """The ids of the shops."""
        return [shop["id"] for shop in json.loads(self("shop", "list", "--format", "json", store=store).stdout)]

    def verify(self, *shops, store=None):
        """`history --verify` is clean."""
        def one(shop):
            outcome = self("history", shop, "--verify", status=None, store=store)
            assert outcome.status == 0, f"the chain of {shop} is broken\n{outcome}"

        with ThreadPoolExecutor(2) as pool:
            list(pool.map(one, shops))


def assert_clear_error(outcome: Outcome, one_line=True):
    """One line that begins with `error: ` and says something a user can read."""
    text = outcome.stderr
    assert text.startswith("error: "), f"no clear error\n{outcome}"
    if one_line:
        assert text.count("\n") == 1 and text.endswith("\n"), f"more than one line\n{outcome}"
    assert len(text) < 2000, f"an error of {len(text)} characters\n{outcome}"
    for sign_of_a_machine in ["Fault(", "Error(", "Optional(", "nil", "fatalError", "SQL logic error", "Swift."]:
        assert sign_of_a_machine not in text, f"an error in the machine's words\n{outcome}"


def let_others_enter(folder: Path):
    """pytest's folders are closed to other users."""
    for path in [folder, *folder.parents]:
        if path.owner() == folder.owner() and path.stat().st_mode & 0o005 != 0o005:
            path.chmod(path.stat().st_mode | 0o055)


def files_of(folder: Path) -> dict:
    """Every file below a folder with its bytes. SQLite's own files beside a store come and go."""
    found = {}
    for path in sorted(Path(folder).rglob("*")):
        if path.name.endswith(("-shm", "-wal")):
            continue
        name = str(path.relative_to(folder))
        found[name] = path.read_bytes() if path.is_file() else "not a file"
    return found


def copy_store(source: Path, target: Path):
    """A store's file with the log that a killed process left."""
    for ending in ["", "-wal", "-shm"]:
        beside = Path(f"{target}{ending}")
        beside.unlink(missing_ok=True)
        if Path(f"{source}{ending}").exists():
            shutil.copyfile(f"{source}{ending}", beside)


@contextlib.contextmanager
def opened(store: Path):
    """A connection beside the program."""
    database = sqlite3.connect(store, timeout=30, isolation_level=None)
    try:
        yield database
    finally:
        database.close()


def chains(store: Path) -> dict:
    """Each shop's events, as they are stored."""
    found = {}
    with opened(store) as database:
        for shop, body in database.execute("SELECT shop, body FROM event ORDER BY shop, number"):
            found.setdefault(shop, []).append(body)
    return found


def check_store(store: Path):
    """Nothing is half there: the file is whole, the chains are, and every counter is what counting gives."""
    with opened(store) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        _check_chains(database)
        _check_counters(database)


def _check_chains(database):
    heads = {}
    for shop, number, body, seal in database.execute(
        "SELECT shop, number, body, hash FROM event ORDER BY shop, number"
    ):
        last, previous = heads.get(shop, (0, bytes(32)))
        assert number == last + 1, f"{shop}: event {number} follows {last}"
        digest = hashlib.sha256(previous + body.encode("utf-8")).digest()
        assert digest == seal, f"{shop}: the hash of event {number}"
        heads[shop] = (number, digest)
    stored = {shop: (events, head) for shop, events, head in database.execute("SELECT id, events, head FROM shop")}
    assert stored == heads


def _check_counters(database):
    items = {}
    for shop, run, *item in database.execute(
        "SELECT shop, run, id, state, open, due_at, waiting_for, changed_at FROM item ORDER BY shop, run, position"
    ):
        items.setdefault((shop, run), []).append(item)
    runs = {}
    for (
        shop, number, run_state, newer, counted, total, done, skipped, blocked, pending, due, done_at, holding
    ) in database.execute(
        """SELECT shop, number, state, newer, counted, total, done, skipped, blocked, pending, outstanding_due,
        done_at, holding_up FROM run ORDER BY shop, number"""
    ):
        place = f"{shop}, run {number}"
        runs[shop] = runs.get(shop, 0) + 1
        rows = items.pop((shop, number))
        states = [row[1] for row in rows]
        outstanding = [row for row in rows if row[1] in ("pending", "blocked")]
        expected = [len(rows), *(states.count(state) for state in ("done", "skipped", "blocked", "pending"))]
        assert [total, done, skipped, blocked, pending] == expected, place
        assert due == " ".join(map(str, sorted(row[3] for row in outstanding if row[3] is not None))), place
        assert done_at == " ".join(map(str, sorted(row[5] for row in rows if row[1] == "done"))), place
        waited_for = list(dict.fromkeys(other for row in outstanding for other in row[4].split()))
        assert holding == " ".join(waited_for), place
        assert counted == (newer is None and run_state in ("active", "finished")), place
        assert (run_state == "finished") == (not outstanding and run_state in ("active", "finished")), place
        for row in rows:
            assert row[2] == (run_state == "active" and row[1] in ("pending", "blocked")), f"{place}: {row}"
    assert items == {}, "items without a run"
    counted_runs = dict(database.execute("SELECT id, runs FROM shop WHERE runs > 0"))
    assert counted_runs == runs


# What a terminal would obey: control characters, C1 as UTF-8, marks that turn the order of what follows.
OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
OUR_OWN = re.compile(r"\x1b\[[0-9;]*m")
OUR_OWN_AT_A_TERMINAL = re.compile(r"\x1b\[[0-9;]*m|\x1b\[K|\r\n|\r(?=[\u2588\u2591\x1b])")


def assert_harmless(shown: str | bytes, what="", at_terminal=False):
    """Nothing in it that a terminal would obey, apart from our own colours and, at a terminal, its line ends
    and the bar of progress."""
    text = shown.decode("utf-8") if isinstance(shown, bytes) else shown
    rest = (OUR_OWN_AT_A_TERMINAL if at_terminal else OUR_OWN).sub("", text)
    found = OBEYED.search(rest)
    assert found is None, f"{what}: U+{ord(found[0]):04X} in {rest[max(0, found.start() - 80):][:200]!r}"


@contextlib.contextmanager
def small_disk(folder: Path, kilobytes: int):
    """A file system of its own that holds so much. Takes root, as the installation of the tests does."""
    folder.mkdir(exist_ok=True)
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    subprocess.run(
        [*sudo, "mount", "-t", "tmpfs", "-o", f"size={kilobytes}k,mode=777", "tmpfs", str(folder)], check=True)
    try:
        yield folder
    finally:
        subprocess.run([*sudo, "umount", "--lazy", str(folder)], check=True)


def fill_up(folder: Path, but_for=0):
    """Leaves so many bytes on the file system of a folder."""
    path = folder / "filling"
    with contextlib.suppress(OSError), open(path, "ab", buffering=0) as file:
        while True:
            file.write(bytes(4096))
    os.truncate(path, max(0, path.stat().st_size - but_for))


def limited_files(size: int):
    """For `preexec_fn`: files may have so many bytes, and writing more is an error, not a signal."""
    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return limit
