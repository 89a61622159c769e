"""Commands for a shop, as random ones are given, and what their answers say that they did."""

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

SHOPS = [f"s-{number}" for number in range(1, 7)]
ITEMS = ["free", "first", "second", "noted", "seen", "critical"]
CHECKLIST = """\
checklist: trial
title: {en: Trial}
time-zone: Asia/Shanghai
items:
  - {id: free, title: {en: Free}, due: 2h}
  - {id: first, title: {en: First}, due: 1d}
  - {id: second, title: {en: Second}, due: 4d, needs: [first]}
  - {id: noted, title: {en: Noted}, due: 1w, proof: note}
  - {id: seen, title: {en: Seen}, due: 2w, proof: second-person}
  - {id: critical, title: {en: Critical}, due: 3w, critical: true}
"""

# What becomes of an item: the event, and which of its members holds the command's mark.
ITEM_EVENTS = {
    "tick": ("item-ticked", "note"), "confirm": ("item-confirmed", None), "untick": ("item-unticked", "reason"),
    "skip": ("item-skipped", "reason"), "block": ("item-blocked", "reason"), "unblock": ("item-unblocked", None),
    "assign": ("item-assigned", "to"), "due": ("item-due-moved", "reason"), "note": ("item-noted", "note"),
}
SWITCH_EVENTS = {
    "bind": ("account-bound", "account"), "plan": ("switch-planned", "to"), "unbind": ("switch-unbound", None),
    "rebind": ("switch-rebound", None), "abandon": ("switch-abandoned", "reason"),
}
# How often each is given.
KINDS = Counter({
    "tick": 8, "confirm": 4, "untick": 6, "skip": 2, "block": 3, "unblock": 3, "assign": 4, "due": 3, "note": 6,
    "tick several": 2, "start": 2, "stop": 1, "edit": 4, "archive": 1, "restore": 3, "bind": 3, "plan": 3, "unbind": 3,
    "rebind": 3, "abandon": 1, "add": 2, "link": 2, "revoke": 1, "token": 2, "note many": 2, "tick many": 1,
    "start many": 1})


@dataclass
class Part:
    """What a command did in one shop."""

    shop: str
    outcome: str  # changed, unchanged, refused, or maybe: accepted, without a word on whether anything was changed
    # What its events begin with, as far as the answer tells it; what follows from them comes on top.
    events: list[dict] = field(default_factory=list)


@dataclass
class Command:
    kind: str
    # A text that no other command has.
    mark: str
    shops: list[str]
    item: str
    at: str
    number: int
    parts: list[Part] = field(default_factory=list)


def choose(chance: random.Random, mark: str, runs: dict[str, int]) -> Command:
    """With the latest run of each shop that the writer knows of."""
    (kind,) = chance.sample(list(KINDS), 1, counts=KINDS.values())
    at = datetime.now(timezone.utc) - timedelta(seconds=chance.randrange(30 * 86400))
    shops = chance.sample(SHOPS, 4) if kind.endswith("many") else [chance.choice(SHOPS)]
    if kind == "add":
        # Others are likely to add the same one.
        shops = [f"n-{chance.randrange(100)}"]
    item = "seen" if kind == "confirm" else chance.choice(ITEMS)
    number = runs.get(shops[0], 1) if kind == "stop" else chance.randint(1, 9)
    return Command(kind, mark, shops, item, at.strftime("%Y-%m-%dT%H:%M:%SZ"), number)


def marked(command: Command, event: str, member: str | None, **more) -> dict:
    return {"kind": event, **more, **({member: command.mark} if member else {})}


def told(command: Command, answer: dict) -> Part:
    """What an answer in JSON says of one shop; the command line's are the API's."""
    kind, shop = command.kind.split()[0], command.shops[0]
    if kind in ITEM_EVENTS:
        name, member = ITEM_EVENTS[kind]
        events = [
            marked(command, name + "-to-confirm" * (kind == "tick" and entry["awaiting_confirmation"] is not None),
                   member, run=entry["run"], item=entry["item"])
            for entry in answer["items"] if entry["changed"]]
        return Part(answer["shop"], "changed" if events else "unchanged", events)
    if kind in SWITCH_EVENTS:
        if not answer["changed"]:
            return Part(shop, "unchanged")
        number = {} if kind == "bind" else {"switch": answer["switch"]["number"]}
        return Part(shop, "changed", [marked(command, *SWITCH_EVENTS[kind], **number)])
    if kind == "link":
        return Part(shop, "changed", [{"kind": "link-created", "link": answer["number"]}])
    assert kind == "token"
    command.number = answer["number"]
    return Part("", "changed")


def read(command: Command, outcome: str) -> Part:
    """Of a command whose answer says no more."""
    mark, shop = command.mark, command.shops[0]
    events = {
        "stop": {"kind": "run-stopped", "run": command.number, "reason": mark},
        "edit": {"kind": "shop-edited", "name" if command.number % 2 else "owner": mark},
        "archive": {"kind": "shop-archived"}, "restore": {"kind": "shop-restored"},
        "add": {"kind": "shop-added", "name": mark}, "revoke": {"kind": "link-revoked", "link": command.number}}
    return Part(shop, outcome, [] if outcome == "unchanged" else [events[command.kind]])
