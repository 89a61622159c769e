"""What the writers' store has to hold: their acknowledged commands, carried out one after another in the order of the
shops' events."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from store_model import Store
from writing.commands import Command, Part


class Exported(Store):
    """Counted from an export of a store with switches, links and tokens."""

    def read(self, line):
        if line.startswith(('{"definition"', '{"event"')):
            super().read(line)
        else:
            self.count["others"] = self.count.get("others", 0) + 1

    def apply(self, event, shop):
        if event["kind"].startswith(("switch-", "account-", "link-")):
            return
        super().apply(event, shop)
        if event["kind"] == "run-superseded":
            # It gave its place for good: it isn't counted either when what took that is stopped.
            shop.runs[event["run"]].ended = "stopped"


def grouped(events: list[dict]) -> Iterator[list[dict]]:
    """Each command's events: they stand together, the one it was given for first, then what follows from that."""
    group: list[dict] = []
    for event in events:
        if group and not follows(event, group):
            yield group
            group = []
        group.append(event)
    if group:
        yield group


def follows(event: dict, group: list[dict]) -> bool:
    if event["by"] != group[0]["by"]:
        return False
    if event["kind"] == "run-superseded":
        return any(each["kind"] == "run-started" and each["run"] == event["superseded_by"] for each in group)
    return event["kind"] == "run-started" and group[0]["kind"] == "switch-rebound" and (
        event.get("switch") == group[0]["switch"])


def compare(commands: list[Command], shop: str, groups: list[list[dict]]) -> tuple[list[str], list[str]]:
    """What a writer was told of a shop against the writer's events there: what is missing, and what nobody gave, or was
    told to be refused, or is there once more."""
    lost, extra, left = [], [], list(groups)
    for command in commands:
        for part in command.parts:
            wanted = list(part.events) if part.shop == shop else []
            while wanted:
                # A writer gives one command after another, so its events are in the order of its commands.
                seen = left[:1] if part.outcome == "maybe" else left
                found = next(((place, event) for place, group in enumerate(seen) for event in wanted
                              if event.items() <= group[0].items()), None)
                if not found:
                    lost += [f"{command.kind} {command.mark}: {event}" for event in wanted if part.outcome != "maybe"]
                    break
                place, event = found
                extra += [str(group[0]) for group in left[:place]]
                del left[:place + 1]
                wanted.remove(event)
    return lost, extra + [str(group[0]) for group in left]


@dataclass
class Item:
    needs: list[str]
    due_at: str | None
    second_person: bool
    owner: str | None = None
    state: str = "pending"
    note: str | None = None
    blocked_reason: str | None = None
    awaiting: str | None = None
    changed_by: str | None = None

    @property
    def is_outstanding(self) -> bool:
        return self.state in ("pending", "blocked")

    def enter(self, state: str, by: str):
        self.state, self.changed_by, self.awaiting, self.blocked_reason = state, by, None, None

    def told(self) -> dict:
        return {"state": self.state, "owner": self.owner, "note": self.note, "due_at": self.due_at,
                "blocked_reason": self.blocked_reason, "changed_by": self.changed_by, "awaiting": self.awaiting}


@dataclass
class Run:
    items: dict[str, Item]
    ended: str | None = None

    @property
    def state(self) -> str:
        return self.ended or (
            "active" if any(item.is_outstanding for item in self.items.values()) else "finished")


@dataclass
class Shop:
    """Each event is asserted to have been allowed by all before it, and to change something."""

    definitions: dict[str, dict]
    details: dict[str, str] = field(default_factory=dict)
    archived: bool = False
    account: str | None = None
    switches: list[dict] = field(default_factory=list)
    runs: dict[int, Run] = field(default_factory=dict)
    links: dict[int, bool] = field(default_factory=dict)

    def apply(self, event: dict):
        kind = event["kind"]
        if kind.startswith("item-"):
            self.change(event, self.runs[event["run"]])
        else:
            getattr(self, kind.replace("-", "_"))(event)

    def change(self, event: dict, run: Run):
        item, by = run.items[event["item"]], event["by"]
        match event["kind"]:
            case "item-ticked" | "item-ticked-to-confirm":
                assert run.ended is None and item.is_outstanding
                assert not any(run.items[need].is_outstanding for need in item.needs)
                assert item.second_person == (event["kind"] == "item-ticked-to-confirm")
                assert item.awaiting is None
                item.enter("pending" if item.second_person else "done", by)
                item.awaiting = by if item.second_person else None
                item.note = event.get("note", item.note)
            case "item-confirmed":
                assert run.state == "active" and item.awaiting not in (None, by)
                item.enter("done", by)
            case "item-unticked":
                assert run.ended is None and (item.state in ("done", "skipped") or item.awaiting)
                item.enter("pending", by)
            case "item-skipped":
                assert run.state == "active" and item.is_outstanding
                item.enter("skipped", by)
            case "item-blocked":
                assert run.state == "active" and item.is_outstanding
                item.enter("blocked", by)
                item.blocked_reason = event["reason"]
            case "item-unblocked":
                assert run.state == "active" and item.state == "blocked"
                item.enter("pending", by)
            case "item-assigned":
                assert run.ended is None and item.owner != event["to"]
                item.owner = event["to"]
            case "item-due-moved":
                assert run.ended is None and item.due_at != event["to"]
                item.due_at = event["to"]
            case "item-noted":
                assert run.ended is None and item.note != event["note"]
                item.note = event["note"]
            case kind: raise AssertionError(kind)

    def run_started(self, event):
        assert event["run"] == len(self.runs) + 1 and not self.archived
        by_id = {item["id"]: item for item in self.definitions[event["definition"]]["items"]}
        self.runs[event["run"]] = Run({
            entry["item"]: Item(by_id[entry["item"]].get("needs", []), entry.get("due_at"),
                                "second-person" in by_id[entry["item"]].get("proof", []))
            for entry in event["items"]})

    def run_superseded(self, event):
        run = self.runs[event["run"]]
        assert run.ended is None and event["superseded_by"] == len(self.runs)
        run.ended = "superseded"

    def run_stopped(self, event):
        run = self.runs[event["run"]]
        assert run.ended != "stopped"
        run.ended = "stopped"

    def shop_added(self, event):
        assert not self.details
        self.details = self.all_details(event)

    def shop_edited(self, event):
        """One of the two was edited, so the other one is as somebody else's command before left it."""
        details = self.all_details(event)
        assert len(details.items() - self.details.items()) == 1
        self.details = details

    @staticmethod
    def all_details(event) -> dict:
        return {member: event.get(member) for member in ("name", "owner")}

    def shop_archived(self, event):
        assert not self.archived
        self.archived = True

    def shop_restored(self, event):
        assert self.archived
        self.archived = False

    def account_bound(self, event):
        assert self.account is None and not self.switches
        self.account = event["account"]

    @property
    def switch(self) -> dict:
        return self.switches[-1] if self.switches else {"state": None}

    def switch_planned(self, event):
        if self.switch["state"] != "planned":
            assert self.account and event["switch"] == len(self.switches) + 1
            self.switches.append({"number": event["switch"], "state": "planned"})
        assert self.switch.get("to") != event["to"]
        self.switch["to"] = event["to"]

    def step(self, event, before: str, after: str):
        assert not self.archived and self.switch["state"] == before and event["switch"] == self.switch["number"]
        self.switch["state"] = after

    def switch_unbound(self, event):
        self.step(event, "planned", "unbound")
        self.account = None

    def switch_rebound(self, event):
        self.step(event, "unbound", "rebound")
        assert event["to"] == self.switch["to"]
        self.account = event["to"]

    def switch_abandoned(self, event):
        self.step(event, "planned", "abandoned")

    def link_created(self, event):
        assert event["link"] == len(self.links) + 1
        self.links[event["link"]] = True

    def link_revoked(self, event):
        assert self.links[event["link"]]
        self.links[event["link"]] = False


def parts(commands: list[Command]) -> Iterator[tuple[str, Part]]:
    for command in commands:
        for part in command.parts:
            yield command.kind, part
