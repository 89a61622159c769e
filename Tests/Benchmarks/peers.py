"""The same jobs done with taskwarrior, and with a script in Python."""

import csv
import datetime
import importlib.util
import json
import shutil
import sqlite3
import statistics
import sys
import uuid

from programs import Sample
from stores import NOTE, NOW, Stores, copy, iso

MOST_SHOPS_FOR_TASKWARRIOR = 10_000  # every command of it reads and writes the whole file of tasks


def measure(stores: Stores, sizes: list[int], options) -> list[list[str]]:
    rows = []
    for size in sizes:
        peers = [Python(stores, size) if importlib.util.find_spec("yaml") else None]
        small = size <= MOST_SHOPS_FOR_TASKWARRIOR and shutil.which("task")
        peers.append(Taskwarrior(stores, size) if small else None)
        subjects = [Ours(stores, size), *peers]
        for job in ["tick", "overdue", "report"]:
            print(f"  peers: {job}, {size}", file=sys.stderr)
            times = [repeated(subject, job, options.repetitions) for subject in subjects]
            rows.append([job, f"{size:,}", *times])
    return rows


def repeated(subject, job: str, repetitions: int) -> str:
    if subject is None:
        return "not measured"
    run = getattr(subject, job)
    run()
    median = statistics.median(run().wall for _ in range(repetitions))
    return f"{median:.1f}" if median < 100 else f"{median:,.0f}"


class Ours:
    def __init__(self, stores: Stores, size: int):
        self.programs = stores.programs
        self.work = copy(stores.main(size), stores.folder(size) / "peers.sqlite")
        self.items = iter(stores.items_to_tick(size))

    def _run(self, *arguments, **options) -> Sample:
        return self.programs.run(
            self.programs.switchlist, *arguments, "--store", self.work, "--now", iso(NOW), **options)

    def tick(self) -> Sample:
        return self._run("tick", *next(self.items), "--note", NOTE)

    def overdue(self) -> Sample:
        return self._run("overdue", "--format", "csv", statuses=(1,))

    def report(self) -> Sample:
        return self._run("report", "--format", "csv")


class Python:
    """peers/colleague.py with the same items; its CSV has fewer columns, and it keeps no history."""

    def __init__(self, stores: Stores, size: int):
        self.programs = stores.programs
        self.script = stores.programs.sources / "peers" / "colleague.py"
        self.store = stores.folder(size) / "colleague.sqlite"
        self.items = iter(stores.items_to_tick(size))
        self.store.unlink(missing_ok=True)
        table = stores.folder(size) / "items.csv"
        with table.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(
                [shop, team, owner, item, due, done or "", by, note]
                for shop, team, owner, item, due, done, by, note, _ in items(stores, size))
        checklist = stores.programs.repository / "checklists" / "douyin-after-switch.yaml"
        self._run("load", checklist, table)

    def _run(self, *arguments) -> Sample:
        return self.programs.run(sys.executable, self.script, self.store, *arguments)

    def tick(self) -> Sample:
        return self._run("tick", *next(self.items), "--note", NOTE, "--as", "benchmark", "--now", when())

    def overdue(self) -> Sample:
        return self._run("overdue", "--now", when())

    def report(self) -> Sample:
        return self._run("report", "--now", when())


class Taskwarrior:
    """A project for each shop, a task for each item. It compares due times with the clock, which makes all
    of them overdue; so they are moved by the time that has passed since the benchmark's own moment."""

    def __init__(self, stores: Stores, size: int):
        self.programs = stores.programs
        self.folder = stores.folder(size) / "taskwarrior"
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir()
        settings = self.folder / "rc"
        settings.write_text(
            f"data.location={self.folder}\nconfirmation=off\nverbose=nothing\nhooks=off\ngc=off\n"
            "report.late.columns=project,description,due\nreport.late.filter=+OVERDUE\nreport.late.sort=due+\n"
            "report.late.description=late\n")
        self.settings = f"rc:{settings}"
        tasks = self.folder / "tasks.json"
        tasks.write_text("".join(json.dumps(task) + "\n" for task in as_tasks(items(stores, size))))
        self._run("import", tasks)
        ticked = stores.items_to_tick(size)
        self.items = iter(ticked)

    def _run(self, *arguments) -> Sample:
        return self.programs.run("task", self.settings, *arguments, statuses=(0, 1))

    def tick(self) -> Sample:
        return self._run(identity(*next(self.items)), "done")

    def overdue(self) -> Sample:
        return self._run("late")

    def report(self) -> Sample:
        return self._run("summary")


def items(stores: Stores, size: int):
    """Each item with its shop's team, its owner, when it is due and was done, by whom, its note, its needs."""
    with sqlite3.connect(stores.main(size)) as store:
        yield from store.execute(
            "SELECT i.shop, s.team, i.owner, i.id,"
            "  strftime('%Y-%m-%dT%H:%M:%S+00:00', i.due_at / 1000, 'unixepoch'),"
            "  CASE i.state WHEN 'done' THEN"
            "    strftime('%Y-%m-%dT%H:%M:%S+00:00', i.changed_at / 1000, 'unixepoch') END,"
            "  i.changed_by, i.note, i.waiting_for"
            " FROM item i JOIN shop s ON s.id = i.shop ORDER BY i.shop, i.position")


def identity(shop: str, item: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{shop}/{item}"))


def as_tasks(rows):
    now = datetime.datetime.now(datetime.timezone.utc)
    moved = now - NOW

    def stamp(text: str) -> str:
        return (datetime.datetime.fromisoformat(text) + moved).strftime("%Y%m%dT%H%M%SZ")

    for shop, team, owner, item, due, done, _, note, waiting_for in rows:
        task = {
            "uuid": identity(shop, item), "description": item, "project": shop, "tags": [team, owner],
            "due": stamp(due), "entry": (now - datetime.timedelta(days=20)).strftime("%Y%m%dT%H%M%SZ"),
            "status": "completed" if done else "pending",
        }
        if done:
            task["end"] = stamp(done)
        if waiting_for:
            task["depends"] = [identity(shop, need) for need in waiting_for.split()]
        yield task


def when() -> str:
    return NOW.isoformat("T", "seconds")
