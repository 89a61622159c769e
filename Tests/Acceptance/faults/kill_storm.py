#!/usr/bin/env python3
"""Kills the program, again and again, at any moment of whatever changes a store, several processes at once,
and looks each time whether anything was lost, or is half there.

    Tests/Acceptance/faults/kill_storm.py --kills 3000

Some are killed after a random time, some at a random one of the calls by which they change files (see
faultpoints.c). At the end the counts are printed; the first loss ends it, and leaves its folder to look at.
SWITCHLIST_BIN names the program; the default is the debug build.
"""

import argparse
import contextlib
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from faults_support import CHECKLIST, FaultProgram, chains, check_store, copy_store, opened

ITEM_LINE = re.compile(r"^(?P<shop>\S+)  (?P<item>[a-z]+)  (?P<what>.*)$")
REBOUND_LINE = re.compile(r"^(?:rebound|unchanged:) (\S+) ")

TRIAL_ITEMS = re.findall(r"\bid: (\w+)", CHECKLIST)

# Begins with the unbinding; rebinding ticks its last item, whatever that needs, and begins `trial`.
HANDOVER = """\
checklist: handover
title: Until it is rebound
begins: unbound
items:
  - {id: gather, title: Gather, due: 1d}
  - {id: bound, title: Bind, due: 2d, needs: [gather], stands-for: rebound}
"""


def fault_points(folder: Path) -> Path:
    """Compiles the library that stops a process at a call of a given number."""
    library = Path(folder) / "faultpoints.so"
    if not library.exists():
        source = Path(__file__).resolve().parent / "faultpoints.c"
        compiler = next(name for name in ["cc", "clang", "gcc"] if shutil.which(name))
        subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"], check=True)
    return library


@dataclass
class Shot:
    """A process that was shot at."""

    arguments: list
    status: int
    out: str
    err: str

    @property
    def was_killed(self) -> bool:
        return self.status == -signal.SIGKILL

    @property
    def said_items(self) -> list:
        """What was acknowledged for items: shop, item, and whether it was changed."""
        return [(match["shop"], match["item"], "unchanged" not in match["what"]) for match in self._said(ITEM_LINE)]

    @property
    def said_rebound(self) -> set:
        """The shops whose rebinding was acknowledged."""
        return {match[1] for match in self._said(REBOUND_LINE)}

    def _said(self, pattern) -> list:
        """Of the lines that were written whole, those that match."""
        whole = self.out.rpartition("\n")[0].splitlines()
        return [match for match in map(pattern.match, whole) if match]

    def __str__(self) -> str:
        return f"{self.arguments} → {self.status}\n{self.out}\n{self.err}"


@dataclass
class Tally:
    """What a scenario has come to."""

    rounds: int = 0
    processes: int = 0
    killed: int = 0
    at_calls: int = 0
    acknowledged: int = 0
    # How late the last of a volley is shot at, as a share of what an undisturbed run takes.
    reach: float = 1.0
    calls: dict = field(default_factory=dict)


class Storm:
    """Volleys of processes, most of them killed, on stores that are looked at after each volley."""

    def __init__(self, folder: Path, seed: int, at_once: int = 4):
        self.random = random.Random(seed)
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.library = fault_points(self.folder)
        self.program = FaultProgram(self.folder)
        self.at_once = at_once
        self.tokens = 0
        self.seconds = {}
        self.tallies = {name: Tally() for name in self.scenarios()}
        # So many shops take several transactions.
        self.tallies["rebind"].reach = 5.0
        self.templates = self.folder / "templates"
        self.templates.mkdir(exist_ok=True)
        self._make_templates()

    @property
    def kills(self) -> int:
        return sum(tally.killed for tally in self.tallies.values())

    @classmethod
    def scenarios(cls) -> list:
        return ["items", "start_all", "rebind", "shop_import", "import", "create", "migrate"]

    def go(self, kills: int, report=lambda storm: None):
        """Goes on until so many were killed."""
        while self.kills < kills:
            for name in self.scenarios():
                getattr(self, f"storm_{name}")(self.tallies[name])
                self.tallies[name].rounds += 1
                report(self)

    # Scenarios. Each makes what it needs, lets a few volleys go, and checks.

    def storm_items(self, tally):
        """Changes of items: acknowledged ones are there, and none is there twice."""
        shops = [f"s-{number}" for number in range(6)]
        (self.folder / "all.txt").write_text("\n".join(shops))
        store = self._store("items", "started")
        acknowledged, said = {}, {}
        for _ in range(5):
            volley = []
            for _ in range(self.at_once):
                token = self._token()
                shop = self.random.choice([*shops, "@all.txt"])
                item = self.random.choice(["free", "noted", "first", "linked"])
                volley.append((token, self.random.choice([
                    ["note", shop, item, token],
                    ["block", shop, item, "--reason", token],
                    ["unblock", shop, item],
                    ["untick", shop, item, "--reason", token],
                    ["tick", shop, "free", "noted", "--note", token],
                    ["tick", shop, "first", "second", "third", "--note", token],
                ])))
            for (token, _), shot in zip(volley, self._volley(tally, [command for _, command in volley], store)):
                told = shot.said_items
                said[token] = str(shot)
                if shot.arguments[0] != "unblock":
                    acknowledged[token] = [(shop, item) for shop, item, changed in told if changed]
                    tally.acknowledged += len(acknowledged[token])
                assert shot.was_killed or shot.status in (0, 2), str(shot)
                assert "has kept" not in shot.err and "database is" not in shot.err, str(shot)
            self._check(store, shops)
        events = chains(store)
        for token, changes in acknowledged.items():
            for shop, item in changes:
                found = [body for body in events[shop] if f'"{token}"' in body and f'"{item}"' in body]
                assert len(found) == 1, f"{token} of {shop}, {item}: {len(found)} times\n{said[token]}"
        self._check_replay(store)

    def storm_start_all(self, tally):
        """Runs of many shops: each has one run with all its items, or none."""
        store = self._store("start-all", "many")
        started = set()
        for _ in range(3):
            command = ["start", "--all", "--checklist", "trial"]
            shots = self._volley(tally, [command] * (self.at_once - 1) + [["shop", "add", self._token()]], store)
            self._check(store, [])
            with opened(store) as database:
                runs = dict(database.execute("SELECT shop, count(*) FROM run GROUP BY shop"))
                shops = {shop for (shop,) in database.execute("SELECT id FROM shop WHERE id LIKE 'm-%'")}
            assert set(runs.values()) <= {1}, "a shop was started twice"
            assert started <= set(runs), "a run was lost"
            if any(shot.status == 0 for shot in shots[:-1]):
                assert set(runs) >= shops, "a run that was acknowledged isn't there"
                tally.acknowledged += 1
            assert all(shot.was_killed or shot.status == 0 for shot in shots), "\n".join(map(str, shots))
            started = set(runs)
        self._check(store, self.random.sample(sorted(started), min(3, len(started))))
        self._check_replay(store)

    def storm_rebind(self, tally):
        """Rebindings of many shops: each has all that comes of its own, once, or is unbound as before."""
        store = self._store("rebind", "unbound")
        said = set()
        for _ in range(3):
            lists = [self.random.choice(["@there.txt", "@back.txt"]) for _ in range(self.at_once - 1)]
            commands = [["switch", "rebind", list_] for list_ in lists]
            shots = self._volley(tally, [*commands, ["shop", "add", self._token()]], store)
            self._check(store, [])
            assert all(shot.was_killed or shot.status == 0 for shot in shots), "\n".join(map(str, shots))
            done = self._rebound(store)
            for shot in shots[:-1]:
                said |= shot.said_rebound
                if shot.status == 0:
                    assert shot.said_rebound == set(self.unbound), f"a shop was passed over\n{shot}"
            assert said <= done, f"a rebinding that was acknowledged isn't there: {said - done}"
        tally.acknowledged += len(said)
        self._check(store, self.random.sample(self.unbound, 3))
        self._check_replay(store)

    def _rebound(self, store) -> set:
        """The shops that are rebound; each other one stands where it stood."""
        found = {shop: [] for shop in self.unbound}
        with opened(store) as database:
            for question in [
                "SELECT shop, state, ended_at IS NOT NULL FROM account_switch",
                "SELECT shop, account FROM binding WHERE ended IS NULL",
                """SELECT shop, checklist, state FROM run JOIN definition ON definition.id = definition
                ORDER BY shop, number""",
                "SELECT shop, id, state FROM item ORDER BY shop, run, position",
            ]:
                for shop, *row in database.execute(question):
                    found[shop] += row
        handover = ["handover", "active"]
        before = ["unbound", 0, *handover, "gather", "pending", "bound", "pending"]
        begun = [word for item in TRIAL_ITEMS for word in (item, "pending")]
        after = ["rebound", 1, "new", *handover, "trial", "active", "gather", "pending", "bound", "done", *begun]
        half = {shop: row for shop, row in found.items() if row not in (before, after)}
        assert not half, f"half a rebinding: {half}"
        return {shop for shop, row in found.items() if row == after}

    def storm_shop_import(self, tally):
        """Imports of a table: all its rows or none."""
        store = self._store("shop-import", "started")
        tables = {}
        volley = []
        for _ in range(self.at_once):
            prefix = self._token()
            table = self.folder / f"{prefix}.csv"
            table.write_text("id,name,tags\n" + "".join(f"{prefix}-{row},店 {row},a;b\n" for row in range(200)), "utf-8")
            tables[prefix] = table
            volley.append(["shop", "import", table])
        shots = self._volley(tally, volley, store)
        with opened(store) as database:
            for prefix, shot in zip(tables, shots):
                (count,) = database.execute("SELECT count(*) FROM shop WHERE id LIKE ?", (f"{prefix}-%",)).fetchone()
                assert count in (0, 200), f"half an import: {count} rows\n{shot}"
                if shot.status == 0 or shot.out:
                    assert count == 200, f"an import that was acknowledged isn't there\n{shot}"
                    tally.acknowledged += 1
                assert shot.was_killed or shot.status == 0, str(shot)
        for table in tables.values():
            table.unlink()
        self._check(store, ["s-1"])

    def storm_import(self, tally):
        """Imports of an export into a store that isn't there: afterwards it is whole, or not there."""
        export = self.templates / "many.jsonl"
        store = self.folder / "import.sqlite"
        self._remove(store)
        shots = self._volley(tally, [["import", export]] * self.at_once, store)
        for shot in shots:
            assert shot.was_killed or shot.status in (0, 2), str(shot)
        was_acknowledged = any(shot.status == 0 or shot.out.endswith("\n") for shot in shots)
        if was_acknowledged or store.exists():
            again = self.program("export", store=store)
            assert again.out == export.read_bytes(), "half an import"
            self._check(store, ["m-7"])
            tally.acknowledged += was_acknowledged
        else:
            assert all(shot.was_killed for shot in shots), "\n".join(map(str, shots))

    def storm_create(self, tally):
        """First shops of a store that isn't there, all at once."""
        store = self.folder / "created" / "new.sqlite"
        self._remove(store)
        ids = [self._token() for _ in range(self.at_once)]
        shots = self._volley(tally, [["shop", "add", shop, "--name", "晨光"] for shop in ids], store)
        self._check_added(tally, store, ids, shots)

    def storm_migrate(self, tally):
        """First commands on a store of an older schema."""
        store = self.folder / "older.sqlite"
        self._remove(store)
        with opened(store) as database:
            database.execute("PRAGMA journal_mode = WAL")
            database.execute("CREATE TABLE migration (name TEXT NOT NULL PRIMARY KEY)")
        ids = [self._token() for _ in range(self.at_once)]
        shots = self._volley(tally, [["shop", "add", shop] for shop in ids], store)
        with opened(store) as database:
            tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            applied = database.execute("SELECT name FROM migration").fetchall()
        if not applied:
            assert tables == {"migration"}, "half a migration"
        self._check_added(tally, store, ids, shots)

    # What they are made of.

    def _check_added(self, tally, store, ids, shots):
        added = [shop for shop, shot in zip(ids, shots) if shot.status == 0 or shot.out.endswith("\n")]
        for shot in shots:
            assert shot.was_killed or shot.status == 0, str(shot)
        if not added and not store.exists():
            return
        self._check(store, added)
        listed = self.program.listed(store=store)
        assert set(added) <= set(listed), f"lost: {set(added) - set(listed)}"
        tally.acknowledged += len(added)

    def _make_templates(self):
        self._template("started", [f"s-{number}" for number in range(6)], started=True)
        self._template("many", [f"m-{number}" for number in range(60)], started=False)
        copy_store(self.templates / "many.sqlite", self.folder / "many.sqlite")
        self.program("start", "--all", "--checklist", "trial", store=self.folder / "many.sqlite")
        self.program("export", self.templates / "many.jsonl", store=self.folder / "many.sqlite")
        self._make_unbound()

    def _make_unbound(self):
        """A store of shops whose cool-down is over, more than one transaction takes, and lists in two orders."""
        self.unbound = [f"u-{number}" for number in range(180)]
        (self.program.checklists / "handover.yaml").write_text(HANDOVER, "utf-8")
        self._template("unbound", self.unbound, started=False)
        (self.folder / "there.txt").write_text("\n".join(self.unbound))
        (self.folder / "back.txt").write_text("\n".join(reversed(self.unbound)))
        table = self.folder / "switches.csv"
        table.write_text("shop,from,to,planned_at,unbound_at,until\n" + "".join(
            f"{shop},old,new,2026-11-01,2026-11-03,2026-11-10\n" for shop in self.unbound))
        self.program("switch", "import", table, store=self.templates / "unbound.sqlite")

    def _template(self, name, shops, started):
        self.program.shops(*shops, started=started, store=self.templates / f"{name}.sqlite")

    def _store(self, name, template) -> Path:
        store = self.folder / f"{name}.sqlite"
        copy_store(self.templates / f"{template}.sqlite", store)
        return store

    def _remove(self, store: Path):
        with contextlib.suppress(FileNotFoundError):
            for path in list(store.parent.iterdir()):
                if path.name.startswith(store.name):
                    path.unlink()

    def _token(self) -> str:
        self.tokens += 1
        return f"x{self.tokens}x"

    def _volley(self, tally, commands, store) -> list:
        """Runs commands at once, shoots at each, and takes down what they had said by then."""
        began = time.monotonic()
        running = []
        for command in commands:
            env = {}
            due = began + self.random.uniform(0.1, 1.0) * tally.reach * self._typical(command)
            if self.random.random() < 0.4:
                kind = self.random.choice(["kill", "kill", "torn"])
                most = tally.calls.setdefault(command[0], 120)
                env = {
                    "LD_PRELOAD": str(self.library), "FAULT_KIND": kind,
                    "FAULT_AT": str(self.random.randint(1, most)),
                }
                due = None
            running.append((command, due, self.program.start(*command, store=store, env=env)))
        for _, due, process in sorted((entry for entry in running if entry[1]), key=lambda entry: entry[1]):
            time.sleep(max(0, due - time.monotonic()))
            process.kill()
        shots = []
        for command, due, process in running:
            out, err = process.communicate(timeout=60)
            shot = Shot(command, process.returncode, out.decode("utf-8", "replace"), err.decode("utf-8", "replace"))
            shots.append(shot)
            tally.processes += 1
            tally.killed += shot.was_killed
            tally.at_calls += shot.was_killed and due is None
            # Aims anew, so that about three in four are hit, and at all moments.
            if due is not None:
                tally.reach *= 1.03 if shot.was_killed else 0.92
                tally.reach = min(20, max(0.3, tally.reach))
            else:
                most = tally.calls[command[0]]
                tally.calls[command[0]] = max(20, most + 3 if shot.was_killed else int(most * 0.95))
        return shots

    def _typical(self, command) -> float:
        """Seconds that a small command takes, undisturbed."""
        if not self.seconds:
            began = time.monotonic()
            for _ in range(3):
                self.program("note", "s-0", "free", "calm", store=self.templates / "started.sqlite")
            self.seconds["any"] = (time.monotonic() - began) / 3
        return self.seconds["any"]

    def _check(self, store, shops):
        """The store opens, for the program first."""
        self.program("shop", "list", store=store)
        check_store(store)
        self.program.verify(*shops, store=store)

    def _check_replay(self, store):
        """What the program makes of the events alone is what the store holds, for every shop."""
        export, copy = self.folder / "replay.jsonl", self.folder / "replay.sqlite"
        self._remove(copy)
        self.program("export", export, store=store)
        self.program("import", export, store=copy)
        with opened(store) as ours, opened(copy) as replayed:
            columns = "id, name, platform, team, owner, time_zone, tags, archived, runs, events, head"
            for question in [
                f"SELECT {columns} FROM shop ORDER BY id",
                "SELECT * FROM item ORDER BY shop, run, position",
                "SELECT * FROM event ORDER BY shop, number",
                "SELECT * FROM account_switch ORDER BY shop, number",
                "SELECT * FROM binding ORDER BY shop, number",
                """SELECT shop, number, checklist, sha256, switched_at, time_zone, state, newer, counted, done,
                skipped, blocked, pending, outstanding_due, done_at, holding_up
                FROM run JOIN definition ON definition.id = definition ORDER BY shop, number""",
            ]:
                assert ours.execute(question).fetchall() == replayed.execute(question).fetchall(), question


def table(storm: Storm, seconds: float) -> str:
    """The counts, for people."""
    counts = ["rounds", "processes", "killed", "at_calls", "acknowledged"]
    lines = [f"{'scenario':<12}" + "".join(f"{count.replace('_', ' '):>14}" for count in counts)]
    total = Tally()
    for name, tally in [*storm.tallies.items(), ("all", total)]:
        lines.append(f"{name:<12}" + "".join(f"{getattr(tally, count):>14}" for count in counts))
        for count in counts:
            setattr(total, count, getattr(total, count) + getattr(tally, count))
    lines.append(f"{seconds:.0f} s; nothing was lost, and nothing is half there")
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description="Kills the program at any moment and looks for losses.")
    parser.add_argument("--kills", type=int, default=3000, help="go on until so many were killed")
    parser.add_argument("--seed", type=int, default=time.time_ns() % 1_000_000)
    parser.add_argument("--at-once", type=int, default=4, help="processes in a volley")
    arguments = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="kill-storm-"))
    print(f"seed {arguments.seed}, {folder}", flush=True)
    began = time.monotonic()
    last = 0

    def report(storm):
        nonlocal last
        if storm.kills // 250 > last:
            last = storm.kills // 250
            print(f"{storm.kills} killed after {time.monotonic() - began:.0f} s", flush=True)

    storm = Storm(folder, arguments.seed, arguments.at_once)
    storm.go(arguments.kills, report)
    print(table(storm, time.monotonic() - began), flush=True)
    shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
