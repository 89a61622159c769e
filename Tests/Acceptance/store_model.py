"""A second reading of a store: an export, replayed by the documented rules and counted anew.

It shares no code with the program, so that a number is right only when two ways of counting agree.
"""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

WEEK = timedelta(days=7)


def moment(text):
    return None if text is None else datetime.fromisoformat(text.replace("Z", "+00:00"))


def written(time):
    return None if time is None else time.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def canonical(value) -> bytes:
    """The bytes that are hashed."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def link(event):
    """The number of the link by which an event came in."""
    return int(event["login"].removeprefix("link:")) if event["channel"] == "link" else None


@dataclass
class Item:
    definition: dict
    due_at: datetime | None
    owner: str | None
    state: str = "pending"
    awaiting: dict | None = None
    blocked_reason: str | None = None
    changed_at: datetime | None = None
    changed_by: str | None = None
    changed_by_link: int | None = None
    missed: str | None = None

    @property
    def id(self):
        return self.definition["id"]

    @property
    def outstanding(self):
        return self.state in ("pending", "blocked")

    @property
    def critical(self):
        return self.definition.get("critical", False)

    def enter(self, state, event):
        self.state, self.awaiting, self.blocked_reason = state, None, None
        self.changed_at, self.changed_by = moment(event["at"]), event["by"]
        self.changed_by_link = link(event)

    def apply(self, event):
        match event["kind"]:
            case "item-ticked" | "item-confirmed": self.enter("done", event)
            case "item-ticked-to-confirm":
                self.enter("pending", event)
                self.awaiting = {"by": event["by"], "by_link": link(event), "at": event["at"]}
            case "item-unticked" | "item-unblocked": self.enter("pending", event)
            case "item-skipped": self.enter("skipped", event)
            case "item-missed":
                self.enter("skipped", event)
                self.missed = event["milestone"]
            case "item-blocked":
                self.enter("blocked", event)
                self.blocked_reason = event["reason"]
            case "item-assigned": self.owner = event["to"]
            case "item-due-moved": self.due_at = moment(event["to"])
            case "item-noted": pass
            case kind: raise AssertionError(f"an event of an unknown kind: {kind}")


@dataclass
class Run:
    number: int
    checklist: str
    definition: dict
    switched_at: datetime
    items: dict[str, Item]
    ended: str | None = None  # stopped or superseded

    @property
    def state(self):
        if self.ended:
            return self.ended
        return "active" if any(item.outstanding for item in self.items.values()) else "finished"

    def waiting_for(self, item):
        if not item.outstanding:
            return []
        return [need for need in item.definition.get("needs", [])
                if need in self.items and self.items[need].outstanding]

    def overdue(self, item, now):
        return self.state == "active" and item.outstanding and item.due_at is not None and now >= item.due_at


@dataclass
class Shop:
    id: str
    details: dict = field(default_factory=dict)
    archived: bool = False
    runs: dict[int, Run] = field(default_factory=dict)
    head: str = "0" * 64
    events: list = field(default_factory=list)

    @property
    def team(self):
        return self.details.get("team")

    @property
    def name(self):
        return self.details.get("name")

    def latest(self):
        """The latest run of each checklist; stopped ones don't count."""
        found = {}
        for run in self.runs.values():
            if run.state != "stopped":
                found[run.checklist] = run
        return [run for run in found.values()]


class Store:
    def __init__(self, export: bytes):
        assert export.endswith(b"\n"), "the last line has no end"
        lines = export.decode("utf-8").split("\n")[:-1]
        self.shops: dict[str, Shop] = {}
        self.definitions: dict[str, dict] = {}
        self.count = {"definitions": 0, "shops": 0, "events": 0}
        header = json.loads(lines[0])
        assert {**header, "kinds": []} == {"format": "switchlist-export", "version": 1, "kinds": []}
        for line in lines[1:-1]:
            self.read(line)
        self.count["shops"] = len(self.shops)
        self.count["definitions"] = len(self.definitions)
        assert json.loads(lines[-1]) == {"end": self.count}
        assert header["kinds"] == sorted({event["kind"] for shop in self.shops.values() for event in shop.events})

    def read(self, line):
        entry = json.loads(line)
        assert canonical(entry) == line.encode("utf-8"), f"not in its canonical form: {line[:200]}"
        if "definition" in entry:
            assert [*entry] == ["definition", "sha256"]
            digest = hashlib.sha256(canonical(entry["definition"])).hexdigest()
            assert digest == entry["sha256"]
            self.definitions[digest] = entry["definition"]
            return
        assert [*entry] == ["event", "hash"]
        event = entry["event"]
        shop = self.shops.setdefault(event["shop"], Shop(event["shop"]))
        assert event["number"] == len(shop.events) + 1, "a gap in the chain"
        shop.head = hashlib.sha256(bytes.fromhex(shop.head) + canonical(event)).hexdigest()
        assert entry["hash"] == shop.head, f"{shop.id}: event {event['number']} breaks the chain"
        shop.events.append(event)
        self.count["events"] += 1
        self.apply(event, shop)

    def apply(self, event, shop):
        match event["kind"]:
            case "shop-added" | "shop-edited":
                keys = ["name", "platform", "team", "owner", "time_zone", "tags"]
                shop.details = {key: event[key] for key in keys if key in event}
            case "shop-archived": shop.archived = True
            case "shop-restored": shop.archived = False
            case "run-started":
                definition = self.definitions[event["definition"]]
                by_id = {item["id"]: item for item in definition["items"]}
                shop.runs[event["run"]] = Run(
                    event["run"], event["checklist"], definition, moment(event["switched_at"]),
                    {start["item"]: Item(by_id[start["item"]], moment(start.get("due_at")), start.get("owner"))
                     for start in event["items"]})
            case "run-stopped": shop.runs[event["run"]].ended = "stopped"
            case "run-superseded": shop.runs[event["run"]].ended = "superseded"
            case _: shop.runs[event["run"]].items[event["item"]].apply(event)

    # -----------------------------------------------------------------------------------------------------

    def overdue(self, now, team=None, owner=None, until=None):
        """What `overdue` lists, in its order."""
        until = until or (lambda run: now)
        found = []
        for shop in self.shops.values():
            if shop.archived or team is not None and shop.team != team:
                continue
            for run in shop.runs.values():
                if run.state != "active":
                    continue
                for item in run.items.values():
                    if owner is not None and item.owner != owner:
                        continue
                    if item.outstanding and item.due_at is not None and item.due_at <= until(run):
                        found.append((shop, run, item))
        return [
            {"shop": shop.id, "name": shop.name, "team": shop.team, "run": run.number, "checklist": run.checklist,
             "item": item.id, "title": item.definition["title"], "owner": item.owner, "critical": item.critical,
             "state": item.state, "waiting_for": run.waiting_for(item), "due_at": written(item.due_at),
             "overdue_seconds": int((now - item.due_at).total_seconds())}
            for shop, run, item in sorted(found, key=lambda entry: entry[2].due_at)]

    def counted(self, state="all", team=None):
        """The shops and runs that `report` counts."""
        for shop in self.shops.values():
            if shop.archived or team is not None and shop.team != team:
                continue
            runs = [run for run in shop.latest() if state in ("all", run.state)]
            if runs or state == "all":
                yield shop, runs

    def report(self, now, by="shop", state="all", team=None):
        rows, totals = {}, Figures()
        if by in ("shop", "team"):
            for shop, _ in self.counted(state, team):
                key = shop.id if by == "shop" else shop.team
                rows.setdefault(key, Figures()).shops.add(shop.id)
        for shop, runs in self.counted(state, team):
            totals.shops.add(shop.id)
            for run in runs:
                for item in run.items.values():
                    totals.add(shop, run, item, now)
                    key = {"shop": shop.id, "team": shop.team, "item": f"{run.checklist}/{item.id}",
                           "owner": item.owner}[by]
                    rows.setdefault(key, Figures()).add(shop, run, item, now)
        return {key: row.told() for key, row in rows.items()}, totals.told()

    def holding_up(self, state="all", team=None):
        shops = {}
        for shop, runs in self.counted(state, team):
            for run in runs:
                for item in run.items.values():
                    for need in run.waiting_for(item) if run.state == "active" else []:
                        shops.setdefault(f"{run.checklist}/{need}", set()).add(shop.id)
        return {item: len(names) for item, names in shops.items()}

    def matrix(self, state="all", team=None):
        return {
            shop.id: {f"{run.checklist}/{item.id}": item.state for run in runs for item in run.items.values()}
            for shop, runs in self.counted(state, team)}

    def gauges(self, now, team=None):
        found = {}
        for shop, runs in self.counted("active", team):
            for run in runs:
                figures = found.setdefault((shop.team or "", run.checklist), [0, 0, 0])
                for item in run.items.values():
                    figures[0] += item.outstanding
                    if run.overdue(item, now):
                        figures[1] += 1
                        figures[2] = max(figures[2], int((now - item.due_at).total_seconds()))
        return found


class Figures:
    def __init__(self):
        self.shops, self.runs = set(), set()
        self.states = dict.fromkeys(["done", "skipped", "blocked", "pending"], 0)
        self.overdue = self.done_lately = self.overdue_long = self.missed = 0
        self.coming, self.late = [], []

    def add(self, shop, run, item, now):
        self.shops.add(shop.id)
        self.runs.add((shop.id, run.number))
        self.states[item.state] += 1
        self.missed += item.missed is not None
        self.done_lately += item.state == "done" and item.changed_at > now - WEEK
        if run.overdue(item, now):
            self.overdue += 1
            self.overdue_long += item.due_at <= now - WEEK
            self.late.append(item.due_at)
        elif run.state == "active" and item.outstanding and item.due_at is not None:
            self.coming.append(item.due_at)

    def told(self):
        total = sum(self.states.values())
        settled = self.states["done"] + self.states["skipped"]
        return {
            "shops": len(self.shops), "runs": len(self.runs), "total": total, **self.states,
            "overdue": self.overdue, "percent": 100 * settled // total if total else 0,
            "done_last_7_days": self.done_lately, "overdue_since_7_days": self.overdue_long,
            "next_due_at": written(min(self.coming, default=None)),
            "oldest_overdue_at": written(min(self.late, default=None)), "missed": self.missed,
        }
