"""What is compared with what, and what the ratio has to be."""

import dataclasses
import datetime
import filecmp
import itertools
import pathlib
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable

from programs import Failed, Sample
from stores import AGES, NOTE, NOW, Stores, copy, epoch, iso

AT_MOST = 25  # repetitions of what is quick
ENOUGH = 3.0  # seconds after which the least number of repetitions will do


@dataclasses.dataclass
class Result:
    name: str
    size: int | None
    ours: list[Sample]
    floor: list[Sample]
    most_ratio: float
    most_memory: int

    @property
    def ratio(self) -> float:
        return median(self.ours, "wall") / median(self.floor, "wall")

    @property
    def peak(self) -> float:
        return max(sample.peak for sample in self.ours)

    @property
    def is_met(self) -> bool:
        return self.ratio <= self.most_ratio and self.peak <= self.most_memory


def median(samples: list[Sample], what: str) -> float:
    return statistics.median(getattr(sample, what) for sample in samples)


@dataclasses.dataclass
class Case:
    name: str
    size: int | None
    ours: Callable[[], Sample]
    floor: Callable[[], Sample]
    most_ratio: float
    most_memory: int = 40
    check: Callable[[], None] = lambda: None

    def measure(self, repetitions: int) -> Result:
        """Alternates between the two, after a run of each that isn't counted."""
        print(f"  {self.name}, {self.size or 'any'}", file=sys.stderr)
        self.check()
        self.ours()
        self.floor()
        ours, floor = [], []
        began = time.monotonic()
        while len(ours) < repetitions or (len(ours) < AT_MOST and time.monotonic() - began < ENOUGH):
            ours.append(self.ours())
            floor.append(self.floor())
        return Result(self.name, self.size, ours, floor, self.most_ratio, self.most_memory)


def all_cases(stores: Stores, sizes: list[int]) -> list[Case]:
    cases = [start(stores)]
    for size in sizes:
        cases += [tick(stores, size), overdue(stores, size)]
        if size > sizes[0]:
            cases.append(short_overdue(stores, size, sizes[0]))
        cases += [
            report(stores, size), ticks(stores, size), start_all(stores, size),
            import_shops(stores, size), import_store(stores, size), export(stores, size),
            rebind(stores, size), upgrade(stores, size),
        ]
    return cases + [checklists(stores)]


def start(stores: Stores) -> Case:
    programs = stores.programs
    return Case(
        "start (--version)", None,
        ours=lambda: programs.run(programs.switchlist, "--version"),
        floor=lambda: programs.run(programs.floor("empty")), most_ratio=3)


def tick(stores: Stores, size: int) -> Case:
    programs = stores.programs
    work = stores.folder(size) / "tick.sqlite"
    items = iter(())

    def prepare() -> None:
        nonlocal items
        copy(stores.main(size), work)
        items = iter(stores.items_to_tick(size))

    def ours() -> Sample:
        shop, item = next(items)
        return programs.run(
            programs.switchlist, "tick", shop, item, "--note", NOTE, "--store", work, "--now", iso(NOW))

    def floor() -> Sample:
        return programs.run(programs.floor("tick"), work, epoch(NOW), NOTE, *next(items))

    def check() -> None:
        """The chain that the floor lengthened verifies."""
        prepare()
        shop, item = next(items)
        programs.run(programs.floor("tick"), work, epoch(NOW), NOTE, shop, item)
        programs.run(programs.switchlist, "history", shop, "--verify", "--store", work)

    return Case("tick", size, ours, floor, most_ratio=3, check=check)


def overdue(stores: Stores, size: int) -> Case:
    def ours(**where) -> Sample:
        return run_overdue(stores, size, NOW, **where)

    def floor(**where) -> Sample:
        return stores.programs.run(stores.programs.floor("overdue"), stores.main(size), epoch(NOW), **where)

    return Case(
        "overdue --format csv", size, ours, floor, most_ratio=1.2,
        check=lambda: same_output(stores, ours, floor))


def run_overdue(stores: Stores, size: int, now: datetime.datetime, **where) -> Sample:
    return stores.programs.run(
        stores.programs.switchlist, "overdue", "--format", "csv", "--store", stores.main(size), "--now",
        iso(now), statuses=(1,), **where)


def short_overdue(stores: Stores, size: int, smallest: int) -> Case:
    # The first item of the pilot team's ten shops is due two hours after their switch.
    moment = NOW - AGES["pilot"] + datetime.timedelta(hours=2)

    def check() -> None:
        lines = run_overdue(stores, size, moment, keep_output=True).output.count(b"\r\n")
        if lines != 11:
            raise Failed(f"{lines - 1} items are overdue at {iso(moment)}, not 10")

    return Case(
        f"overdue, 10 results (floor: {smallest:,} shops)", size,
        ours=lambda: run_overdue(stores, size, moment),
        floor=lambda: run_overdue(stores, smallest, moment), most_ratio=1.5, check=check)


def report(stores: Stores, size: int) -> Case:
    programs = stores.programs

    def ours(**where) -> Sample:
        return programs.run(
            programs.switchlist, "report", "--format", "csv", "--store", stores.main(size), "--now",
            iso(NOW), **where)

    def floor(**where) -> Sample:
        return programs.run(programs.floor("report"), stores.main(size), epoch(NOW), **where)

    return Case(
        "report --format csv", size, ours, floor, most_ratio=0.7,
        check=lambda: same_output(stores, ours, floor))


def ticks(stores: Stores, size: int) -> Case:
    programs = stores.programs
    work = stores.folder(size) / "ticks.sqlite"
    items = iter(())

    def check() -> None:
        nonlocal items
        copy(stores.main(size), work)
        items = iter(stores.items_to_tick(size))

    def batch() -> bytes:
        ticked = list(itertools.islice(items, 500))
        if len(ticked) < 500:
            check()
            return batch()
        return "".join(f"{shop} {item}\n" for shop, item in ticked).encode()

    return Case(
        "500 durable ticks in one process", size,
        ours=lambda: programs.run_timed(
            programs.in_process, "ticks", work, iso(NOW), NOTE, stdin=batch()),
        floor=lambda: programs.run_timed(programs.floor("tick"), work, epoch(NOW), NOTE, stdin=batch()),
        most_ratio=1.25, check=check)


def start_all(stores: Stores, size: int) -> Case:
    programs = stores.programs
    work, finished = stores.folder(size) / "start.sqlite", stores.folder(size) / "started.sqlite"

    def ours(work: pathlib.Path = work) -> Sample:
        copy(stores.shops(size), work)
        return programs.run(programs.switchlist, "start", "--all", "--store", work, "--now", iso(NOW))

    def floor() -> Sample:
        copy(stores.shops(size), work)
        return programs.run_timed(programs.floor("rows"), "start", work, finished)

    def check() -> None:
        ours(finished)
        floor()
        same_rows(stores, work, finished)

    return Case("start --all", size, ours, floor, most_ratio=2, check=check)


def import_shops(stores: Stores, size: int) -> Case:
    return importing(
        stores, size, "shop import", stores.shops(size), ["shop", "import", stores.csv(size)])


def import_store(stores: Stores, size: int) -> Case:
    return importing(stores, size, "import", stores.main(size), ["import", stores.export(size)])


def importing(stores: Stores, size: int, name: str, finished: pathlib.Path, command: list) -> Case:
    programs = stores.programs
    work = stores.folder(size) / "import.sqlite"

    def remove() -> None:
        for ending in ["", "-wal", "-shm"]:
            work.with_name(work.name + ending).unlink(missing_ok=True)

    def ours() -> Sample:
        remove()
        return programs.run(programs.switchlist, *command, "--store", work, "--now", iso(NOW))

    def floor() -> Sample:
        remove()
        return programs.run_timed(programs.floor("rows"), "all", work, finished)

    def check() -> None:
        floor()
        same_rows(stores, work, finished)

    return Case(name, size, ours, floor, most_ratio=2, most_memory=100, check=check)


def export(stores: Stores, size: int) -> Case:
    programs = stores.programs

    def ours(**where) -> Sample:
        return programs.run(programs.switchlist, "export", "--store", stores.main(size), **where)

    def floor(**where) -> Sample:
        return programs.run(programs.floor("export"), stores.main(size), **where)

    return Case(
        "export", size, ours, floor, most_ratio=1.5, check=lambda: same_output(stores, ours, floor))


def rebind(stores: Stores, size: int) -> Case:
    command = ["switch", "rebind", f"@{stores.listed(size)}"]
    changed = {"account_switch", "binding", "definition", "event", "item", "run", "shop"}
    return changing(
        stores, size, "switch rebind @FILE", stores.unbound, command, "rebind", [stores.listed(size)], changed)


def upgrade(stores: Stores, size: int) -> Case:
    command = [
        "upgrade", "--all", "--checklist", "douyin-after-switch", "--checklists", stores.newer_checklists(),
    ]
    changed = {"definition", "event", "item", "run", "shop"}
    return changing(stores, size, "upgrade --all", stores.main, command, "upgrade", [], changed)


def changing(
    stores: Stores, size: int, name: str, source: Callable[[int], pathlib.Path], command: list, floor_name: str,
    given: list, changed: set[str]
) -> Case:
    """A change of every shop: the floor takes from a store where it was made what is the same for all.

    `changed` are the tables that it writes.
    """
    programs = stores.programs
    work, finished = (stores.folder(size) / f"{floor_name}{ending}.sqlite" for ending in ["", "-finished"])

    def ours(work: pathlib.Path = work) -> Sample:
        copy(source(size), work)
        return programs.run(programs.switchlist, *command, "--store", work, "--now", iso(NOW))

    def floor() -> Sample:
        copy(source(size), work)
        return programs.run(programs.floor(floor_name), work, finished, epoch(NOW), *given)

    def check() -> None:
        ours(finished)
        floor()
        if differing := tables_that_differ(work, finished):
            raise Failed(f"{work} and {finished} differ in {differing}")
        if (written := tables_that_differ(work, source(size))) != changed:
            raise Failed(f"{name} wrote {written}, not {changed}")
        programs.run(programs.switchlist, "history", "s-000001", "--verify", "--store", work)

    return Case(name, size, ours, floor, most_ratio=2.5, most_memory=60, check=check)


def checklists(stores: Stores) -> Case:
    programs = stores.programs
    files = stores.checklists(10)
    return Case(
        "10 MB of checklists (floor: libyaml's events)", None,
        ours=lambda: programs.run_timed(programs.in_process, "checklists", files[0].parent),
        floor=lambda: programs.run_timed(programs.floor("events"), *files), most_ratio=1 / 0.4)


def same_output(stores: Stores, ours: Callable[..., Sample], floor: Callable[..., Sample]) -> None:
    paths = [stores.programs.folder / name for name in ["ours.txt", "floor.txt"]]
    for path, program in zip(paths, [ours, floor]):
        with path.open("wb") as file:
            program(stdout=file)
    if not filecmp.cmp(*paths, shallow=False):
        raise Failed(f"{paths[0]} and {paths[1]} differ")


def same_rows(stores: Stores, left: pathlib.Path, right: pathlib.Path) -> None:
    """Two stores hold the same: their exports are equal, and their reports."""
    for command in [["export"], ["report", "--format", "csv", "--now", iso(NOW)]]:
        same_output(stores, *(
            lambda store=store, **where: stores.programs.run(
                stores.programs.switchlist, *command, "--store", store, **where)
            for store in [left, right]))


def tables_that_differ(left: pathlib.Path, right: pathlib.Path) -> set[str]:
    stores = [sqlite3.connect(f"file:{path}?mode=ro", uri=True) for path in [left, right]]
    columns = dict(stores[0].execute(
        "SELECT m.name, COUNT(*) FROM sqlite_master m, pragma_table_info(m.name) WHERE m.type = 'table' GROUP BY 1"))

    def differs(table: str) -> bool:
        order = ", ".join(map(str, range(1, min(columns[table], 3) + 1)))
        rows = [store.execute(f"SELECT * FROM {table} ORDER BY {order}") for store in stores]
        return any(left != right for left, right in itertools.zip_longest(*rows))

    differing = {table for table in columns if differs(table)}
    for store in stores:
        store.close()
    return differing
