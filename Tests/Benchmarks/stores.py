"""Stores of many shops, made by the program's own commands."""

import datetime
import os
import pathlib
import re
import shutil
import sqlite3

from programs import Programs

NOW = datetime.datetime(2026, 3, 20, 4, 0, 0, tzinfo=datetime.timezone.utc)
PILOT = 10  # shops of a team of its own that switched first; nothing of theirs is done

# How long ago each team's shops were switched; the longer, the more is overdue.
AGES = {"pilot": datetime.timedelta(days=12)}
AGES |= {f"team-{n:02}": datetime.timedelta(days=10, hours=n) for n in range(1, 9)}
AGES |= {f"team-{n:02}": datetime.timedelta(days=2, hours=12 + n) for n in range(9, 11)}
AGES |= {f"team-{n:02}": datetime.timedelta(hours=n - 8) for n in range(11, 25)}

# What is ticked, in how many of a hundred shops.
TICKED = {
    "rebind-store": 90, "handle-pending-orders": 60, "rotate-password": 60, "verify-products": 50,
    "notify-customers": 20,
}
NOTE = "looked at it twice"
# A table has 20 MB at the most.
ROWS = 250_000


def iso(moment: datetime.datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def epoch(moment: datetime.datetime) -> str:
    return str(int(moment.timestamp()))


class Stores:
    def __init__(self, programs: Programs):
        self.programs = programs

    def folder(self, size: int) -> pathlib.Path:
        return self.programs.folder / str(size)

    def main(self, size: int) -> pathlib.Path:
        """Shops with their runs, partly done."""
        return self.folder(size) / "main.sqlite"

    def shops(self, size: int) -> pathlib.Path:
        """Shops alone."""
        return self.folder(size) / "shops.sqlite"

    def csv(self, size: int, part: int = 0) -> pathlib.Path:
        """A table of the shops, or one part of several."""
        return self.folder(size) / (f"shops-{part}.csv" if part else "shops.csv")

    def export(self, size: int) -> pathlib.Path:
        return self.folder(size) / "main.jsonl"

    def listed(self, size: int) -> pathlib.Path:
        """A file with every shop's id."""
        return self.folder(size) / "all.txt"

    def unbound(self, size: int) -> pathlib.Path:
        """Shops that may be rebound now, made when it is first asked for.

        Each has three runs: those that its plan began, and the one that waits for the end of its cool-down.
        """
        store = self.folder(size) / "unbound.sqlite"
        if not store.exists():
            making = copy(self.shops(size), store.with_name("unbinding.sqlite"))
            shops = [f"s-{n + 1:06}" for n in range(size)]
            self.listed(size).write_text("".join(f"{shop}\n" for shop in shops))
            planned, unbound, until = (NOW - datetime.timedelta(days=days) for days in [12, 8, 1])
            plans = self.folder(size) / "plans.csv"
            plans.write_text("shop,from,to,planned_at\n" + "".join(
                f"{shop},old-{shop},new-{shop},{iso(planned)}\n" for shop in shops))
            self._switchlist("switch", "import", plans, "--store", making, "--now", iso(planned))
            self._switchlist(
                "switch", "unbind", f"@{self.listed(size)}", "--until", iso(until), "--store", making, "--now",
                iso(unbound))
            making.rename(store)
        return store

    def newer_checklists(self) -> pathlib.Path:
        """The shipped checklists; of the one for after the switch an item is reworded, one is due at another
        time, one is gone and one is new."""
        folder = self.programs.folder / "newer-checklists"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.programs.repository / "checklists", folder)
        file = folder / "douyin-after-switch.yaml"
        head, *items = re.split(r"(?m)^(?=  - id: )", file.read_text())
        named = {item.split(maxsplit=3)[2]: item for item in items}
        del named["rebuild-brand"]
        named["notify-customers"] = named["notify-customers"].replace(
            "en: Notify the customers", "en: Tell the customers", 1)
        named["back-up-data"] = re.sub(r"(?m)^    due: .*$", "    due: 90h", named["back-up-data"])
        named["check-live-room"] = """\
  - id: check-live-room
    title: {zh: 检查直播间, en: Check the live room}
    due: 36h
    owner: merchant
    needs: [rebind-store, verify-products]
    proof: note
"""
        file.write_text(head + "".join(item.rstrip("\n") + "\n" for item in named.values()))
        return folder

    def make(self, size: int, reuse: bool) -> str:
        if not (reuse and self.export(size).exists()):
            shutil.rmtree(self.folder(size), ignore_errors=True)
            self.folder(size).mkdir(parents=True)
            for part, first in enumerate(range(0, size, ROWS)):
                self._write_csv(size, part, range(first, min(first + ROWS, size)))
                self._import_shops(size, part)
            self._start_and_tick(size)
            self._switchlist("export", self.export(size), "--store", self.main(size))
        with sqlite3.connect(self.main(size)) as store:
            outstanding, overdue = store.execute(
                "SELECT SUM(open), SUM(open AND due_at <= ?) FROM item", [int(epoch(NOW)) * 1000]).fetchone()
            events, = store.execute("SELECT COUNT(*) FROM event").fetchone()
        return (
            f"{size:,} shops: {events:,} events, {outstanding:,} items outstanding, "
            f"{100 * overdue / outstanding:.0f} % of them overdue, {self.main(size).stat().st_size >> 20} MiB")

    def _write_csv(self, size: int, part: int, numbers: range) -> None:
        teams = [team for team in AGES if team != "pilot"]
        owners = max(3, size // 50)
        with self.csv(size, part).open("w", encoding="utf-8") as file:
            file.write("id,name,platform,team,owner,time_zone,tags\n")
            for n in numbers:
                team = "pilot" if n < PILOT else teams[n % len(teams)]
                zone = "Asia/Shanghai" if n % 2 else ""
                tags = "live;flagship" if n % 3 == 0 else ""
                file.write(
                    f"s-{n + 1:06},示例店 {n + 1},douyin,{team},owner-{n % owners + 1:04},{zone},{tags}\n")

    def _import_shops(self, size: int, part: int) -> None:
        began = NOW - max(AGES.values()) - datetime.timedelta(days=1)
        self._switchlist(
            "shop", "import", self.csv(size, part), "--store", self.shops(size), "--now", iso(began))

    def _start_and_tick(self, size: int) -> None:
        main = self.main(size)
        copy(self.shops(size), main)
        for team, age in AGES.items():
            self._switchlist("start", "--all", "--team", team, "--store", main, "--now", iso(NOW - age))
        earlier = iso(NOW - datetime.timedelta(minutes=30))
        for item, share in TICKED.items():
            listed = self._listed(size, 0, share)
            self._switchlist(
                "tick", f"@{listed}", item, "--note", "looked at it", "--store", main, "--now", earlier)
        self._switchlist(
            "block", f"@{self._listed(size, 95, 98)}", "update-marketing", "--reason",
            "the agency is on holiday", "--store", main, "--now", earlier)

    def _listed(self, size: int, first: int, end: int) -> pathlib.Path:
        """A file with the shops that fall between two of a hundred places, spread over all teams."""
        path = self.folder(size) / "listed.txt"
        chosen = [n for n in range(PILOT, size) if first <= n * 37 % 100 < end]
        path.write_text("".join(f"s-{n + 1:06}\n" for n in chosen))
        return path

    def _switchlist(self, *arguments) -> None:
        self.programs.tell(self.programs.switchlist, *arguments)

    def checklists(self, megabytes: int) -> list[pathlib.Path]:
        """Copies of the shipped checklist under other ids, as many as make so many megabytes."""
        folder = self.programs.folder / "checklists"
        shutil.rmtree(folder, ignore_errors=True)
        (folder / "calendars").mkdir(parents=True)
        shipped = self.programs.repository / "checklists"
        shutil.copy(shipped / "calendars" / "cn.yaml", folder / "calendars")
        text = (shipped / "douyin-after-switch.yaml").read_bytes()
        files = []
        for n in range(megabytes * 1_000_000 // len(text) + 1):
            files.append(folder / f"copy-{n:04}.yaml")
            files[-1].write_bytes(
                text.replace(b"checklist: douyin-after-switch", b"checklist: copy-%04d" % n, 1))
        return files

    def items_to_tick(self, size: int) -> list[tuple[str, str]]:
        """Items that a note is proof enough for and that wait for nothing, in an order without pattern."""
        with sqlite3.connect(self.main(size)) as store:
            found = store.execute(
                "SELECT shop, id FROM item WHERE open = 1 AND waiting_for = '' AND shop > ? AND id IN"
                " ('rebind-store', 'handle-pending-orders', 'rotate-password', 'verify-products',"
                "  'update-marketing') ORDER BY shop, id", [f"s-{PILOT:06}"]).fetchall()
        return sorted(found, key=lambda pair: hash_of(*pair))


def hash_of(shop: str, item: str) -> int:
    return int(shop[2:]) * 2_654_435_761 % 2**32 ^ len(item) * 40_503


def copy(source: pathlib.Path, target: pathlib.Path) -> pathlib.Path:
    """Copies a store and waits for the disk, so that no one's fsync pays for the copy."""
    for ending in ["", "-wal", "-shm"]:
        target.with_name(target.name + ending).unlink(missing_ok=True)
    shutil.copyfile(source, target)
    descriptor = os.open(target, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)
    return target
