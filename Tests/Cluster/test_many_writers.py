"""Eight servers and four command lines on one database, with random commands: nothing happens twice, no number is drawn
twice, and every acknowledged command is in the history, each as if it had been given alone.

SWITCHLIST_MANY_WRITERS_SECONDS says how long.
"""

import json
import os
import subprocess
import threading
import time
import uuid
from collections import Counter, defaultdict
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from notes import ask, serving
from program import REPOSITORY, Program
from store_model import moment
from writing.commands import CHECKLIST, SHOPS
from writing.model import Exported, Shop, compare, grouped, parts
from writing.writers import TerminalWriter, WebWriter, Writer

SECONDS = float(os.environ.get("SWITCHLIST_MANY_WRITERS_SECONDS", "20"))
SERVERS = 8
TERMINALS = 4
DATABASE = REPOSITORY / "Tests" / "PostgreSQL" / "server"


@pytest.fixture
def store(tmp_path) -> Program:
    """A few shops in a database of the test's own."""
    # A socket's path may have 107 bytes.
    folder = Path(f"/tmp/switchlist-writers.{uuid.uuid4().hex[:8]}")
    started = subprocess.run([DATABASE, "start", folder], stdout=subprocess.PIPE, text=True, check=True)
    try:
        program = Program(tmp_path)
        program.environment["SWITCHLIST_STORE"] = started.stdout.strip()
        del program.environment["SWITCHLIST_NOW"]
        program("store", "migrate")
        program.checklist(CHECKLIST)
        program.write("shops.csv", "\n".join(["id", *SHOPS]) + "\n")
        program("shop", "import", "shops.csv")
        program("start", "--all")
        yield program
    finally:
        subprocess.run([DATABASE, "stop", folder], check=True)


def token(program: Program, name: str) -> str:
    scopes = [word for scope in ("read", "change", "lead", "admin") for word in ("--scope", scope)]
    return program("token", "create", name, *scopes, "--format", "json").json["secret"]


def write(program: Program, servers) -> list[Writer]:
    seed, stop = time.time_ns() % 1_000_000, threading.Event()
    print(f"\nseed {seed}, {SECONDS:.0f} s")
    names = [f"web-{number}" for number in range(SERVERS)]
    tokens = {name: token(program, name) for name in names}
    writers = [WebWriter(name, seed, stop, servers, tokens[name]) for name in names]
    writers += [TerminalWriter(f"terminal-{number}", seed, stop, program) for number in range(TERMINALS)]
    for writer in writers:
        writer.start()
    stop.wait(SECONDS)
    stop.set()
    for writer in writers:
        writer.join(120)
        assert not writer.is_alive(), "a command isn't answered"
    return writers


def table(writers: list[Writer]) -> str:
    counts: dict[str, Counter] = defaultdict(Counter)
    for writer in writers:
        for kind, part in parts(writer.commands):
            counts[kind][part.outcome] += 1
            counts["all"][part.outcome] += 1
    columns = ["changed", "maybe", "unchanged", "refused"]
    lines = [f"{'kind':<14}" + "".join(f"{column:>11}" for column in columns)]
    lines += [f"{kind:<14}" + "".join(f"{counts[kind][column]:>11}" for column in columns)
              for kind in [*sorted(set(counts) - {"all"}), "all"]]
    given = {kind: sum(len(writer.commands) for writer in writers if isinstance(writer, kind))
             for kind in (WebWriter, TerminalWriter)}
    repeated = sum(writer.repeated for writer in writers if isinstance(writer, WebWriter))
    return "\n".join([*lines, f"{given[WebWriter]} commands by the API, {repeated} of them sent twice; "
                      f"{given[TerminalWriter]} by the command line"])


def test_every_command_happens_once_and_as_if_alone(store):
    with serving(store, count=SERVERS) as servers:
        writers = write(store, servers)
        print(table(writers))
        told = [words for writer in writers for words in writer.unexpected]
        assert told == [], f"{len(told)}: {told[:3]}"
        export = store("export").out
        model = Exported(export)
        check_history(model, writers)
        check_numbers(store, writers)
        check_standing(replayed(model), writers[0].servers)
        check_counters(store, model)
    assert "is sound" in store("store", "check").stdout
    for shop in SHOPS:
        store("history", shop, "--verify")


def check_history(model: Exported, writers: list[Writer]):
    """What was acknowledged is there once, and nothing else."""
    lost, extra = [], []
    for shop in model.shops.values():
        by: dict[str, list] = defaultdict(list)
        for group in grouped(shop.events):
            by[group[0]["by"]].append(group)
        assert by.keys() <= {writer.name for writer in writers} | {"Li"}
        for writer in writers:
            missing, more = compare(writer.commands, shop.id, by[writer.name])
            lost += missing
            extra += more
    print(f"{model.count['events']} events in {len(model.shops)} shops; lost: {len(lost)}, too many: {len(extra)}")
    assert lost == []
    assert extra == []


def check_numbers(store: Program, writers: list[Writer]):
    """No two tokens got one number; those of runs, switches and links are in the replay."""
    drawn = {command.mark: command.number for writer in writers for command in writer.commands
             if command.kind == "token"}
    listed = {entry["name"]: entry["number"] for entry in store("token", "list", "--format", "json").json}
    assert len(drawn) > 0 and drawn.items() <= listed.items()
    assert sorted(listed.values()) == list(range(1, len(listed) + 1))
    assert len(listed) == len(drawn) + SERVERS


def replayed(model: Exported) -> dict[str, Shop]:
    shops = {}
    for shop in model.shops.values():
        shops[shop.id] = Shop(model.definitions)
        for event in shop.events:
            try:
                shops[shop.id].apply(event)
            except AssertionError as error:
                raise AssertionError(f"not allowed after all before it: {event}") from error
    return shops


def check_standing(shops: dict[str, Shop], servers):
    """The servers say of each shop what the replay gives, item by item."""
    for place, (name, shop) in enumerate(shops.items()):
        def get(path, server=servers[place % len(servers)], name=name):
            answer = ask(server, "GET", f"/api/v1/shops/{name}{path}")
            assert answer.status == 200, answer
            return json.loads(answer.body)

        page, status = get(""), get("/status")
        assert {member: page[member] for member in shop.details} == shop.details
        assert page["archived"] == shop.archived
        assert {run["run"]: run["state"] for run in page["runs"]} == {
            number: run.state for number, run in shop.runs.items()}
        assert status["account"] == shop.account
        switch = status["switch"] or {"state": None}
        assert {member: switch[member] for member in shop.switch} == shop.switch
        for number, run in shop.runs.items():
            (told,) = get(f"/status?run={number}")["runs"]
            assert {item["id"]: standing(item) for item in told["items"]} == {
                item: each.told() for item, each in run.items.items()}, (name, number)


def standing(item: dict) -> dict:
    awaiting = item["awaiting_confirmation"]
    return {"awaiting": awaiting and awaiting["by"], **{member: item[member] for member in (
        "state", "owner", "note", "due_at", "blocked_reason", "changed_by")}}


def check_counters(store: Program, model: Exported):
    """Reports are made of counters, which many commands have moved."""
    now = (datetime.now(timezone.utc) + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    for by in ("shop", "item", "owner"):
        rows, totals = model.report(moment(now), by)
        told = store("report", "--by", by, "--format", "json", now=now).json
        assert {row["key"]: {member: row[member] for member in rows[row["key"]]} for row in told["rows"]} == rows
        assert {member: totals[member] for member in told["totals"]} == told["totals"]
    late = store("overdue", "--format", "json", now=now, status=None).json["items"]
    expected = model.overdue(moment(now))
    assert len(late) > 0 and in_order(late) == in_order(expected)


def in_order(items: list[dict]) -> list[dict]:
    """Without titles, which are in one language here and in all there."""
    plain = [{member: value for member, value in item.items() if member != "title"} for item in items]
    return sorted(plain, key=lambda item: (-item["overdue_seconds"], item["shop"], item["run"], item["item"]))
